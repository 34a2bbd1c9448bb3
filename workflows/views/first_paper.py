"""The later steps of the first hour: route, tables and register, Word template and garuda, the trial report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import language
from ita_core.models import Role
from memos.register_settings import RegisterForm
from workflows import setting_up_authority, setting_up_paper, setting_up_route, setting_up_trial
from workflows.first_forms import BeginsWithForm, LookForm, StepForm
from workflows.models import State
from workflows.setting_up_rows import NotEntered, StepRow
from workflows.views.first_page import SettingUpRequest, onward, setting_up_page, shown


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def route(request: SettingUpRequest) -> HttpResponse:
    organisation = request.organisation
    stored = setting_up_route.stored(organisation)
    if stored is None:
        if request.method == "POST":  # Somebody made another route meanwhile: it is not written over unseen.
            return shown(request, "route", {"elsewhere": True}, 409)
        return shown(request, "route", {"elsewhere": True})
    posts = setting_up_route.posts_by_role(organisation)
    rows = {row.role: row for row in stored or setting_up_route.proposal(organisation)}
    data = request.POST if request.method == "POST" else None
    steps = [StepForm(data, role=role, posts=posts[role], initial=_initial(role, rows)) for role in posts]
    faults: list[str] = []
    if data is not None:
        faults.append(_("ยังไม่ได้บันทึก โปรดแก้ไขช่องที่มีข้อความเตือน"))
        are_valid = [step.is_valid() for step in steps]  # all of them, so that every fault is shown
        if all(are_valid):
            wanted = [step.row() for step in steps if step.cleaned_data["use"]]
            try:
                setting_up_route.save(organisation, setting_up_route.addressed(wanted, posts))
            except NotEntered as refused:
                faults += [fault.sentence for fault in refused.faults]
            else:
                messages.success(request, _("บันทึกลำดับการเสนอแล้ว ใช้กับเรื่องที่เสนอตั้งแต่นี้ไป"))
                return onward(request, organisation, "forms")
    context = {"forms": steps, "faults": faults, "is_proposal": not stored}
    return shown(request, "route", context, 400 if data is not None else 200)


def _initial(role: str, rows: dict[str, Any]) -> dict[str, Any]:
    """A role that is not on the way has its usual words ready."""
    row = rows.get(role)
    if row is None:
        row = StepRow(role, setting_up_route.HEADINGS[Role(role)], "", setting_up_route.USUAL_DAYS)
    days = language.shown(row.days) if row.days else ""
    return {"use": role in rows, "heading": row.heading, "addresses": row.addresses, "days": days}


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: SettingUpRequest) -> HttpResponse:
    """The forms that a report begins with, and how its numbers are given."""
    organisation = request.organisation
    offered = setting_up_paper.forms_on_offer(organisation)
    data = request.POST if request.method == "POST" else None
    chosen = {"forms": setting_up_paper.chosen_forms(organisation)}
    begins = BeginsWithForm(data, offered=offered, initial=chosen)
    register = RegisterForm(data, organisation=organisation, register=setting_up_paper.book(organisation))
    register.fields["kind"].disabled = register.fields["office"].disabled = True
    if data is not None and all([begins.is_valid(), register.is_valid()]) and register.save():
        setting_up_paper.choose_forms(organisation, begins.cleaned_data["forms"])
        setting_up_authority.settle(organisation, "forms")
        messages.success(request, _("บันทึกแบบตารางและทะเบียนแล้ว"))
        return onward(request, organisation, "look")
    columns = [(form, [column["heading"] for column in form.columns]) for form in offered]
    context = {"begins": begins, "register": register, "columns": columns}
    return shown(request, "forms", context, 400 if data is not None else 200)


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: SettingUpRequest) -> HttpResponse:
    organisation = request.organisation
    offered = setting_up_paper.memo_templates()
    used = setting_up_paper.template_in_use(organisation)
    choices = [(one.name, one.title) for one in offered]
    if used == setting_up_paper.KEEP:
        choices.insert(0, (setting_up_paper.KEEP, _("แม่แบบของหน่วยงานเองที่ใช้อยู่")))
    data = request.POST if request.method == "POST" else None
    form = LookForm(
        data,
        request.FILES or None,
        choices=choices,
        has_own=bool(organisation.garuda),
        initial={"template": used},
    )
    if data is not None and form.is_valid():
        _take(request, form)
        messages.success(request, _("บันทึกแม่แบบและครุฑแล้ว"))
        return onward(request, organisation, "trial")
    context = {"form": form, "offered": offered, "used": used, "has_garuda": bool(organisation.garuda)}
    return shown(request, "look", context, 400 if data is not None else 200)


def _take(request: SettingUpRequest, form: LookForm) -> None:
    data, organisation = form.cleaned_data, request.organisation
    if data["template"] != setting_up_paper.KEEP:
        setting_up_paper.choose_template(organisation, data["template"])
    if data["garuda"]:
        setting_up_paper.choose_garuda(organisation, data["garuda"])
    elif data.get("remove_garuda"):
        setting_up_paper.choose_garuda(organisation, None)
    setting_up_authority.settle(organisation, "look")


@setting_up_page
@require_safe
def garuda(request: SettingUpRequest) -> HttpResponse:
    picture = request.organisation.garuda
    if not picture:
        raise Http404
    data = bytes(picture)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=kind, headers=headers)


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: SettingUpRequest) -> HttpResponse:
    organisation = request.organisation
    sentence = ""
    if request.method == "POST":
        try:
            setting_up_trial.make(organisation, request.user)
        except NotEntered as refused:
            sentence = refused.faults[0].sentence
        else:
            messages.success(request, _("ทำร่างรายงานทดลองแล้ว"))
            return onward(request, organisation, "trial")
    approval = setting_up_trial.find(organisation)
    address = ""
    if approval is not None and getattr(request, "membership", None) is not None:
        place = {"org": organisation.slug, "pk": approval.report_id}
        address = reverse("workflows:report", kwargs=place)
    context = {
        "approval": approval,
        "turns": setting_up_trial.turns(organisation, approval),
        "address": address,
        "is_signed": approval is not None and approval.state == State.MAYOR_SIGNED,
        "sentence": sentence,
    }
    return shown(request, "trial", context, 409 if sentence else 200)
