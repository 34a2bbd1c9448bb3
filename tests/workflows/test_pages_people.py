"""The pages of people, orders and days away, by HTTP: from an order to the day its holder is back."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ita_core import thai
from ita_core.models import Absence, Appointment, StandingOrder, User
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.test_appointing import PDF
from workflows import absences

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = datetime.timedelta(days=1)


def client_of(home: Authority, key: str) -> Client:
    return log_in(Client(), home.people[key])


def place(home: Authority, name: str, **rows: Any) -> str:
    return reverse(f"workflows:{name}", kwargs={"org": home.organisation.slug, **rows})


def dated(name: str, day: datetime.date) -> dict[str, Any]:
    """A day as its three fields send it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year + thai.BE_OFFSET}


def order_typed(home: Authority, *keys: str, **more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "post": home.posts["clerk"].pk, "legal_basis": "คำสั่งที่ ๔๕/๒๕๖๘", "covers_memos": "on",
        **dated("starts", thai.today()),
    }  # fmt: skip
    for number in range(1, 9):
        typed[f"capacity{number}"] = "acting_for"
    for number, key in enumerate(keys, 1):
        typed |= {f"person{number}": home.people[key].pk, f"own_title{number}": home.posts[key].title}
    return typed | more


def test_from_the_order_to_the_day_he_is_back(home: Authority) -> None:
    """Three people, no scripts: the administrator's order, the clerk's own absence, the deputy's decision, back again."""
    admin, clerk, deputy = (client_of(home, key) for key in ("org_admin", "clerk", "deputy_clerk"))
    answer = admin.post(place(home, "new_order"), order_typed(home, "deputy_clerk"), follow=True)
    assert "มีผลเมื่อบันทึกการไม่อยู่" in answer.content.decode()
    assert StandingOrder.objects.of(home.organisation).get().legal_basis == "คำสั่งที่ 45/2568"

    report = reports.begin(home)
    reports.submit(home, report)
    reports.forward(home, report, "section_head")
    decide = reverse("workflows:decide", kwargs={"org": home.organisation.slug, "pk": report.pk})
    typed = {"kind": "leave", **dated("starts", thai.today()), **dated("ends", thai.today() + DAY)}
    assert clerk.post(place(home, "my_absences"), typed).status_code == 302

    assert "ไม่อยู่" in clerk.get(decide).content.decode()
    assert clerk.get(decide).status_code == 403
    assert "วันนี้ท่านถูกบันทึกว่าไม่อยู่" in clerk.get(place(home, "inbox")).content.decode()
    assert deputy.get(decide).status_code == 200
    assert f'href="{decide}"' in deputy.get(place(home, "inbox")).content.decode()

    (absence,) = Absence.objects.of(home.organisation)
    answer = clerk.post(place(home, "back", absence=absence.pk), follow=True)
    assert "พิจารณาเรื่องได้ทันที" in answer.content.decode()
    assert (clerk.get(decide).status_code, deputy.get(decide).status_code) == (200, 403)


def ranks_of(answer: Any) -> int:
    return str(answer.content.decode()).count('<fieldset class="rank"')


def test_a_rank_is_added_without_losing_what_was_typed(home: Authority) -> None:
    """Two to begin with; each press gives one more, up to eight, judges nothing, and proposes the titles."""
    admin, address = client_of(home, "org_admin"), place(home, "new_order")
    assert ranks_of(admin.get(address)) == 2
    deputy, post = home.people["deputy_clerk"], home.posts["deputy_clerk"].title
    typed: dict[str, Any] = {
        "legal_basis": "พิมพ์ไว้แล้ว", "starts_day": "๙", "person1": deputy.pk, "capacity1": "acting_for",
        "own_title1": "", "post": home.posts["clerk"].pk, "person2": "", "capacity2": "delegated", "own_title2": "",
        "add": "1",
    }  # fmt: skip
    answer = admin.post(address, typed)
    shown = answer.content.decode()
    assert (answer.status_code, ranks_of(answer), "has-fault" in shown) == (200, 3, False)
    assert "พิมพ์ไว้แล้ว" in shown
    assert 'value="๙"' in shown
    assert f"{post} รักษาราชการแทน / {home.posts['clerk'].title}" in shown
    eighth = {f"capacity{number}": "acting_for" for number in range(1, 9)}
    answer = admin.post(address, {**typed, **eighth})
    assert ranks_of(answer) == 8
    assert "ไม่เกิน ๘ ลำดับ" in answer.content.decode()
    assert not StandingOrder.objects.of(home.organisation).exists()


