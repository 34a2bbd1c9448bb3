"""Fiscal years and periods, in every spelling that local authorities use.

A fiscal year is named by its Buddhist Era year: year N runs from 1 October N−1 to 30 September N. A period is
what stands in a table's ระยะเวลา: months or days, from … to …, both ends included. Pure.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from ita_core.thai import (
    BE_OFFSET,
    MONTH_PATTERN,
    MONTHS,
    SHORT_MONTHS,
    ThaiDate,
    ce_year,
    month_number,
    searchable,
    to_thai_digits,
)
from ita_core.wording import worded as _

Precision = Literal["month", "day"]
Style = Literal["long", "short"]


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A fiscal year by its Buddhist Era year. ValueError (a sentence) outside 2540–2640."""

    be: int

    FIRST = 2540
    LAST = 2640

    def __post_init__(self) -> None:
        if not self.FIRST <= self.be <= self.LAST:
            named = {"year": self.be, "first": self.FIRST, "last": self.LAST}
            raise ValueError(
                _("ปีงบประมาณ %(year)s ไม่ถูกต้อง โปรดใส่ปี พ.ศ. ระหว่าง %(first)s ถึง %(last)s", **named)
            )

    @classmethod
    def containing(cls, day: date) -> FiscalYear:
        """The fiscal year that the day falls in. Takes a date, not a moment: see `thai.bangkok_date`."""
        if isinstance(day, datetime):
            raise TypeError("A moment has no fiscal year before it has a Thai date.")
        return cls(day.year + BE_OFFSET + (day.month >= 10))

    @property
    def start(self) -> date:
        return date(self.be - BE_OFFSET - 1, 10, 1)

    @property
    def end(self) -> date:
        return date(self.be - BE_OFFSET, 9, 30)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return str(self.be)

    def printed(self) -> str:
        """๒๕๖๕"""
        return to_thai_digits(self.be)


class PeriodError(ValueError):
    """A period that cannot be read; its text is a sentence for the person who typed it."""


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class _Side(NamedTuple):
    """One side of a period as written; None is what the writer left out. `year` is Christian Era."""

    day: int | None
    month: int | None
    year: int | None


