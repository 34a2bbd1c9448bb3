"""Lists of reports to be destroyed: all of them, a new one, and one with what each said and what becomes of every line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import language, thai
from ita_core.membership import MemberRequest
from ita_core.models import Appointment
from ita_core.paging import Slice
from workflows import disposal_lines, disposing
from workflows import disposal_permissions as permissions
from workflows import disposal_records as records
from workflows.disposal_forms import ApproveForm, DrawUpForm
from workflows.disposed import Disposal, DisposalList
from workflows.officers import Actor, check_serves
from workflows.refusals import Refused
from workflows.views.documents import download, read_stored
from workflows.views.page import page

posting = require_http_methods(["GET", "HEAD", "POST"])


@page
@require_safe
def disposals(request: MemberRequest) -> HttpResponse:
    actor = Actor.of(request.membership)
    rows = DisposalList.objects.of(actor.organisation).order_by("-year", "-number")
    context = {
        "rows": Slice(lambda start, stop: list(rows[start:stop]), request.GET),
        "why_not": permissions.may_draw_up(actor),
    }
    return render(request, "workflows/disposals.html", context)


@page
@posting
def draw_up(request: MemberRequest) -> HttpResponse:
    actor = Actor.of(request.membership)
    permissions.check_may_draw_up(actor)
    due = disposing.due(actor)
    serving = Appointment.objects.of(actor.organisation).on(thai.today()).select_related("user", "post")
    initial = {"reports": [row.approval.report_id for row in due]}
    form = DrawUpForm(request.POST or None, people=list(serving), due=due, initial=initial)
    status, sentence = 200, ""
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = disposing.draw_up(
                    actor, committee=form.committee, reports=form.cleaned_data["reports"]
                )
            except Refused as refusal:
                status, sentence = refusal.status, refusal.sentence
            else:
                return _back(request, made, _("จัดทำบัญชีแล้ว กรรมการเปิดบัญชีนี้เพื่อลงความเห็นได้"))
    context = {"form": form, "due": due, "sentence": sentence}
    return render(request, "workflows/disposal_new.html", context, status=status)


@page
@require_safe
def disposal(request: MemberRequest, pk: int) -> HttpResponse:
    found, actor = list_of(request, pk)
    return show(request, found, actor)


def show(
    request: MemberRequest, found: DisposalList, actor: Actor, form: ApproveForm | None = None, **more: Any
) -> HttpResponse:
    """The list's page; with the form of its approval for the head."""
    views = disposal_lines.lines(found)
    done = Disposal.objects.of(actor.organisation).filter(list=found).first()
    facts = _facts(done)
    if facts is not None:
        views = disposal_lines.as_approved(views, facts)
    is_open = found.standing == DisposalList.Standing.OPEN
    approves = is_open and not permissions.may_approve(actor, found)
    shown = records.fingerprint(found, views) if approves else ""
    context = {
        "found": found,
        "views": views,
        "members": disposal_lines.members(found),
        "done": done,
        "facts": facts,
        "going": sum(1 for view in views if not view.kept_because),
        "may_judge": is_open and not permissions.may_judge(actor, found),
        "may_answer": is_open and not permissions.may_note_answer(actor, found),
        "may_drop": is_open and not permissions.may_drop(actor, found),
        "form": form or (ApproveForm(initial={"shown": shown}) if approves else None),
        "sentence": "",
        **more,
    }
    return render(request, "workflows/disposal.html", context, status=more.get("status", 200))


def _facts(done: Disposal | None) -> dict[str, Any] | None:
    """What was approved; None before, and when it cannot be read any more, which ``verify`` tells."""
    try:
        return records.load(done) if done is not None else None
    except ValueError:
        return None


@page
@require_safe
def approved_list(request: MemberRequest, pk: int) -> HttpResponse:
    """The list as it was approved, whose SHA-256 the acts carry."""
    found, _actor = list_of(request, pk)
    done = get_object_or_404(Disposal.objects.of(found.organisation), list=found)
    name = f"disposal-{found.number}-{found.year}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(done.canonical), content_type="application/json", headers=headers)


@page
@require_safe
def answer_scan(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The National Archives' letter as it came."""
    found, _actor = list_of(request, pk)
    stored = found.archives_scan
    if stored is None:
        raise Http404
    stored.organisation = found.organisation
    name = _("คำตอบของหอจดหมายเหตุแห่งชาติ") + f"-{found.number}-{found.year}.pdf"
    return download(request, lambda: read_stored(stored), name, "application/pdf", stored.sha256)


def list_of(request: MemberRequest, pk: int) -> tuple[DisposalList, Actor]:
    """A list of the authority, for whoever serves it; 404 for another one's."""
    actor = Actor.of(request.membership)
    check_serves(actor)
    rows = DisposalList.objects.of(actor.organisation).select_related(
        "organisation", "drawn_by", "archives_scan"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found, actor


def back_to_list(request: MemberRequest, found: DisposalList, sentence: str) -> HttpResponse:
    return _back(request, found, sentence)


def _back(request: MemberRequest, found: DisposalList, sentence: str) -> HttpResponse:
    messages.success(request, language.shown(sentence))
    return redirect("workflows:disposal", org=request.membership.organisation.slug, pk=found.pk)
