"""Lines of a register for its page and its sheet: the eight columns of ทะเบียนหนังสือส่ง, filtered, newest first."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from memos import register as registers
from memos.models import Register, RegisterEntry

# In the order of the form that the regulation on correspondence gives.
COLUMNS: tuple[tuple[str, Promise], ...] = (
    ("number", _("เลขทะเบียนส่ง")),
    ("text", _("ที่")),
    ("dated", _("ลงวันที่")),
    ("sender", _("จาก")),
    ("recipient", _("ถึง")),
    ("subject", _("เรื่อง")),
    ("action", _("การปฏิบัติ")),
    ("note", _("หมายเหตุ")),
)
MOST_ON_ONE_PAGE = 5_000
"""A whole year to be printed: more lines than any office writes, and still a page."""


def years(register: Register) -> list[int]:
    """Years with lines, and the one of today; latest first."""
    rows = RegisterEntry.objects.of(register.organisation).filter(register=register)
    found = set(rows.order_by().values_list("year", flat=True).distinct())
    return sorted(found | {registers.year_of(register, thai.today())}, reverse=True)


def lines(register: Register, year: int, *, text: str = "", standing: str = "") -> QuerySet[RegisterEntry]:
    """Every word of ``text``, in either kind of digits, stands in the number or in one of the columns."""
    rows = RegisterEntry.objects.of(register.organisation).filter(register=register, year=year)
    for word in thai.searchable(text).split():
        there = Q(text__icontains=word) | Q(subject__icontains=word) | Q(sender__icontains=word)
        rows = rows.filter(
            there | Q(recipient__icontains=word) | Q(action__icontains=word) | Q(note__icontains=word)
        )
    if standing:
        rows = rows.filter(standing=standing)
    return rows.order_by("-number")
