"""Headers of every page: what a browser may keep of it, and what it may load and run."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# The stock pages of Django and viewflow have scripts and styles within the page.
STOCK = ("/admin/", "/flow/")


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """``private, no-store`` where the view said nothing else, and the policy on our own pages.

    Whether somebody is logged in is not asked: pages of the login hold tokens too, and a page of a failure must not
    need the session. Static files never come here, because WhiteNoise answers before.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if not request.path_info.startswith(STOCK):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware
