"""A new report from an old one: next year's from last year's, twelve months from six. Shown first, then done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core import language
from ita_core.membership import MemberRequest
from memos import copying
from memos.copying import Copy
from memos.models import Report
from workflows import drafts, permissions, starting
from workflows.forms import CopyForm
from workflows.models import Approval
from workflows.permissions import Actor
from workflows.refusals import Refused
from workflows.views.page import approval_of, page

MOST_SHOWN = 40
"""Changes listed on the page; the draft itself shows the rest."""
MOST_IN_NOTICE = 5


@page
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    permissions.check_may_copy(actor, approval)
    usual = starting.next_of(approval.report)
    if request.method != "POST":
        form = CopyForm(report=approval.report, initial=usual)
        keep = usual["results"] == CopyForm.KEEP
        return _page(
            request,
            approval,
            form,
            _plan(approval.report, actor, usual["fiscal_year"], usual["period"], keep),
        )
    form = CopyForm(request.POST, report=approval.report)
    if not form.is_valid():
        return _page(request, approval, form, None, status=409 if form.existing else 400)
    planned = _plan(approval.report, actor, **form.cleaned_data)
    if request.POST.get("do") == "preview":
        return _page(request, approval, form, planned)
    try:
        report = drafts.copy_as_new(actor, approval.report, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, approval, form, planned, refusal.sentence, refusal.status)
    _tell(request, planned)
    return redirect("memos:edit_memo", org=request.membership.organisation.slug, pk=report.pk)


def _plan(report: Report, actor: Actor, fiscal_year: int, period: str, keep_results: bool) -> Copy:
    return copying.plan(report, actor.user, fiscal_year=fiscal_year, period=period, keep_results=keep_results)


def _page(
    request: MemberRequest,
    approval: Approval,
    form: CopyForm,
    planned: Copy | None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "report": approval.report,
        "title": starting.words_for_next(approval.report),
        "form": form,
        "sentence": sentence,
        "planned": planned,
    }
    if planned is not None:
        moved, left = planned.carrying.moved, planned.carrying.left
        context |= {
            "moved": moved[:MOST_SHOWN],
            "left": left[:MOST_SHOWN],
            "more_moved": max(len(moved) - MOST_SHOWN, 0),
            "more_left": max(len(left) - MOST_SHOWN, 0),
        }
    return render(request, "workflows/carry.html", context, status=status)


def _tell(request: MemberRequest, planned: Copy) -> None:
    """What was done, and the places that somebody should look at."""
    carrying = planned.carrying
    done = _("สร้างร่างใหม่แล้ว เลื่อนปีและรอบ %(moved)s แห่ง ล้างผลเดิม %(emptied)s ช่อง")
    counts = {"moved": len(carrying.moved), "emptied": carrying.emptied}
    messages.success(request, language.shown(done % counts))
    if not carrying.left:
        return
    places = "; ".join(
        f"{' '.join(filter(None, (left.place, left.field)))}: {left.text} ({left.why})"
        for left in carrying.left[:MOST_IN_NOTICE]
    )
    count = len(carrying.left)
    words = _("ยังไม่เลื่อนปี %(count)s แห่ง โปรดตรวจ: %(places)s")
    more = " …" if count > MOST_IN_NOTICE else ""
    messages.warning(request, language.shown(words % {"count": count, "places": places + more}))
