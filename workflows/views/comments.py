"""The remarks of the last return, answered one by one: what was done about each, and what is still open."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ita_core.membership import MemberRequest
from workflows import actions, permissions, pinning
from workflows.aside_forms import AnswerForm
from workflows.models import Approval
from workflows.refusals import BadInput, Refused
from workflows.views.page import approval_of, page


@page
@require_safe
def comments(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    permissions.check_may_resolve(actor, approval)
    return _page(request, approval)


@page
@require_POST
def comment(request: MemberRequest, pk: int, comment: int) -> HttpResponse:
    """``do`` is ``reopen`` or, by default, ``resolve``; ``back=editor`` leads to the box that it stands beside."""
    approval, actor = approval_of(request, pk)
    if not approval.comments.filter(pk=comment).exists():
        raise Http404
    form = AnswerForm(request.POST)
    try:
        if request.POST.get("do") == "reopen":
            done, said = actions.reopen_comment(actor, pk, comment=comment), _("เปิดข้อสังเกตนี้อีกครั้งแล้ว")
        elif form.is_valid():
            done = actions.resolve_comment(actor, pk, comment=comment, **form.cleaned_data)
            said = _("ทำเครื่องหมายว่าแก้ไขแล้ว")
        else:
            raise BadInput(str(form.errors["answer"][0]))
    except Refused as refusal:
        approval, actor = approval_of(request, pk)
        if permissions.may_resolve(actor, approval):
            raise
        typed = {comment: request.POST.get("answer", "")}
        return _page(request, approval, refusal, typed)
    messages.success(request, said)
    if request.POST.get("back") == "editor" and (box := pinning.address_of(approval.report, done)):
        return redirect(box)
    org = request.membership.organisation.slug
    return redirect(f"{reverse('workflows:comments', kwargs={'org': org, 'pk': pk})}#remark-{done.pk}")


def _page(
    request: MemberRequest,
    approval: Approval,
    refusal: Refused | None = None,
    typed: dict[int, str] | None = None,
) -> HttpResponse:
    """``typed`` is the answer that was refused, by the remark it belongs to."""
    addresses = pinning.addresses(approval.report)
    found_here = pinning.latest(approval.report)
    remarks = [
        {
            "remark": found,
            "address": addresses.get(found.pk, ""),
            "answer": (typed or {}).get(found.pk, found.answer),
            "is_refused": found.pk in (typed or {}),
        }
        for found in found_here
    ]
    context = {
        "approval": approval,
        "report": approval.report,
        "remarks": remarks,
        "open": sum(found.resolved_at is None for found in found_here),
        "sentence": refusal.sentence if refusal else "",
    }
    return render(request, "workflows/comments.html", context, status=refusal.status if refusal else 200)
