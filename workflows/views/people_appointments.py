"""Appointments and acting orders: a new one, one with its end, its change and its scan. Pages of the administrator."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core import thai
from ita_core.administration import is_referred_to
from ita_core.membership import MemberRequest
from ita_core.models import Appointment, Organisation, Post, User
from ita_core.rows import number_in
from memos.models import StoredFile
from workflows import appointing, people
from workflows import people_permissions as permissions
from workflows.officers import Actor
from workflows.people_forms import AppointmentForm, CapacityForm, LastDayForm
from workflows.refusals import Refused
from workflows.views.documents import download, read_stored
from workflows.views.page import page
from workflows.views.people import administering, done, posting, typed_in


@page
@posting
def new_appointment(request: MemberRequest) -> HttpResponse:
    """``?person=`` and ``?post=`` come with the link from where the need for it shows."""
    actor = administering(request)
    everybody = people.of(actor.organisation)
    initial = {
        "person": number_in(request.GET.get("person")),
        "post": number_in(request.GET.get("post")),
        "starts": thai.today(),
        "capacity": request.GET.get("capacity", Appointment.Capacity.HOLDER),
    }
    form = AppointmentForm(
        request.POST or None,
        request.FILES or None,
        organisation=actor.organisation,
        people=everybody,
        initial=initial,
    )
    made, status, sentence = typed_in(request, form, lambda: _appoint(actor, form, everybody))
    if made is not None:
        return done(request, _("บันทึกการแต่งตั้งแล้ว"), "appointment", appointment=made.pk)
    context = {
        "form": form,
        "sentence": sentence,
        "title": _("บันทึกการแต่งตั้งหรือคำสั่ง"),
        "button": _("บันทึกการแต่งตั้ง"),
        "back": "workflows:people",
        "back_name": _("บุคคลและตำแหน่ง"),
    }
    return render(request, "workflows/people/form.html", context, status=status)


def _appoint(actor: Actor, form: AppointmentForm, everybody: list[User]) -> Appointment:
    typed = form.cleaned_data
    person = next(one for one in everybody if one.pk == typed["person"])
    post = Post.objects.of(actor.organisation).get(pk=typed["post"])
    return appointing.appoint(actor, person, post, **form.appointed())


def _found(request: MemberRequest, pk: int) -> tuple[Appointment, Actor]:
    actor = administering(request)
    try:
        row = appointing.appointment_of(actor, pk)
    except Refused as refusal:
        raise Http404 from refusal
    row.post.organisation = actor.organisation
    return row, actor


@page
@posting
def appointment(request: MemberRequest, appointment: int) -> HttpResponse:
    """One appointment; its end, and its removal while nobody acted by it."""
    row, actor = _found(request, appointment)
    form = LastDayForm(request.POST if "end" in request.POST else None, initial={"last": thai.today()})
    if "remove" in request.POST:
        appointing.remove(actor, row.pk)
        return done(request, _("ลบการแต่งตั้งแล้ว"), "person", person=row.user_id)
    made, status, sentence = typed_in(
        request, form, lambda: appointing.end(actor, row.pk, last=form.cleaned_data["last"])
    )
    if made is not None:
        return done(request, _("กำหนดวันสิ้นสุดแล้ว"), "appointment", appointment=row.pk)
    used = is_referred_to(row)
    context = {
        "row": row,
        "form": form,
        "sentence": sentence,
        "used": used,
        "follows": row.absence,
        "is_over": row.ends is not None and row.ends < thai.today(),
        "may_remove": not used and row.absence_id is None,
    }
    return render(request, "workflows/people/appointment.html", context, status=status)


@page
@posting
def change_appointment(request: MemberRequest, appointment: int) -> HttpResponse:
    row, actor = _found(request, appointment)
    permissions.check_may_rewrite(row)
    initial: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("capacity", "own_title", "legal_basis", "scope", "covers_memos", "ends")
    }
    form = CapacityForm(
        request.POST or None, request.FILES or None, initial={**initial, "starts": thai.today()}
    )
    made, status, sentence = typed_in(request, form, lambda: _change(actor, row, form))
    if made is not None:
        return done(request, _("รายการเดิมสิ้นสุด และรายการใหม่เริ่มแล้ว"), "appointment", appointment=made.pk)
    context = {
        "form": form,
        "sentence": sentence,
        "title": _("เปลี่ยนการแต่งตั้ง"),
        "says": _("รายการเดิมสิ้นสุดในวันก่อนวันที่เริ่มใหม่ สิ่งที่ลงนามไปแล้วไม่เปลี่ยน"),
        "button": _("เปลี่ยนการแต่งตั้ง"),
        "back": "workflows:people",
        "back_name": _("บุคคลและตำแหน่ง"),
    }
    return render(request, "workflows/people/form.html", context, status=status)


def _change(actor: Actor, row: Appointment, form: CapacityForm) -> Appointment:
    facts = form.appointed()
    return appointing.change(actor, row.pk, first=facts.pop("starts"), **facts)


@page
@require_safe
def appointment_scan(request: MemberRequest, appointment: int) -> HttpResponseBase:
    row, actor = _found(request, appointment)
    return scan_of(request, actor.organisation, row.scan_sha256)


def scan_of(request: MemberRequest, organisation: Organisation, sha256: str) -> HttpResponseBase:
    """The order as it was scanned; 404 where there is none."""
    stored = StoredFile.objects.of(organisation).filter(sha256=sha256).first() if sha256 else None
    if stored is None:
        raise Http404
    stored.organisation = organisation
    return download(
        request, lambda: read_stored(stored), f"{_('คำสั่ง')}.pdf", "application/pdf", stored.sha256
    )
