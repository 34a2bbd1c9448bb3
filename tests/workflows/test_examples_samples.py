"""Each example holds its sample: every word in its row and column, and the words around the tables; nothing is left over."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ita_core import thai
from ita_core.models import Appointment, Organisation, OrgUnit, Post, Role, User
from memos import checks
from memos.models import Activity, Measure, Report, Section
from tests.samples import from_seeds, scans
from tests.samples.scans import Rows, Scan, letters
from workflows import examples
from workflows.examples import loading, reports
from workflows.models import Approval, RouteStep, State

pytestmark = pytest.mark.once

SCANS = scans.scans()
WITHOUT_MEMO = [scan for scan in SCANS if not scan.has_memo]


def _named(scan: Scan) -> str:
    return scan.example


def _loaded(name: str) -> Report:
    loading.load(name)
    report = reports.find(examples.read(name, "report"))
    assert report is not None
    return report


def _headings(section: Section) -> list[str]:
    return [column["heading"] for column in section.form.columns]


def _stored_rows(section: Section) -> Rows:
    """A row for each activity, the measure's own cells in the first of its rows."""
    rows = []
    for measure in section.measures.prefetch_related("activities"):
        for number, activity in enumerate(measure.activities.all()):
            rows.append([_cell(column, measure, activity, number) for column in section.form.columns])
    return rows


def _cell(column: dict[str, Any], measure: Measure, activity: Activity, number: int) -> str:
    row = activity if column["level"] == "activity" else measure
    if row is measure and number > 0:
        return ""
    return letters("".join(row.cells.get(field, "") for field in column["fields"]))


def _columns(rows: Rows) -> Rows:
    return [["".join(cells) for cells in zip(*rows, strict=True)]]


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_what_was_read_of_the_scan_has_every_letter_of_it(scan: Scan) -> None:
    source = (scans.FOLDER / f"{scan.number}.txt").read_text(encoding="utf-8")
    pages = json.loads((from_seeds.HERE / f"{scan.number}.json").read_text(encoding="utf-8"))
    assert from_seeds.words(pages) == from_seeds.letters(source)


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_every_word_of_the_tables_stands_in_its_row_and_column(scan: Scan, db: None) -> None:
    report = _loaded(scan.example)
    tables: dict[tuple[str, ...], Rows] = {}
    for section in report.sections.select_related("form"):
        tables.setdefault(tuple(_headings(section)), []).extend(_stored_rows(section))
    for headings, rows in tables.items():
        assert (_columns(rows) if scan.splits_rows else rows) == scan.rows(list(headings))
    widths = {len(block[0]) for block in scan.blocks if not isinstance(block, str)}
    assert widths == set(map(len, tables)), "a table of the scan has no form of its width"


@pytest.mark.parametrize("scan", WITHOUT_MEMO, ids=_named)
def test_the_words_around_the_tables_are_cover_title_headings_and_closing(scan: Scan, db: None) -> None:
    report = _loaded(scan.example)
    texts = [report.cover, report.title]
    for section in report.sections.all():
        texts += [section.heading, section.preamble, section.closing]
    assert "".join(map(letters, texts)) == scan.around()


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_sections_groups_measures_and_activities_are_as_many_as_in_the_sample(scan: Scan, db: None) -> None:
    report = _loaded(scan.example)
    assert scan.counts == {
        "sections": report.sections.filter(is_group=False).count(),
        "groups": report.sections.filter(is_group=True).count(),
        "measures": Measure.objects.of(report.organisation).filter(section__report=report).count(),
        "activities": Activity.objects.of(report.organisation)
        .filter(measure__section__report=report)
        .count(),
    }


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_each_correction_mends_something_and_the_readme_lists_it(scan: Scan) -> None:
    source = letters((scans.FOLDER / f"{scan.number}.txt").read_text(encoding="utf-8"))
    source = re.sub(r"<br/?>|</?p>", "", source)
    readme = letters((examples.DATA / scan.example / "README.md").read_text(encoding="utf-8"))
    for wrong, right in scan.corrections.items():
        assert letters(wrong) in source
        assert letters(wrong) in readme, wrong
        assert letters(right) in readme, right


