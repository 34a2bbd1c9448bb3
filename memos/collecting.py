"""Offices fill in their rows of a draft: what every side of it shares, how far they are, and what is due.

A unit has one ``Collection`` in a report, for as long as it has a row there; a row is filled by one unit at a time.
The drafter asks (collecting_asking.py), the unit fills (collecting_filling.py), the drafter takes what came into the
table (collecting_taking.py): all under the report's lock, and while the report is open only.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import language, telling, thai
from ita_core.models import Organisation, OrgUnit, User
from memos import collecting_people
from memos.models import Activity, CollectedEntry, CollectedRow, Collection, Measure, Report

KIND = "collecting"
SENT = "-sent-"
"""In the key of a notice that a unit sent its rows."""
Standing = CollectedRow.Standing
OPEN = (Standing.WAITING, Standing.HANDED_BACK)


def log(
    report: Report,
    unit_id: int,
    row: str,
    kind: str,
    user: User,
    *,
    content: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    CollectedEntry(
        report=report,
        unit_id=unit_id,
        row=row,
        kind=kind,
        by=user,
        at=timezone.now(),
        content=content or {},
        reason=reason,
    ).save()


def rows_of(report: Report) -> QuerySet[CollectedRow]:
    return CollectedRow.objects.of(report.organisation_id).filter(report=report)


def of_unit(report: Report, unit_id: int) -> Collection:
    """What the unit is asked for in the report; Http404 when it has no row there."""
    rows = Collection.objects.of(report.organisation_id).filter(report=report, unit=unit_id)
    found = rows.select_related("unit", "asked_by", "report__organisation").first()
    if found is None:
        raise Http404
    return found


# --- telling


def fill_path(report: Report, unit_id: int) -> str:
    return reverse("memos:fill", args=[report.organisation.slug, report.pk, unit_id])


def review_path(report: Report, unit_id: int) -> str:
    return reverse("memos:collect_unit", args=[report.organisation.slug, report.pk, unit_id])


def title_for(unit: OrgUnit) -> str:
    return _("กรอกผลการดำเนินการของ%(unit)s") % {"unit": unit.name}


def tell_unit(report: Report, unit: OrgUnit, what: str, title: str, text: str = "") -> int:
    """Everybody who fills for the unit, once for ``what``; how many they are."""
    people = collecting_people.of_units(report.organisation, [unit.pk])[unit.pk]
    telling.tell(
        report.organisation,
        KIND,
        people,
        key=f"collecting-{report.pk}-{unit.pk}-{what}",
        title=title,
        text=text,
        path=fill_path(report, unit.pk),
    )
    return len(people)


def settle(report: Report) -> None:
    """Notices of what is done, or is asked for no longer, wait for nobody any more, whoever did it.

    A unit's wait until it has sent all its rows; those of what came until it was taken or handed back. Four queries at
    most; one where no notice waits.
    """
    waiting = list(telling.unsettled(report.organisation_id, report.pk, [KIND]).only("key", "path"))
    if not waiting:
        return
    rows = living(rows_of(report).select_related("collection"))
    owing = {row.collection.unit_id for row in rows if row.is_the_units}
    came = {row.collection.unit_id for row in rows if row.standing == Standing.SENT}
    owed = {path(report, unit) for unit in owing for path in (fill_path, review_path)}
    to_take = {review_path(report, unit) for unit in came}
    done = [one for one in waiting if one.path not in (to_take if SENT in one.key else owed)]
    if done:
        telling.settle(report.organisation_id, report.pk, [KIND], only=done)


def reminder(collection: Collection, count: int, address: str) -> str:
    """Words for the office's chat group: unit, how many rows, by when, where; nothing of the report's content."""
    lines = [
        _("เรียน %(to)s") % {"to": collection.unit.name},
        _("ขอความอนุเคราะห์กรอกผลการดำเนินการ %(n)s รายการ") % {"n": language.shown(count)},
    ]
    if collection.due_on is not None:
        lines[1] += " " + _("ภายในวันที่ %(day)s") % {"day": language.day(collection.due_on)}
    return "\n".join([*lines, _("เปิดได้ที่ %(address)s (ต้องเข้าสู่ระบบ)") % {"address": address}])


# --- how far they are
@dataclass(frozen=True)
class UnitProgress:
    """Rows of a unit by standing; ``due_on`` is the nearest day of those with open rows."""

    unit: OrgUnit
    waiting: int = 0
    sent: int = 0
    handed_back: int = 0
    accepted: int = 0
    due_on: datetime.date | None = None

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.handed_back + self.accepted

    @property
    def open(self) -> int:
        """Rows that the unit still has to send."""
        return self.waiting + self.handed_back

    @property
    def standing(self) -> str:
        """The whole unit's: whoever has something to do first."""
        if self.handed_back:
            return Standing.HANDED_BACK
        if self.waiting:
            return Standing.WAITING
        return Standing.SENT if self.sent else Standing.ACCEPTED

    @property
    def standing_label(self) -> str:
        return str(Standing(self.standing).label)

    @property
    def is_late(self) -> bool:
        return bool(self.open) and self.due_on is not None and self.due_on < thai.today()


