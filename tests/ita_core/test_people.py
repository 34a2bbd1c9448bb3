"""Titles of the five kinds of authority, appointments and their right, posts with one holder at a time."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from ita_core import thai
from ita_core.membership import memberships
from ita_core.models import Appointment, Organisation, OrgUnit, Post, Role, User
from ita_core.pictures import validate_picture
from tests.personas import Authority, Personas

pytestmark = pytest.mark.django_db
Kind = Organisation.Kind
Capacity = Appointment.Capacity


@pytest.mark.parametrize(
    ("kind", "full", "mayor", "clerk", "office"),
    [
        (Kind.SAO, "องค์การบริหารส่วนตำบลX", "นายกองค์การบริหารส่วนตำบลX", "ปลัดองค์การบริหารส่วนตำบลX", "สำนักปลัดองค์การบริหารส่วนตำบล"),
        (Kind.TAMBON_MUNI, "เทศบาลตำบลX", "นายกเทศมนตรีตำบลX", "ปลัดเทศบาลตำบลX", "สำนักปลัดเทศบาล"),
        (Kind.TOWN_MUNI, "เทศบาลเมืองX", "นายกเทศมนตรีเมืองX", "ปลัดเทศบาลเมืองX", "สำนักปลัดเทศบาล"),
        (Kind.CITY_MUNI, "เทศบาลนครX", "นายกเทศมนตรีนครX", "ปลัดเทศบาลนครX", "สำนักปลัดเทศบาล"),
        (Kind.PAO, "องค์การบริหารส่วนจังหวัดX", "นายกองค์การบริหารส่วนจังหวัดX", "ปลัดองค์การบริหารส่วนจังหวัดX", "สำนักปลัดองค์การบริหารส่วนจังหวัด"),
    ],
)  # fmt: skip
def test_titles_of_the_five_kinds(kind: str, full: str, mayor: str, clerk: str, office: str) -> None:
    organisation = Organisation(kind=kind, name="X")
    assert organisation.full_name == full
    assert organisation.mayor_title == mayor
    assert organisation.clerk_title == clerk
    assert organisation.clerk_office_name == office
    assert organisation.title_for(Role.DEPUTY_MAYOR) == f"รอง{mayor}"


@pytest.mark.parametrize(
    ("capacity", "phrase"),
    [
        (Capacity.ACTING_FOR, "รักษาราชการแทน"),
        (Capacity.DELEGATED, "ปฏิบัติราชการแทน"),
        (Capacity.PERFORMING_DUTY_OF, "ปฏิบัติหน้าที่"),
        (Capacity.PROVISIONAL, "รักษาการในตำแหน่ง"),
    ],
)
def test_every_capacity_prints_own_post_phrase_and_the_post_substituted(capacity: str, phrase: str) -> None:
    post = Post(title="นายกเทศมนตรีตำบลX", role=Role.MAYOR)
    appointment = Appointment(post=post, capacity=capacity, own_title="ปลัดเทศบาลตำบลX")
    assert appointment.title_lines == (f"ปลัดเทศบาลตำบลX {phrase}", "นายกเทศมนตรีตำบลX")


@pytest.mark.parametrize(
    "facts",
    [
        {"capacity": Capacity.ACTING_FOR, "own_title": "", "legal_basis": "คำสั่งที่ 1/2569"},
        {"capacity": Capacity.ACTING_FOR, "own_title": "รองปลัด", "legal_basis": ""},
        {"capacity": Capacity.DELEGATED, "own_title": "รองปลัด", "legal_basis": "คำสั่งที่ 1/2569", "scope": ""},
        {"starts": datetime.date(2026, 2, 1), "ends": datetime.date(2026, 1, 31)},
    ],
)
def test_an_appointment_without_its_right_is_refused(home: Authority, facts: dict[str, object]) -> None:
    appointment = Appointment(
        user=home.people["deputy_clerk"],
        post=home.posts["mayor"],
        **{
            "capacity": Capacity.PROVISIONAL,
            "own_title": "รองปลัด",
            "legal_basis": "x",
            "starts": thai.today(),
            **facts,
        },
    )
    with pytest.raises(ValidationError):
        appointment.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        appointment.save()


def test_a_post_has_one_holder_at_a_time(home: Authority) -> None:
    with pytest.raises(ValidationError, match="ดำรงอยู่แล้ว"):
        home.appoint("deputy_clerk", "clerk")
    held = Appointment.objects.of(home.organisation).filter(post=home.posts["clerk"])
    current = held.latest("starts")
    current.ends = thai.today() - datetime.timedelta(days=1)
    current.save()
    home.appoint("deputy_clerk", "clerk", starts=thai.today())


def test_readers_and_administrators_may_be_many(home: Authority) -> None:
    home.appoint("clerk", "org_admin")
    home.appoint("mayor", "reader")


@pytest.mark.postgres
def test_the_database_refuses_two_holders_whatever_the_code_does(home: Authority) -> None:
    """SQLite has no exclusion constraint: there Appointment.save looks under the write lock."""
    twin = Appointment(
        user=home.people["deputy_clerk"], post=home.posts["clerk"], starts=thai.today(), exclusive=True
    )
    with pytest.raises(IntegrityError, match="appointment_one_holder_at_a_time"), transaction.atomic():
        Appointment.objects.bulk_create([twin])


def test_somebody_who_serves_two_authorities_has_both(personas: Personas) -> None:
    two_hats = personas.home.people["two_hats"]
    served = [membership.organisation.slug for membership in memberships(two_hats)]
    assert served == ["ban-sommut", "nong-tua-yang"]
    assert memberships(personas.home.people["former"]) == []


def test_units_do_not_belong_to_themselves_or_to_others(personas: Personas) -> None:
    home, stranger = personas.home, personas.stranger
    parent = home.units["clerk_office"]
    parent.parent = home.units["legal"]
    with pytest.raises(ValidationError, match="สังกัดตนเองไม่ได้"):
        parent.clean()
    foreign = OrgUnit(
        organisation=home.organisation,
        parent=stranger.units["finance"],
        kind=OrgUnit.Kind.SECTION,
        name="งาน",
    )
    with pytest.raises(ValidationError, match="หน่วยงานอื่น"):
        foreign.clean()


def test_a_user_is_not_deleted(home: Authority) -> None:
    with pytest.raises(ValidationError, match="ปิดการใช้งานแทน"):
        home.people["reader"].delete()
    assert User.objects.filter(pk=home.people["reader"].pk).exists()


def _picture(size: tuple[int, int], form: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size).save(data, form)
    return data.getvalue()


def test_pictures_are_small_png_or_jpeg() -> None:
    validate_picture(_picture((200, 80), "PNG"))
    validate_picture(_picture((200, 80), "JPEG"))
    for wrong in (
        _picture((20, 20), "GIF"),
        _picture((4_001, 5), "PNG"),
        b"",
        b"x" * 500_001,
        _picture((9, 9), "PNG")[:40],
    ):
        with pytest.raises(ValidationError):
            validate_picture(wrong)