@pytest.mark.parametrize("scan", WITHOUT_MEMO, ids=_named)
def test_the_memo_written_for_it_has_the_grammar_of_memos(scan: Scan, db: None) -> None:
    report = _loaded(scan.example)
    organisation, memo = report.organisation, report.memo
    opening, *middle, closing = memo.body.splitlines()
    assert opening.startswith("ตามที่")
    assert opening.endswith("นั้น")
    assert any("ขอรายงาน" in text and "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย" in text for text in middle)
    assert closing == "จึงเรียนมาเพื่อโปรดทราบและพิจารณา"
    assert memo.recipients == [organisation.mayor_title]
    assert organisation.full_name in memo.office
    assert [enclosure.quantity for enclosure in memo.enclosures.all()] == ["1 ชุด"]
    assert re.fullmatch(r"[ก-ฮ]{2} \d{5}", organisation.number_prefix)
    assert str(report.fiscal_year) in memo.subject
    assert str(report.fiscal_year) in opening
    assert memo.date is not None


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_the_measures_answer_the_assessment_before_and_the_report_is_filed_not_earlier(
    scan: Scan, db: None
) -> None:
    report = _loaded(scan.example)
    assert report.assessed_year == report.fiscal_year - 1
    assert report.filed_year in (report.fiscal_year, report.fiscal_year + 1)
    assert report.item.key == "report"


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_every_text_is_stored_as_officers_text_is(scan: Scan, db: None) -> None:
    report = _loaded(scan.example)
    texts = [report.title, report.cover, report.memo.body, report.memo.subject]
    for section in report.sections.prefetch_related("measures__activities"):
        texts += [section.heading, section.preamble, section.closing]
        for measure in section.measures.all():
            texts += measure.cells.values()
            texts += [text for activity in measure.activities.all() for text in activity.cells.values()]
    assert [text for text in texts if thai.normalise(text) != text or thai.problem_in(text)] == []
    assert [text for text in texts if "  " in text or text != text.strip()] == []
    assert [f for f in checks.findings(report) if f.severity == "blocks"] == []


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_titles_follow_from_the_authority_and_everybody_can_log_in(scan: Scan, db: None) -> None:
    report = _loaded(scan.example)
    organisation = report.organisation
    for role in (Role.CLERK, Role.MAYOR):
        assert organisation.posts.get(role=role).title == organisation.title_for(role)
    held = set(Appointment.objects.of(organisation).values_list("post__role", flat=True))
    assert held >= {Role.LEGAL_OFFICER, Role.SECTION_HEAD, Role.CLERK, Role.MAYOR}
    password = examples.read(scan.example, "people")["password"]
    for login in loading.load(scan.example):
        assert login.password == password
        assert User.objects.get(username=login.username).check_password(password)


def test_routes_differ_as_offices_do(db: None) -> None:
    call_command("load_examples", verbosity=0, on_a_live_site=True)
    headings: dict[str, list[str]] = {}
    reached: dict[str, list[str]] = {}
    for step in RouteStep.objects.across_organisations().select_related("organisation"):
        headings.setdefault(step.organisation.slug, []).append(step.heading)
        reached.setdefault(step.organisation.slug, []).append(step.reaches)
    assert len({len(steps) for steps in headings.values()}) > 1
    assert len({steps[-1][:6] for steps in headings.values()}) > 1, "every mayor's block is headed alike"
    assert any("" in states for states in reached.values()), "every step reaches a state"


def _everything() -> list[Any]:
    models = (User, Organisation, OrgUnit, Post, Appointment, RouteStep, Report, Section, Measure, Activity)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def test_loading_all_of_them_again_changes_nothing(db: None) -> None:
    call_command("load_examples", verbosity=0, on_a_live_site=True)
    before = _everything()
    call_command("load_examples", verbosity=0, on_a_live_site=True)
    assert _everything() == before


@pytest.mark.parametrize("scan", SCANS, ids=_named)
def test_a_copy_walks_from_draft_to_signature(scan: Scan, db: None, tmp_path: Path) -> None:
    report = _loaded(scan.example)
    output = io.StringIO()
    call_command("walk", scan.example, "--out", str(tmp_path), "--json", "--on-a-live-site", stdout=output)
    written = [Path(path).name for path in json.loads(output.getvalue())]
    steps = RouteStep.objects.of(report.organisation).order_by("position")
    states = [State.DRAFTED.value]
    for step in steps:
        states.append(step.reaches or states[-1])
    assert written == [
        f"{number}-{state}-{kind}.docx"
        for number, state in enumerate(states, 1)
        for kind in ("memo", "measures")
    ]
    assert states[-1] == State.MAYOR_SIGNED
    acts = Approval.objects.of(report.organisation).get(report__is_trial=True).acts.all()
    assert len({act.printed_name for act in acts}) == len(states), "each step is another's"
