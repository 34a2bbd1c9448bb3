"""The remarks of the last return, answered one by one: what was done about each, and what is still open."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from workflows import actions, permissions, pinning
from workflows.aside_forms import AnswerForm
from workflows.models import Approval
from workflows.refusals import BadInput, Refused
from workflows.views.asking import asking
from workflows.views.page import approval_of, page


@page
@require_safe
def comments(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    permissions.check_may_resolve(actor, approval)
    return _page(request, approval)


@page
@asking
def comment(request: MemberRequest, pk: int, comment: int) -> HttpResponse:
    """``do`` is ``reopen`` or, by default, ``resolve``; ``back=editor`` leads to the box that it stands beside.

    Who comes by the address alone, as after a login, is led to the remark on its page.
    """
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_resolve(actor, approval)
    if not approval.comments.filter(pk=comment).exists():
        raise Http404
    if request.method != "POST":
        return _to_remark(request, pk, comment)
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
    return _to_remark(request, pk, comment)


def _to_remark(request: MemberRequest, pk: int, comment: int) -> HttpResponse:
    page_of_all = reverse(
        "workflows:comments", kwargs={"org": request.membership.organisation.slug, "pk": pk}
    )
    return redirect(f"{page_of_all}#remark-{comment}")


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
