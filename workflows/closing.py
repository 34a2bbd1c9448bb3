"""What somebody leaves when his login is closed: appointments, places in standing orders, what waits, what he writes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from ita_core import thai
from ita_core.models import Appointment, Organisation, StandingRank, User
from workflows import substitutes, vacancies
from workflows.models import Approval, ApprovalStep
from workflows.states import State

_ONE = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Left:
    """``waiting`` are the steps that nobody else could decide today; ``drafts`` are his own, not yet submitted or returned."""

    appointments: list[Appointment]
    ranks: list[StandingRank]
    waiting: list[ApprovalStep]
    drafts: list[Approval]


def left_by(organisation: Organisation, person: User) -> Left:
    """Read before the login is closed. Seven queries at most."""
    ranks = StandingRank.objects.of(organisation).filter(
        Q(order__ends__isnull=True) | Q(order__ends__gte=thai.today()), user=person
    )
    drafts = Approval.objects.of(organisation).filter(state=State.WRITING, report__drafter=person)
    return Left(
        _own(organisation, person),
        list(ranks.select_related("order__post").order_by("order__post", "rank")),
        vacancies.alone_with(organisation, person),
        # By date, as an index gives an authority's drafts: by key SQLite would read all of its reports.
        list(drafts.select_related("report__item").order_by("-changed_at")),
    )


def end_appointments(organisation: Organisation, person: User) -> int:
    """Those in force end now, those to come are gone; returns how many. What follows from an absence ``settle`` ends.

    One in force keeps today as its last day: he may have acted this morning, or an act of his may be on its way.
    """
    rows = _own(organisation, person)
    for row in rows:
        if row.starts > thai.today():
            row.delete()
        else:
            substitutes.shorten(row, thai.today() - _ONE)
    return len(rows)


def _own(organisation: Organisation, person: User) -> list[Appointment]:
    """Today's and those to come, without what follows from an absence."""
    rows = Appointment.objects.of(organisation).filter(
        Q(ends__isnull=True) | Q(ends__gte=thai.today()),
        user=person,
        absence__isnull=True,
        stood_down_at__isnull=True,
    )
    return list(rows.select_related("post").order_by("starts", "pk"))
