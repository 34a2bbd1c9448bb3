"""A draft's papers on the screen before they are issued, for whoever writes it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from memos.models import Rendering
from memos.rendering import pages
from workflows import acting, permissions, previewing
from workflows.views.page import approval_of, page


@page
@require_safe
def preview_pages(request: MemberRequest, pk: int) -> HttpResponse:
    """The part of the page with the pictures is asked for again until they are there."""
    approval, actor = approval_of(request, pk)
    permissions.check_may_edit(actor, approval)
    by_itself = request.headers.get("HX-Request") == "true"
    reason = acting.text(request.GET.get("skip_reason", ""))
    made = previewing.pair(approval, actor, reason)
    shown = previewing.ask(approval, made, request.session, anew=not by_itself)
    template = "workflows/parts/preview_pages.html" if by_itself else "workflows/preview.html"
    context = {
        "report": approval.report,
        "org": request.membership.organisation.slug,
        "skip_reason": reason,
        **previewing.context(shown),
    }
    return render(request, template, context)


@page
@require_safe
def preview_image(request: MemberRequest, pk: int, sha256: str, page: int) -> HttpResponseBase:
    """One page of a paper that this session asked to see."""
    approval, actor = approval_of(request, pk)
    permissions.check_may_edit(actor, approval)
    found = Rendering.objects.of(approval.organisation).filter(sha256=sha256).first()
    if found is None or not previewing.may_see(approval, sha256, request.session):
        raise Http404
    if found.pages is None or not 1 <= page <= found.pages:
        raise Http404
    headers = {
        "ETag": quote_etag(f"{sha256}-{page}"),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    try:
        data = pages.image(found, page)
    except FileNotFoundError as missing:
        raise Http404 from missing
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        for header, value in headers.items():
            unchanged.headers.setdefault(header, value)
        return unchanged
    return HttpResponse(data, content_type="image/png", headers=headers)
