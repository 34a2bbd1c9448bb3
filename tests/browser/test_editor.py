"""The editor without its scripts, and a page that came back with what could not be saved."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.memos.editor_forms import memo_url, section_url
from tests.personas import Authority

FIRST = "textarea[name='m0.a0.c.method']"
SECOND = "textarea[name='m0.a1.c.method']"
Officer = Callable[..., Page]


def test_without_scripts_every_button_works(officer: Officer, home: Authority) -> None:
    report = reports.begin(home, fiscal_year=2565)
    page = officer("legal_officer", scripts=False)
    page.goto(section_url(report))
    page.locator(FIRST).fill("ไม่มีสคริปต์")
    page.locator("button[value='activity-down-0-0']").click()
    expect(page.locator(SECOND)).to_have_value("ไม่มีสคริปต์")
    page.locator("button[value='activity-delete-0-1']").click()
    expect(page.locator(SECOND)).to_have_count(0)
    page.locator("button[value='undo']").click()
    expect(page.locator(SECOND)).to_have_value("ไม่มีสคริปต์")
    page.goto(memo_url(report))
    page.locator("[name=subject]").fill("เรื่องใหม่")
    page.locator("[name=office]").press("Enter")
    expect(page.locator("#messages")).to_contain_text("บันทึกร่างแล้ว")
    expect(page.locator("[name=subject]")).to_have_value("เรื่องใหม่")


def test_another_persons_later_save_is_not_overwritten_without_scripts(
    officer: Officer, home: Authority, forgive: Callable[[str], None]
) -> None:
    forgive("409")
    report = reports.begin(home, fiscal_year=2565)
    page, other = officer("legal_officer", scripts=False), officer("legal_officer")
    page.goto(section_url(report))
    other.goto(section_url(report))
    other.locator(FIRST).fill("จากอีกหน้าต่าง")
    expect(other.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")
    page.locator(FIRST).fill("ของหน้าต่างนี้")
    page.locator("button[value='save']").click()
    expect(page.locator(".notice-error[data-focus]")).to_contain_text("จากหน้าต่างอื่น")
    expect(page.locator(FIRST)).to_have_value("ของหน้าต่างนี้")


def test_the_way_between_the_parts_is_folded_on_a_telephone_alone(officer: Officer, home: Authority) -> None:
    report = reports.begin(home, fiscal_year=2565)
    page = officer("legal_officer", PHONE, scripts=False)
    page.goto(section_url(report))
    way, fold = page.locator(".parts-nav a").first, page.locator(".parts-nav summary")
    assert not way.is_visible()
    fold.click()
    way.click()
    expect(page.locator("[name=subject]")).to_be_visible()
    page.set_viewport_size({"width": DESK, "height": 900})
    assert way.is_visible()
    assert not fold.is_visible()
