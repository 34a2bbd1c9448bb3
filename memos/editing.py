"""The only door by which a draft changes: the report is locked, still open, and as the page showed it.

Every save raises the report's revision; the check-answers page and other tabs notice by it. ``check_may_edit`` says
who may; ``locked`` says when. Nothing here reads the process: paper knows only that it is open or closed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from ita_core.membership import Membership
from memos.enclosures import Enclosures
from memos.forms import MEMO_FACTS, REPORT_FACTS
from memos.models import Activity, Enclosure, FormVersion, Measure, Memo, Report, Section
from memos.table import Row, Table

MOST_SECTIONS = 30


class NotSaved(Exception):
    """The draft is no longer what the page showed; ``sentence`` says why, and nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Closed(NotSaved):
    """It is under consideration, or finished."""


class Stale(NotSaved):
    """Somebody saved it since, usually the same person in another window."""


def check_may_edit(membership: Membership, report: Report) -> None:
    """Its drafter, for as long as it is open. PermissionDenied or Closed, each with its sentence."""
    if report.drafter_id != membership.user.pk:
        raise PermissionDenied(_("เฉพาะผู้จัดทำเรื่องนี้ (%(name)s) เท่านั้นที่แก้ไขร่างได้") % {"name": report.drafter})
    if not report.is_open:
        raise Closed(_("เรื่องนี้เสนอไปแล้ว จึงแก้ไขไม่ได้ หากต้องการแก้ไข ให้ดึงเรื่องกลับหรือรอการส่งคืนก่อน"))


@contextlib.contextmanager
def locked(membership: Membership, report_id: int, revision: int) -> Iterator[Report]:
    """The report, locked and still as revision says; its revision is raised when the block ends well.

    Http404 when it is gone, PermissionDenied, Closed, Stale; whatever is raised inside undoes the whole block.
    Locked first and read then: PostgreSQL reads a locked row anew when it had to wait, but not the rows joined to it.
    """
    with transaction.atomic():
        rows = Report.objects.of(membership.organisation).filter(pk=report_id)
        if rows.select_for_update().values_list("pk", flat=True).first() is None:
            raise Http404
        report = rows.select_related("memo", "organisation", "drafter").get()
        check_may_edit(membership, report)
        if report.revision != revision:
            raise Stale(
                _(
                    "มีการบันทึกรายงานนี้จากหน้าต่างอื่นหลังจากที่ท่านเปิดหน้านี้ ระบบจึงยังไม่ได้บันทึก และข้อความที่ท่านพิมพ์ยังอยู่ครบด้านล่าง"
                )
            )
        report.revision += 1
        yield report
        report.save(update_fields=["revision", "updated_at"])


def save_memo(
    membership: Membership, report_id: int, revision: int, facts: dict[str, Any], enclosures: Enclosures
) -> None:
    """``facts`` are MemoForm's cleaned data. NotSaved as in ``locked``, or when another report took the year."""
    try:
        with locked(membership, report_id, revision) as report:
            for name in REPORT_FACTS:
                setattr(report, name, facts[name])
            report.save(update_fields=list(REPORT_FACTS))
            memo = report.memo
            for name in MEMO_FACTS:
                setattr(memo, name, facts[name])
            memo.save()
            _store_enclosures(memo, enclosures)
    except IntegrityError as error:
        raise NotSaved(_("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว")) from error


def save_section(
    membership: Membership,
    report_id: int,
    revision: int,
    section_id: int,
    words: dict[str, str],
    table: Table,
) -> None:
    """``words`` are SectionForm's cleaned data. The table's rows learn the ids they were stored under."""
    with locked(membership, report_id, revision) as report:
        section = section_of(report, section_id)
        for name, text in words.items():
            setattr(section, name, text)
        section.save(update_fields=list(words))
        _store_measures(section, table)


def add_section(
    membership: Membership, report_id: int, revision: int, form: FormVersion, heading: str
) -> Section:
    """At the end, with one empty measure to begin with."""
    with locked(membership, report_id, revision) as report:
        last = report.sections.aggregate(last=models.Max("position"))["last"]
        if report.sections.count() >= MOST_SECTIONS:
            raise NotSaved(_("รายงานนี้มีส่วนมากเกินไปแล้ว"))
        section = Section(report=report, form=form, heading=heading, position=0 if last is None else last + 1)
        section.save()
        measure = Measure(section=section)
        measure.save()
        Activity(measure=measure).save()
    return section


def move_section(membership: Membership, report_id: int, revision: int, section_id: int, down: bool) -> None:
    """One place up or down; at the edge it stays."""
    with locked(membership, report_id, revision) as report:
        sections = list(report.sections.all())
        place = [section.pk for section in sections].index(section_of(report, section_id).pk)
        target = place + (1 if down else -1)
        if 0 <= target < len(sections):
            sections.insert(target, sections.pop(place))
        for position, section in enumerate(sections):
            if section.position != position:
                section.position = position
                section.save(update_fields=["position"])


def delete_section(membership: Membership, report_id: int, revision: int, section_id: int) -> None:
    with locked(membership, report_id, revision) as report:
        section_of(report, section_id).delete()


def section_of(report: Report, section_id: int) -> Section:
    """Http404 when the report has no such section."""
    section = report.sections.select_related("form").filter(pk=section_id).first()
    if section is None:
        raise Http404
    return section


# --- rows: what is known is updated when it changed, what is new inserted, what is gone deleted


def _store_measures(section: Section, table: Table) -> None:
    known = {measure.pk: measure for measure in section.measures.prefetch_related("activities")}
    for position, row in enumerate(table.measures):
        measure = known.pop(row.pk or 0, None)
        activities = (
            {} if measure is None else {activity.pk: activity for activity in measure.activities.all()}
        )
        measure = measure or Measure(section=section)
        _store_row(measure, position, row)
        for place, below in enumerate(row.activities):
            activity = activities.pop(below.pk or 0, None) or Activity(measure=measure)
            _store_row(activity, place, below)
        for gone in activities.values():
            gone.delete()
    for left in known.values():
        left.delete()


def _store_row(stored: Measure | Activity, position: int, row: Row) -> None:
    """Cells of columns that the form does not show are kept."""
    cells = {**stored.cells, **row.cells}
    if stored._state.adding or stored.position != position or stored.cells != cells:
        stored.position, stored.cells = position, cells
        stored.save()
    row.pk = stored.pk


def _store_enclosures(memo: Memo, enclosures: Enclosures) -> None:
    """Rows without a word are kept on the page only."""
    known = {row.pk: row for row in memo.enclosures.all()}
    written = [row for row in enclosures.rows if not row.is_empty]
    for position, row in enumerate(written):
        stored = known.pop(row.pk or 0, None) or Enclosure(memo=memo)
        stored.title, stored.quantity, stored.pages = row.title, row.quantity, row.page_count
        stored.position = position
        stored.save()
        row.pk = stored.pk
    for gone in known.values():
        gone.delete()
