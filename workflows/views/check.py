"""Check answers: everything as it will be issued, what is missing, and the button that sends it up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from memos import checks
from memos import tree as trees
from workflows import actions, permissions, progress, reading
from workflows.forms import SubmitForm
from workflows.models import Approval
from workflows.permissions import Actor
from workflows.refusals import BadInput, Conflict, Refused
from workflows.views.page import approval_of, page

LONGEST_IN_ADDRESS = 200
"""Characters of a reason that the link of the preview carries: servers refuse long addresses."""


@page
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    skipped = permissions.steps_to_skip(actor, permissions.route_of(approval.organisation))
    form = SubmitForm(request.POST if request.method == "POST" else None, skips=bool(skipped))
    if request.method != "POST":
        permissions.check_may_edit(actor, approval)
        return _page(request, approval, actor, form)
    if not form.is_valid():
        permissions.check_may_edit(actor, approval)
        return _page(request, approval, actor, form, _refusal(form))
    try:
        actions.submit(actor, pk, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, approval, actor, form, refusal)
    messages.success(request, _("เสนอเรื่องแล้ว"))
    return redirect("workflows:report", org=request.membership.organisation.slug, pk=pk)


def _refusal(form: SubmitForm) -> Refused:
    """An unread revision is not the drafter's fault; what is wrong with his reason stands beside its field too."""
    if "revision" in form.errors:
        return Conflict(_("โปรดตรวจทานเนื้อหาอีกครั้งก่อนเสนอ"))
    return BadInput(str(form.errors["skip_reason"][0]))


def _page(
    request: MemberRequest, approval: Approval, actor: Actor, form: SubmitForm, refusal: Refused | None = None
) -> HttpResponse:
    """Read again from the database: after a refusal it is no longer what the earlier page showed."""
    if refusal is not None:
        approval, actor = approval_of(request, approval.report_id)
        if permissions.may_edit(actor, approval):
            raise refusal
    tree = trees.read(approval.report)
    content, problem = reading.working_copy(approval, tree)
    findings = checks.findings(approval.report, tree)
    skipped = permissions.steps_to_skip(actor, permissions.route_of(approval.organisation))
    typed = str(form.data.get("skip_reason", ""))
    why_not = problem or permissions.may_submit(actor, approval)
    context = {
        "approval": approval,
        "report": approval.report,
        "form": form,
        "content": content,
        "findings": findings,
        "blocking": [found for found in findings if found.severity == "blocks"],
        "why_not": why_not,
        "remarks_open": bool(approval.round) and approval.comments.filter(resolved_at__isnull=True).exists(),
        "steps": progress.stepper(approval, {step.position for step in skipped}),
        "skipped": [step.heading for step in skipped],
        "typed_reason": typed if len(typed) <= LONGEST_IN_ADDRESS else "",
        "sentence": refusal.sentence if refusal else "",
    }
    return render(request, "workflows/check.html", context, status=refusal.status if refusal else 200)
