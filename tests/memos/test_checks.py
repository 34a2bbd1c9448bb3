"""What a draft's check says, how grave it is, and where it leads."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ita_core.models import AssessmentItem
from memos import checks
from memos.collecting_words import Words
from memos.models import Activity, CollectedRow, Enclosure, Report
from tests import reports
from tests.logging_in import log_in
from tests.memos.collecting_hand import given
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]


CELLS = {
    "measure": "1. มาตรการการเปิดเผยข้อมูล",
    "method": "จัดทำข้อมูลสถิติการให้บริการเป็นรายเดือน",
    "responsible": "สำนักปลัด อบต.",
    "period": "ต.ค. 64 - ก.ย. 65",
    "monitoring": "รายงานผู้บริหารปีละ 2 ครั้ง",
    "result": "จัดทำครบ 12 เดือน เผยแพร่ที่ www.example.go.th/stat",
    "suggestion": "",
}


@pytest.fixture
def report(home: Authority) -> Report:
    """A draft in which nothing is left to say."""
    begun = reports.begin(home, fiscal_year=2565)
    item = AssessmentItem.objects.get(assessment_year=2565, key="report")
    Report.objects.of(home.organisation).filter(pk=begun.pk).update(item=item)
    for section in begun.sections.all():
        for measure in section.measures.all():
            measure.cells = {key: CELLS[key] for key in measure.cells}
            measure.save()
            for activity in measure.activities.all():
                activity.cells = {key: CELLS[key] for key in activity.cells}
                activity.save()
    return (
        Report.objects.of(home.organisation).select_related("memo", "organisation", "item").get(pk=begun.pk)
    )


def found(report: Report) -> list[tuple[str, str, str]]:
    """Severity, sentence and anchor of each finding."""
    return [(f.severity, f.sentence, f.url.partition("#")[2]) for f in checks.findings(report)]


def test_a_finished_draft_has_no_findings(report: Report) -> None:
    assert found(report) == []


@pytest.mark.parametrize(
    ("name", "empty", "severity"),
    [
        ("subject", " ", "blocks"),
        ("body", "\n", "blocks"),
        ("recipients", [], "blocks"),
        ("office", "", "word"),
    ],
)
def test_what_the_memo_lacks(report: Report, name: str, empty: object, severity: str) -> None:
    setattr(report.memo, name, empty)
    [(grave, _sentence, anchor)] = found(report)
    assert (grave, anchor) == (severity, f"id_{name}")


@pytest.mark.parametrize("name", ["office", "subject", "body", "recipients", "via", "references"])
def test_text_that_cannot_go_on_paper_blocks(report: Report, name: str) -> None:
    value: object = ["นายก", "เสีย\ue000"] if name in ("recipients", "via", "references") else "เสีย\x00"
    setattr(report.memo, name, value)
    [(grave, _sentence, anchor)] = found(report)
    assert (grave, anchor) == ("blocks", f"id_{name}")


def test_an_enclosure_that_cannot_go_on_paper_blocks(report: Report) -> None:
    Enclosure(memo=report.memo, title="เสีย\u202e", position=9).save()
    assert found(report)[0][::2] == ("blocks", "enclosure-1")


def test_a_report_without_sections(report: Report) -> None:
    report.sections.all().delete()
    [finding] = checks.findings(report)
    assert finding.severity == "blocks"
    assert finding.url == reverse("memos:sections", args=[report.organisation.slug, report.pk])


def test_a_section_without_measures_and_a_measure_without_activities(report: Report) -> None:
    first, second = report.sections.all()
    first.measures.all().delete()
    measure = second.measures.get()
    measure.activities.all().delete()
    assert found(report)[:2] == [
        ("blocks", "ส่วนที่ ๑ ยังไม่มีมาตรการ", ""),
        ("blocks", "ส่วนที่ ๒ มาตรการที่ ๑ ยังไม่มีกิจกรรม", f"measure-{measure.pk}"),
    ]


def test_cells_that_a_reviewer_looks_for_first_have_rules_of_their_own(report: Report) -> None:
    activity = report.sections.all()[1].measures.get().activities.all()[1]
    activity.cells = {"method": "ทำแล้ว", "suggestion": ""}
    activity.save()
    row = "ส่วนที่ ๒ มาตรการที่ ๑ กิจกรรมที่ ๒ ยังไม่ได้กรอก"
    assert found(report) == [
        ("word", f"{row}{what}", f"activity-{activity.pk}-{key}")
        for key, what in (
            ("responsible", "ผู้รับผิดชอบ"),
            ("period", "ระยะเวลา"),
            ("result", "ผลการดำเนินการ"),
        )
    ]


def test_other_required_cells_that_are_empty_are_one_finding_a_row(report: Report) -> None:
    activity = report.sections.all()[1].measures.get().activities.all()[1]
    activity.cells = {**CELLS, "method": " "}
    activity.save()
    sentence = "ส่วนที่ ๒ มาตรการที่ ๑ กิจกรรมที่ ๒ ยังไม่ได้กรอก: วิธีการดำเนินงาน"
    assert found(report) == [("word", sentence, f"activity-{activity.pk}-method")]


def test_a_bad_cell_blocks_and_stands_before_advice(report: Report) -> None:
    activities = list(report.sections.all()[0].measures.get().activities.all())
    activities[0].cells = {**activities[0].cells, "responsible": " "}
    activities[0].save()
    activities[1].cells = {**activities[1].cells, "method": "เสีย\ufdd0"}
    activities[1].save()
    assert [(grave, anchor) for grave, _sentence, anchor in found(report)] == [
        ("blocks", f"activity-{activities[1].pk}-method"),
        ("word", f"activity-{activities[0].pk}-responsible"),
    ]


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        ("ตุลาคม ๒๕๖๔ – กันยายน ๒๕๖๕", False),
        ("กุมภาพันธ์ 65", False),
        ("๑ ตุลาคม ๒๕๖๕", True),
        ("ต.ค. 63 - ก.ย. 64", True),
        ("ตลอดปี", False),
        ("", False),
    ],
)
def test_periods_are_read_against_the_fiscal_year(report: Report, period: str, outside: bool) -> None:
    form = report.sections.all()[0].form
    assert any(column["key"] == "period" and column["required"] for column in form.columns)
    activity = report.sections.all()[0].measures.get().activities.all()[0]
    activity.cells = {**activity.cells, "period": period}
    activity.save()
    about_year = [f for f in found(report) if "ยังไม่ได้กรอก" not in f[1]]
    expected = [("word", f"activity-{activity.pk}-period")] if outside else []
    assert [(grave, anchor) for grave, _sentence, anchor in about_year] == expected


def test_every_finding_leads_to_a_place_that_is_there(home: Authority, report: Report) -> None:
    memo = report.memo
    memo.subject, memo.body, memo.recipients, memo.office = "", "", [], ""
    memo.save()
    for section in report.sections.all():
        for measure in section.measures.all():
            measure.cells = {}
            measure.save()
            measure.activities.update(cells={})
    client = Client()
    log_in(client, home.people["legal_officer"])
    findings = checks.findings(report)
    assert {"no-subject", "no-office", "empty-cell", "no-result", "no-evidence"} <= {f.rule for f in findings}
    for finding in findings:
        url, _hash, anchor = finding.url.partition("#")
        page = client.get(url).content.decode()
        assert not anchor or re.search(rf'id="{re.escape(anchor)}"', page), finding


def test_evidence_that_a_unit_gave_and_that_was_taken_is_evidence(home: Authority, report: Report) -> None:
    """A table without a column for it shows no names of files; one that was not taken, or whose row went, is none."""

    def complains() -> bool:
        return "no-evidence" in {finding.rule for finding in checks.findings(report)}

    Activity.objects.of(home.organisation).filter(measure__section__report=report).update(
        cells={**CELLS, "result": "จัดทำครบ 12 เดือน"}
    )
    assert complains()
    _found, file = given(home, report)
    rows = CollectedRow.objects.of(home.organisation).filter(report=report)
    for standing in ("waiting", "sent", "handed_back"):
        rows.update(standing=standing)
        assert complains(), standing
    rows.update(standing="accepted")
    assert not complains()
    rows.update(draft=Words(none=True, why="ไม่มีงบประมาณ", files=(file.pk,)).to_json())
    assert complains()
    rows.update(draft=Words(result="ทำแล้ว", files=(file.pk,)).to_json())
    Activity.objects.of(home.organisation).filter(pk=int(file.row.partition("-")[2])).delete()
    assert complains()


def test_the_check_costs_few_queries(report: Report, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(7):
        checks.findings(report)
    with django_assert_max_num_queries(4):
        checks.blocking(report)


def test_submitting_reads_the_report_once(home: Authority, report: Report) -> None:
    """What was checked is what is frozen: measures and activities are asked for in one query each."""
    with CaptureQueriesContext(connection) as queries:
        reports.submit(home, report)
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    for table in ("memos_section", "memos_measure", "memos_activity", "memos_enclosure"):
        assert len([sql for sql in asked if f'FROM "{table}"' in sql]) == 1, table
