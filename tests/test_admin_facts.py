"""The administration keeps facts by their rules: people, posts, appointments, routes, forms; refusals are sentences."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from ita_core.models import Appointment, Organisation, OrgUnit, Post, User
from memos.models import FormVersion
from tests.administering import organisation, page, post_form, problems, superuser
from workflows.models import ApprovalStep, RouteStep, State

pytestmark = pytest.mark.once

__all__ = ["organisation", "superuser"]  # Fixtures, found by their names here.

# Facts


def test_an_appointment_is_entered_with_thai_dates(superuser: Client, organisation: Organisation) -> None:
    post = Post.objects.of(organisation).get(role="deputy_clerk")
    facts = {
        "user": User.objects.get(username="ppk-head").pk,
        "post": post.pk,
        "capacity": "acting_for",
        "own_title": "หัวหน้าสำนักปลัด",
        "legal_basis": "คำสั่งที่ 1/2565 ลงวันที่ 1 มกราคม 2565",
        "covers_memos": "on",
        "starts": "๑ ม.ค. ๖๕",
        "ends": "2022-03-31",
    }
    assert superuser.post(page(Appointment, "add"), facts).status_code == 302
    made = post.appointments.get(capacity="acting_for")
    assert (str(made.starts), str(made.ends)) == ("2022-01-01", "2022-03-31")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"own_title": ""}, "ผู้ที่มิใช่ผู้ดำรงตำแหน่ง"),
        ({"ends": "1 มกราคม 2550"}, "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"),
        ({"starts": "วันก่อน"}, "อ่านวันที่"),
        ({"capacity": "delegated"}, "ขอบเขต"),
        ({"capacity": "holder"}, "ดำรงอยู่แล้ว"),
    ],
)
def test_a_wrong_appointment_is_refused_in_words(
    superuser: Client, organisation: Organisation, changes: dict[str, str], sentence: str
) -> None:
    facts = {
        "user": User.objects.get(username="ppk-head").pk,
        "post": Post.objects.of(organisation).get(role="deputy_clerk").pk,
        "capacity": "acting_for",
        "own_title": "หัวหน้าสำนักปลัด",
        "legal_basis": "คำสั่งที่ 1/2565",
        "starts": "1 มกราคม 2565",
        "ends": "",
    }
    response = superuser.post(page(Appointment, "add"), {**facts, **changes})
    assert response.status_code == 200
    assert any(sentence in problem for problem in problems(response))


def _picture(kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (30, 30), "navy").save(data, kind)
    return data.getvalue()


def test_the_garuda_is_uploaded_shown_and_removed(superuser: Client, organisation: Organisation) -> None:
    address = page(Organisation, "change", organisation.pk)
    assert post_form(superuser, address, picture=SimpleUploadedFile("g.png", _picture())).status_code == 302
    organisation.refresh_from_db()
    assert bytes(organisation.garuda or b"") == _picture()
    assert "data:image/png;base64," in superuser.get(address).content.decode()
    assert post_form(superuser, address).status_code == 302
    organisation.refresh_from_db()
    assert organisation.garuda, "saving without a new picture keeps the one there is"
    assert post_form(superuser, address, remove_picture="on").status_code == 302
    organisation.refresh_from_db()
    assert organisation.garuda is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"<svg onload=alert(1)>", "ไม่ใช่ภาพ"), (b"x" * 600_000, "ใหญ่เกิน"), (_picture("GIF"), "ไม่ใช่ภาพ")],
    ids=["svg", "large", "gif"],
)
def test_what_is_not_a_picture_is_refused(
    superuser: Client, organisation: Organisation, data: bytes, sentence: str
) -> None:
    address = page(Organisation, "change", organisation.pk)
    response = post_form(superuser, address, picture=SimpleUploadedFile("g.png", data))
    assert any(sentence in problem for problem in problems(response))
    organisation.refresh_from_db()
    assert organisation.garuda is None


def test_a_person_is_entered_with_a_signature_and_a_good_password(superuser: Client) -> None:
    facts = {"username": "new-officer", "full_name": "นางสาวใหม่ สมมติ", "email": "new@example.org"}
    weak = superuser.post(page(User, "add"), {**facts, "password1": "short", "password2": "short"})
    assert problems(weak)
    good = {"password1": "sufficiently-long-2565", "password2": "sufficiently-long-2565"}
    picture = SimpleUploadedFile("s.jpg", _picture("JPEG"))
    assert superuser.post(page(User, "add"), {**facts, **good, "picture": picture}).status_code == 302
    made = User.objects.get(username="new-officer")
    assert made.check_password("sufficiently-long-2565")
    assert bytes(made.signature or b"") == _picture("JPEG")
    assert (made.is_staff, made.is_superuser) == (False, False)


def test_a_password_is_changed_and_a_person_deactivated(superuser: Client) -> None:
    user = User.objects.get(username="ppk-reader")
    words = {"password1": "another-long-2565", "password2": "another-long-2565", "usable_password": "true"}
    assert (
        superuser.post(reverse("admin:auth_user_password_change", args=[user.pk]), words).status_code == 302
    )
    assert post_form(superuser, page(User, "change", user.pk), is_active=None).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another-long-2565")
    assert not user.is_active


def test_a_unit_cannot_belong_to_another_authoritys(superuser: Client, organisation: Organisation) -> None:
    foreign = OrgUnit.objects.of(Organisation.objects.get(slug="thung-sai-lom")).first()
    assert foreign is not None
    facts = {"organisation": organisation.pk, "kind": "section", "name": "งานใหม่", "parent": foreign.pk}
    response = superuser.post(page(OrgUnit, "add"), facts)
    assert problems(response) == ["ข้อมูลนี้เป็นของหน่วยงานอื่น"]


# The route


def _route(organisation: Organisation) -> list[str]:
    return list(organisation.route.order_by("position").values_list("heading", flat=True))


def test_a_route_is_saved_with_the_authority(superuser: Client, organisation: Organisation) -> None:
    registrar = Post.objects.of(organisation).get(role="registrar")
    added = {
        "route-3-position": 4, "route-3-heading": "สารบรรณตรวจ", "route-3-reaches": "", "route-3-posts": registrar.pk,
        "route-2-position": 5,
    }  # fmt: skip
    assert post_form(superuser, page(Organisation, "change", organisation.pk), **added).status_code == 302
    assert _route(organisation)[2:] == ["สารบรรณตรวจ", "ความเห็นของนายก"]


def test_steps_can_change_places(superuser: Client, organisation: Organisation) -> None:
    swap = {
        "route-0-position": 2, "route-0-reaches": "",
        "route-1-position": 1, "route-1-reaches": "",
    }  # fmt: skip
    before = _route(organisation)
    assert post_form(superuser, page(Organisation, "change", organisation.pk), **swap).status_code == 302
    assert _route(organisation) == [before[1], before[0], before[2]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"route-2-DELETE": "on"}, "ขั้นสุดท้ายต้องเป็นการลงนามของนายก"),
        ({"route-0-reaches": State.DEPUTY_APPROVED}, "เรียงตามลำดับ"),
        ({"route-1-position": 1}, "ซ้ำ"),
        ({"route-0-position": 9}, "ขั้นสุดท้ายต้องเป็นการลงนามของนายก"),
    ],
)
def test_an_unsound_route_is_refused_in_words(
    superuser: Client, organisation: Organisation, changes: dict[str, Any], sentence: str
) -> None:
    before = list(RouteStep.objects.of(organisation).order_by("pk").values())
    response = post_form(superuser, page(Organisation, "change", organisation.pk), **changes)
    assert response.status_code == 200
    assert any(sentence in problem for problem in problems(response))
    assert list(RouteStep.objects.of(organisation).order_by("pk").values()) == before


def test_a_route_takes_no_post_of_another_authority(superuser: Client, organisation: Organisation) -> None:
    foreign = Post.objects.of(Organisation.objects.get(slug="thung-sai-lom")).get(role="mayor")
    address = page(Organisation, "change", organisation.pk)
    response = post_form(superuser, address, **{"route-2-posts": foreign.pk})
    assert response.status_code == 200
    assert problems(response)


def test_a_new_authority_begins_without_a_route(superuser: Client) -> None:
    facts = {"slug": "ban-mai", "kind": "sao", "name": "บ้านใหม่", "province": "สมมติ"}
    assert post_form(superuser, page(Organisation, "add"), **facts).status_code == 302
    made = Organisation.objects.get(slug="ban-mai")
    assert post_form(superuser, page(Organisation, "change", made.pk)).status_code == 302
    assert superuser.post(page(Organisation, "delete", made.pk), {"post": "yes"}).status_code == 302


def test_an_edited_route_leaves_running_reports_alone(superuser: Client, organisation: Organisation) -> None:
    steps = ApprovalStep.objects.of(organisation)
    before = list(steps.order_by("pk").values())
    address = page(Organisation, "change", organisation.pk)
    assert post_form(superuser, address, **{"route-0-heading": "ความเห็นใหม่"}).status_code == 302
    assert list(steps.order_by("pk").values()) == before


# Forms


def test_an_authority_gets_its_next_version_of_a_form(superuser: Client, organisation: Organisation) -> None:
    shipped = FormVersion.objects.get(slug="plan", organisation=None)
    address = f"{page(FormVersion, 'add')}?source={shipped.pk}"
    assert problems(post_form(superuser, address)), "a shipped form's new version has to name its authority"
    for number in (1, 2):
        assert post_form(superuser, address, organisation=organisation.pk).status_code == 302
        made = FormVersion.objects.get(organisation=organisation, slug="plan", number=number)
        assert made.columns == shipped.columns
    assert superuser.post(page(FormVersion, "change", shipped.pk), {"title": "x"}).status_code == 403


def test_wrong_columns_of_a_form_are_refused_in_words(superuser: Client, organisation: Organisation) -> None:
    facts = {"organisation": organisation.pk, "slug": "plan", "title": "แบบ", "orientation": "landscape"}
    response = superuser.post(page(FormVersion, "add"), {**facts, "columns": "[]"})
    assert problems(response)
    response = superuser.post(page(FormVersion, "add"), {**facts, "columns": '[{"key": "measure"}]'})
    assert "คอลัมน์ที่ 1" in problems(response)[0]


def test_a_post_gets_an_appointment_on_its_own_page(superuser: Client, organisation: Organisation) -> None:
    post = Post.objects.of(organisation).get(role="officer", title="ผู้อำนวยการกองคลัง")
    name = "appointments-1-"  # below the one who holds it
    reader = User.objects.get(username="ppk-reader")
    facts = {
        "user": reader.pk,
        "capacity": "acting_for",
        "own_title": "นักวิชาการคลัง",
        "legal_basis": "คำสั่งที่ 1/2565",
        "starts": "1 ต.ค. 2565",
    }
    added = {"appointments-TOTAL_FORMS": 2, **{name + key: value for key, value in facts.items()}}
    assert post_form(superuser, page(Post, "change", post.pk), **added).status_code == 302
    assert str(post.appointments.get(user=reader).starts) == "2022-10-01"
    assert (
        post_form(superuser, page(Post, "change", post.pk), title="ผู้อำนวยการกองคลัง (ต้น)").status_code == 302
    )
    assert Post.objects.of(organisation).get(pk=post.pk).role == "officer"
