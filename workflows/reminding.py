"""Reminders of steps' deadlines: looked for once a day by the worker or ``manage.py remind``, each told once for ever.

Those of units that fill in rows are reminding_units.py's.

What was told is the notice itself, by its key (step, what, day): a look that is repeated, a worker that is killed, and a
clock that jumps back tell nothing twice. A day without a look is not made up for: the newest reminder alone is given.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ita_core import language, outbox, thai, workdays
from ita_core.models import Organisation, User
from workflows import reminding_units
from workflows.deadlines import What, is_escalated, newest
from workflows.models import UNDER_WAY, ApprovalStep
from workflows.officers import officers, post_names, vacant_sentence
from workflows.telling_once import Told, administrators, notify

KIND = "remind"
SECONDS = 600.0
# No run of days off is longer: within it lies the working day before a deadline.
_AHEAD = datetime.timedelta(days=21)
# Sixty working days and every holiday between them.
_BEHIND = datetime.timedelta(days=150)
_KEPT = datetime.timedelta(days=7)


def remind() -> list[Told]:
    """Look at every deadline that nobody looked at today. Each step and each unit is its own transaction."""
    today, told = thai.today(), []
    with override("th"):
        for organisation in Organisation.objects.filter(pk__in=_open(today).values("organisation")):
            days = workdays.calendar(organisation)
            for pk in list(_open(today).filter(organisation=organisation).values_list("pk", flat=True)):
                told += _look(organisation, days, pk, today)
        told += reminding_units.remind(today)
    return told


def hourly(payload: dict[str, Any]) -> None:
    """The worker's piece: late is as good as in time, since the day is asked now. Old pieces go."""
    remind()
    outbox.forget(KIND, _KEPT)


def _open(today: datetime.date) -> QuerySet[ApprovalStep]:
    """Steps that wait, with a deadline near or past, at which nobody looked today."""
    rows = ApprovalStep.objects.across_organisations().filter(
        opened_at__isnull=False,
        closed_at__isnull=True,
        due_on__gte=today - _BEHIND,
        due_on__lte=today + _AHEAD,
    )
    # Not "before today": a clock that was ahead once must not silence anything.
    return rows.filter(Q(looked_on__isnull=True) | ~Q(looked_on=today)).order_by("due_on", "pk")


@transaction.atomic
def _look(organisation: Organisation, days: workdays.Calendar, pk: int, today: datetime.date) -> list[Told]:
    rows = _open(today).filter(pk=pk)
    if not rows.select_for_update().exists():
        return []  # Decided meanwhile, or another worker looked.
    step = rows.select_related("approval__report").prefetch_related("posts").get()
    ApprovalStep.objects.of(organisation).filter(pk=pk).update(looked_on=today)
    if step.approval.state not in UNDER_WAY or step.due_on is None or step.opened_at is None:
        return []
    found = newest(days, step.due_on, today, since=thai.bangkok_date(step.opened_at))
    told = [_to_officers(organisation, step, found.what, found.day)] if found else []
    if is_escalated(days, step.due_on, today, organisation.escalate_after):
        told.append(_to_administrators(organisation, step, days.between(step.due_on, today)))
    return [one for one in told if one.people]


def _to_officers(organisation: Organisation, step: ApprovalStep, what: What, day: datetime.date) -> Told:
    report = step.approval.report
    people = [one.user for one in officers(step) if step.is_final or one.user_id != report.drafter_id]
    asked = {
        What.BEFORE: _("เรื่อง “%(title)s” จะครบกำหนดพิจารณาวันที่ %(day)s"),
        What.DUE: _("เรื่อง “%(title)s” ครบกำหนดพิจารณาวันที่ %(day)s"),
        What.LATE: _("เรื่อง “%(title)s” เกินกำหนดพิจารณา (%(day)s) แล้ว"),
    }[what]
    return _tell(
        organisation,
        step,
        people,
        key=f"step-{step.pk}-{what}-{day}",
        title=asked % {"title": report, "day": _due(step)},
        text=_("ขั้น: %(heading)s") % {"heading": step.heading},
        page="workflows:decide",
        told=(what, day),
    )


def _to_administrators(organisation: Organisation, step: ApprovalStep, late: int) -> Told:
    """Once for a step, whatever the day. With whom it is, so that they know whom to ask."""
    waiting = officers(step)
    names = ", ".join(dict.fromkeys(one.user.full_name for one in waiting))
    who = _("รอ%(posts)s: %(names)s") % {"posts": post_names(step), "names": names}
    return _tell(
        organisation,
        step,
        administrators(organisation),
        key=f"step-{step.pk}-escalated",
        title=_("เรื่อง “%(title)s” ค้างเกินกำหนด %(late)d วันทำการ")
        % {"title": step.approval.report, "late": late},
        text="\n".join(
            (
                who if waiting else vacant_sentence(step),
                _("กำหนดพิจารณา %(day)s") % {"day": _due(step)},
            )
        ),
        page="workflows:report",
        told=("escalated", thai.today()),
    )


def _due(step: ApprovalStep) -> str:
    assert step.due_on is not None
    return language.day(step.due_on)


def _tell(
    organisation: Organisation,
    step: ApprovalStep,
    people: Iterable[User],
    *,
    key: str,
    title: str,
    text: str,
    page: str,
    told: tuple[str, datetime.date],
) -> Told:
    report = step.approval.report_id
    path = reverse(page, args=[organisation.slug, report])
    names = notify(organisation, "deadline", people, key=key, title=title, text=text, path=path)
    assert step.due_on is not None
    return Told(organisation.slug, report, str(told[0]), told[1].isoformat(), step.due_on.isoformat(), names)
