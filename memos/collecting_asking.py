"""The drafter asks offices for their rows, moves rows between them, and reminds them. See collecting.py."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.membership import Membership
from ita_core.models import OrgUnit, User
from memos import collecting, collecting_rows, editing
from memos.models import CollectedEntry, CollectedRow, Collection, Report


@dataclass
class Assigned:
    """What one press did: rows by unit, rows taken back, and rows that somebody else moved meanwhile."""

    given: dict[OrgUnit, int] = field(default_factory=dict)
    taken: int = 0
    passed_over: int = 0


def assign(
    membership: Membership,
    report_id: int,
    wanted: Mapping[str, tuple[int | None, int | None]],
    due_on: datetime.date | None,
) -> Assigned:
    """Row → (the unit that the page showed, the unit it shall have); None is no unit. ``due_on`` is for those who get rows.

    A row that somebody else moved since stays where it is. NotSaved for a day in the past or a unit that is not there;
    Http404, PermissionDenied, Closed as in ``editing.held``.
    """
    if due_on is not None and due_on < thai.today():
        raise editing.NotSaved(_("วันครบกำหนดผ่านไปแล้ว โปรดเลือกวันนี้หรือวันข้างหน้า"))
    done = Assigned()
    with editing.held(membership, report_id) as report:
        units = {unit.pk: unit for unit in OrgUnit.objects.of(report.organisation_id)}
        there = {row.row: row for row in collecting.rows_of(report).select_related("collection")}
        known = collecting_rows.by_name(report)
        changes = {name: pair for name, pair in wanted.items() if pair[0] != pair[1]}
        for name, (was, to) in changes.items():
            if to is not None and to not in units:
                raise editing.NotSaved(_("โปรดเลือกกองจากรายการของหน่วยงานนี้"))
            row = there.get(name)
            gone = name not in known and to is not None
            if gone or (row.collection.unit_id if row else None) != was:
                done.passed_over += 1
                continue
            _move(membership.user, report, name, row, units[to] if to is not None else None, done)
        _drop_empty(report)
        collecting.settle(report)
        _set_due(report, done.given, due_on)
        for unit in done.given:
            _tell_asked(report, unit, due_on)
    return done


def _move(
    user: User, report: Report, name: str, row: CollectedRow | None, to: OrgUnit | None, done: Assigned
) -> None:
    """What the unit before had written is kept in the log: nobody else gets its words."""
    if row is not None:
        before = row.collection.unit_id
        collecting.log(report, before, name, CollectedEntry.Kind.TAKEN, user, content=row.draft)
        row.delete()
    if to is None:
        done.taken += 1
        return
    asked = {"organisation": report.organisation, "asked_by": user, "asked_at": timezone.now()}
    collection, _made = Collection.objects.of(report.organisation_id).get_or_create(
        report=report, unit=to, defaults=asked
    )
    CollectedRow(report=report, collection=collection, row=name).save()
    collecting.log(report, to.pk, name, CollectedEntry.Kind.ASSIGNED, user)
    done.given[to] = done.given.get(to, 0) + 1


def _drop_empty(report: Report) -> None:
    Collection.objects.of(report.organisation_id).filter(report=report, rows=None).delete()


def _set_due(report: Report, units: Iterable[OrgUnit], due_on: datetime.date | None) -> None:
    if due_on is not None:
        rows = Collection.objects.of(report.organisation_id).filter(report=report, unit__in=list(units))
        rows.update(due_on=due_on)


def set_due(membership: Membership, report_id: int, unit_id: int, due_on: datetime.date | None) -> None:
    """Http404 where the unit has no rows; NotSaved for a day in the past."""
    if due_on is not None and due_on < thai.today():
        raise editing.NotSaved(_("วันครบกำหนดผ่านไปแล้ว โปรดเลือกวันนี้หรือวันข้างหน้า"))
    with editing.held(membership, report_id) as report:
        collection = collecting.of_unit(report, unit_id)
        collection.due_on = due_on
        collection.save(update_fields=["due_on"])


def _tell_asked(report: Report, unit: OrgUnit, due_on: datetime.date | None) -> None:
    turn = CollectedEntry.objects.of(report.organisation_id).filter(report=report).count()
    with translation.override("th"):
        when = _("ภายในวันที่ %(day)s") % {"day": language.day(due_on)} if due_on else ""
        collecting.tell_unit(report, unit, f"asked-{turn}", collecting.title_for(unit), when)


def remind(membership: Membership, report_id: int, unit_id: int) -> int:
    """Tells the unit's officers once a day, however often it is pressed; how many they are. NotSaved when nothing is open."""
    with editing.held(membership, report_id) as report:
        collection = collecting.of_unit(report, unit_id)
        rows = collecting.rows_of(report).filter(collection=collection, standing__in=collecting.OPEN)
        count = len(collecting.living(rows))
        if not count:
            raise editing.NotSaved(_("กองนี้ส่งครบทุกแถวแล้ว จึงไม่ต้องเตือน"))
        unit = collection.unit
        with translation.override("th"):
            text = collecting.reminder(collection, count, "").rpartition("\n")[0]
            what = f"reminded-{thai.today()}"
            return collecting.tell_unit(report, unit, what, collecting.title_for(unit), text)
