"""Figures of a fiscal year: right, the same in tables, pictures and files, and seen by whom they concern."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ita_core import thai
from memos import plain_sheet
from memos.models import CoDrafter, Report
from tests import reports
from tests.memos import collecting_hand
from tests.personas import Authority
from tests.workflows.visiting import Go
from workflows import assessing, charts, knowing
from workflows.knowing import Facts
from workflows.knowing_tables import TABLES, Row, Table
from workflows.models import ApprovalStep

pytestmark = pytest.mark.once

YEAR = 2569


@pytest.mark.parametrize(
    ("counted", "middle"),
    [({}, None), ({3: 1}, 3), ({1: 1, 2: 1}, 1.5), ({0: 5, 9: 1}, 0), ({1: 2, 4: 2}, 2.5), ({1: 1, 5: 2}, 5)],
)
def test_the_median(counted: dict[int, int], middle: float | None) -> None:
    assert knowing.median(Counter(counted)) == middle


@pytest.fixture
def worked(home: Authority) -> Facts:
    """One report sent back once and signed; its turns took two working days, over a weekend. One more is waiting."""
    signed = reports.begin(home, fiscal_year=YEAR)
    reports.submit(home, signed)
    reports.send_back(home, signed, "section_head", "ข้อมูลไม่ครบถ้วน และขาดหลักฐาน/ลิงก์")
    reports.submit(home, signed)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, signed, key)
    opened = datetime.datetime(2026, 3, 6, 23, 30, tzinfo=thai.BANGKOK)  # Friday night
    closed = datetime.datetime(2026, 3, 10, 0, 30, tzinfo=thai.BANGKOK)  # Tuesday
    ApprovalStep.objects.of(home.organisation).update(
        opened_at=opened, closed_at=closed, due_on=datetime.date(2026, 3, 9)
    )
    return Facts(home.organisation, YEAR)


def test_each_figure(worked: Facts, home: Authority) -> None:
    assert worked.counts[YEAR] == {"mayor_signed": 1}
    turns = worked.turns[YEAR]
    assert turns[0].heading == "ความเห็นของหัวหน้าสำนักปลัด"
    assert [(one.count, dict(one.days), one.in_time) for one in turns] == [
        (2, {2: 2}, 0),  # sent back, then endorsed
        (1, {2: 1}, 0),
        (1, {2: 1}, 0),
    ]
    assert worked.returns[YEAR] == {"ข้อมูลไม่ครบถ้วน": 1, "ขาดหลักฐาน/ลิงก์": 1, "all": 1}
    assert worked.spans[YEAR] == {0: 1}
    assert worked.turns[YEAR - 1] == []
    assert worked.years[0] >= YEAR


def test_this_year_beside_the_last_and_trials_left_out(worked: Facts, home: Authority) -> None:
    last = reports.begin(home, fiscal_year=YEAR - 1)
    trial = reports.begin(home, fiscal_year=YEAR - 2)
    rows = Report.objects.of(home.organisation).filter(pk=trial.pk)
    rows.update(fiscal_year=YEAR, is_trial=True)
    facts = Facts(home.organisation, YEAR)
    told = {row.label: row.values for row in TABLES["years"](facts).rows}
    assert told["รายงานทั้งหมด"] == (1, 1)
    assert told["ลงนามแล้ว"] == (1, 0)
    assert facts.counts[YEAR - 1] == {"writing": 1}
    assert last.pk not in {one.report_id for one in facts.reports}


def test_a_legal_officer_sees_his_own(worked: Facts, home: Authority, go: Go) -> None:
    reports.begin(home, by="second_legal_officer", fiscal_year=YEAR - 1)
    mine = go("second_legal_officer", "knowing", year=str(YEAR - 1)).content.decode()
    assert "เฉพาะรายงานที่ท่านจัดทำ" in mine
    others = go("second_legal_officer", "knowing", year=str(YEAR)).content.decode()
    assert "ยังไม่มีรายงานของปีนี้" in others or "ความเห็นของหัวหน้าสำนักปลัด" not in others
    assert "ความเห็นของหัวหน้าสำนักปลัด" in go("org_admin", "knowing", year=str(YEAR)).content.decode()
    assert go("reader", "knowing").status_code == 403


def test_other_authorities_are_not_counted(worked: Facts, stranger: Authority) -> None:
    facts = Facts(stranger.organisation, YEAR)
    assert not facts.counts[YEAR]
    assert not facts.turns[YEAR]
    assert not facts.returns[YEAR]


def test_every_table_as_picture_and_as_files(worked: Facts, go: Go, home: Authority) -> None:
    """The plot has neither script nor style, and the page's digits; the files open."""
    for key in TABLES:
        table = TABLES[key](worked)
        drawn = charts.bars(table)
        for element in ElementTree.fromstring(drawn).iter():
            assert element.tag in {"svg", "g", "rect", "path", "text", "tspan"}
            assert not {"style", "id", "href", "onclick"} & set(element.attrib)
        book = load_workbook(io.BytesIO(_of(go, home, f"knowing/{key}.xlsx").content))
        assert [cell.value for cell in book.worksheets[0][2]] == list(table.headings)
        lines = _of(go, home, f"knowing/{key}.csv").content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(table.rows)
    page = _of(go, home, "knowing/").content.decode()
    assert page.count('<svg viewBox="0 0 360') == sum(TABLES[key](worked).is_plotted for key in TABLES) >= 3
    assert "๑" in charts.bars(TABLES["years"](worked))
    assert _of(go, home, "knowing/nothing.csv").status_code == 404


