"""What was found becomes rows of a draft, all of it or nothing, by its drafter alone; and the command that does it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import Http404

from memos import editing
from memos.importing import storing
from memos.importing.found import Found, FoundMeasure, FoundSection
from memos.models import Report
from tests import reports
from tests.memos.importing import files
from tests.personas import Personas

ACTIVITY = {"method": "วิธี", "responsible": "กองช่าง", "period": "", "result": "แล้ว", "suggestion": ""}


def found(**changes: Any) -> Found:
    """A section with a group below it."""
    measures = [FoundMeasure({"measure": "1. ก"}, [ACTIVITY, ACTIVITY])]
    section = FoundSection("result", "1. ส่วน", "นำ", "ท้าย", measures=measures)
    group = FoundSection("result", "1.1 กลุ่ม", is_group=True, measures=measures)
    for name, value in changes.items():
        setattr(section, name, value)
    return Found([section, group])


def written(personas: Personas, by: str = "legal_officer", **options: Any) -> Report:
    report = reports.begin(personas.home)
    what = options.pop("what", found())
    storing.write(personas.home.membership(by), report.pk, options.pop("revision", 0), what, **options)
    return Report.objects.of(personas.home.organisation).get(pk=report.pk)


def headings(report: Report) -> list[tuple[str, bool]]:
    return [(section.heading[:9], section.is_group) for section in report.sections.all()]


def test_sections_take_the_place_of_all_or_stand_behind_them(personas: Personas) -> None:
    replaced = written(personas, replace=True)
    assert headings(replaced) == [("1. ส่วน", False), ("1.1 กลุ่ม", True)]
    assert replaced.revision == 1
    appended = written(personas, replace=False)
    assert [heading for heading, _group in headings(appended)][-2:] == ["1. ส่วน", "1.1 กลุ่ม"]
    assert appended.sections.count() == 4


def test_every_cell_is_stored_in_order(personas: Personas) -> None:
    section = written(personas, replace=True).sections.first()
    assert section is not None
    assert (section.preamble, section.closing, section.form.slug) == ("นำ", "ท้าย", "result")
    (measure,) = section.measures.all()
    assert measure.cells == {"measure": "1. ก"}
    assert [activity.cells for activity in measure.activities.all()] == [ACTIVITY, ACTIVITY]


@pytest.mark.parametrize(
    "what",
    [
        Found(),
        found(form="no-such-form"),
        found(heading="ก\ud800"),
        found(measures=[FoundMeasure({"measure": "ก" * 20_001})]),
        found(measures=[FoundMeasure({"measure": "ก"}, [ACTIVITY] * 600)]),
        Found([FoundSection("result")] * 31),
    ],
)
def test_what_does_not_fit_is_refused_whole(personas: Personas, what: Found) -> None:
    report = reports.begin(personas.home)
    before = headings(report)
    with pytest.raises(editing.NotSaved) as refused:
        storing.write(personas.home.membership("legal_officer"), report.pk, 0, what, replace=True)
    assert refused.value.sentence
    report = Report.objects.of(personas.home.organisation).get(pk=report.pk)
    assert (headings(report), report.revision) == (before, 0)


def test_the_door_is_the_editors(personas: Personas) -> None:
    with pytest.raises(editing.Stale):
        written(personas, replace=True, revision=7)
    with pytest.raises(PermissionDenied):
        written(personas, by="second_legal_officer", replace=True)
    report = reports.begin(personas.home)
    with pytest.raises(Http404):
        storing.write(personas.stranger.membership("legal_officer"), report.pk, 0, found(), replace=True)


# --- the command


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "004.docx"
    path.write_bytes(files.cut_at_pages("004", "paragraphs"))
    return path


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_report", *arguments, stdout=out)
    return out.getvalue()


def home(personas: Personas, year: str = "2566") -> list[str]:
    return ["--organisation", personas.home.organisation.slug, "--fiscal-year", year]


def test_the_command_makes_a_draft(personas: Personas, sample: Path) -> None:
    told = json.loads(run(str(sample), *home(personas, "๒๕๖๖"), "--drafter", "legal_officer", "--json"))
    assert {key: told[key] for key in ("sections", "groups", "measures", "activities")} == {
        "sections": 1,
        "groups": 0,
        "measures": 11,
        "activities": 12,
    }
    assert {finding["kind"] for finding in told["findings"]} == {"header", "joined"}
    report = Report.objects.of(personas.home.organisation).get(pk=told["report"])
    assert (report.fiscal_year, report.drafter.username) == (2566, "legal_officer")
    assert [(section.form.slug, section.measures.count()) for section in report.sections.all()] == [
        ("seven", 11)
    ]


def test_a_dry_run_stores_nothing(personas: Personas, sample: Path) -> None:
    before = Report.objects.of(personas.home.organisation).count()
    told = json.loads(run(str(sample), *home(personas), "--dry-run", "--json"))
    assert "report" not in told
    assert Report.objects.of(personas.home.organisation).count() == before
    assert "11 มาตรการ" in run(str(sample), *home(personas), "--dry-run")


def test_of_several_legal_officers_the_latest_drafter_drafts(personas: Personas, sample: Path) -> None:
    with pytest.raises(CommandError, match="--drafter"):
        run(str(sample), *home(personas))
    reports.begin(personas.home, "second_legal_officer", fiscal_year=2530)
    run(str(sample), *home(personas))
    made = Report.objects.of(personas.home.organisation).get(fiscal_year=2566)
    assert made.drafter == personas.home.people["second_legal_officer"]


def test_a_form_may_be_named(personas: Personas, sample: Path) -> None:
    told = json.loads(run(str(sample), *home(personas), "--form", "measure-outcome", "--dry-run", "--json"))
    assert any("ข้อเสนอแนะ" in finding["sentence"] for finding in told["findings"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.docx", "--organisation", "nong-tua-yang", "--fiscal-year", "2566"], "ไม่พบไฟล์"),
        (["FILE", "--organisation", "nowhere", "--fiscal-year", "2566"], "ไม่พบหน่วยงาน"),
        (["FILE", "--organisation", "nong-tua-yang", "--fiscal-year", "x"], "พ.ศ."),
        (["FILE", "--organisation", "nong-tua-yang", "--fiscal-year", "1923"], "พ.ศ."),
        (["FILE", "--organisation", "nong-tua-yang", "--fiscal-year", "2566", "--form", "x"], "ไม่พบแบบตาราง"),
        (
            ["FILE", "--organisation", "nong-tua-yang", "--fiscal-year", "2566", "--drafter", "reader"],
            "จัดทำรายงาน",
        ),
        (["FILE", "--organisation", "nong-tua-yang", "--fiscal-year", "2566", "--drafter", "x"], "ไม่พบผู้ใช้"),
        (["BAD", "--organisation", "nong-tua-yang", "--fiscal-year", "2566"], "ไม่ใช่ไฟล์"),
        (["EMPTY", "--organisation", "nong-tua-yang", "--fiscal-year", "2566"], "ไม่พบตาราง"),
    ],
)
def test_every_failure_is_a_thai_sentence(
    personas: Personas, sample: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    bad, empty = tmp_path / "bad.docx", tmp_path / "empty.docx"
    bad.write_bytes(b"%PDF")
    empty.write_bytes(files.word(["ไม่มีตาราง"]))
    paths = {"FILE": str(sample), "BAD": str(bad), "EMPTY": str(empty)}
    with pytest.raises(CommandError) as failed:
        run(*(paths.get(argument, argument) for argument in arguments))
    assert words in str(failed.value)


def test_a_year_that_has_its_report_is_refused_and_nothing_is_left(personas: Personas, sample: Path) -> None:
    run(str(sample), *home(personas), "--drafter", "legal_officer")
    with pytest.raises(CommandError, match="อยู่แล้ว"):
        run(str(sample), *home(personas), "--drafter", "legal_officer")
    assert Report.objects.of(personas.home.organisation).filter(fiscal_year=2566).count() == 1
