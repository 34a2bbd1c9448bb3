"""A report: where it stands, who has it, what was done, its documents and its words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from workflows import history, offers, progress, reading
from workflows.views.page import approval_of, page


@page
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    steps = progress.stepper(approval)
    deeds = history.deeds(approval)
    content, note = reading.content_for(approval, actor)
    context = {
        "approval": approval,
        "report": approval.report,
        "steps": steps,
        "open_step": next((step for step in steps if step.is_open), None),
        "where": progress.where(approval, steps),
        "offers": offers.of(approval, actor),
        "deeds": deeds,
        "rounds": history.rounds(deeds),
        "sets": [deed for deed in reversed(deeds) if deed.number],
        "content": content,
        "content_note": note,
        "is_writer": reading.is_writer(approval, actor),
    }
    return render(request, "workflows/report.html", context)
