"""Stored text on pages: the same way out as on paper, so that both show the same characters."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils.timezone import localtime

from ita_core import thai

register = template.Library()


@register.filter
def printed(value: object) -> str:
    """Stored text or a number as officers read it: Thai digits, no-break spaces (see ``thai.printed``)."""
    return "" if value is None else thai.printed(str(value))


@register.filter
def thai_date(value: datetime.date | datetime.datetime | None) -> str:
    """๑ เมษายน ๒๕๖๕; a moment is shown as its day in Thailand."""
    day = _day(value)
    return "" if day is None else thai.ThaiDate(day).long


@register.filter
def thai_date_short(value: datetime.date | datetime.datetime | None) -> str:
    """๑ เม.ย. ๒๕๖๕"""
    day = _day(value)
    return "" if day is None else thai.ThaiDate(day).short


@register.filter
def thai_moment(value: datetime.datetime | None) -> str:
    """๑ เม.ย. ๒๕๖๕ ๑๓.๓๐ น."""
    if not isinstance(value, datetime.datetime):
        return ""
    local = localtime(value, thai.BANGKOK)
    clock = thai.to_thai_digits(f"{local:%H.%M}")
    return f"{thai.ThaiDate(local.date()).short} {clock} น."


def _day(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return thai.bangkok_date(value)
    return value if isinstance(value, datetime.date) else None
