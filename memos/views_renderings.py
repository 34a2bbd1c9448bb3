"""Pictures of pages, and the part of a page that shows them or says why there are none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from ita_core.outbox import Job
from memos.models import Rendering
from memos.rendering import pages
from memos.settings_page import administrator

# Longer than this without a first attempt, and nobody seems to be at work.
_LONG = timedelta(seconds=30)


def shown(rendering: Rendering) -> dict[str, Any]:
    """What memos/_pages.html needs. Problems are kept in the source language."""
    key = pages.job_key(rendering)
    waiting = Job.objects.still_open().filter(kind=pages.KIND, key=key, attempts=0)
    return {
        "rendering": rendering,
        "org": rendering.organisation.slug,
        "page_numbers": range(1, (rendering.pages or 0) + 1),
        "problem": gettext(rendering.problem) if rendering.problem else "",
        "waits_long": waiting.filter(wanted_at__lt=timezone.now() - _LONG).exists(),
    }


@administrator
@require_safe
def rendering(request: MemberRequest, sha256: str) -> HttpResponse:
    """Asked for by the page again and again until the pictures are there."""
    return render(request, "memos/_pages.html", shown(_found(request, sha256)))


@administrator
@require_safe
def rendering_page(request: MemberRequest, sha256: str, page: int) -> HttpResponseBase:
    found = _found(request, sha256)
    headers = {
        "ETag": quote_etag(f"{sha256}-{page}"),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if found.pages is None or not 1 <= page <= found.pages:
        raise Http404
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


def _found(request: MemberRequest, sha256: str) -> Rendering:
    """Only template drafts are rendered so far, so whoever may see those may see all."""
    organisation = request.membership.organisation
    found = get_object_or_404(organisation.renderings, sha256=sha256)
    found.organisation = organisation
    return found
