"""Pictures of the pages of a set, for whoever may read the report."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_safe

from ita_core.membership import MemberRequest
from memos.models import Rendering
from memos.rendering import pages as pictures
from workflows import permissions, pictured
from workflows.permissions import Actor
from workflows.views.documents import act_with_set
from workflows.views.page import page


@page
@require_http_methods(["GET", "HEAD", "POST"])
def pages(request: MemberRequest, pk: int, act: uuid.UUID) -> HttpResponse:
    """The part of a page that shows them, asked for again until they are there; POST has them made anew."""
    made = act_with_set(request, pk, act)
    assert made.document_set is not None
    if request.method == "POST":
        files = list(made.document_set.files().values())
        pictures.want_again(request.membership.organisation, files)
        if not request.headers.get("HX-Request"):
            may_not = permissions.may_decide(Actor.of(request.membership), made.approval)
            name = "workflows:report" if may_not else "workflows:decide"
            return redirect(name, org=request.membership.organisation.slug, pk=pk)
    context = {"pictured": pictured.of_set(made), "report": made.approval.report}
    return render(
        request,
        "workflows/parts/page_images.html",
        context | {"org": request.membership.organisation.slug},
    )


# A picture opened by itself is shown by the browser's own page, which has its style within.
_OF_PICTURES = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@page
@require_safe
def page_image(request: MemberRequest, pk: int, act: uuid.UUID, kind: str, page: int) -> HttpResponseBase:
    """One page of a paper, with ``?small`` at half its size.

    Kept by the person's own browser only, and asked for again: an appointment may have ended.
    """
    made = act_with_set(request, pk, act)
    assert made.document_set is not None
    return picture_of(request, made.document_set.files()[kind].sha256, page)


def picture_of(request: MemberRequest, sha256: str, page: int) -> HttpResponseBase:
    """A page of a file that the caller has let this person read; 404 where there is no picture."""
    found = Rendering.objects.of(request.membership.organisation).filter(sha256=sha256).first()
    if found is None or found.pages is None or not 1 <= page <= found.pages:
        raise Http404
    small = "small" in request.GET
    headers = {
        "ETag": quote_etag(f"{sha256}-{page}{'-small' * small}"),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _OF_PICTURES,
    }
    try:
        data = (pictures.overview if small else pictures.image)(found, page)
    except FileNotFoundError as missing:
        raise Http404 from missing
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        for header, value in headers.items():
            unchanged.headers.setdefault(header, value)
        return unchanged
    return HttpResponse(data, content_type="image/png", headers=headers)
