"""The language of the pages: Thai until the person picks another one; numbers and dates follow it, paper does not."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.timezone import localtime
from django.utils.translation import get_language

from ita_core import thai


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Django's, without the browser's own wish: offices run browsers in English and read Thai."""

    def process_request(self, request: HttpRequest) -> None:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)


def reads_thai() -> bool:
    return (get_language() or "th").startswith("th")


def shown(value: object) -> str:
    """A number or a sentence of the pages: Thai digits in Thai, Arabic ones else. Contents go by ``thai.printed``."""
    return thai.printed(str(value)) if reads_thai() else str(value)


def month_names() -> list[str]:
    return list(thai.MONTHS) if reads_thai() else [str(MONTHS[number]) for number in range(1, 13)]


def day(value: datetime.date) -> str:
    """๑ เมษายน ๒๕๖๕, or 1 April 2565: the year is of the Buddhist Era in every language."""
    if reads_thai():
        return thai.ThaiDate(value).long
    return f"{value.day} {MONTHS[value.month]} {value.year + thai.BE_OFFSET}"


def short_day(value: datetime.date) -> str:
    """๑ เม.ย. ๒๕๖๕, or 1 Apr 2565"""
    if reads_thai():
        return thai.ThaiDate(value).short
    return f"{value.day} {str(MONTHS_3[value.month]).capitalize()} {value.year + thai.BE_OFFSET}"


def clock(moment: datetime.datetime) -> str:
    """The time in Thailand: ๑๓.๓๐ น., or 13:30"""
    local = localtime(moment, thai.BANGKOK)
    return f"{thai.to_thai_digits(f'{local:%H.%M}')} น." if reads_thai() else f"{local:%H:%M}"
