"""The only door by which a draft changes: the report is locked, still open, and as the page showed it.

Every save raises the report's revision; the check-answers page and other tabs notice by it. ``check_may_edit`` says
who may; ``locked`` says when. Nothing here reads the process: paper knows only that it is open or closed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from ita_core.membership import Membership
from ita_core.unprintable import is_blank
from memos import collecting, parts, removed
from memos.enclosures import Enclosures
from memos.forms import MEMO_FACTS, REPORT_FACTS
from memos.live_rows import Hand
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
    """Its drafter and whom he let in, for as long as it is open. PermissionDenied or Closed, each with its sentence."""
    if (
        report.drafter_id != membership.user.pk
        and not report.co_drafters.filter(user=membership.user).exists()
    ):
        raise PermissionDenied(
            _("เฉพาะผู้จัดทำเรื่องนี้ (%(name)s) และผู้ที่ผู้จัดทำให้ร่วมจัดทำเท่านั้นที่แก้ไขร่างได้") % {"name": report.drafter}
        )
    if not report.is_open:
        raise Closed(_("เรื่องนี้เสนอไปแล้ว จึงแก้ไขไม่ได้ หากต้องการแก้ไข ให้ดึงเรื่องกลับหรือรอการส่งคืนก่อน"))


@contextlib.contextmanager
def held(membership: Membership, report_id: int) -> Iterator[Report]:
    """The report, locked, open and the person's to edit; whatever is raised inside undoes the whole block.

    Http404 when it is gone, PermissionDenied, Closed. Locked first and read then: PostgreSQL reads a locked row anew
    when it had to wait, but not the rows joined to it.
    """
    with transaction.atomic():
        rows = Report.objects.of(membership.organisation).filter(pk=report_id)
        if rows.select_for_update().values_list("pk", flat=True).first() is None:
            raise Http404
        report = rows.select_related("memo__written_by", "item", "organisation", "drafter").get()
        check_may_edit(membership, report)
        yield report


@contextlib.contextmanager
def locked(membership: Membership, report_id: int, revision: int) -> Iterator[Report]:
    """As ``held``, and still as revision says (else Stale); its revision is raised when the block ends well."""
    with held(membership, report_id) as report:
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
            hand = Hand(report, membership.user, revision)
            hand.wrote(memo)
            memo.save()
            _store_enclosures(hand, memo, enclosures)
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
        hand = Hand(report, membership.user, revision)
        hand.wrote(section)
        section.save(update_fields=[*words, "revision", "written_by"])
        _store_measures(hand, section, table)
        collecting.settle(report)


def add_section(
    membership: Membership,
    report_id: int,
    revision: int,
    form: FormVersion,
    heading: str,
    *,
    under: int | None = None,
) -> Section:
    """At the end, with one empty measure to begin with; a group at the end of the section that ``under`` names.

    A table in which nothing was written yet goes when its section gets a group: the groups' tables stand instead.
    """
    with locked(membership, report_id, revision) as report:
        families = parts.families(report.sections.all())
        if sum(map(len, families)) >= MOST_SECTIONS:
            raise NotSaved(_("รายงานนี้มีส่วนมากเกินไปแล้ว"))
        section = Section(report=report, form=form, heading=heading, is_group=under is not None)
        family = families[_family_of(families, under)] if under is not None else None
        if family is None:
            families.append([section])
        else:
            _drop_unwritten(family[0])
            family.append(section)
        _store_order(families)
        measure = Measure(section=section)
        measure.save()
        Activity(measure=measure).save()
    return section


def move_section(membership: Membership, report_id: int, revision: int, section_id: int, down: bool) -> None:
    """One place up or down, a section with its groups, a group among its own section's; at the edge it stays."""
    with locked(membership, report_id, revision) as report:
        families = parts.families(report.sections.all())
        place = _family_of(families, section_id)
        family = families[place]
        if family[0].pk == section_id:
            _shift(families, place, down)
        else:
            groups = family[1:]
            _shift(groups, [group.pk for group in groups].index(section_id), down)
            family[1:] = groups
        _store_order(families)


def _shift(rows: list[Any], place: int, down: bool) -> None:
    target = place + (1 if down else -1)
    if 0 <= target < len(rows):
        rows.insert(target, rows.pop(place))


