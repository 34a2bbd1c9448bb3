"""The deadline of a step, and on which days it is reminded of. Days in Thailand; working days are the authority's own.

A step may take ``working_days`` after the day on which its turn came. Its officers are reminded on the working day
before the last one, on it, and every second working day after it; ``Organisation.escalate_after`` working days late, the
authority's administrators are told, once.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from ita_core import thai, workdays
from ita_core.workdays import Calendar
from workflows.steps import ApprovalStep

EVERY = 2  # working days between two reminders of what is late
LAST = 60  # working days: of what is later nobody is reminded any more; the administrators know


class What(StrEnum):
    BEFORE = "before"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Reminder:
    what: What
    day: datetime.date


def set_due(step: ApprovalStep) -> None:
    """The step's turn begins at ``opened_at``. One query, none without a deadline. Nothing is saved."""
    if step.working_days is not None and step.opened_at is not None:
        days = workdays.calendar(step.organisation_id)
        step.due_on = days.add(thai.bangkok_date(step.opened_at), step.working_days)


def newest(
    days: Calendar, due: datetime.date, today: datetime.date, since: datetime.date | None = None
) -> Reminder | None:
    """The reminder to give today: the last one whose day has come, so that nobody is told of those that were missed.

    None on the day ``since``, on which people were told that it is their turn, and before.
    """
    late = days.between(due, today) if today > due else 0
    if late > LAST:
        return None
    before = days.add(due, -1)
    if late >= EVERY:
        found = Reminder(What.LATE, days.add(due, late - late % EVERY))
    elif today >= due:
        found = Reminder(What.DUE, due)
    elif today >= before:
        found = Reminder(What.BEFORE, before)
    else:
        return None
    return None if since is not None and found.day <= since else found


def is_escalated(days: Calendar, due: datetime.date, today: datetime.date, after: int) -> bool:
    """Whether the authority's administrators have to know: it is ``after`` working days late, at least one."""
    return today > due and max(after, 1) <= days.between(due, today) <= LAST


def days_left(due: datetime.date) -> int:
    """Whole days in Thailand until the deadline; negative when it is past."""
    return (due - thai.today()).days