def test_a_proposed_title_is_looked_at_before_it_is_saved(home: Authority) -> None:
    admin, post = client_of(home, "org_admin"), home.posts["deputy_clerk"].title
    typed = order_typed(home, "deputy_clerk", own_title1="")
    answer = admin.post(place(home, "new_order"), typed)
    assert answer.status_code == 400
    assert "เสนอตำแหน่งนี้จากการแต่งตั้ง" in answer.content.decode()
    assert f">\n{post}</textarea>" in answer.content.decode()
    assert admin.post(place(home, "new_order"), {**typed, "own_title1": post}).status_code == 302
    appointed = {
        "person": home.people["deputy_clerk"].pk, "post": home.posts["mayor"].pk, "capacity": "performing_duty_of",
        "legal_basis": "มาตรา ๖๐", "covers_memos": "on", **dated("starts", thai.today()),
    }  # fmt: skip
    answer = admin.post(place(home, "new_appointment"), appointed)
    assert (answer.status_code, post in answer.content.decode()) == (400, True)
    assert admin.post(place(home, "new_appointment"), {**appointed, "own_title": post}).status_code == 302
    row = Appointment.objects.of(home.organisation).get(capacity="performing_duty_of")
    assert row.title_lines == (f"{post} ปฏิบัติหน้าที่", home.posts["mayor"].title)


@pytest.mark.parametrize("person", ["x", "99999999999999999999", "²", ""])
def test_a_forged_person_is_said(home: Authority, person: str) -> None:
    typed = order_typed(home, "deputy_clerk", person1=person, own_title1="")
    assert client_of(home, "org_admin").post(place(home, "new_order"), typed).status_code == 400


def test_every_page_of_a_busy_authority(home: Authority) -> None:
    admin = client_of(home, "org_admin")
    admin.post(place(home, "new_order"), order_typed(home, "deputy_clerk", "acting_head"))
    absences.record(
        home.actor("org_admin"),
        home.people["clerk"],
        kind="leave",
        starts=thai.today(),
        ends=thai.today() + DAY,
    )
    order = StandingOrder.objects.of(home.organisation).get()
    row = Appointment.objects.of(home.organisation).get(absence__isnull=False)
    for page, expected in [
        (place(home, "people"), "วันนี้ไม่อยู่"),
        (place(home, "people"), "มีผู้ปฏิบัติหน้าที่พร้อมกันหลายคน"),
        (place(home, "person", person=home.people["deputy_clerk"].pk), "เพราะ นายสมนึก มั่นวินัย ไม่อยู่"),
        (place(home, "appointment", appointment=row.pk), "เกิดจากการไม่อยู่ของ"),
        (place(home, "orders"), "คำสั่งที่ ๔๕/๒๕๖๘"),
        (place(home, "standing_order", order=order.pk), "เพราะ นายสมนึก มั่นวินัย ไม่อยู่"),
        (place(home, "absences"), "นายสมนึก มั่นวินัย – ลา"),
        (place(home, "posts"), "วันนี้ไม่อยู่"),
        (place(home, "who_acts"), "นางอรทัย มั่นคงดี (รักษาราชการแทน)"),
        (place(home, "who_acts") + "?month=2569-02", "กุมภาพันธ์ ๒๕๖๙"),
        (place(home, "who_acts") + "?month=9999999999999999999999-02", "ปฏิทิน"),
        (place(home, "new_appointment") + "?person=x&post=99999999999999999999", "บันทึกการแต่งตั้ง"),
    ]:
        answer = admin.get(page)
        assert (answer.status_code, expected in answer.content.decode()) == (200, True), page
    assert admin.post(place(home, "appointment", appointment=row.pk), {"remove": "1"}).status_code == 403