def living(rows: Iterable[CollectedRow]) -> list[CollectedRow]:
    """Those whose row still stands in a table of the report. Two queries."""
    found = list(rows)
    numbers: dict[str, set[int]] = defaultdict(set)
    for one in found:
        level, _dash, number = one.row.partition("-")
        numbers[level].add(int(number))
    reports = {one.report_id for one in found}
    activities = Activity.objects.across_organisations().filter(
        pk__in=numbers["activity"], measure__section__report__in=reports
    )
    measures = Measure.objects.across_organisations().filter(
        pk__in=numbers["measure"], section__report__in=reports
    )
    there = {f"activity-{pk}" for pk in activities.values_list("pk", flat=True)}
    there |= {f"measure-{pk}" for pk in measures.values_list("pk", flat=True)}
    return [one for one in found if one.row in there]


def progress(organisation: Organisation, fiscal_year: int | None = None) -> list[UnitProgress]:
    """Per unit over the reports that are still written, all or of one fiscal year (BE); trial reports left out. Three queries.

    Nobody can send for one that was submitted, signed, or given up: what was asked for it and never came is no work left.
    """
    rows = CollectedRow.objects.of(organisation).filter(report__is_trial=False, report__is_open=True)
    if fiscal_year is not None:
        rows = rows.filter(report__fiscal_year=fiscal_year)
    return _counted(living(rows.select_related("collection__unit")))


def of_report(report: Report) -> list[UnitProgress]:
    return _counted(living(rows_of(report).select_related("collection__unit")))


def _counted(rows: Sequence[CollectedRow]) -> list[UnitProgress]:
    units: dict[int, OrgUnit] = {}
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    days: dict[int, set[datetime.date]] = defaultdict(set)
    for row in rows:
        unit = row.collection.unit
        units[unit.pk] = unit
        counts[unit.pk][row.standing] += 1
        if row.is_the_units and row.collection.due_on:
            days[unit.pk].add(row.collection.due_on)
    return [
        UnitProgress(
            units[pk],
            **{name: counts[pk][name] for name in Standing.values},
            due_on=min(days[pk], default=None),
        )
        for pk in sorted(units)
    ]


@dataclass(frozen=True)
class Due:
    """A unit that still owes rows of an open report by a day, and who can send them."""

    collection: Collection
    rows: int
    people: tuple[User, ...]

    @property
    def due_on(self) -> datetime.date:
        assert self.collection.due_on is not None
        return self.collection.due_on

    @property
    def path(self) -> str:
        return fill_path(self.collection.report, self.collection.unit_id)


def due(organisation: Organisation) -> list[Due]:
    """Every unit with open rows and a day to send them by, the nearest day first. Five queries."""
    rows = CollectedRow.objects.of(organisation).filter(
        standing__in=OPEN, report__is_open=True, collection__due_on__isnull=False
    )
    found: dict[int, Collection] = {}
    counts: Counter[int] = Counter()
    for row in living(rows.select_related("collection__unit", "collection__report__organisation")):
        found[row.collection_id] = row.collection
        counts[row.collection_id] += 1
    people = collecting_people.of_units(organisation, {one.unit_id for one in found.values()})
    made = [Due(one, counts[pk], tuple(people[one.unit_id])) for pk, one in found.items()]
    return sorted(made, key=lambda one: (one.due_on, one.collection.pk))
