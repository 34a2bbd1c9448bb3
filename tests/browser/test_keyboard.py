"""Without a mouse, and without scripts: the pages on which people work are whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memos.models import Report
from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.personas import Authority
from workflows.models import State

Officer = Callable[..., Page]
FOCUSED = """() => {
    const found = document.activeElement;
    if (!found || found === document.body) return null;
    const style = getComputedStyle(found);
    const box = found.getBoundingClientRect();
    const onScreen = box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    return {
        name: found.name || found.id || found.textContent.trim().slice(0, 40),
        seen: onScreen && (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    };
}"""


def address(report: Report, page: str) -> str:
    return f"/o/{report.organisation.slug}/reports/{report.pk}/{page}"


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """By Tab alone; every stop on the way must be on the screen and carry a visible outline."""
    page.emulate_media(
        reduced_motion="reduce"
    )  # Scrolls at once, so that what is focused is where it will be.
    target = page.locator(selector).first
    for _press in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused is None or focused["seen"], f"{page.url}: the focus on {focused['name']!r} is not seen"
        if target.evaluate("found => found === document.activeElement"):
            return
    raise AssertionError(f"{selector} was not reached with {most} presses of Tab on {page.url}")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_decision_by_keyboard(officer: Officer, home: Authority, width: int) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", width)
    page.goto(address(report, "decide/"))

    tab_to(page, ".skip-link", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    tab_to(page, "#opinion")
    page.keyboard.type("ตรวจแล้ว เห็นควรเสนอ")
    tab_to(page, "#agrees")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#differs")).to_be_checked()
    tab_to(page, "button[value=forward]")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")

    page = officer("clerk", width)
    page.goto(address(report, "decide/"))
    expect(page.locator("main")).to_contain_text("ตรวจแล้ว เห็นควรเสนอ")
    tab_to(page, "a[href='#send-back']")
    page.keyboard.press("Enter")
    tab_to(page, "#reason")
    page.keyboard.type("โปรดแก้คำผิด")
    tab_to(page, "button[value=send_back]")
    page.keyboard.press("Space")
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")


def test_the_editor_by_keyboard(officer: Officer, home: Authority) -> None:
    draft = reports.begin(home)
    page = officer("legal_officer")
    page.goto(address(draft, f"edit/sections/{draft.sections.all()[0].pk}/"))
    tab_to(page, "[name='m0.a1.c.method']")
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
