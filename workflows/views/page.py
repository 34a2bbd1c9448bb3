"""What every page of the process begins with: the member, the report in his authority, and refusals as pages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from ita_core.membership import MemberRequest, member
from workflows import permissions
from workflows.models import Approval, ApprovalStep
from workflows.permissions import Actor
from workflows.refusals import Refused


def page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``member``, and whatever is refused inside is answered with its sentence and status, never with 500."""

    @member
    @functools.wraps(view)
    def wrapper(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return refused(request, refusal)

    return wrapper


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page of that status (ita_core) with the refusal's own sentence."""
    return render(request, f"{refusal.status}.html", {"sentence": refusal.sentence}, status=refusal.status)


def approval_of(request: MemberRequest, pk: int) -> tuple[Approval, Actor]:
    """The report's approval and who looks at it; 404 outside the authority, NotAllowed for another's draft."""
    rows = Approval.objects.of(request.membership.organisation).select_related(
        "organisation", "report__organisation", "report__drafter", "report__item", "content", "document_set"
    )
    approval = get_object_or_404(rows, report=pk)
    actor = Actor.of(request.membership)
    permissions.check_may_view(actor, approval)
    return approval, actor


def shown_now(approval: Approval, step: ApprovalStep | None = None) -> dict[str, Any]:
    """What a form must bring back, so that nobody acts on another step or another content than he read."""
    step = step or permissions.current_step(approval)
    content = approval.content.sha256 if approval.content else ""
    return {"step": step.pk if step else None, "content": content}
