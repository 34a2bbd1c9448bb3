"""A report: where it stands, who has it, what was done, its documents and its words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from memos import collecting_page, register
from workflows import (
    correcting,
    disposal_records,
    following,
    history,
    looking,
    offers,
    progress,
    public_standing,
    reading,
    retention,
    sealed,
)
from workflows.models import State
from workflows.views.page import approval_of, page


@page
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    steps = progress.stepper(approval)
    deeds = history.deeds(approval)
    orders = following.orders(approval)
    content, note = reading.content_for(approval, actor)
    looking.note(approval, request.user)
    acts = [deed.act for deed in deeds]
    latest = history.latest_set(deeds)
    if latest is not None:
        latest.act.approval = approval
    address = request.build_absolute_uri(request.path)
    context = {
        "approval": approval,
        "report": approval.report,
        "steps": steps,
        "where": progress.where(approval, steps),
        "whereabouts": following.whereabouts(approval, steps, acts, orders, address),
        "offers": offers.of(approval, actor),
        "rounds": history.rounds(deeds),
        "latest": latest,
        "final": sealed.standing(latest.act) if latest else None,
        "line": correcting.line_of(approval),
        "retention": retention.of(approval) if approval.state == State.MAYOR_SIGNED else None,
        "destroyed_by": disposal_records.of_approval(approval) if approval.state == State.DISPOSED else None,
        "orders": orders,
        "views": following.views(approval),
        "remarks": following.remarks(approval),
        "content": content,
        "content_note": note,
        "number": register.number_of(approval.organisation, pk),
        "public_address": public_standing.address_now(approval, acts),
        "is_writer": reading.is_writer(approval, actor),
        "collected_files": collecting_page.taken_files(approval.report),
    }
    return render(request, "workflows/report.html", context)
