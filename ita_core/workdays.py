"""Working days: weekends, public holidays and an authority's own days are left out (holidays.py).

A day is a day in Thailand. Years of which no holiday is on record count weekends alone; ``knows`` says so.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ita_core.holidays import known_to
from ita_core.organisations import Organisation

_ONE = datetime.timedelta(days=1)
_SATURDAY = 5
LONGEST = 2_000  # working days: more is no deadline


@dataclass(frozen=True)
class Calendar:
    """An authority's days, read once. ``off`` names holidays; those on which it works are not in it.

    ``worked`` are the weekends' days on which it works all the same.
    """

    off: dict[datetime.date, str]
    years: frozenset[int]
    worked: frozenset[datetime.date] = frozenset()

    def is_off(self, day: datetime.date) -> str:
        """Why nobody works on the day; "" for a working day."""
        if found := self.off.get(day):
            return found
        if not self._closed(day):
            return ""
        return _("วันเสาร์") if day.weekday() == _SATURDAY else _("วันอาทิตย์")

    def add(self, day: datetime.date, n: int) -> datetime.date:
        """The ``n``-th working day after the day, before it when negative; 0 is the day itself or the next that works.

        ValueError beyond ``LONGEST``.
        """
        if abs(n) > LONGEST:
            raise ValueError(f"{n} working days")
        if n == 0:
            day, n = day - _ONE, 1
        step = _ONE if n > 0 else -_ONE
        for _times in range(abs(n)):
            day += step
            while self._closed(day):
                day += step
        return day

    def between(self, first: datetime.date, last: datetime.date) -> int:
        """Working days after ``first`` until ``last``, which counts; negative when it comes before."""
        if last < first:
            return -self.between(last, first)
        days = (last - first).days
        weeks, rest = divmod(days, 7)
        working = weeks * 5 + sum(
            (first + _ONE * n).weekday() < _SATURDAY for n in range(days - rest + 1, days + 1)
        )
        closed = sum(first < day <= last and day.weekday() < _SATURDAY for day in self.off)
        return working - closed + sum(first < day <= last for day in self.worked)

    def knows(self, year: int) -> bool:
        """Whether holidays of the calendar year (Christian Era) are on record."""
        return year in self.years

    def _closed(self, day: datetime.date) -> bool:
        return day in self.off or (day.weekday() >= _SATURDAY and day not in self.worked)


def calendar(organisation: Organisation | int | None = None) -> Calendar:
    """For many questions at once. One query."""
    off: dict[datetime.date, str] = {}
    years, worked = set(), set()
    for row in known_to(organisation).values("day", "name", "is_off", "organisation"):
        if row["is_off"]:
            off[row["day"]] = row["name"]
            worked.discard(row["day"])
        else:
            off.pop(row["day"], None)
            if row["day"].weekday() >= _SATURDAY:
                worked.add(row["day"])
        if not row["organisation"]:
            years.add(row["day"].year)
    return Calendar(off, frozenset(years), frozenset(worked))


def add(day: datetime.date, n: int, organisation: Organisation | int | None = None) -> datetime.date:
    """See ``Calendar.add``. One query."""
    return calendar(organisation).add(day, n)


def between(first: datetime.date, last: datetime.date, organisation: Organisation | int | None = None) -> int:
    """See ``Calendar.between``. One query."""
    return calendar(organisation).between(first, last)


def is_off(day: datetime.date, organisation: Organisation | int | None = None) -> str:
    """See ``Calendar.is_off``. One query."""
    return calendar(organisation).is_off(day)
