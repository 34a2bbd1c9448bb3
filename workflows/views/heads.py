"""The published heads, as a page to read and as files to keep."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ita_core import thai
from ita_core.models import Organisation
from ita_core.paging import Slice
from workflows import publishing_heads
from workflows.models import PublishedHead

DAYS_SHOWN = 31
_SOON, _LATER = 300, 86_400  # seconds that anybody may keep a file


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Every authority's head of the latest day, and the days before it."""
    days = publishing_heads.days(DAYS_SHOWN)
    latest = PublishedHead.objects.across_organisations().filter(day__in=days[:1])
    found = latest.select_related("organisation").order_by("organisation__slug")
    rows = Slice(lambda start, stop: found[start:stop], request.GET)
    return render(request, "workflows/heads.html", {"days": days, "rows": rows})


@require_safe
def of_day(request: HttpRequest, day: str) -> HttpResponse:
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError as none:
        raise Http404 from none
    said = publishing_heads.of_day(date)
    if said is None:
        raise Http404
    return _file(said, _LATER if date < thai.today() else _SOON)


@require_safe
def of_organisation(request: HttpRequest, org: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=org)
    if not PublishedHead.objects.of(organisation).exists():
        raise Http404
    return _file(publishing_heads.of_organisation(organisation), _SOON)


def _file(said: dict[str, object], seconds: int) -> HttpResponse:
    headers = {"Cache-Control": f"public, max-age={seconds}", "Access-Control-Allow-Origin": "*"}
    shape = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(said, headers=headers, json_dumps_params=shape)
