"""The public site: without login, cookies or scripts, in the language its address names; kept by public_cache.py."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve
from django.utils import translation
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ita_core.headers import POLICY
from ita_core.models import Organisation
from memos import archive, personal
from memos.sealing import codes
from workflows import disposal_records, public_cache, public_feed, public_places, public_site, public_tables
from workflows.public_places import Found
from workflows.public_site import Item, Year

SOON = "public, max-age=1, must-revalidate"
"""Pages: whoever withdraws a copy sees it gone at once, and what did not change is answered with 304."""
FOR_GOOD = "public, max-age=86400, immutable"
"""Files of one version never change. A day and no longer, so that a copy that was withdrawn leaves other caches too."""
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""For the list that stands in authorities' own pages; everything else may not be framed."""
View = Callable[..., HttpResponse]


class Gone(Exception):
    """What stood at the address was taken away: which page says so, and since when."""

    def __init__(self, name: str, context: dict[str, Any], when: datetime.datetime) -> None:
        super().__init__(name)
        self.name, self.context, self.when = name, context, when


def page(view: View) -> View:
    """The language of the address; what is missing is told without saying what exists."""

    @require_safe
    @functools.wraps(view)
    def shown(request: HttpRequest, **named: Any) -> HttpResponse:
        with translation.override(public_cache.language_of(request)):
            try:
                answer = view(request, **named)
            except Http404:
                return _page(request, "nowhere", {}, None, status=404)
            except Gone as gone:
                return _page(request, gone.name, gone.context, gone.when, status=410)
            except archive.FileFault:
                return _page(request, "damaged", {}, None, status=503)
            answer.headers["Content-Language"] = translation.get_language()
            return answer

    return shown


@page
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address typed without its last slash leads to the page; Django's own redirect sees this view instead."""
    slashed = f"{request.path}/"
    if not rest.endswith("/") and resolve(slashed).url_name != "nowhere":
        return redirect(slashed, permanent=True)
    raise Http404


@page
def sites(request: HttpRequest) -> HttpResponse:
    found = public_site.provinces()
    latest = max((place.latest for province in found for place in province.places), default=None)
    chosen = request.GET.get("province", "")
    narrowed = [province for province in found if province.name == chosen]
    if chosen and not narrowed:
        raise Http404
    many = sum(len(province.places) for province in found) > public_site.MANY
    context = {"provinces": narrowed or found, "chosen": chosen, "folded": many and not chosen}
    return _page(request, "sites", context, latest)


@page
def site(request: HttpRequest, org: str) -> HttpResponse:
    organisation = _organisation(org)
    years = public_site.years(organisation)
    answer = _page(request, "site", {"organisation": organisation, "years": years}, _latest(organisation))
    return _kept_if_whole(answer, years)


@page
def year(request: HttpRequest, org: str, year: int) -> HttpResponse:
    organisation = _organisation(org)
    found = public_site.year(organisation, year)
    if found is None:
        raise Http404
    context = {"organisation": organisation, "year": found}
    return _kept_if_whole(_page(request, "year", context, _latest(organisation)), [found])


@xframe_options_exempt
@page
def embed(request: HttpRequest, org: str) -> HttpResponse:
    organisation = _organisation(org)
    years = public_site.years(organisation)
    answer = _page(request, "embed", {"organisation": organisation, "years": years}, _latest(organisation))
    answer.headers["Content-Security-Policy"] = FRAMED
    return _kept_if_whole(answer, years)


@page
def feed(request: HttpRequest, org: str) -> HttpResponse:
    organisation = _organisation(org)
    shape = {"ensure_ascii": False, "indent": 1}
    years = public_site.years(organisation)
    answer = JsonResponse(public_feed.of(organisation, years), json_dumps_params=shape)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return _kept_if_whole(_public(answer, _latest(organisation)), years)


@page
def copy(request: HttpRequest, org: str, year: int, slug: str, version: int | None = None) -> HttpResponse:
    """A report's newest version, or one of its versions."""
    organisation, found, others = _found(org, year, slug, version)
    item = Item(found.publication)
    context = {
        "organisation": organisation,
        "found": found,
        "item": item,
        "versions": others,
        "newest": others[0],
        "corrected": public_site.is_corrected(found),
        "qr": codes.on_page(f"{settings.SITE_URL}/v/{item.data['code']}"),
        "proof": f"/v/{item.data['code']}",
    }
    return _page(request, "copy", context, public_site.changed(others), canonical=item.path)


@page
def file(
    request: HttpRequest, org: str, year: int, slug: str, name: str, version: int | None = None
) -> HttpResponse:
    _its, found, others = _found(org, year, slug, version)
    kind, data = _FILES[name](Item(found.publication))
    saved = f"{org}-{year}-{slug}-{found.publication.version}-{name}"
    disposition = content_disposition_header(name.endswith(".csv"), saved) or "inline"
    answer = HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if version is None:
        return _public(answer, public_site.changed(others))
    return _public(answer, found.publication.published_at, FOR_GOOD)


_FILES: dict[str, Callable[[Item], tuple[str, bytes]]] = {
    "report.pdf": lambda item: ("application/pdf", archive.read(item.publication.pdf)),
    "data.json": lambda item: ("application/json", archive.read(item.publication.data)),
    "data.csv": lambda item: ("text/csv; charset=utf-8", public_tables.as_csv(item.data)),
}


def _organisation(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, is_filler=False)


def _found(org: str, year: int, slug: str, version: int | None) -> tuple[Organisation, Found, list[Found]]:
    """What stands at the address, and every version there, the newest first. Gone where it was taken away."""
    organisation = _organisation(org)
    others = public_places.versions(organisation, year, slug)
    found = next((one for one in others if version in (None, one.publication.version)), None)
    if found is None:
        destroyed = disposal_records.of_address(organisation.pk, year, slug, version)
        if destroyed is None:
            raise Http404
        told = {"organisation": organisation, "destroyed": destroyed, "fiscal_year": year}
        raise Gone("destroyed", told, destroyed.disposal.created_at)
    if found.withdrawn is not None:
        why = personal.hidden(found.withdrawn.reason)
        told = {"organisation": organisation, "found": found, "newest": others[0], "why": why}
        raise Gone("gone", told, public_site.changed(others))
    return organisation, found, others


def _latest(organisation: Organisation) -> datetime.datetime | None:
    found = public_site.everything(organisation)
    return public_site.changed(found) if found else None


def _kept_if_whole(answer: HttpResponse, years: list[Year]) -> HttpResponse:
    """A list in which a report could not be read is made anew each time, until its file is back."""
    if not all(item.is_readable for year in years for item in year.items):
        answer.headers["Cache-Control"] = "no-store"
        del answer.headers["Last-Modified"]
    return answer


def _page(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    modified: datetime.datetime | None,
    *,
    status: int = 200,
    canonical: str = "",
) -> HttpResponse:
    code = translation.get_language()
    own = {
        "site_url": settings.SITE_URL,
        "canonical": canonical or request.path,
        # Every link within the site keeps the reader's language.
        "q": "" if code == settings.LANGUAGE_CODE else f"?lang={code}",
        "licence": settings.PUBLIC_LICENCE,
    }
    answer = render(request, f"workflows/public/{name}.html", {**own, **context}, status=status)
    if status in (404, 503):
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return _public(answer, modified)


def _public(answer: HttpResponse, modified: datetime.datetime | None, kept: str = SOON) -> HttpResponse:
    answer.headers["Cache-Control"] = kept
    if modified is not None:
        answer.headers["Last-Modified"] = http_date(modified.timestamp())
    return answer
