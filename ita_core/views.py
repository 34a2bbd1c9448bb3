"""The home page and the pages that say no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from ita_core import setup_codes
from ita_core.membership import memberships


def home(request: Any) -> HttpResponse:
    """To one's work; on an installation where nobody can log in yet, to the page that makes the first administrator."""
    if not request.user.is_authenticated and setup_codes.nobody_yet():
        return redirect("first:start")
    return _own_home(request)


@login_required
def _own_home(request: Any) -> HttpResponse:
    """To the inbox of the first authority served today; who serves none is told whom to ask."""
    served = memberships(request.user)
    if served:
        return redirect("workflows:inbox", org=served[0].organisation.slug)
    return render(request, "no_authority.html")


def refusal(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a refusal (400, 403, 404, 405, 409, 413, 503) with its sentence.

    What came too late for a report (409) leads back to it: it stands there by which act.
    """
    found = request.resolver_match
    of_report = status == 409 and found is not None and "reports/<row:pk>/" in found.route
    shown = {"sentence": sentence, "report": found.kwargs if found is not None and of_report else None}
    return render(request, f"{status}.html", shown, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """PermissionDenied carries the sentence of the rule that refused."""
    return refusal(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Never says what was looked for: a stranger must not learn what exists."""
    return refusal(request, 404)


def refused_methods(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Django answers a form's address that is opened like a page (from a bookmark, after a login) with nothing at all."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = refusal(request, 405)
        page["Allow"] = response["Allow"]
        return page

    return middleware


def server_error(request: HttpRequest) -> HttpResponse:
    """Without request context, because what failed may be the database or the session."""
    return HttpResponse(render_to_string("500.html"), status=500)
