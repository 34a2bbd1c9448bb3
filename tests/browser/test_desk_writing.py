"""The table is written in by keyboard alone and by pasting; rows are dragged, copied, and brought back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from memos import pasting
from memos.clipboard import Spot
from memos.models import Report, Section
from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_page
from tests.memos.editor_forms import cells, memo_url, section_url
from tests.personas import Authority

Officer = Callable[..., Page]
CLIPBOARDS = Path(__file__).resolve().parents[1] / "samples" / "clipboard"
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true, bubbles: true}));
}"""


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def page(officer: Officer, report: Report) -> Page:
    opened = officer("legal_officer")
    opened.goto(section_url(report))
    return opened


def box(page: Page, name: str) -> Any:
    return page.locator(f"textarea[name='{name}']")


def focused(page: Page) -> str:
    """A box by its name, a button by its value."""
    return str(
        page.evaluate("(found => found.matches('button') ? found.value : found.name)(document.activeElement)")
    )


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_without_barriers(officer: Officer, report: Report, width: int) -> None:
    page = officer("legal_officer", width)
    page.goto(section_url(report))
    page.locator(".table-keys > summary").click()
    check_page(page)
    page.goto(section_url(report).split("edit/")[0] + "preview/")
    check_page(page)


def test_by_keyboard_from_cell_to_cell(page: Page, report: Report) -> None:
    box(page, "m0.c.measure").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("มาตรการใหม่")
    page.keyboard.press("Tab")
    assert focused(page) == "m0.a0.c.method"
    page.keyboard.press("Control+A")
    page.keyboard.type("บรรทัดแรก")
    page.keyboard.press("Enter")
    page.keyboard.type("บรรทัดสอง")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "m0.c.measure"
    page.keyboard.press("ArrowRight")  # At the end of its text: on to the next cell.
    assert page.evaluate("new Promise(done => setTimeout(() => done(document.activeElement.name), 50))") == (
        "m0.a0.c.method"
    )
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == "m0.a1.c.method"
    page.keyboard.press("Alt+ArrowRight")
    assert focused(page) == "m0.a1.c.responsible"
    page.keyboard.press("Control+Enter")  # There is no further row: one is added.
    expect(box(page, "m0.a2.c.responsible")).to_be_focused()
    page.keyboard.type("กองคลัง")
    saved(page)
    measure, activities = cells(report)[0]
    assert measure["measure"] == "มาตรการใหม่"
    assert activities[0]["method"] == "บรรทัดแรก\nบรรทัดสอง"
    assert activities[2]["responsible"] == "กองคลัง"


def test_arrows_stay_in_a_text_until_it_ends(page: Page) -> None:
    box(page, "m0.a0.c.method").fill("หนึ่ง\nสอง")
    page.keyboard.press("Control+Home")
    for key, name in [
        ("ArrowDown", "m0.a0.c.method"),
        ("End", "m0.a0.c.method"),
        ("ArrowDown", "m0.a1.c.method"),
        ("Home", "m0.a1.c.method"),
        ("ArrowLeft", "m0.a0.c.monitoring"),
    ]:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
        assert focused(page) == name, key


def test_escape_leads_to_the_buttons_of_the_row_and_back(page: Page, report: Report) -> None:
    before = cells(report)[0][1]
    box(page, "m0.a1.c.method").focus()
    page.keyboard.press("Escape")
    assert focused(page) == "activity-up-0-1"
    page.keyboard.press("Enter")
    expect(page.locator("button[value='activity-down-0-0']")).to_be_focused()
    page.keyboard.press("Escape")
    assert focused(page) == "m0.a0.c.method"
    assert cells(report)[0][1] == before[::-1]


def test_tab_leaves_the_table_at_its_ends(page: Page) -> None:
    box(page, "m0.a1.c.monitoring").focus()
    page.keyboard.press("Tab")
    assert focused(page).startswith("activity-")
    box(page, "m0.c.measure").focus()
    page.keyboard.press("Shift+Tab")
    assert "measure" in focused(page) or "activity-add" in focused(page)