def _of(go: Go, home: Authority, page: str) -> Any:
    visited = go("org_admin", "inbox")
    return visited.client.get(f"/o/{home.organisation.slug}/{page}?year={YEAR}")


def test_a_heading_that_calculates_is_text(home: Authority) -> None:
    table = Table("x", "=1+1", ("=2", "n"), (Row("=cmd|x", (3,)),), "")
    rows = [[row.label, *row.values] for row in table.rows]
    assert "'=cmd" in plain_sheet.as_csv(table.headings, rows).decode()
    sheet = load_workbook(io.BytesIO(plain_sheet.as_xlsx(table.title, table.headings, rows))).worksheets[0]
    assert {cell.data_type for line in sheet["A1:A3"] for cell in line} == {"s"}
    assert sheet["B3"].value == 3


def test_a_picture_escapes_what_officers_wrote() -> None:
    drawn = charts.bars(Table("x", "t", ("a", "b"), (Row('<script>&"', (2,)),), ""))
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)


def test_the_page_asks_no_more_of_more_reports(worked: Facts, go: Go, home: Authority) -> None:
    go("org_admin", "inbox")
    before = _queries(go, home)
    assert before <= 20
    for year in range(YEAR - 5, YEAR):
        reports.begin(home, fiscal_year=year)
    assert _queries(go, home) == before


def _queries(go: Go, home: Authority) -> int:
    client = go("org_admin", "inbox").client
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/o/{home.organisation.slug}/knowing/?year={YEAR}").status_code == 200
    return len(asked)


# --- the assessment's calendar


