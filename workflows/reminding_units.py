"""Reminders of the days by which units send their rows of a report: on the same days as those of steps (deadlines.py)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import language, thai, workdays
from ita_core.models import Organisation
from ita_core.workdays import Calendar
from memos import collecting
from memos.collecting import Due
from memos.models import Collection
from workflows.deadlines import What, is_escalated, newest
from workflows.telling_once import Told, administrators, notify

_AHEAD = datetime.timedelta(days=21)
_BEHIND = datetime.timedelta(days=150)


def remind(today: datetime.date) -> list[Told]:
    """Of every authority whose units owe rows. What was told is kept by its key: a second look tells nothing."""
    near = Collection.objects.across_organisations().filter(
        due_on__gte=today - _BEHIND, due_on__lte=today + _AHEAD, report__is_open=True
    )
    told: list[Told] = []
    for organisation in Organisation.objects.filter(pk__in=near.values("organisation")):
        days = workdays.calendar(organisation)
        for due in collecting.due(organisation):
            told += _look(organisation, days, due, today)
    return told


@transaction.atomic
def _look(organisation: Organisation, days: Calendar, due: Due, today: datetime.date) -> list[Told]:
    asked = thai.bangkok_date(due.collection.asked_at)
    found = newest(days, due.due_on, today, since=asked)
    told = [_to_unit(organisation, due, found.what, found.day)] if found else []
    if is_escalated(days, due.due_on, today, organisation.escalate_after):
        told.append(_to_who_asked(organisation, due, today))
    return [one for one in told if one.people]


def _to_unit(organisation: Organisation, due: Due, what: What, day: datetime.date) -> Told:
    """Unit, how many rows, by when; nothing of the report."""
    asked = {
        What.BEFORE: _("%(title)s จะครบกำหนดส่งวันที่ %(day)s"),
        What.DUE: _("%(title)s ครบกำหนดส่งวันที่ %(day)s"),
        What.LATE: _("%(title)s เกินกำหนดส่ง (%(day)s) แล้ว"),
    }[what]
    names = notify(
        organisation,
        collecting.KIND,
        due.people,
        key=f"{_key(due)}-{what}-{day}",
        title=asked % {"title": collecting.title_for(due.collection.unit), "day": language.day(due.due_on)},
        text=_("ยังไม่ได้ส่ง %(n)d รายการ") % {"n": due.rows},
        path=due.path,
    )
    return _told(organisation, due, what, day, names)


def _to_who_asked(organisation: Organisation, due: Due, today: datetime.date) -> Told:
    """The drafter, who knows whom to call, and the administrators; once."""
    report, unit = due.collection.report, due.collection.unit
    who = ", ".join(user.full_name for user in due.people)
    names = notify(
        organisation,
        collecting.KIND,
        [report.drafter, *administrators(organisation)],
        key=f"{_key(due)}-escalated",
        title=_("%(unit)sยังไม่ส่งผลของเรื่อง “%(title)s”") % {"unit": unit.name, "title": report},
        text="\n".join(
            (
                _("กำหนดส่ง %(day)s ยังไม่ได้ส่ง %(n)d รายการ") % {"day": language.day(due.due_on), "n": due.rows},
                _("ผู้กรอก: %(names)s") % {"names": who} if who else _("ไม่มีผู้ใดในส่วนราชการนี้กรอกได้ในวันนี้"),
            )
        ),
        path=collecting.review_path(report, unit.pk),
    )
    return _told(organisation, due, "escalated", today, names)


def _key(due: Due) -> str:
    """With the day itself: a new day is a new deadline."""
    return f"collection-{due.collection.pk}-{due.due_on}"


def _told(
    organisation: Organisation, due: Due, what: str, day: datetime.date, names: tuple[str, ...]
) -> Told:
    report = due.collection.report_id
    return Told(organisation.slug, report, str(what), day.isoformat(), due.due_on.isoformat(), names)