def test_a_block_of_excel_is_pasted_and_taken_back(page: Page, report: Report) -> None:
    before = cells(report)
    sample = json.loads((CLIPBOARDS / "excel-merged.json").read_text(encoding="utf-8"))
    box(page, "m0.c.measure").focus()
    page.evaluate(PASTE, [sample["html"], sample["text"]])
    expect(page.locator("#paste-said")).to_contain_text("วางแล้ว ๗ ช่อง เพิ่ม ๑ แถว")
    expect(box(page, "m1.c.measure")).to_have_value("2. มาตรการตรวจสอบ")
    expect(box(page, "m0.c.measure")).to_be_focused()
    saved(page)
    pasted = cells(report)
    assert pasted[0][0]["measure"] == "1. มาตรการส่งเสริมคุณธรรม"
    assert [one["method"] for one in pasted[0][1]] == ["อบรม", "ประกาศเจตนารมณ์"]
    assert pasted[1][1][0]["method"] == "ทุกกิจกรรมตามแผน"
    page.locator("[data-desk-undo]").click()
    expect(box(page, "m1.c.measure")).to_have_count(0)
    saved(page)
    assert cells(report) == before


def test_a_cell_s_text_is_pasted_as_text(page: Page, report: Report) -> None:
    sample = json.loads((CLIPBOARDS / "excel-one-cell.json").read_text(encoding="utf-8"))
    box(page, "m0.a0.c.method").fill("ก่อน หลัง")
    box(page, "m0.a0.c.method").evaluate("found => found.setSelectionRange(5, 5)")
    page.evaluate(PASTE, [sample["html"], sample["text"]])
    expect(box(page, "m0.a0.c.method")).to_have_value("ก่อน ประชุม\n(1) ชี้แจง\n(2) ซักถามหลัง")
    page.keyboard.press("Control+Z")
    expect(box(page, "m0.a0.c.method")).to_have_value("ก่อน หลัง")


def test_a_paste_without_network_says_so_and_changes_nothing(
    page: Page, report: Report, forgive: Callable[[str], None]
) -> None:
    forgive("ERR_FAILED|ERR_INTERNET_DISCONNECTED")
    page.route("**/paste/", lambda route: route.abort())
    box(page, "m0.a0.c.method").focus()
    page.evaluate(PASTE, ["", "ก\tข"])
    expect(page.locator("#paste-said")).to_contain_text("ยังไม่ได้วาง")
    page.unroute("**/paste/")
    page.evaluate(PASTE, ["", "ก\tข"])
    expect(box(page, "m0.a0.c.responsible")).to_have_value("ข")


def test_a_row_is_copied_deleted_and_brought_back(page: Page, report: Report) -> None:
    box(page, "m0.a0.c.method").fill("จะทำสำเนา")
    page.locator("button[value='activity-copy-0-0']").click()
    expect(box(page, "m0.a1.c.method")).to_have_value("จะทำสำเนา")
    page.locator("button[value='measure-copy-0']").click()
    expect(box(page, "m1.a1.c.method")).to_have_value("จะทำสำเนา")
    page.locator("button[value='measure-delete-0']").click()
    expect(box(page, "m1.a1.c.method")).to_have_count(0)
    page.locator("[data-desk-undo]").click()
    expect(box(page, "m1.a1.c.method")).to_have_value("จะทำสำเนา")
    assert [len(activities) for _measure, activities in cells(report)] == [3, 3]


def drag(page: Page, handle: str, onto: str, *, below: bool) -> None:
    start, end = page.locator(handle).bounding_box(), page.locator(onto).bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 6, start["y"] + 20, steps=3)
    page.mouse.move(start["x"] + 6, end["y"] + (end["height"] - 8 if below else 8), steps=5)
    page.mouse.up()


