"""Findings where they are read: beside the cells, before submitting, and the page that switches advice off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import reports
from tests.browser.touring import Tour
from tests.personas import Authority


def test_findings_stand_beside_their_cells_and_lead_to_them(
    officer: Callable[..., Page], home: Authority
) -> None:
    tour, page = Tour("checks"), officer("legal_officer")
    draft = reports.begin(home, fiscal_year=2566)
    section = draft.sections.all()[1]
    activity = section.measures.get().activities.all()[1]
    activity.cells = {**activity.cells, "period": "ตลอดไป", "result": "ดำเนินการแล้วเสร็จ", "responsible": ""}
    activity.save()
    edit = f"/o/{home.organisation.slug}/reports/{draft.pk}/edit/"
    tour.visit(page, f"{edit}sections/{section.pk}/", "section", "ข้อที่พบในหน้านี้")
    page.locator(".findings-panel summary").click()
    tour.look(page, "section-open", "ตรวจจากฉบับที่บันทึกล่าสุด")
    box = page.locator(f"#activity-{activity.pk}-result")
    expect(box).to_have_attribute("aria-describedby", f"activity-{activity.pk}-result-note")
    expect(page.locator(f"#activity-{activity.pk}-result-note")).to_contain_text("บอกเพียงสถานะ")
    page.locator(f".findings-panel a[href='#activity-{activity.pk}-result']").click()
    assert page.url.endswith(f"#activity-{activity.pk}-result")
    box.fill("จัดประชุม 4 ครั้ง มีผู้เข้าร่วม 120 คน")
    page.get_by_role("button", name="บันทึกร่าง", exact=True).click()
    expect(page.locator(f"#activity-{activity.pk}-result-note")).to_have_count(0)
    tour.visit(page, edit, "memo", "หัวบันทึก")
    tour.visit(page, f"/o/{home.organisation.slug}/reports/{draft.pk}/check/", "check", "ข้อสังเกต")
    tour.end(at_least=4)


def test_the_administrator_switches_advice_off(officer: Callable[..., Page], home: Authority) -> None:
    tour, page = Tour("checks"), officer("org_admin")
    address = f"/o/{home.organisation.slug}/settings/checks/"
    tour.visit(page, address, "settings", "ตรวจเสมอ")
    page.locator("#rule-no-evidence").uncheck()
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#rule-no-evidence")).not_to_be_checked()
    expect(page.locator("#rule-no-subject")).to_be_disabled()
    tour.look(page, "settings-saved", "บันทึกข้อตรวจแล้ว")
    tour.end(at_least=2)
