"""Pages that anybody may open are asked politely: so many times a minute from one address, counted for all workers."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ita_core.views import refusal

MINUTE = 60


def may_ask(request: HttpRequest, what: str, times: int) -> bool:
    """Whether this is one of the first ``times`` of its minute. Two at once may count as one: it is no lock."""
    now = int(time.time())
    key = f"asked:{what}:{get_adapter().get_client_ip(request)}:{now // MINUTE}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # Thrown out between the two lines: the table is full, and this one came early.
        return True


def too_often(request: HttpRequest) -> HttpResponse:
    page = refusal(request, 429, _("มีการสอบถามจากที่อยู่นี้ถี่เกินไป โปรดรอหนึ่งนาทีแล้วลองใหม่"))
    page["Retry-After"] = str(MINUTE)
    return page
