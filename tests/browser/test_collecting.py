"""Collecting in the browser: rows given to units without scripts, filled on a phone, handed back, taken into the table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from memos.models import Activity, Report
from tests import reports
from tests.browser.conftest import PHONE
from tests.browser.touring import Tour
from tests.memos.collecting_hand import PDF, rows
from tests.personas import Authority

Officer = Callable[..., Page]
pytestmark = pytest.mark.once


def _fill(page: Page, row: str, box: str, text: str) -> None:
    page.locator(f"[name='{row}.{box}']").fill(text)


def _send(page: Page) -> None:
    page.get_by_role("button", name="ส่งผล").click()


def test_rows_go_out_and_come_back(officer: Officer, home: Authority, forgive: Callable[[str], None]) -> None:
    forgive("400")
    report = reports.begin(home, fiscal_year=2565)
    first, second = rows(report)
    org = f"/o/{home.organisation.slug}/"
    tour, drafter = Tour("collecting"), officer("legal_officer", scripts=False)
    drafter.goto(f"{org}reports/{report.pk}/edit/")
    drafter.get_by_role("link", name="รวบรวมผลจากกองต่าง ๆ").click()
    drafter.locator(f"#unit-{first}").select_option("กองคลัง")
    drafter.locator(f"#unit-{second}").select_option("กองช่าง")
    drafter.get_by_role("button", name="มอบตามที่เลือก").click()
    drafter.get_by_text("มอบให้กองคลังกรอก").wait_for()
    window = officer("legal_officer")
    tour.visit(window, f"{org}reports/{report.pk}/collect/", "overview", "กองคลัง")

    unit = officer("acting_head", width=PHONE)
    tour.visit(unit, f"{org}collect/", "list", "กรอกผลการดำเนินการของกองคลัง")
    unit.locator("main h2 a").click()
    _send(unit)
    tour.look(unit, "nothing-filled", "โปรดกรอกช่องนี้")
    _fill(unit, first, "result", "ตรวจรับพัสดุครบถ้วน")
    _fill(unit, first, "links", "ไม่ใช่ลิงก์")
    unit.set_input_files(
        f"[name='{first}.files']", {"name": "บันทึก.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    _send(unit)
    tour.look(unit, "not-a-link", "ไม่ใช่ที่อยู่เว็บที่ครบถ้วน")
    _fill(unit, first, "links", "")
    _send(unit)
    tour.look(unit, "sent", "ส่งผลแล้ว")

    works = officer("expired_acting", scripts=False)
    works.goto(f"{org}collect/{report.pk}/{home.units['works'].pk}/")
    works.locator(f"[name='{second}.none']").check()
    _fill(works, second, "why", "ยังไม่ได้รับจัดสรรงบประมาณ")
    _send(works)
    works.get_by_text("ส่งผลแล้ว", exact=False).first.wait_for()

    _review(tour, window, unit, f"{org}reports/{report.pk}/collect/{home.units['finance'].pk}/", first)
    cells = Activity.objects.of(home.organisation).get(pk=int(first.partition("-")[2])).cells
    assert cells["result"].startswith("(1) ตรวจรับพัสดุครบถ้วน"), "numbered as it was on the paper"
    assert Report.objects.of(home.organisation).get(pk=report.pk).revision > 0
    tour.end(at_least=6)


def _review(tour: Tour, drafter: Page, unit: Page, url: str, row: str) -> None:
    """Handed back once with a reason, sent again, taken."""
    tour.visit(drafter, url, "review", "ในตารางตอนนี้")
    drafter.get_by_label("เหตุผลที่ส่งคืน").fill("ขอวันที่ตรวจรับด้วย")
    drafter.get_by_role("button", name="ส่งคืนให้กองแก้ไข").click()
    drafter.get_by_text("ส่งคืนให้กองแก้ไขแล้ว").wait_for()
    unit.reload()
    tour.look(unit, "handed-back", "ขอวันที่ตรวจรับด้วย")
    _fill(unit, row, "result", "ตรวจรับพัสดุครบถ้วนเมื่อเดือนมีนาคม")
    _send(unit)
    unit.get_by_text("ผู้จัดทำจะตรวจและรับผล").wait_for()
    drafter.goto(url)
    for one in drafter.locator("details.other > summary").all():
        one.click()
    drafter.get_by_role("button", name="รับผลลงตาราง").click()
    drafter.get_by_text("รับผลลงตารางแล้ว").wait_for()
    for one in drafter.locator("details.other > summary").all():
        one.click()
    tour.look(drafter, "taken", "รับผลลงตาราง")
