"""People, orders and days away as they look: on a phone, on a desk, in the dark, and without scripts."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from playwright.sync_api import Page

from ita_core import thai
from ita_core.models import Appointment
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.workflows.test_absences import standing_order
from workflows import absences

Officer = Callable[..., Page]
DAY = datetime.timedelta(days=1)


def busy(home: Authority) -> None:
    """The clerk is away and followed, then nobody follows; the section head has somebody beside him."""
    standing_order(home, "deputy_clerk", ends=thai.today() + DAY)
    absences.record(
        home.actor("org_admin"),
        home.people["clerk"],
        kind="leave",
        starts=thai.today(),
        ends=thai.today() + 3 * DAY,
    )


def test_the_calendar_and_its_pages(officer: Officer, home: Authority) -> None:
    busy(home)
    org = f"/o/{home.organisation.slug}/"
    tour, admin, clerk = Tour("people"), officer("org_admin"), officer("clerk")
    row = Appointment.objects.of(home.organisation).get(absence__isnull=False)
    tour.visit(admin, f"{org}who-acts/", "calendar", "ไม่มีผู้ปฏิบัติหน้าที่")
    tour.visit(admin, f"{org}settings/people/", "people", "สิ่งที่ควรตรวจ")
    tour.visit(admin, f"{org}settings/people/appointments/{row.pk}/", "follows", "เกิดจากการไม่อยู่ของ")
    tour.visit(clerk, f"{org}absences/", "mine", "วันนี้ท่านถูกบันทึกว่าไม่อยู่")
    clerk.goto(org)
    tour.look(clerk, "inbox-away", "วันนี้ท่านถูกบันทึกว่าไม่อยู่")
    tour.end(at_least=5)


def test_an_absence_by_keyboard_without_scripts(officer: Officer, home: Authority) -> None:
    page = officer("clerk", scripts=False)
    page.goto(f"/o/{home.organisation.slug}/absences/")
    page.get_by_label("ลา", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="บันทึกการไม่อยู่").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="กลับมาปฏิบัติงานแล้ววันนี้").focus()
    page.keyboard.press("Enter")
    page.get_by_text("ท่านพิจารณาเรื่องได้ทันที").wait_for()
