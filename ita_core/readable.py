"""A form is read before any page or check uses it: what cannot be read gets a page that says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from ita_core.views import refusal

MOST_HEARD = 32 * 1024**2
"""Bytes beyond which somebody is not filling in a form, and may lose the line."""
_PIECE = 64 * 1024


class ReadableFormMiddleware:
    """413 for a form beyond the limits of settings.py, 400 for one that is no UTF-8 form; DEBUG or not.

    Last in the list: the views of other middleware, the CSRF check first, read the form after this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refused = _refused(request) if request.method == "POST" else None
        answer = refused or self.get_response(request)
        if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            _hear_out(request)
        return answer


def _hear_out(request: HttpRequest) -> None:
    """Read what nobody wants, and forget it: a browser that is still sending never sees the answer, only a broken line."""
    left = MOST_HEARD
    with suppress(OSError):
        while left > 0 and (piece := request.read(min(left, _PIECE))):
            left -= len(piece)


def _refused(request: HttpRequest) -> HttpResponseBase | None:
    if (request.encoding or "utf-8").lower().replace("_", "-") not in {"utf-8", "utf8"}:
        return refusal(request, 400)  # Django refuses it in one kind of form and misreads it in the other.
    try:
        request.POST  # noqa: B018  # Reading is what may fail.
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        sentence = _(
            "ข้อมูลที่ส่งมาใหญ่เกินกว่าที่ระบบรับได้ในครั้งเดียว จึงยังไม่ได้บันทึก และหน้านี้เก็บข้อความที่ส่งมาไว้ไม่ได้ "
            "โปรดกดย้อนกลับในเบราว์เซอร์เพื่อคัดลอกข้อความที่พิมพ์ไว้ แล้วแบ่งเป็นหลายส่วนหรือย่อให้สั้นลงก่อนบันทึกอีกครั้ง"
        )
        return refusal(request, 413, sentence)
    except (BadRequest, MultiPartParserError, ValueError, LookupError):
        return refusal(request, 400)
    return None