_LEAD: Final = r"(?:ตั้งแต่|ระหว่าง|ภายใน|จนถึง|จน)?\s*(?:ใน)?\s*"
_ERA: Final = r"(?:ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*"
_DASH: Final = "[-\u2010-\u2015\u2212~]"
_SIDE: Final = re.compile(
    rf"{_LEAD}(?:วันที่)?\s*(?P<day>\d{{1,2}}(?!\d))?\s*(?:เดือน)?\s*(?P<month>{MONTH_PATTERN})?"
    rf"\s*{_ERA}(?P<year>\d{{4}}|\d{{2}})?"
)
_BETWEEN: Final = re.compile(rf"\s*(?:{_DASH}+|(?:จน)?ถึง)\s*")


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, both included; `precision` tells whether whole months or days were meant.

    PeriodError for an end before the start, and for month precision on anything but whole months.
    """

    start: date
    end: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.end < self.start:
            named = {"begin": ThaiDate(self.start).short, "end": ThaiDate(self.end).short}
            raise PeriodError(_("ระยะเวลาสิ้นสุด (%(end)s) มาก่อนเริ่มต้น (%(begin)s) โปรดตรวจวันเดือนปี", **named))
        whole = self.start.day == 1 and self.end == _last_day(self.end.year, self.end.month)
        if self.precision == "month" and not whole:
            raise PeriodError(_("ระยะเวลาเป็นเดือนต้องเริ่มวันแรกและจบวันสุดท้ายของเดือน"))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read any spelling: months or days, full or abbreviated, either digits, two- or four-digit years,
        with -, –, — or ถึง between, over several lines.

        What the left side leaves out it takes from the right; a left month without a year belongs to the year
        before when it would otherwise come later (ต.ค. – มี.ค. ๒๕๖๖ begins in ๒๕๖๕). PeriodError otherwise.
        """
        sides = _BETWEEN.split(searchable(text).strip())
        if len(sides) > 2:
            raise PeriodError(
                _("ระยะเวลา “%(text)s” มีเครื่องหมายคั่นมากกว่าหนึ่งแห่ง โปรดระบุช่วงเดียว", text=_quoted(text))
            )
        right = _read_side(sides[-1], text)
        if right.month is None or right.year is None:
            missing = _("เดือน") if right.month is None else _("ปี พ.ศ.")
            named = {"text": _quoted(text), "missing": missing}
            raise PeriodError(
                _("ระยะเวลา “%(text)s” ไม่มี%(missing)s โปรดเขียนอย่าง ต.ค. ๒๕๖๔ – ก.ย. ๒๕๖๕", **named)
            )
        left = _completed(_read_side(sides[0], text), right, text) if len(sides) == 2 else right
        return _period(left, right)

    def printed(self, style: Style = "long") -> str:
        """With Thai digits and an en dash; what both ends share is written once. `parse` reads it back.

        long: ตุลาคม ๒๕๖๖ – กันยายน ๒๕๖๗; short: ต.ค. ๒๕๖๖ – ก.ย. ๒๕๖๗
        """
        end = self._spelt(self.end, style, month=True, year=True)
        same_year = self.start.year == self.end.year
        same_month = same_year and self.start.month == self.end.month
        if self.start == self.end or (self.precision == "month" and same_month):
            return end
        return f"{self._spelt(self.start, style, month=not same_month, year=not same_year)} – {end}"

    def _spelt(self, day: date, style: Style, month: bool, year: bool) -> str:
        names = MONTHS if style == "long" else SHORT_MONTHS
        words = [
            str(day.day) if self.precision == "day" else "",
            names[day.month - 1] if month else "",
            str(day.year + BE_OFFSET) if year else "",
        ]
        return to_thai_digits(" ".join(word for word in words if word))

    def __str__(self) -> str:
        return self.printed()

    def within(self, year: FiscalYear) -> bool:
        """Whether no day of the period lies outside the fiscal year."""
        return self.start in year and self.end in year


def _quoted(text: str) -> str:
    return " ".join(text.split())[:60]


def _read_side(side: str, text: str) -> _Side:
    found = _SIDE.fullmatch(side.strip())
    if found is None or not (found["day"] or found["month"]):
        raise PeriodError(
            _(
                "อ่านระยะเวลา “%(text)s” ไม่ออก โปรดเขียนอย่าง ต.ค. ๒๕๖๔ – ก.ย. ๒๕๖๕ หรือ ๓ มกราคม ๒๕๖๖",
                text=_quoted(text),
            )
        )
    day, month, year = found["day"], found["month"], found["year"]
    try:
        return _Side(
            int(day) if day else None,
            month_number(month) if month else None,
            ce_year(int(year)) if year else None,
        )
    except ValueError as refused:
        raise PeriodError(str(refused)) from None


def _completed(left: _Side, right: _Side, text: str) -> _Side:
    """The left side with what it takes from the right one."""
    day, month, year = left
    if month is None:
        if right.day is None or year is not None:
            raise PeriodError(_("ระยะเวลา “%(text)s” ขาดเดือนเริ่มต้น โปรดระบุเดือน", text=_quoted(text)))
        return _Side(day, right.month, right.year)
    if year is None and right.year is not None and right.month is not None:
        year = right.year - 1 if month > right.month else right.year
    return _Side(day, month, year)


def _period(left: _Side, right: _Side) -> Period:
    """Both sides complete: a side without a day stands for its month's first or last day."""
    precision: Precision = "month" if left.day is None and right.day is None else "day"
    return Period(_day_of(left, last=False), _day_of(right, last=True), precision)


def _day_of(side: _Side, last: bool) -> date:
    day, month, year = side
    assert month is not None  # both completed by the caller
    assert year is not None
    if day is None:
        return _last_day(year, month) if last else date(year, month, 1)
    try:
        return ThaiDate.from_fields(day, month, year + BE_OFFSET).date
    except ValueError as refused:
        raise PeriodError(str(refused)) from None
