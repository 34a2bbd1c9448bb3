"""The administration: every page opens for a superuser, history is shown and never changed, facts are kept by rule."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from PIL import Image

from ita_core.administration import ReadOnly, every, is_referred_to
from ita_core.models import Appointment, AssessmentItem, Organisation, OrgUnit, Post, User
from memos.models import FormVersion, Report
from tests.workflows.test_walk import walk
from workflows.examples import loading
from workflows.models import Act, Approval, ApprovalStep, RouteStep, State

NAME = "phuang-phrom-khon"
OURS = {"ita_core", "memos", "workflows"}
REGISTERED = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OURS), key=lambda m: m._meta.label
)
READ_ONLY = [model for model in REGISTERED if isinstance(admin.site._registry[model], ReadOnly)]
CHANGEABLE = [model for model in REGISTERED if model not in READ_ONLY]


@pytest.fixture
def organisation(db: None, tmp_path: Any) -> Organisation:
    loading.load(NAME)
    walk(tmp_path)
    return Organisation.objects.get(slug=NAME)


@pytest.fixture
def superuser(organisation: Organisation, client: Client) -> Client:
    client.force_login(User.objects.get(username="superuser"))
    return client


def page(model: type[models.Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def first_row(model: type[models.Model]) -> Any:
    return every(model).order_by("pk").first()


def post_form(client: Client, address: str, **changes: Any) -> Any:
    """Posts the page's own form back, with changes: what a browser does."""
    form = client.get(address).context["adminform"].form
    formsets = [f.formset for f in client.get(address).context["inline_admin_formsets"]]
    data = {}
    for part in [form, *[f.management_form for f in formsets], *[f for s in formsets for f in s.forms]]:
        for field in part:
            value = field.value()
            if value is None or value is False or isinstance(field.field, forms.FileField):
                continue
            data[field.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    data.update(changes)
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def problems(response: Any) -> list[str]:
    """The sentences on the page: fields come with a list of them, formsets with the sentence itself."""
    found: list[str] = []
    for entry in response.context["errors"]:
        found += [str(entry)] if isinstance(entry, str) else [str(message) for message in entry]
    return found


# Every page


def test_what_the_rules_protect_is_read_only_here() -> None:
    labels = {model._meta.label for model in READ_ONLY}
    assert labels >= {
        "memos.Report", "memos.Section", "memos.ContentVersion", "memos.DocumentSet", "memos.StoredFile",
        "workflows.Approval", "workflows.ApprovalStep", "workflows.Act",
    }  # fmt: skip


def test_list_search_page_and_history_of_every_model_open(superuser: Client) -> None:
    closed = []
    for model in REGISTERED:
        row = first_row(model)
        addresses = [page(model, "changelist"), page(model, "changelist") + "?q=พ่วง"]
        addresses += [page(model, "change", row.pk), page(model, "history", row.pk)]
        closed += [address for address in addresses if superuser.get(address).status_code != 200]
    assert closed == []


def test_a_new_row_of_every_model_kept_here_can_be_begun(superuser: Client) -> None:
    addresses = [page(model, "add") for model in CHANGEABLE]
    assert [address for address in addresses if superuser.get(address).status_code != 200] == []


def test_staff_who_are_not_superusers_get_nothing(organisation: Organisation, client: Client) -> None:
    staff = User.objects.create_user(
        "staff", password="sufficiently-long", full_name="นายผู้ช่วย", is_staff=True
    )
    client.force_login(staff)
    addresses = [page(model, "changelist") for model in REGISTERED]
    addresses += [page(model, "change", first_row(model).pk) for model in REGISTERED]
    assert [address for address in addresses if client.get(address).status_code != 403] == []


def test_processes_tasks_and_groups_are_not_edited_here(superuser: Client) -> None:
    assert superuser.get("/admin/").status_code == 200
    for address in ("/admin/viewflow/process/", "/admin/viewflow/task/", "/admin/auth/group/"):
        assert superuser.get(address).status_code == 404


# Read-only means read-only


def test_every_way_to_change_is_refused(superuser: Client) -> None:
    for model in READ_ONLY:
        row = first_row(model)
        before = list(every(model).order_by("pk").values())
        assert superuser.get(page(model, "add")).status_code == 403, model
        assert superuser.post(page(model, "add"), {"state": "writing"}).status_code == 403, model
        assert superuser.post(page(model, "change", row.pk), {"state": "writing"}).status_code == 403, model
        assert superuser.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
        assert list(every(model).order_by("pk").values()) == before, model


def test_nothing_is_deleted_in_bulk(superuser: Client) -> None:
    for model in REGISTERED:
        before = every(model).count()
        bulk = {"action": "delete_selected", "_selected_action": first_row(model).pk, "post": "yes"}
        superuser.post(page(model, "changelist"), bulk)
        assert every(model).count() == before, model


def test_what_has_a_history_cannot_be_deleted(superuser: Client) -> None:
    for model in (User, Organisation, OrgUnit, Post, Appointment, AssessmentItem, FormVersion):
        used = next(row for row in every(model).order_by("pk") if is_referred_to(row))
        assert superuser.post(page(model, "delete", used.pk), {"post": "yes"}).status_code == 403, model
        assert every(model).filter(pk=used.pk).exists(), model


def test_an_appointment_nobody_used_can_be_deleted(superuser: Client, organisation: Organisation) -> None:
    unused = Appointment.objects.of(organisation).get(post__role="reader")
    assert superuser.post(page(Appointment, "delete", unused.pk), {"post": "yes"}).status_code == 302
    assert not Appointment.objects.of(organisation).filter(pk=unused.pk).exists()


def test_of_an_appointment_that_signed_only_the_end_can_be_written(
    superuser: Client, organisation: Organisation
) -> None:
    used = Act.objects.of(organisation).filter(kind=Act.Kind.SIGN).get().appointment
    assert used is not None
    address = page(Appointment, "change", used.pk)
    superuser.post(address, {"user": "1", "capacity": "delegated", "ends": "30 กันยายน 2599"})
    again = Appointment.objects.of(organisation).get(pk=used.pk)
    assert (again.user_id, again.capacity) == (used.user_id, "holder")
    assert str(again.ends) == "2056-09-30"


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
    steps = list(organisation.route.order_by("position"))
    swap = {
        "route-0-position": 2, "route-0-reaches": steps[1].reaches,
        "route-1-position": 1, "route-1-reaches": steps[0].reaches,
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
    assert superuser.post(page(Organisation, "add"), facts).status_code == 302
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


def test_pages_of_history_show_what_was_done(superuser: Client, organisation: Organisation) -> None:
    signed = Act.objects.of(organisation).get(kind=Act.Kind.SIGN)
    text = superuser.get(page(Act, "change", signed.pk)).content.decode()
    assert signed.printed_name in text
    assert signed.hash in text
    approval = Approval.objects.of(organisation).get(report__is_trial=True)
    assert str(State.MAYOR_SIGNED.label) in superuser.get(page(Approval, "changelist")).content.decode()
    assert "ความเห็นของปลัด" in superuser.get(page(Approval, "change", approval.pk)).content.decode()
    report = Report.objects.of(organisation).get(is_trial=True)
    assert report.memo.subject in superuser.get(page(Report, "change", report.pk)).content.decode()


def test_a_post_gets_an_appointment_on_its_own_page(superuser: Client, organisation: Organisation) -> None:
    post = Post.objects.of(organisation).get(role="officer", title="ผู้อำนวยการกองคลัง")
    name = "appointments-0-"
    facts = {
        "user": User.objects.get(username="ppk-reader").pk,
        "capacity": "holder",
        "starts": "1 ต.ค. 2565",
    }
    added = {"appointments-TOTAL_FORMS": 1, **{name + key: value for key, value in facts.items()}}
    assert post_form(superuser, page(Post, "change", post.pk), **added).status_code == 302
    assert str(post.appointments.get().starts) == "2022-10-01"
    assert (
        post_form(superuser, page(Post, "change", post.pk), title="ผู้อำนวยการกองคลัง (ต้น)").status_code == 302
    )
    assert Post.objects.of(organisation).get(pk=post.pk).role == "officer"
