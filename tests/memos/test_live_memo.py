"""The memo's page saves by its form's fields; its enclosures are rows."""

from __future__ import annotations

import pytest

from memos.models import Report
from tests import reports
from tests.memos.desk import Window, cell
from tests.memos.editor_forms import fresh
from tests.personas import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def memo(home: Authority, report: Report) -> Window:
    return Window(home, report, page="memo")


@pytest.mark.parametrize(
    ("field", "text", "stored"),
    [
        ("subject", "เรื่อง\nใหม่", "เรื่อง ใหม่"),
        ("recipients", "นายก\n\nปลัด ", "นายก\nปลัด"),
        ("date", "03/4/2565", "3/4/2565"),
        ("date", "", ""),
        ("speed", "ด่วน", "ด่วน"),
        ("fiscal_year", "๒๕๗๐", "2570"),
        ("title", "หัวเรื่อง", "หัวเรื่อง"),
    ],
)
def test_the_memo_saves_by_its_forms_fields(
    home: Authority, memo: Window, report: Report, field: str, text: str, stored: str
) -> None:
    told = memo.type("memo", field, text)
    assert told["saved"] == [{"row": "memo", "field": field, "text": stored}], told
    shown = Window(home, report, page="memo")
    assert shown.texts["memo", field] == stored


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("date", "3/4/"),
        ("date", "31/2/2565"),
        ("title", ""),
        ("speed", "เร็ว"),
        ("item", "x"),
        ("item", "9" * 30),
    ],
)
def test_the_memo_refuses_what_its_form_refuses(memo: Window, field: str, text: str) -> None:
    told = memo.type("memo", field, text)
    assert [fault["field"] for fault in told["faults"]] == [field]


def test_one_report_a_year(home: Authority, memo: Window, report: Report) -> None:
    reports.begin(home, fiscal_year=2571)
    told = memo.type("memo", "fiscal_year", "2571")
    assert "อยู่แล้ว" in told["faults"][0]["sentence"]
    assert fresh(report).fiscal_year == 2565


def test_enclosures_are_rows(memo: Window, report: Report) -> None:
    start = len(memo.order)
    told = memo.say(
        [cell("new", "title", "", "ภาพถ่าย"), cell("new", "pages", "", "12")],
        [{"op": "add-enclosure", "row": "memo", "as": "new"}],
    )
    row = told["ids"]["new"]
    assert memo.texts[row, "title"] == "ภาพถ่าย"
    assert memo.type(row, "pages", "สิบ")["faults"]
    assert memo.type(row, "title", "")["faults"], "a nameless enclosure would be printed as an empty line"
    memo.say(ops=[{"op": "delete", "row": row}])
    assert len(memo.order) == start
    memo.say(ops=[{"op": "restore", "row": row}])
    enclosure = fresh(report).memo.enclosures.last()
    assert enclosure is not None
    assert (enclosure.title, enclosure.pages, f"enclosure-{enclosure.pk}") == ("ภาพถ่าย", 12, row)
