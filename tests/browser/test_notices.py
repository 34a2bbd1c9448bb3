"""Notices in a browser: the bell, the list, how to be told, what did not get through; on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from ita_core import deliveries, telling
from ita_core.telling_models import Delivery, TellingPreference
from tests import reports
from tests.browser.touring import Tour
from tests.ita_core import listeners
from tests.personas import Authority
from workflows.models import State

pytestmark = pytest.mark.browser


def test_the_pages_of_notices(
    officer: Callable[..., Page], home: Authority, settings: Any, forgive: Callable[[str], None]
) -> None:
    forgive("400")
    tour, page = Tour("notices"), officer("legal_officer")
    org = f"/o/{home.organisation.slug}/"
    tour.visit(page, f"{org}notices/", "none", "ยังไม่มีการแจ้งเตือน")
    tour.visit(page, f"{org}notices/settings/", "no-channels", "ยังไม่ได้ตั้งค่าอีเมล")
    reports.in_state(home, reports.RETURNED)
    reports.in_state(home, State.MAYOR_SIGNED)
    tour.visit(page, f"{org}notices/", "unread", "ส่งคืนให้ท่านแก้ไข")
    page.locator(".told .btn").first.click()
    tour.look(page, "one-read", "ทำเครื่องหมายว่าอ่านแล้ว ๑ เรื่อง")

    settings.NOTICES_BY_MAIL, settings.LINE_CHANNEL_TOKEN = True, "of-a-test"
    tour.visit(page, f"{org}notices/settings/", "both-channels", "รหัสผู้ใช้ LINE")
    page.locator("#line-id").fill("somebody")
    page.get_by_role("button", name="ส่งรหัสยืนยัน").click()
    tour.look(page, "no-such-address", "ขึ้นต้นด้วย U")
    page.locator("#line-id").fill(listeners.LINE_ID)
    page.get_by_role("button", name="ส่งรหัสยืนยัน").click()
    tour.look(page, "code", "รหัสยืนยันที่ได้รับทาง LINE")
    page.locator("#line-code").fill(TellingPreference.objects.get().line_code)
    page.get_by_role("button", name="ยืนยัน LINE").click()
    tour.look(page, "linked", "ยืนยันแล้วเมื่อ")

    listeners.tell(home, "mayor")
    deliveries.given_up(telling.payload(Delivery.objects.of(home.organisation)[0]), "LINE ไม่รับข้อความนี้")
    admin = officer("org_admin")
    tour.visit(admin, f"{org}settings/notices/", "lost", "ส่งไม่ได้ ๑ ข้อความ")
    tour.end(at_least=9)


def test_a_notice_leads_to_the_decision_without_scripts(
    officer: Callable[..., Page], home: Authority
) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", 360, scripts=False)
    page.goto(f"/o/{home.organisation.slug}/")
    page.locator(".bell").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="รอท่านพิจารณา").click()
    page.wait_for_url(f"**/reports/{report.pk}/decide/")
    assert page.locator(".bell-count").count() == 0
