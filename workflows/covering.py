"""Who acts in which post on which day: the calendar, and what of it is doubtful. Three queries for any number of days."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.db.models import Q

from ita_core import thai
from ita_core.models import Absence, Appointment, Organisation, Post
from ita_core.organisations import SHARED_ROLES
from workflows import stretches, substitutes
from workflows.models import RouteStep
from workflows.officers import holder_first
from workflows.stretches import Span

Kind = Literal["holder", "acting", "several", "nobody"]
AHEAD = 90
"""Days that are looked at for overlaps and gaps."""
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """Days in a row on which the same people act in a post. ``away`` are those who would, and are absent."""

    post: Post
    first: datetime.date
    last: datetime.date
    acting: tuple[Appointment, ...] = ()
    away: tuple[Appointment, ...] = ()

    @property
    def kind(self) -> Kind:
        """A post that many hold at a time is never doubled."""
        if not self.acting:
            return "nobody"
        if len({row.user_id for row in self.acting}) > 1 and self.post.role not in SHARED_ROLES:
            return "several"
        held = any(row.capacity == Appointment.Capacity.HOLDER for row in self.acting)
        return "holder" if held else "acting"

    @property
    def is_fault(self) -> bool:
        return self.kind in ("nobody", "several")

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


def posts_of(organisation: Organisation) -> list[Post]:
    """The posts that somebody waits for: those of the route in its order, then those with a standing order."""
    steps = RouteStep.objects.of(organisation).order_by("position").prefetch_related("posts")
    found = {post.pk: post for step in steps for post in step.posts.all()}
    ordered = Post.objects.of(organisation).filter(standing_orders__isnull=False)
    found |= {post.pk: post for post in ordered if post.pk not in found}
    return list(found.values())


def runs(
    organisation: Organisation, posts: Sequence[Post], first: datetime.date, last: datetime.date
) -> dict[int, list[Run]]:
    """By post, its days from ``first`` to ``last``, each in one run."""
    rows: dict[int, list[Appointment]] = defaultdict(list)
    for row in _appointments(organisation, posts, first, last):
        rows[row.post_id].append(row)
    away: dict[int, list[Span]] = defaultdict(list)
    for absence in Absence.objects.of(organisation).filter(starts__lte=last):
        if (days := substitutes.days_of(absence)) is not None:
            away[absence.user_id].append(days)
    return {post.pk: _runs_of(post, rows[post.pk], away, (first, last)) for post in posts}


def _appointments(
    organisation: Organisation, posts: Sequence[Post], first: datetime.date, last: datetime.date
) -> Iterable[Appointment]:
    found = Appointment.objects.of(organisation).filter(
        Q(ends__isnull=True) | Q(ends__gte=first),
        post__in=[post.pk for post in posts],
        starts__lte=last,
        covers_memos=True,
        user__is_active=True,
    )
    return sorted(found.select_related("user", "post"), key=holder_first)


def _days(row: Appointment) -> Span | None:
    """Whoever was stood down acted on his last day, and somebody else after him: that day is the other's."""
    days = stretches.span(row.starts, row.ends)
    if row.stood_down_at is None:
        return days
    return (days[0], days[1] - _DAY) if days[0] < days[1] else None


def _runs_of(post: Post, rows: Sequence[Appointment], away: dict[int, list[Span]], days: Span) -> list[Run]:
    known = [(row, its) for row in rows if (its := _days(row)) is not None]
    spans = [its for _row, its in known] + [one for row, _its in known for one in away[row.user_id]]
    day, end = days
    found: list[Run] = []
    while True:
        last = min([end, *(turn - _DAY for turn in stretches.turns(spans, day))])
        there = [row for row, its in known if stretches.within([its], day)]
        gone = tuple(row for row in there if stretches.within(away[row.user_id], day))
        run = Run(post, day, last, tuple(row for row in there if row not in gone), gone)
        if found and (found[-1].acting, found[-1].away) == (run.acting, run.away):
            found[-1] = replace(found[-1], last=last)
        else:
            found.append(run)
        if last >= end:
            return found
        day = last + _DAY


def doubtful(organisation: Organisation) -> list[Run]:
    """Days from today on at a post of the calendar with nobody, or with several at once; the earliest first."""
    today = thai.today()
    by_post = runs(organisation, posts_of(organisation), today, today + datetime.timedelta(days=AHEAD))
    found = [run for its in by_post.values() for run in its if run.is_fault]
    return sorted(found, key=lambda run: (run.first, run.post.pk))


def month_days(year: int, month: int) -> Span:
    """The first and the last day of a month (CE)."""
    first = datetime.date(year, month, 1)
    return first, (first + datetime.timedelta(days=31)).replace(day=1) - _DAY


def cells(found: Sequence[Run], days: Span) -> list[tuple[datetime.date, Run]]:
    """Each day of the month with its run."""
    first, last = days
    return [
        (day, next(run for run in found if run.first <= day <= run.last))
        for day in (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    ]
