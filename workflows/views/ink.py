"""Signing by hand: the print of the set that waits, the record of what was signed, and the scan that shows it."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core.membership import MemberRequest
from memos import scans
from workflows import actions, ink_permissions, permissions, printing
from workflows.ink_forms import InkForm
from workflows.models import Act, Approval, ApprovalStep
from workflows.permissions import Actor
from workflows.refusals import BadInput, Refused
from workflows.views.asking import back_to_report
from workflows.views.confirming import confirmed
from workflows.views.documents import download, read_stored
from workflows.views.page import approval_of, page, shown_now

_PDF = "application/pdf"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def print_page(request: MemberRequest, pk: int) -> HttpResponse:
    """Whoever looks has it made; POST asks once more for one that came to nothing."""
    approval, actor = approval_of(request, pk)
    ink_permissions.check_may_record(actor, approval)
    act = printing.to_decide(approval)
    printing.want(act, again=request.method == "POST")
    if request.method == "POST":
        return redirect("workflows:ink_print", org=actor.organisation.slug, pk=pk)
    context = {"report": approval.report, "print": printing.standing(act)}
    return render(request, "workflows/ink_print.html", context)


@page
@require_safe
def print_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    approval, actor = approval_of(request, pk)
    ink_permissions.check_may_record(actor, approval)
    standing = printing.standing(printing.to_decide(approval))
    if standing.path is None:
        raise Http404
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(
        standing.path.open("rb"),
        as_attachment=True,
        filename=_("พิมพ์เพื่อลงนาม") + f"-{standing.code}.pdf",
        content_type=_PDF,
        headers=headers,
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    step = permissions.current_step(approval)
    ink_permissions.check_may_record(actor, approval, step)
    assert step is not None
    signers = [row for row in ink_permissions.signers(approval, step) if row.user_id != actor.user.pk]
    if request.method != "POST":
        form = InkForm(initial=shown_now(approval, step), signers=signers, waiting=step)
        return _page(request, approval, step, form)
    form = InkForm(request.POST, request.FILES, signers=signers, waiting=step)
    if not form.is_valid():
        return _page(request, approval, step, form, BadInput(_first_error(form)))
    try:
        actor = confirmed(request, actor)
        permissions.check_confirmed(actor)  # Before the scan, whose reading takes seconds.
        act = _recorded(actor, pk, form)
    except Refused as refusal:
        return _page(request, approval, step, form, refusal)
    return back_to_report(request, pk, _("บันทึกการลงนามบนกระดาษของ%(name)sแล้ว") % {"name": act.printed_name})


def _recorded(actor: Actor, pk: int, form: InkForm) -> Act:
    """The scan is read before the locks are taken: that takes seconds."""
    try:
        scan = scans.read(form.cleaned_data["scan"])
    except scans.ScanProblem as problem:
        raise BadInput(problem.sentence) from problem
    return actions.record_ink(actor, pk, scan=scan, **form.decided())


def _page(
    request: MemberRequest,
    approval: Approval,
    step: ApprovalStep,
    form: InkForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    context = {
        "report": approval.report,
        "waiting": step,
        "form": form,
        "sentence": refusal.sentence if refusal else "",
    }
    return render(request, "workflows/ink.html", context, status=refusal.status if refusal else 200)


def _first_error(form: InkForm) -> str:
    return str(next(iter(form.errors.values()))[0])


@page
@require_safe
def scan(request: MemberRequest, pk: int, act: uuid.UUID) -> HttpResponseBase:
    """The paper as it came back, for whoever may read the report."""
    approval, _actor = approval_of(request, pk)
    found = get_object_or_404(approval.acts.filter(scan__isnull=False).select_related("scan"), pk=act)
    stored = found.scan
    assert stored is not None
    name = _("ลงนามบนกระดาษ") + f"-{approval.report.fiscal_year}-{found.sequence}.pdf"
    return download(request, lambda: read_stored(stored), name, _PDF, stored.sha256)
