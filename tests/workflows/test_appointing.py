"""Appointments, orders, people and posts: what the administrator may write, and what nobody rewrites."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ita_core import thai
from ita_core.models import Appointment, OrgUnit, Post, Role
from memos.models import StoredFile
from tests import reports
from tests.personas import Authority
from workflows import absences, appointing, people
from workflows.appointing import Grant, Ranked
from workflows.refusals import BadInput, Conflict, NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = datetime.timedelta(days=1)
ORDER = Grant("คำสั่งที่ 45/2568 ลงวันที่ 1 ตุลาคม 2568", scope="งานธุรการ")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def row_of(home: Authority, key: str) -> Appointment:
    return home.people[key].appointments.get(post=home.posts[key])


def stand_in(home: Authority, **facts: Any) -> Appointment:
    values = {
        "capacity": "acting_for",
        "own_title": "รองปลัด",
        "grant": ORDER,
        "starts": thai.today(),
        **facts,
    }
    return appointing.appoint(
        home.actor("org_admin"), home.people["deputy_clerk"], home.posts["clerk"], **values
    )


def test_only_the_administrator_writes(home: Authority) -> None:
    row, post = row_of(home, "reader"), home.posts["reader"]
    for key in set(home.people) - {"org_admin"}:
        actor = home.actor(key)
        attempts: list[Any] = [
            lambda actor=actor: appointing.end(actor, row.pk, last=thai.today()),
            lambda actor=actor: appointing.remove(actor, row.pk),
            lambda actor=actor: appointing.order(
                actor, post, grant=ORDER, ranks=[Ranked(home.people["clerk"], "ปลัด", "acting_for")],
                starts=thai.today(),
            ),
            lambda actor=actor: people.set_active(actor, home.people["reader"], active=False),
            lambda actor=actor: people.rename(actor, home.people["reader"], full_name="ก", email=""),
            lambda actor=actor: people.save_unit(actor, OrgUnit(), name="กอง", kind="division", parent=None),
            lambda actor=actor: people.save_post(actor, Post(), title="ก", role="officer", unit=None),
        ]  # fmt: skip
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt()
    assert row_of(home, "reader").ends is None


def test_nothing_of_another_authority_is_reached(home: Authority, stranger: Authority) -> None:
    theirs = row_of(stranger, "clerk")
    admin = home.actor("org_admin")
    with pytest.raises(NotAllowed, match="ไม่พบ"):
        appointing.end(admin, theirs.pk, last=thai.today())
    with pytest.raises(NotAllowed, match="หน่วยงานอื่น"):
        appointing.appoint(
            admin,
            home.people["clerk"],
            stranger.posts["reader"],
            capacity="holder",
            grant=Grant(),
            starts=thai.today(),
        )
    with pytest.raises(NotAllowed, match="หน่วยงานอื่นด้วย"):
        people.set_active(admin, home.people["two_hats"], active=False)
    assert people.person_of(home.organisation, stranger.people["clerk"].pk) is None


def test_a_change_ends_the_row_and_begins_anew(home: Authority) -> None:
    before = row_of(home, "acting_head")
    reports.submit(home, reports.begin(home, "acting_head"), "acting_head", skip_reason="ไม่มีผู้อื่น")
    made = appointing.change(
        home.actor("org_admin"), before.pk, first=thai.today() + DAY, capacity="provisional",
        own_title="นักวิชาการคลัง", grant=ORDER,
    )  # fmt: skip
    before.refresh_from_db()
    assert (before.ends, before.capacity) == (thai.today(), "holder")
    assert (made.starts, made.ends, made.capacity) == (thai.today() + DAY, None, "provisional")
    with pytest.raises(Conflict, match="มีการดำเนินการ"):
        appointing.end(home.actor("org_admin"), before.pk, last=thai.today() - DAY)
    with pytest.raises(Conflict, match="ลบไม่ได้"):
        appointing.remove(home.actor("org_admin"), before.pk)


def test_a_wrong_row_that_nobody_used_goes(home: Authority) -> None:
    made = stand_in(home)
    appointing.remove(home.actor("org_admin"), made.pk)
    assert not Appointment.objects.of(home.organisation).filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"own_title": ""}, "ต้องระบุตำแหน่งของตนเอง"),
        ({"grant": Grant()}, "ต้องระบุตำแหน่งของตนเอง"),
        ({"capacity": "delegated", "grant": Grant("คำสั่ง")}, "ขอบเขต"),
        ({"capacity": "holder"}, "ดำรงอยู่แล้ว"),
        ({"ends": datetime.date(2020, 1, 1)}, "ก่อนวันเริ่มต้น"),
        ({"capacity": "king"}, "ตัวเลือก|choice"),
        ({"grant": Grant("คำสั่ง", scan=[b"no pdf at all"])}, "PDF"),
    ],
)
def test_what_no_appointment_may_be(home: Authority, facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        stand_in(home, **facts)


def test_the_scan_is_kept_by_its_hash(home: Authority) -> None:
    made = stand_in(home, grant=Grant(ORDER.legal_basis, scan=[PDF]))
    assert StoredFile.objects.of(home.organisation).filter(sha256=made.scan_sha256, size=len(PDF)).exists()


def test_an_authority_keeps_an_administrator(home: Authority) -> None:
    admin = home.actor("org_admin")
    with pytest.raises(Conflict, match="อย่างน้อยหนึ่งคน"):
        appointing.end(admin, row_of(home, "org_admin").pk, last=thai.today() - DAY)
    with pytest.raises(NotAllowed, match="ของตนเอง"):
        people.set_active(admin, home.people["org_admin"], active=False)


def test_a_person_comes_with_a_post_and_without_a_password(home: Authority) -> None:
    admin = home.actor("org_admin")
    facts: dict[str, Any] = {"capacity": "holder", "grant": Grant(), "starts": thai.today()}
    made = people.add(
        admin, full_name="นายใหม่ มาดี", username="newcomer", email="", post=home.posts["reader"], **facts
    )
    assert not made.has_usable_password()
    assert home.posts["reader"].appointments.filter(user=made).exists()
    with pytest.raises(Conflict, match="มีผู้ใช้แล้ว"):
        people.add(admin, full_name="อื่น", username="Newcomer", email="", post=home.posts["reader"], **facts)
    with pytest.raises(Conflict, match="อีเมลนี้แล้ว"):
        people.add(
            admin,
            full_name="อื่น",
            username="third",
            email="Clerk@example.org",
            post=home.posts["reader"],
            **facts,
        )
    with pytest.raises(Conflict, match="อีเมลนี้แล้ว"):
        people.rename(admin, made, full_name="นายใหม่ มาดี", email="clerk@example.org")
    with pytest.raises(BadInput, match="ดำรงอยู่แล้ว"):
        people.add(admin, full_name="อื่น", username="second", email="", post=home.posts["clerk"], **facts)
    assert not made.__class__.objects.filter(username="second").exists()


def test_whoever_is_switched_off_stands_in_no_longer(home: Authority) -> None:
    admin = home.actor("org_admin")
    ranks = [
        Ranked(home.people[key], home.posts[key].title, "acting_for")
        for key in ("deputy_clerk", "acting_head")
    ]
    appointing.order(admin, home.posts["clerk"], grant=ORDER, ranks=ranks, starts=thai.today())
    absences.record(admin, home.people["clerk"], kind="duty", starts=thai.today(), ends=None)
    people.set_active(admin, home.people["deputy_clerk"], active=False)
    rows = Appointment.objects.of(home.organisation).on(thai.today()).filter(absence__isnull=False)
    assert [row.user for row in rows] == [home.people["acting_head"]]


def test_posts_and_units(home: Authority) -> None:
    admin = home.actor("org_admin")
    unit = people.save_unit(admin, OrgUnit(), name="กองการศึกษา", kind="division", parent=None)
    with pytest.raises(Conflict, match="ชื่อนี้"):
        people.save_unit(admin, OrgUnit(), name="กองการศึกษา", kind="division", parent=None)
    post = people.save_post(admin, Post(), title="ผู้อำนวยการกองการศึกษา", role=Role.OFFICER, unit=unit)
    with pytest.raises(Conflict, match="อ้างถึง"):
        people.remove(admin, unit)
    with pytest.raises(Conflict, match="บทบาท"):
        people.save_post(admin, home.posts["clerk"], title="ปลัด", role=Role.MAYOR, unit=None)
    people.remove(admin, post)
    people.remove(admin, unit)
    assert not OrgUnit.objects.of(home.organisation).filter(name="กองการศึกษา").exists()


def test_one_standing_order_for_a_post_at_a_time(home: Authority) -> None:
    admin, today = home.actor("org_admin"), thai.today()
    ranks = [Ranked(home.people["deputy_clerk"], "รองปลัด", "acting_for")]
    made = appointing.order(admin, home.posts["clerk"], grant=ORDER, ranks=ranks, starts=today)
    with pytest.raises(Conflict, match="ในช่วงนี้แล้ว"):
        appointing.order(admin, home.posts["clerk"], grant=ORDER, ranks=ranks, starts=today + 9 * DAY)
    appointing.end_order(admin, made.pk, last=today + 8 * DAY)
    appointing.order(admin, home.posts["clerk"], grant=ORDER, ranks=ranks, starts=today + 9 * DAY)
    for wrong in ([], ranks * 2):
        with pytest.raises(Refused):
            appointing.order(admin, home.posts["mayor"], grant=ORDER, ranks=wrong, starts=today)
    appointing.remove_order(admin, made.pk)


def test_an_order_that_is_over_is_not_stretched_over_the_next_one(home: Authority) -> None:
    actor, today = home.actor("org_admin"), thai.today()
    ranks = [Ranked(home.people["deputy_clerk"], "รองปลัด", "acting_for")]
    facts: dict[str, Any] = {"grant": ORDER, "ranks": ranks}
    old = appointing.order(actor, home.posts["clerk"], starts=today - 9 * DAY, ends=today - 5 * DAY, **facts)
    appointing.order(actor, home.posts["clerk"], starts=today - 4 * DAY, **facts)
    with pytest.raises(Conflict, match="โปรดให้คำสั่งเดิมสิ้นสุดก่อน"):
        appointing.end_order(actor, old.pk, last=today)


def test_an_appointment_is_not_stretched_over_another_holder(home: Authority) -> None:
    actor, today = home.actor("org_admin"), thai.today()
    old = row_of(home, "clerk")
    appointing.end(actor, old.pk, last=today)
    next_one: dict[str, Any] = {"capacity": "holder", "grant": Grant(), "starts": today + DAY}
    appointing.appoint(actor, home.people["deputy_clerk"], home.posts["clerk"], **next_one)
    with pytest.raises(BadInput, match="ดำรงอยู่แล้ว"):
        appointing.end(actor, old.pk, last=today + DAY)


def test_the_last_administrator_does_not_end_his_own_days_to_come(home: Authority) -> None:
    actor, own = home.actor("org_admin"), row_of(home, "org_admin")
    with pytest.raises(Conflict, match="ผู้ดูแลระบบ"):
        appointing.end(actor, own.pk, last=thai.today() + 9 * DAY)
    then: dict[str, Any] = {"capacity": "holder", "grant": Grant(), "starts": thai.today() + 10 * DAY}
    appointing.appoint(actor, home.people["reader"], home.posts["org_admin"], **then)
    appointing.end(actor, own.pk, last=thai.today() + 9 * DAY)
