"""Who stands in for whom: appointments that follow from absences and standing orders, kept in step with both.

``settle`` works out what there should be and makes the rows say so. It is called by whatever changes an absence, an
appointment, an order or a person, in the same transaction; calling it again changes nothing. A row that an act names is
never rewritten: only its end may be brought nearer, and never before the day of the act.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Max, Q
from django.utils import timezone

from ita_core import thai
from ita_core.models import Absence, Appointment, Organisation, StandingOrder, StandingRank
from workflows import stretches
from workflows.models import Act
from workflows.stretches import Span

# Whose absence leaves the post to others; who merely stands in is followed by the next of the order.
HOLDING = (Appointment.Capacity.HOLDER, Appointment.Capacity.PROVISIONAL)
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class _Due:
    """One appointment that there should be."""

    rank: StandingRank
    order: StandingOrder
    first: datetime.date
    last: datetime.date


@dataclass
class _Facts:
    """What is known of an authority's people, by person, as stretches of days."""

    held: list[Appointment]
    orders: list[StandingOrder]
    serving: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    away: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))


def lock(organisation: Organisation) -> None:
    """Two who change people's days at once come one after the other: each must see what the other wrote."""
    Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).values_list("pk").first()


def settle(organisation: Organisation, *also: Absence) -> None:
    """Make the substitutes' appointments what absences and orders say, from the absences that are not over on.

    ``also`` are absences just recorded that are over already. Six queries, and one or two for each row that changes.
    """
    facts = _facts(organisation)
    rows: dict[int, list[Appointment]] = defaultdict(list)
    for row in _substitutes(organisation, also):
        assert row.absence_id is not None
        rows[row.absence_id].append(row)
    open_now = Absence.objects.of(organisation).filter(Q(ends__isnull=True) | Q(ends__gte=thai.today()))
    found = {one.pk: one for one in [*open_now, *also]}
    missing = set(rows) - set(found)
    found |= (
        {one.pk: one for one in Absence.objects.of(organisation).filter(pk__in=missing)} if missing else {}
    )
    just_recorded = {one.pk for one in also}
    for absence in sorted(found.values(), key=lambda one: one.pk):
        # Days that are over were settled when they were to come; only those just recorded were not.
        since = absence.starts if absence.pk in just_recorded else thai.today()
        due = [replace(one, first=max(one.first, since)) for one in _due(absence, facts) if one.last >= since]
        _reconcile(absence, due, rows[absence.pk], since)


def _substitutes(organisation: Organisation, also: Iterable[Absence]) -> Iterator[Appointment]:
    rows = Appointment.objects.of(organisation).filter(absence__isnull=False)
    live = Q(ends__isnull=True) | Q(ends__gte=thai.today()) | Q(absence__in=[one.pk for one in also])
    return iter(rows.filter(live).order_by("pk"))


def _facts(organisation: Organisation) -> _Facts:
    own = Appointment.objects.of(organisation).filter(absence__isnull=True, user__is_active=True)
    held = list(own.select_related("post"))
    orders = StandingOrder.objects.of(organisation).order_by("post", "starts").prefetch_related("ranks__user")
    facts = _Facts(held, list(orders))
    for row in held:
        facts.serving[row.user_id].append(stretches.span(row.starts, row.ends))
    for absence in Absence.objects.of(organisation):
        if (days := days_of(absence)) is not None:
            facts.away[absence.user_id].append(days)
    return facts


def days_of(absence: Absence) -> Span | None:
    """None for one that never took effect."""
    days = stretches.span(absence.starts, absence.last)
    return days if days[0] <= days[1] else None


def _due(absence: Absence, facts: _Facts) -> Iterator[_Due]:
    days = days_of(absence)
    if days is None:
        return
    for row in facts.held:
        if row.user_id != absence.user_id or row.capacity not in HOLDING:
            continue
        for order in facts.orders:
            both = stretches.span(order.starts, order.ends), stretches.span(row.starts, row.ends)
            if order.post_id == row.post_id and (window := stretches.common(days, *both)) is not None:
                yield from _by_rank(order, window, facts)


def _by_rank(order: StandingOrder, window: Span, facts: _Facts) -> Iterator[_Due]:
    ranks = sorted(order.ranks.all(), key=lambda rank: rank.rank)
    for turn in stretches.ranked(window, [rank.user_id for rank in ranks], facts.serving, facts.away):
        if turn.who is not None:
            yield _Due(ranks[turn.who], order, turn.first, turn.last)


def _reconcile(absence: Absence, due: list[_Due], rows: list[Appointment], since: datetime.date) -> None:
    """From ``since`` on: a row that began before it and goes on is the one that is wanted from there."""
    wanted = {(one.rank.pk, one.first): one for one in due}
    for row in rows:
        if row.stood_down_at is not None:
            continue
        one = wanted.pop((row.rank_id or 0, max(row.starts, since)), None)
        if one is None:
            _drop(row)
        elif stretches.span(row.starts, row.ends)[1] < one.last:
            row.ends = stretches.ending(one.last)
            row.save(update_fields=["ends"])
        elif row.ends != stretches.ending(one.last):
            shorten(row, one.last)
    for one in wanted.values():
        _appoint(absence, one)


def _appoint(absence: Absence, one: _Due) -> None:
    Appointment(
        user=one.rank.user,
        post_id=one.order.post_id,
        capacity=one.rank.capacity,
        own_title=one.rank.own_title,
        legal_basis=one.order.legal_basis,
        scope=one.order.scope,
        covers_memos=one.order.covers_memos,
        starts=one.first,
        ends=stretches.ending(one.last),
        scan_sha256=one.order.scan_sha256,
        absence=absence,
        rank=one.rank,
        recorded_by_id=absence.recorded_by_id,
    ).save()


def _drop(row: Appointment) -> None:
    """It should not be there: gone while nobody acted by it, ended as soon as that is true otherwise.

    One in force today is ended and not deleted: an act may be on its way that names it.
    """
    today = thai.today()
    if row.starts <= today and (row.ends is None or row.ends >= today):
        shorten(row, today - _DAY)
    elif last_used(row) is None:
        row.delete()


def shorten(row: Appointment, last: datetime.date) -> None:
    """End it on ``last``. One in force today that should have ended before is stood down at once.

    Its last day is then today, because he may have acted this morning; ``Appointment.objects.on`` passes it over.
    """
    today = thai.today()
    if last < today and (row.ends is None or row.ends >= today):
        row.ends, row.stood_down_at = max(today, row.starts), timezone.now()
    else:
        row.ends = max(last, row.starts, last_used(row) or last)
    row.save(update_fields=["ends", "stood_down_at"])


def last_used(row: Appointment) -> datetime.date | None:
    """The last day on which an act names the appointment: the day on the paper, or that of the act."""
    acts = Act.objects.across_organisations().filter(appointment=row)
    found = acts.aggregate(acted=Max("acted_at"), decided=Max("decided_on"))
    days = [found["decided"]] if found["decided"] else []
    if found["acted"] is not None:
        days.append(thai.bangkok_date(found["acted"]))
    return max(days, default=None)