def set_group(membership: Membership, report_id: int, revision: int, section_id: int, is_group: bool) -> None:
    """A section becomes a group of the one before it, or a group a section: what follows in the list stays there."""
    with locked(membership, report_id, revision) as report:
        section = section_of(report, section_id)
        first = report.sections.first()
        if is_group and first is not None and first.pk == section.pk:
            raise NotSaved(_("ส่วนแรกของรายงานเป็นกลุ่มย่อยไม่ได้ เพราะไม่มีส่วนก่อนหน้า"))
        section.is_group = is_group
        section.save(update_fields=["is_group"])


def delete_section(membership: Membership, report_id: int, revision: int, section_id: int) -> None:
    """With its groups: they would otherwise stand under another heading, which nobody meant."""
    with locked(membership, report_id, revision) as report:
        families = parts.families(report.sections.all())
        family = families[_family_of(families, section_id)]
        gone = family if family[0].pk == section_id else [s for s in family if s.pk == section_id]
        for section in gone:
            section.delete()
        collecting.settle(report)


def _family_of(families: list[list[Section]], section_id: int | None) -> int:
    """The place of the family that holds the section; Http404 when none does."""
    for place, family in enumerate(families):
        if any(section.pk == section_id for section in family):
            return place
    raise Http404


def _store_order(families: list[list[Section]]) -> None:
    """Positions from 0; what heads its groups is no group, whatever it was before."""
    for family in families:
        family[0].is_group = False
    for position, section in enumerate(section for family in families for section in family):
        if section._state.adding:
            section.position = position
            section.save()
        elif section.position != position or section is families[0][0]:
            section.position = position
            section.save(update_fields=["position", "is_group"])


def _drop_unwritten(section: Section) -> None:
    measures = list(section.measures.prefetch_related("activities"))
    cells = [measure.cells for measure in measures]
    cells += [activity.cells for measure in measures for activity in measure.activities.all()]
    if all(is_blank(str(text)) for row in cells for text in row.values()):
        section.measures.all().delete()


def section_of(report: Report, section_id: int) -> Section:
    """Http404 when the report has no such section."""
    section = report.sections.select_related("form").filter(pk=section_id).first()
    if section is None:
        raise Http404
    return section


# --- rows: what is known is updated when it changed, what is new inserted, what is gone deleted


def _store_measures(hand: Hand, section: Section, table: Table) -> None:
    known = {measure.pk: measure for measure in section.measures.prefetch_related("activities")}
    back: set[str] = set()
    for position, row in enumerate(table.measures):
        measure = known.pop(row.pk or 0, None)
        activities = (
            {} if measure is None else {activity.pk: activity for activity in measure.activities.all()}
        )
        measure = measure or Measure(section=section, pk=_taken_back(hand, row, back))
        _store_row(hand, measure, position, row)
        for place, below in enumerate(row.activities):
            activity = activities.pop(below.pk or 0, None)
            activity = activity or Activity(measure=measure, pk=_taken_back(hand, below, back))
            _store_row(hand, activity, place, below)
        for gone in activities.values():
            removed.remove(hand.report, hand.user, gone)
    for left in known.values():
        removed.remove(hand.report, hand.user, left)


def _taken_back(hand: Hand, row: Row, back: set[str]) -> int | None:
    """The number that a row had before it was removed, so that it is the same row again; ``back`` is what came so far."""
    if row.pk is None:
        return None
    name = f"{row.level}-{row.pk}"
    if name not in back:
        back |= removed.take(hand.report, name)
    return row.pk if name in back else None


def _store_row(hand: Hand, stored: Measure | Activity, position: int, row: Row) -> None:
    """Cells of columns that the form does not show are kept."""
    cells = {**stored.cells, **row.cells}
    if stored._state.adding or stored.position != position or stored.cells != cells:
        stored.position, stored.cells = position, cells
        hand.wrote(stored)
        stored.save()
    row.pk = stored.pk


def _store_enclosures(hand: Hand, memo: Memo, enclosures: Enclosures) -> None:
    """Rows without a word are kept on the page only."""
    known = {row.pk: row for row in memo.enclosures.all()}
    written = [row for row in enclosures.rows if not row.is_empty]
    for position, row in enumerate(written):
        stored = known.pop(row.pk or 0, None) or Enclosure(memo=memo)
        stored.title, stored.quantity, stored.pages = row.title, row.quantity, row.page_count
        stored.position = position
        hand.wrote(stored)
        stored.save()
        row.pk = stored.pk
    for gone in known.values():
        removed.remove(hand.report, hand.user, gone)
