"""Stored text on pages, the same way out as on paper; numbers, dates and sentences of the pages by their language."""

from __future__ import annotations

import datetime
from typing import Any

from django import template

from ita_core import counting, language, thai

register = template.Library()


@register.filter
def printed(value: object) -> str:
    """Stored text as it stands on paper: Thai digits, no-break spaces (see ``thai.printed``)."""
    return "" if value is None else thai.printed(str(value))


@register.filter
def shown(value: object) -> str:
    """A number, or a sentence of ours: its digits are those of the page's language."""
    return "" if value is None else language.shown(value)


@register.filter
def counted(number: int) -> str:
    """A count that stops (``ita_core.counting``): ๒๐๐+ for whatever is more."""
    return (
        language.shown(number)
        if number <= counting.COUNT_LIMIT
        else f"{language.shown(counting.COUNT_LIMIT)}+"
    )


@register.filter
def paper_date(value: datetime.date | None) -> str:
    """๑ เมษายน ๒๕๖๕ in every language, as a document has it."""
    return "" if value is None else thai.ThaiDate(value).long


@register.filter
def thai_date(value: datetime.date | datetime.datetime | None) -> str:
    """๑ เมษายน ๒๕๖๕, in English 1 April 2565; a moment is shown as its day in Thailand."""
    day = _day(value)
    return "" if day is None else _whole(language.day(day))


@register.filter
def thai_date_short(value: datetime.date | datetime.datetime | None) -> str:
    """๑ เม.ย. ๒๕๖๕, in English 1 Apr 2565"""
    day = _day(value)
    return "" if day is None else _whole(language.short_day(day))


@register.filter
def thai_moment(value: datetime.datetime | None) -> str:
    """๑ เม.ย. ๒๕๖๕ ๑๓.๓๐ น., in English 1 Apr 2565 13:30"""
    if not isinstance(value, datetime.datetime):
        return ""
    return f"{_whole(language.short_day(thai.bangkok_date(value)))} {_whole(language.clock(value))}"


def _whole(words: str) -> str:
    """A day or an hour that no line breaks: ๒๒ พ.ย. at the end of one and ๒๕๖๙ below it is read as no date."""
    return words.replace(" ", "\u00a0")


def _day(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return thai.bangkok_date(value)
    return value if isinstance(value, datetime.date) else None
