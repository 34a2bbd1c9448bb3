"""The home page and the pages that say no."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ita_core.membership import memberships


@login_required
def home(request: Any) -> HttpResponse:
    """To the inbox of the first authority served today; who serves none is told whom to ask."""
    served = memberships(request.user)
    if served:
        return redirect("workflows:inbox", org=served[0].organisation.slug)
    return render(request, "no_authority.html")


def refusal(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a refusal (400, 403, 404, 409, 413, 503) with its sentence."""
    return render(request, f"{status}.html", {"sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """PermissionDenied carries the sentence of the rule that refused."""
    return refusal(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Never says what was looked for: a stranger must not learn what exists."""
    return refusal(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without request context, because what failed may be the database or the session."""
    return HttpResponse(render_to_string("500.html", {"title": _("ระบบขัดข้อง")}), status=500)