def test_rows_are_dragged(page: Page, report: Report) -> None:
    page.set_viewport_size({"width": DESK, "height": 2400})
    page.locator("button[value='measure-copy-0']").click()
    box(page, "m1.c.measure").fill("มาตรการที่สอง")
    box(page, "m0.a0.c.method").fill("จะย้าย")
    saved(page)
    drag(
        page,
        "tbody:nth-of-type(1) tr[id] >> nth=0 >> .drag-handle",
        "tbody:nth-of-type(1) tr[id] >> nth=1",
        below=True,
    )
    expect(box(page, "m0.a1.c.method")).to_have_value("จะย้าย")
    drag(
        page,
        "tbody:nth-of-type(1) tr[id] >> nth=1 >> .drag-handle",
        "tbody:nth-of-type(2) tr[id] >> nth=0",
        below=False,
    )
    expect(box(page, "m1.a0.c.method")).to_have_value("จะย้าย")
    drag(page, "tbody:nth-of-type(2) .measure-bar .drag-handle", "tbody:nth-of-type(1)", below=False)
    expect(box(page, "m0.c.measure")).to_have_value("มาตรการที่สอง")
    assert [len(activities) for _measure, activities in cells(report)] == [3, 1]


def test_without_scripts_a_row_is_copied_all_the_same(officer: Officer, report: Report) -> None:
    page = officer("legal_officer", scripts=False)
    page.goto(section_url(report))
    expect(page.locator(".drag-handle")).to_have_count(0)
    page.locator("button[value='measure-copy-0']").click()
    assert [len(activities) for _measure, activities in cells(report)] == [2, 2]


def test_a_usual_sentence_goes_where_the_cursor_stands(officer: Officer, report: Report) -> None:
    page = officer("legal_officer")
    page.goto(memo_url(report))
    body = page.locator("[name=body]")
    body.fill("แรก\nสุดท้าย")
    body.evaluate("found => found.setSelectionRange(4, 4)")
    page.locator(".phrases > summary").click()
    check_page(page)
    button = page.locator("[data-phrase='จึงเรียนมาเพื่อโปรดทราบ'] button")
    button.focus()
    page.keyboard.press("Enter")
    expect(body).to_have_value("แรก\nจึงเรียนมาเพื่อโปรดทราบ\nสุดท้าย")
    expect(body).to_be_focused()
    page.locator("[data-phrase^='__ข้อเท็จจริง__'] button").click()
    page.keyboard.type("ได้ดำเนินการแล้ว")
    expect(body).to_have_value("แรก\nจึงเรียนมาเพื่อโปรดทราบ\n__ข้อเท็จจริง__\nได้ดำเนินการแล้ว\nสุดท้าย")
    page.locator("[data-within] button").click()
    saved(page)
    page.reload()
    expect(page.locator("[name=body]")).to_have_value(
        "แรก\nจึงเรียนมาเพื่อโปรดทราบ\n__ข้อเท็จจริง__\nได้ดำเนินการแล้ว รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย\nสุดท้าย"
    )


def test_every_clipboard_goes_through_the_browser_exactly(page: Page, report: Report) -> None:
    """What the page sends is not all that the clipboard held; the answer must be that of all of it."""
    section = report.sections.all()[0]
    at = f"measure-{section.measures.all()[0].pk}"
    boxes = page.locator(".measure-table textarea")
    before = boxes.count()
    for path in sorted(CLIPBOARDS.glob("*.json")):
        sample = json.loads(path.read_text(encoding="utf-8"))
        plan = _plan(section, at, path.stem, sample["rows"])
        box(page, "m0.c.measure").focus()
        with page.expect_response("**/paste/") as answer:
            page.evaluate(PASTE, [sample["html"], sample["text"]])
        assert answer.value.json() == plan, path.stem
        if isinstance(sample["rows"], str):
            continue
        expect(page.locator("#paste-said")).to_contain_text("วางแล้ว")
        page.locator("[data-desk-undo]").click()
        expect(boxes).to_have_count(before)
        expect(page.locator("[data-desk-undo]")).to_be_hidden()
        saved(page)


def _plan(section: Section, at: str, name: str, rows: Any) -> object:
    """Asked for before pasting: the page saves what it added, and the next plan would fill those rows."""
    if isinstance(rows, str):
        return {"text": rows}
    block = [[_spot(one) for one in row] for row in rows]
    return pasting.lay(section, at, "measure", block, words=name == "word-two-pages").to_json(section)


def _spot(one: Any) -> Spot | None:
    return Spot(one["below"], below=True) if isinstance(one, dict) else one if one is None else Spot(one)
