"""Without a mouse, and without scripts: the pages on which people work are whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memos.models import Report
from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.browser.hands import Keyboard
from tests.personas import Authority
from workflows.models import State

Officer = Callable[..., Page]


def address(report: Report, page: str) -> str:
    return f"/o/{report.organisation.slug}/reports/{report.pk}/{page}"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_decision_by_keyboard(officer: Officer, home: Authority, width: int) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", width)
    page.goto(address(report, "decide/"))

    Keyboard(page).reach(".skip-link", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    Keyboard(page).reach("#opinion")
    page.keyboard.type("ตรวจแล้ว เห็นควรเสนอ")
    Keyboard(page).reach("#agrees")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#differs")).to_be_checked()
    Keyboard(page).reach("button[value=forward]")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")

    page = officer("clerk", width)
    page.goto(address(report, "decide/"))
    expect(page.locator("main")).to_contain_text("ตรวจแล้ว เห็นควรเสนอ")
    Keyboard(page).reach("a[href='#send-back']")
    page.keyboard.press("Enter")
    Keyboard(page).reach("#reason")
    page.keyboard.type("โปรดแก้คำผิด")
    Keyboard(page).reach("button[value=send_back]")
    page.keyboard.press("Space")
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")


def test_the_editor_by_keyboard(officer: Officer, home: Authority) -> None:
    draft = reports.begin(home)
    page = officer("legal_officer")
    page.goto(address(draft, f"edit/sections/{draft.sections.all()[0].pk}/"))
    Keyboard(page).reach("[name='m0.a1.c.method']")
    page.keyboard.press("Control+a")
    page.keyboard.type("พิมพ์ด้วยแป้นพิมพ์")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="บันทึกร่าง", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")
    page.reload()
    expect(page.locator("[name='m0.a1.c.method']")).to_have_value("พิมพ์ด้วยแป้นพิมพ์")


def test_decisions_without_scripts(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", PHONE, scripts=False)
    page.goto(address(report, "decide/"))
    page.locator(".btn-preset").first.click()
    page.locator("button[value=forward]").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")
    page = officer("clerk", PHONE, scripts=False)
    page.goto(address(report, "decide/"))
    page.locator("details.other summary", has_text="ส่งคืนแก้ไข").click()
    page.locator("[name=reasons]").first.check()
    page.locator("button[value=send_back]").click()
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")


def test_the_editor_without_scripts(officer: Officer, home: Authority) -> None:
    draft = reports.begin(home)
    page = officer("legal_officer", scripts=False)
    page.goto(address(draft, "edit/"))
    page.locator("[name=subject]").fill("เรื่องที่แก้โดยไม่ใช้สคริปต์")
    page.get_by_role("button", name="บันทึกและไปส่วนถัดไป").click()
    page.get_by_role("button", name="เพิ่มมาตรการ").click()
    page.locator("[name='m1.c.measure']").fill("2. มาตรการใหม่")
    page.locator("[name='m1.a0.c.method']").fill("วิธีใหม่")
    page.get_by_role("button", name="บันทึกร่าง", exact=True).click()
    page.get_by_role("button", name="ตรวจทานก่อนเสนอ").click()
    expect(page.locator("main")).to_contain_text("เรื่องที่แก้โดยไม่ใช้สคริปต์")
    expect(page.locator("main")).to_contain_text("๒. มาตรการใหม่")
    page.get_by_role("button", name="เสนอตามลำดับชั้น").click()
    expect(page.locator(".standing")).to_contain_text("เสนอแล้ว รอหัวหน้าสำนักปลัด")


def test_a_fault_is_read_before_the_fields(
    officer: Officer, visitor: Officer, home: Authority, forgive: Callable[[str], None]
) -> None:
    forgive("400")
    summary = "[data-focus]"
    hand = Keyboard(visitor())
    hand.page.goto("/accounts/login/")
    hand.write("[name=login]", "mayor")
    hand.follow("main button[type=submit]")
    expect(hand.page.locator(summary)).to_be_focused()
    hand.write("[name=password]", "ไม่ใช่รหัสผ่าน")
    hand.follow("main button[type=submit]")
    expect(hand.page.locator(summary)).to_be_focused()

    hand = Keyboard(officer("legal_officer"))
    hand.page.goto(f"/o/{home.organisation.slug}/reports/new/")
    hand.write("[name=fiscal_year]", "ปีนี้")
    hand.follow("main button.btn-primary[type=submit]")
    expect(hand.page.locator(summary)).to_be_focused()

    hand = Keyboard(officer("section_head"))
    hand.page.goto(address(reports.in_state(home, State.DRAFTED), "decide/"))
    hand.press("details.other summary")
    hand.follow("button[value=send_back]")
    expect(hand.page.locator(summary)).to_be_focused()
    hand.write("#reason", "โปรดแก้คำผิด")


def test_menus_open_and_close(officer: Officer, home: Authority) -> None:
    hand = Keyboard(officer("two_hats", PHONE))
    hand.page.goto(f"/o/{home.organisation.slug}/")
    for menu in ("details.menu:not(.menu-end)", "details.menu-end"):
        hand.press(f"{menu} > summary")
        hand.reach(f"{menu} a")
        hand.page.keyboard.press("Escape")
        expect(hand.page.locator(f"{menu} > summary")).to_be_focused()
        expect(hand.page.locator("details.menu[open]")).to_have_count(0)
        hand.page.keyboard.press("Enter")
        hand.reach("main a")
        expect(hand.page.locator("details.menu[open]")).to_have_count(0)
        hand.page.reload()


def test_pins_are_set_and_taken_out(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    hand, pin = Keyboard(officer("section_head", PHONE)), "[id='at-memo.subject'] > .pin-here"
    hand.page.goto(address(report, "decide/"))
    hand.press("a[href='#send-back']")
    hand.press("[data-pinning]")
    hand.press(pin)
    hand.page.keyboard.type("ปีไม่ตรงกัน")
    hand.press("[data-unpin]")
    expect(hand.page.locator(pin)).to_be_focused()
    expect(hand.page.locator(".remark-box")).to_have_count(0)
    hand.page.keyboard.press("Escape")
    expect(hand.page.locator("button[value=send_back]")).to_be_focused()


def test_the_focus_stays_where_rows_go_and_come(officer: Officer, home: Authority) -> None:
    draft = reports.begin(home)
    hand = Keyboard(officer("legal_officer"))
    page = hand.page
    page.goto(address(draft, f"edit/sections/{draft.sections.all()[0].pk}/"))
    hand.press("button[value=measure-delete-0]")
    expect(page.locator(".measure-table textarea")).to_have_count(0)
    expect(page.locator("button[value=measure-add]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name='m0.c.measure']")).to_be_focused()
    hand.press("[data-desk-undo]", back=True)
    expect(page.locator(".measure-table textarea")).to_have_count(0)
    expect(page.locator("[data-desk-undo]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name='m0.c.measure']")).to_be_focused()
    expect(page.locator("[data-desk-undo]")).to_be_hidden()


def test_what_is_asked_for_again_leaves_the_focus_alone(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    hand = Keyboard(officer("section_head"))
    page = hand.page
    page.goto(address(report, "decide/"))
    hand.press(".hashes summary")
    for _time in range(2):
        with page.expect_response(lambda answer: "/pages/" in answer.url):
            pass
    page.wait_for_timeout(200)  # The answer would be drawn now.
    expect(page.locator(".hashes summary")).to_be_focused()
    expect(page.locator(".hashes")).to_have_attribute("open", "")
