"""Days as stretches, and who stands in on each of them by a ranked order. Pure: no database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FOREVER = datetime.date.max
Span = tuple[datetime.date, datetime.date]
"""First and last day, both inclusive; the last is ``FOREVER`` while it is open."""
_DAY = datetime.timedelta(days=1)


def span(starts: datetime.date, ends: datetime.date | None) -> Span:
    return starts, ends or FOREVER


def ending(last: datetime.date) -> datetime.date | None:
    """A stretch's last day as a row has it."""
    return None if last == FOREVER else last


def common(*spans: Span) -> Span | None:
    """The days that all have, if any."""
    first, last = max(one[0] for one in spans), min(one[1] for one in spans)
    return (first, last) if first <= last else None


def within(spans: Iterable[Span], day: datetime.date) -> bool:
    return any(first <= day <= last for first, last in spans)


def turns(spans: Iterable[Span], after: datetime.date) -> list[datetime.date]:
    """The days after ``after`` on which one of the spans begins, or is over for the first time."""
    days = [first for first, _last in spans] + [last + _DAY for _first, last in spans if last != FOREVER]
    return [day for day in days if day > after]


@dataclass(frozen=True)
class Turn:
    """One person's days: ``who`` is the place in the order, None where nobody of it can."""

    who: int | None
    first: datetime.date
    last: datetime.date


def ranked(
    days: Span,
    people: Sequence[int],
    serving: Mapping[int, Sequence[Span]],
    away: Mapping[int, Sequence[Span]],
) -> list[Turn]:
    """Who of ``people`` (in order) acts on these days: the first who serves and is not away himself."""
    day, end = days
    found: list[Turn] = []
    while True:
        who = next(
            (
                place
                for place, one in enumerate(people)
                if within(serving.get(one, ()), day) and not within(away.get(one, ()), day)
            ),
            None,
        )
        changes = [
            turn for one in people for spans in (serving, away) for turn in turns(spans.get(one, ()), day)
        ]
        last = min([end, *(turn - _DAY for turn in changes)])
        if found and found[-1].who == who:
            found[-1] = Turn(who, found[-1].first, last)
        else:
            found.append(Turn(who, day, last))
        if last >= end:
            return found
        day = last + _DAY
