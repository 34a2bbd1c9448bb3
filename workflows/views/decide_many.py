"""Several decisions in a row: one page, one press, and every report recorded or refused for itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core import language
from ita_core.membership import MemberRequest
from workflows import deciding_many
from workflows.deciding_many import Item
from workflows.permissions import Actor, check_confirmed
from workflows.refusals import NotConfirmed
from workflows.views.confirming import confirmed
from workflows.views.decide import told
from workflows.views.page import page


@page
@require_http_methods(["GET", "HEAD", "POST"])
def decide_many(request: MemberRequest) -> HttpResponse:
    actor = Actor.of(request.membership)
    posted = request.POST if request.method == "POST" else None
    numbers = (request.GET if posted is None else posted).getlist("report")
    items = deciding_many.chosen(actor, request.membership, numbers, posted)
    if posted is None:
        answer = _page(request, items)
        deciding_many.note(items)
        return answer
    if any(item.ticked for item in items):
        try:
            actor = confirmed(request, actor)
            check_confirmed(actor)  # Said once, not of every report.
        except NotConfirmed as refusal:
            return _page(request, items, refusal.sentence, refusal.status)
    for item in items:
        item.actor = actor
        item.decide()
    done = [item for item in items if item.done]
    for item in done:
        assert item.done is not None
        messages.success(request, told(item.done, item.approval))
    refused = [item for item in items if item.sentence]
    if done and not refused:
        return redirect("workflows:inbox", org=request.membership.organisation.slug)
    # Those that are done are told above and gone from the page; the others stand as they were typed.
    left = deciding_many.again(actor, request.membership, [item for item in items if not item.done], posted)
    sentence = "" if refused else _("ยังไม่ได้ทำเครื่องหมายเรื่องใด จึงยังไม่มีการดำเนินการ")
    return _page(request, left, sentence, 409 if any(item.asked for item in refused) else 400)


def _page(request: MemberRequest, items: list[Item], sentence: str = "", status: int = 200) -> HttpResponse:
    context = {
        "items": items,
        "sentence": sentence,
        "most": language.shown(deciding_many.MOST),
    }
    return render(request, "workflows/decide_many.html", context, status=status)
