"""The administration: every page opens for a superuser; history is shown there and never changed."""

from __future__ import annotations

from django.contrib import admin
from django.test import Client

from ita_core.administration import ReadOnly, every, is_referred_to
from ita_core.models import Appointment, AssessmentItem, Organisation, OrgUnit, Post, User
from memos.models import FormVersion, Report
from tests.administering import first_row, organisation, page, superuser
from tests.logging_in import log_in
from workflows.models import Act, Approval, State

__all__ = ["organisation", "superuser"]  # Fixtures, found by their names here.

OURS = {"ita_core", "memos", "workflows"}
REGISTERED = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OURS), key=lambda m: m._meta.label
)
READ_ONLY = [model for model in REGISTERED if isinstance(admin.site._registry[model], ReadOnly)]
CHANGEABLE = [model for model in REGISTERED if model not in READ_ONLY]


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
    log_in(client, staff)
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
