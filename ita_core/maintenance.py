"""While somebody works on the system: one page for everybody, which needs neither the database nor a session.

The pages are closed while the file of ``settings.MAINTENANCE_FILE`` exists, so that nothing has to be started again for
it. What the file says, if anything, is told to the readers: when to come back.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from ita_core import typed

COME_BACK = 300  # seconds, for programs that ask by themselves
LONGEST = 1_000  # letters of the note that are shown


def closed_while_worked_on(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """503 for every page; files of the look come from WhiteNoise before this."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        note = _note()
        return get_response(request) if note is None else _page(request, note)

    return middleware


def is_closed() -> bool:
    """For who answers before this does, a thousand times a second: whether the file is there, unread."""
    return os.path.lexists(settings.MAINTENANCE_FILE)


def _note() -> str | None:
    """The text of the file; None when there is none and the pages are open."""
    try:
        return (
            settings.MAINTENANCE_FILE.read_bytes()[: 4 * LONGEST].decode(errors="replace")[:LONGEST].strip()
        )
    except FileNotFoundError:
        return None
    except OSError:
        return ""  # It stands there and cannot be read: closed all the same.


def _page(request: HttpRequest, note: str) -> HttpResponse:
    context = {"note": note, "texts": typed.texts(request) if request.path.startswith("/o/") else []}
    page = HttpResponse(render_to_string("maintenance.html", context), status=503)
    page["Retry-After"] = str(COME_BACK)
    return page
