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
