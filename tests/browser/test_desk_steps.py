"""What the desk does between two letters: a row that gets its number while it is typed in, steps that are taken back after

another hand wrote there, a text that is left in the middle, and one that is too long to be sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from memos.models import CoDrafter, Report
from tests import reports
from tests.browser.looking import check_page
from tests.memos.editor_forms import cells, memo_url, section_url
from tests.personas import Authority

FIRST = "textarea[name='m0.a0.c.method']"
SECOND = "textarea[name='m0.a1.c.method']"
THIRD = "textarea[name='m0.a2.c.method']"
UNDO = "[data-desk-undo]"
Officer = Callable[..., Page]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def page(officer: Officer, report: Report) -> Page:
    opened = officer("legal_officer")
    opened.goto(section_url(report))
    return opened


@pytest.fixture
def other(officer: Officer, home: Authority, report: Report) -> Page:
    """The same table before somebody who writes along."""
    user = home.people["second_legal_officer"]
    CoDrafter(organisation=home.organisation, report=report, user=user).save()
    opened = officer("second_legal_officer")
    opened.goto(section_url(report))
    return opened


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")


def look(page: Page) -> None:
    """What the page does by itself every few seconds, without waiting for it."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_an_enclosure_gets_its_number_while_it_is_typed(page: Page, report: Report) -> None:
    """Nothing typed on a slow line is lost, whichever box it went into first, and the cursor stays where it was."""
    page.goto(memo_url(report))

    def slowly(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/edit/live/", slowly)
    page.locator("button[value='enclosure-add']").click()
    title = page.locator("li.enclosure input[name$='.title']").last
    expect(title).to_be_focused()
    page.locator("li.enclosure input[name$='.quantity']").last.fill("2 ชุด")
    title.focus()
    page.keyboard.type("แผนปฏิบัติการป้องกันการทุจริต", delay=40)
    saved(page)
    expect(title).to_be_focused()
    page.keyboard.type(" ฉบับทบทวน")
    saved(page)
    page.reload()
    last = list(report.memo.enclosures.all())[-1]
    assert (last.title, last.quantity) == ("แผนปฏิบัติการป้องกันการทุจริต ฉบับทบทวน", "2 ชุด")
    expect(title).to_have_value(last.title)


def test_a_text_left_in_the_middle_of_a_line_is_nobody_else_s(page: Page, report: Report) -> None:
    """It was sent while the page went, and stored without the spaces at its end: no other hand wrote there."""
    page.locator(FIRST).fill("พิมพ์ค้างไว้  \n")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    _until(lambda: cells(report)[0][1][0]["method"].strip() == "พิมพ์ค้างไว้")
    again = page.context.new_page()
    page.close()
    again.goto(section_url(report))
    saved(again)
    expect(again.locator(".desk-conflict")).to_have_count(0)


def _until(true: Callable[[], bool]) -> None:
    for _attempt in range(100):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came true")


def test_a_paste_is_taken_back_but_not_what_another_hand_wrote_since(
    page: Page, other: Page, report: Report
) -> None:
    before = cells(report)[0][1][0]
    page.locator(FIRST).focus()
    paste(page, "วิธีที่วาง\tผู้ที่วาง")
    expect(page.locator(UNDO)).to_be_visible()
    saved(page)
    look(other)
    expect(other.locator(FIRST)).to_have_value("วิธีที่วาง")
    other.locator(FIRST).fill("วิธีของอีกคน")
    saved(other)
    look(page)
    expect(page.locator(FIRST)).to_have_value("วิธีของอีกคน")
    page.locator(UNDO).click()
    expect(page.locator(UNDO)).to_be_hidden()
    saved(page)
    now = cells(report)[0][1][0]
    assert now["method"] == "วิธีของอีกคน"
    assert now["responsible"] == before["responsible"]


def test_a_paste_is_taken_back_before_the_other_hand_was_heard_of(
    page: Page, other: Page, report: Report
) -> None:
    """Both texts are shown, as for any cell that two people write in."""
    page.locator(FIRST).focus()
    paste(page, "วิธีที่วาง\tผู้ที่วาง")
    expect(page.locator(UNDO)).to_be_visible()
    saved(page)
    look(other)
    expect(other.locator(FIRST)).to_have_value("วิธีที่วาง")
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    other.locator(FIRST).fill("วิธีของอีกคน")
    saved(other)
    page.locator(UNDO).click()
    expect(page.locator(".desk-conflict")).to_contain_text("วิธีของอีกคน")
    expect(page.locator(".desk-conflict .drag-handle")).to_have_count(0)
    assert cells(report)[0][1][0]["method"] == "วิธีของอีกคน"


def test_a_row_is_not_taken_back_with_what_another_hand_wrote_in_it(
    page: Page, other: Page, report: Report
) -> None:
    page.locator("button[value='activity-add-0']").click()
    expect(page.locator(THIRD)).to_have_count(1)
    look(other)
    other.locator(THIRD).fill("งานของอีกคน")
    saved(other)
    look(page)
    expect(page.locator(THIRD)).to_have_value("งานของอีกคน")
    page.locator(UNDO).click()
    expect(page.locator("#desk-refused")).to_contain_text("เพิ่งแก้ไขแถวนี้")
    assert cells(report)[0][1][2]["method"] == "งานของอีกคน"


def test_a_text_too_long_to_be_sent_stays_and_the_others_are_saved(
    page: Page, report: Report, settings: Any, forgive: Callable[[str], None]
) -> None:
    """Megabytes in one box keep the browser itself busy for minutes: here the server takes less at once."""
    forgive("status of 413")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    page.locator(FIRST).fill("คำยาว " * 2_000)
    expect(page.locator(".fault", has_text="ใหญ่เกิน")).to_be_visible()
    page.locator(SECOND).fill("ยังบันทึกได้")
    _until(lambda: cells(report)[0][1][1]["method"] == "ยังบันทึกได้")
    page.locator(FIRST).fill("สั้นลงแล้ว")
    saved(page)
    assert cells(report)[0][1][0]["method"] == "สั้นลงแล้ว"


def test_rows_that_could_not_be_drawn_are_drawn_later(
    page: Page, report: Report, forgive: Callable[[str], None]
) -> None:
    """The row is there, but the page lost the line right behind the answer."""
    forgive("ERR_FAILED")
    page.route(f"**{section_url(report)}", lambda route: route.abort())
    page.locator("button[value='activity-add-0']").click()
    _until(lambda: len(cells(report)[0][1]) == 3)
    saved(page)
    expect(page.locator(THIRD)).to_have_count(0)
    page.unroute(f"**{section_url(report)}")
    look(page)
    expect(page.locator(THIRD)).to_have_count(1)
    check_page(page)


def test_a_row_of_the_list_comes_back_without_leaving_the_page(
    officer: Officer, page: Page, report: Report
) -> None:
    """Long after the undo is gone: from the list under the table, for the keyboard too."""
    whole = cells(report)[0]
    page.locator("button[value='activity-delete-0-0']").click()
    expect(page.locator(SECOND)).to_have_count(0)
    page.reload()
    expect(page.locator(UNDO)).to_be_hidden()
    page.locator(".removed-rows summary").focus()
    page.keyboard.press("Enter")
    button = page.locator(".removed-rows button")
    expect(button).to_be_visible()
    check_page(page)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(SECOND)).to_have_count(1)
    expect(page.locator(".removed-rows")).to_have_count(0)
    expect(page.locator(FIRST)).to_be_focused()
    _until(lambda: cells(report)[0][1] == whole[1])
    phone = officer("legal_officer", width=360)
    phone.goto(section_url(report))
    phone.locator("button[value='measure-delete-0']").click()
    phone.locator(".removed-rows summary").click()
    check_page(phone)