def test_others_read_who_acts_but_not_why(home: Authority) -> None:
    absences.record(
        home.actor("clerk"), home.people["clerk"], kind="leave", starts=thai.today(), ends=None, note="ผ่าตัด"
    )
    shown = client_of(home, "reader").get(place(home, "who_acts")).content.decode()
    assert "นายสมนึก มั่นวินัย ไม่อยู่" in shown
    assert "ผ่าตัด" not in shown


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("new_person", {"full_name": "นายพิมพ์ แล้วหาย", "username": "ก ข"}),
        ("new_appointment", {"own_title": "นายพิมพ์ แล้วหาย"}),
        ("new_order", {"legal_basis": "นายพิมพ์ แล้วหาย"}),
        ("new_absence", {"note": "นายพิมพ์ แล้วหาย", "starts_day": "32", "starts_month": "1"}),
        ("my_absences", {"note": "นายพิมพ์ แล้วหาย", "kind": "holiday"}),
        ("new_unit", {"name": "นายพิมพ์ แล้วหาย", "kind": "castle"}),
        ("new_post", {"title": "นายพิมพ์ แล้วหาย", "role": "king", "unit": "99999999999999999999"}),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(home: Authority, name: str, typed: dict[str, str]) -> None:
    answer = client_of(home, "org_admin").post(place(home, name), typed)
    assert (answer.status_code, "นายพิมพ์ แล้วหาย" in answer.content.decode()) == (400, True)


def test_a_new_person_gets_a_link_once(home: Authority) -> None:
    admin = client_of(home, "org_admin")
    typed = {
        "full_name": "นายใหม่ มาดี", "username": "newcomer", "post": home.posts["reader"].pk,
        "capacity": "holder", "covers_memos": "on", **dated("starts", thai.today()),
    }  # fmt: skip
    assert admin.post(place(home, "new_person"), typed).status_code == 302
    made = User.objects.get(username="newcomer")
    answer = admin.post(place(home, "person_link", person=made.pk))
    assert "/accounts/password/reset/key/" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "/reset/key/" not in admin.get(place(home, "person", person=made.pk)).content.decode()
    # Whoever has a password gets none, so that nobody takes over another's login.
    shown = admin.post(place(home, "person_link", person=home.people["mayor"].pk)).content.decode()
    assert "/reset/key/" not in shown


def test_the_address_is_the_persons_own_once_he_came_in(home: Authority) -> None:
    """By a provider, without any password: a letter to another address would set one."""
    reader = home.people["reader"]
    reader.set_unusable_password()
    reader.last_login = timezone.now()
    reader.save()
    typed = {"full_name": reader.full_name, "email": "elsewhere@example.org"}
    client_of(home, "org_admin").post(place(home, "person", person=reader.pk), typed)
    assert User.objects.get(pk=reader.pk).email == reader.email


def test_the_scan_of_an_order_comes_back_as_it_was(home: Authority) -> None:
    admin = client_of(home, "org_admin")
    scan = SimpleUploadedFile("order.pdf", PDF, "application/pdf")
    admin.post(place(home, "new_order"), order_typed(home, "deputy_clerk", scan=scan))
    order = StandingOrder.objects.of(home.organisation).get()
    answer = admin.get(place(home, "order_scan", order=order.pk))
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert client_of(home, "clerk").get(place(home, "order_scan", order=order.pk)).status_code == 403


def test_the_calendar_costs_the_same_for_few_and_many(
    home: Authority, django_assert_max_num_queries: Any
) -> None:
    client = client_of(home, "reader")
    for number in range(30):
        row = Appointment.objects.of(home.organisation).filter(post=home.posts["reader"]).first()
        assert row is not None
        row.pk, row.starts = None, thai.today() - (number + 400) * DAY
        row.save(force_insert=True)
    with django_assert_max_num_queries(14):
        assert client.get(place(home, "who_acts")).status_code == 200
