"""Closing a login: what the person leaves is shown first; his appointments, today's and those to come, end with it or wait."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core import thai
from ita_core.models import Appointment, StandingOrder
from ita_core.telling_models import Notification
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from workflows import absences, appointing, closing, people
from workflows.appointing import Grant, Ranked
from workflows.refusals import BadInput, Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = datetime.timedelta(days=1)
HOLDS: dict[str, Any] = {"capacity": "holder", "grant": Grant()}


def own(home: Authority, key: str) -> list[tuple[str, datetime.date | None, bool]]:
    """(post, last day, stood down) of each row of the person."""
    rows = Appointment.objects.of(home.organisation).filter(user=home.people[key]).select_related("post")
    return [(row.post.role, row.ends, row.stood_down_at is not None) for row in rows.order_by("starts", "pk")]


def order_for_clerk(home: Authority, *keys: str) -> StandingOrder:
    ranks = [Ranked(home.people[key], home.posts[key].title, "acting_for") for key in keys]
    return appointing.order(
        home.actor("org_admin"), home.posts["clerk"], grant=Grant("คำสั่ง"), ranks=ranks, starts=thai.today()
    )


def test_appointments_of_today_and_to_come_end_with_it(home: Authority) -> None:
    admin, today = home.actor("org_admin"), thai.today()
    clerk = home.people["clerk"]
    later = appointing.appoint(admin, clerk, home.posts["reader"], starts=today + 30 * DAY, **HOLDS)
    assert people.set_active(admin, clerk, active=False, end_appointments=True) == 2
    assert own(home, "clerk") == [("clerk", today, True)]
    assert not Appointment.objects.of(home.organisation).filter(pk=later.pk).exists()
    successor = home.people["deputy_clerk"]
    appointing.appoint(admin, successor, home.posts["clerk"], starts=today + DAY, **HOLDS)
    people.set_active(admin, clerk, active=True)
    assert not home.actor("clerk").appointments


def test_without_their_end_they_wait_for_him_and_nobody_else_holds_the_post(home: Authority) -> None:
    admin, clerk = home.actor("org_admin"), home.people["clerk"]
    assert people.set_active(admin, clerk, active=False) == 0
    with pytest.raises(BadInput, match="ดำรงอยู่แล้ว"):
        appointing.appoint(
            admin, home.people["deputy_clerk"], home.posts["clerk"], starts=thai.today(), **HOLDS
        )
    people.set_active(admin, clerk, active=True)
    assert [row.post.role for row in home.actor("clerk").appointments] == ["clerk"]


@pytest.mark.parametrize("ending", [True, False])
def test_an_administrator_to_come_is_the_last_one_too(home: Authority, ending: bool) -> None:
    """Today's own days end in ten days: without the next one nobody would be left then."""
    admin, today = home.actor("org_admin"), thai.today()
    clerk = home.people["clerk"]
    appointing.appoint(admin, clerk, home.posts["org_admin"], starts=today + 10 * DAY, **HOLDS)
    row = home.people["org_admin"].appointments.get(post=home.posts["org_admin"])
    appointing.end(admin, row.pk, last=today + 9 * DAY)
    with pytest.raises(Conflict, match="ผู้ดูแลระบบอย่างน้อยหนึ่งคน"):
        people.set_active(admin, clerk, active=False, end_appointments=ending)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert own(home, "clerk") == [("clerk", None, False), ("org_admin", None, False)]


def test_who_stands_in_is_followed_by_the_next_of_the_order(home: Authority) -> None:
    admin, today = home.actor("org_admin"), thai.today()
    order_for_clerk(home, "deputy_clerk", "acting_head")
    absences.record(admin, home.people["clerk"], kind="leave", starts=today, ends=today + 9 * DAY)
    people.set_active(admin, home.people["deputy_clerk"], active=False, end_appointments=True)
    rows = Appointment.objects.of(home.organisation).on(today).filter(absence__isnull=False)
    assert [(row.user, row.ends) for row in rows] == [(home.people["acting_head"], today + 9 * DAY)]


def test_what_he_leaves_is_shown_before_and_told_after(home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    reports.forward(home, report, "section_head")
    draft = reports.begin(home)
    order_for_clerk(home, "deputy_clerk", "legal_officer")
    admin = log_in(Client(), home.people["org_admin"])

    def shown(key: str) -> str:
        where = {"org": home.organisation.slug, "person": home.people[key].pk}
        return str(admin.get(reverse("workflows:person", kwargs=where)).content.decode())

    clerk, drafter = shown("clerk"), shown("legal_officer")
    assert "เรื่องที่จะไม่มีผู้พิจารณา" in clerk
    assert f"/reports/{report.pk}/" in clerk
    assert "๑ รายการ รวมที่ยังไม่เริ่ม" in clerk
    assert "ร่างที่ไม่มีผู้ทำต่อ" in drafter
    assert f"/reports/{draft.pk}/" in drafter
    assert f"/reports/{report.pk}/" not in drafter
    assert "จะข้ามไปยังลำดับถัดไป" in drafter
    assert "ร่างที่ไม่มีผู้ทำต่อ" not in clerk

    where = {"org": home.organisation.slug, "person": home.people["clerk"].pk}
    address = reverse("workflows:person_login", kwargs=where)
    answer = admin.post(address, {"active": "0", "end": "1"}, follow=True).content.decode()
    assert "การแต่งตั้ง ๑ รายการสิ้นสุด" in answer
    told = Notification.objects.of(home.organisation).filter(
        user=home.people["org_admin"], report=report.pk, key__startswith="vacant:"
    )
    assert told.count() == 1


def test_a_step_that_another_can_decide_is_not_left_alone(home: Authority) -> None:
    reports.submit(home, reports.begin(home))
    assert closing.left_by(home.organisation, home.people["section_head"]).waiting == []
    people.set_active(home.actor("org_admin"), home.people["acting_head"], active=False)
    assert len(closing.left_by(home.organisation, home.people["section_head"]).waiting) == 1


def test_what_stands_in_the_way_is_said_on_the_page(home: Authority) -> None:
    admin, today = home.actor("org_admin"), thai.today()
    appointing.appoint(admin, home.people["reader"], home.posts["org_admin"], starts=today + DAY, **HOLDS)
    row = home.people["org_admin"].appointments.get(post=home.posts["org_admin"])
    appointing.end(admin, row.pk, last=today)
    where = {"org": home.organisation.slug, "person": home.people["reader"].pk}
    answer = log_in(Client(), home.people["org_admin"]).post(
        reverse("workflows:person_login", kwargs=where), {"active": "0"}
    )
    assert answer.status_code == 409
    assert "โปรดแต่งตั้งผู้ดูแลระบบคนใหม่ก่อน" in answer.content.decode()
    assert "ให้การแต่งตั้งของผู้นี้สิ้นสุดวันนี้ด้วย" in answer.content.decode()