def test_the_calendar_says_what_is_missing(home: Authority, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reports.begin(home, fiscal_year=YEAR)
    filed = report.item.assessment_year_id
    monkeypatch.setattr(thai, "today", lambda: datetime.date(filed - 543, 4, 28))
    found = assessing.year(home.actor("reader"), filed)
    assert found.window is not None
    assert found.window.days == 2
    mine = next(due for due in found.items if due.item == report.item)
    assert [lack.sentence for lack in mine.reports[0].lacks] == [
        "ยังไม่ได้เสนอตามลำดับชั้น",
        "ยังไม่มีเลขที่หนังสือ",
        "ยังไม่เผยแพร่",
    ]
    assert any(not due.reports for due in found.items)
    monkeypatch.undo()
    page = go("reader", "inbox").client.get(f"/o/{home.organisation.slug}/year/{filed}/").content.decode()
    assert "ยังไม่มีเลขที่หนังสือ" in page


def test_a_draft_is_named_to_whom_its_own_page_is_open(home: Authority, go: Go) -> None:
    """Others learn from the calendar and the dashboard that it is being written, and nothing of what it is called."""
    report = reports.begin(home, fiscal_year=YEAR)
    Report.objects.of(home.organisation).filter(pk=report.pk).update(title="ชื่อร่างที่ยังไม่เปิดเผย")
    own = f"/o/{home.organisation.slug}/reports/{report.pk}/"
    calendar = f"/o/{home.organisation.slug}/year/{YEAR}/"
    dashboard = f"/o/{home.organisation.slug}/knowing/?year={YEAR}"

    def told(key: str, address: str) -> tuple[bool, bool, bool]:
        """Whether the page names it, leads to it, and says that there is a draft."""
        page = go(key, "inbox").client.get(address).content.decode()
        return "ชื่อร่างที่ยังไม่เปิดเผย" in page, own in page, "ร่างที่ยังไม่เคยเสนอ" in page

    for key in ("legal_officer", "org_admin"):
        assert told(key, calendar) == told(key, dashboard) == (True, True, False), key
    for key in ("reader", "registrar", "mayor", "second_legal_officer"):
        assert told(key, calendar) == (False, False, True), key
    assert told("mayor", dashboard) == (False, False, True)
    for key in TABLES:
        for ending in ("csv", "svg"):
            page = f"/o/{home.organisation.slug}/knowing/{key}.{ending}?year={YEAR}"
            assert "ชื่อร่างที่ยัง" not in go("mayor", "inbox").client.get(page).content.decode()
    along = home.people["second_legal_officer"]
    CoDrafter(organisation=home.organisation, report=report, user=along).save()
    assert told("second_legal_officer", calendar) == (True, True, False)
    reports.submit(home, report)
    assert told("mayor", dashboard) == told("reader", calendar) == (True, True, False)


def test_progress_of_units_is_that_of_drafts_and_says_so(home: Authority, go: Go) -> None:
    report = reports.begin(home, fiscal_year=YEAR)
    collecting_hand.ask(home, report, {collecting_hand.rows(report)[0]: "finance"})
    pages = [f"/o/{home.organisation.slug}/{page}" for page in (f"year/{YEAR}/", f"knowing/?year={YEAR}")]
    said, unit = "นับเฉพาะเรื่องที่ยังร่างอยู่", "<strong>กองคลัง</strong>"

    def told() -> list[bool]:
        found = [go("org_admin", "inbox").client.get(page).content.decode() for page in pages]
        return [said in page and (unit in page or ">กองคลัง<" in page) for page in found]

    assert told() == [True, True]
    reports.submit(home, report)
    assert told() == [False, False]


def test_a_year_without_anything(home: Authority, go: Go) -> None:
    page = go("reader", "inbox").client
    assert "ยังไม่มีข้อการประเมิน" in page.get(f"/o/{home.organisation.slug}/year/2600/").content.decode()
    assert page.get(f"/o/{home.organisation.slug}/year/9/").status_code == 404
    assert page.get(f"/o/{home.organisation.slug}/year/").status_code == 302
    assert page.get(f"/o/{home.organisation.slug}/year/{'9' * 18}/").status_code == 404


def test_a_picture_has_whole_numbers_and_room_for_its_bars() -> None:
    long = "รอ: ความเห็นของหัวหน้าสำนักปลัดองค์การบริหารส่วนตำบล"
    drawn = charts.bars(Table("x", "t", ("a", "b"), (Row(long, (2,)), Row("ข", (13,))), ""))
    written = [
        text.text
        for text in ElementTree.fromstring(drawn).iter()
        if text.tag in {"tspan", "text"} and text.text
    ]
    assert written[0] == "ข"
    assert [line for line in written if line[-1:] == "…"] == ["หัวหน้า…"]
    assert [number for number in written if number[0] in "๐๑๒๓๔๕๖๗๘๙"] == ["๐", "๕", "๑๐", "๑๕", "๑๓", "๒"]


@pytest.mark.parametrize(
    ("longest", "ticks"),
    [(0, [0]), (1, [0, 1]), (7, [0, 2, 4, 6, 8]), (250, [0, 100, 200, 300]), (99_999, [0, 50_000, 100_000])],
)
def test_the_numbers_along_a_plot_are_round_and_few(longest: int, ticks: list[int]) -> None:
    assert charts._ticks(Table("x", "t", ("a", "b"), (Row("ก", (longest,)),), "")) == ticks


def test_a_label_has_two_lines_at_most_and_loses_no_marks() -> None:
    assert charts._lines("กองการศึกษา ศาสนา และวัฒนธรรม") == ["กองการศึกษา", "ศาสนา และ…"]
    assert charts._lines("") == [""]
    assert charts._lines("ก" * 99) == ["ก" * 14, "ก" * 13 + "…"]
    assert all(charts._width(line) <= 14 for line in charts._lines("ที่นี่มีปลัดผู้ทำหน้าที่แทนผู้บริหารท้องถิ่น"))
