"""The drafter takes what units sent into the table, by the same hand as every other edit, or hands it back with a reason."""

from __future__ import annotations

import contextlib
from collections.abc import Collection as Those
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.membership import Membership
from ita_core.unprintable import is_blank
from memos import collecting, collecting_rows, collecting_words, editing, live, live_cells
from memos.collecting_rows import TableRow
from memos.collecting_words import Words
from memos.fields import normalised
from memos.live_rows import Hand
from memos.models import CollectedEntry, CollectedFile, CollectedRow, Report


def check_may_collect(membership: Membership, report: Report) -> None:
    """Whoever writes the report; what came stays his to read when it is closed. PermissionDenied."""
    with contextlib.suppress(editing.Closed):
        editing.check_may_edit(membership, report)


@dataclass
class Taken:
    """``problems``: by row why it was not taken; nothing of that row was."""

    taken: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


class _NotThisRow(Exception):
    pass


def accept(
    membership: Membership,
    report_id: int,
    unit_id: int,
    chosen: Those[str],
    was: Mapping[tuple[str, str], str],
) -> Taken:
    """The chosen rows' words go into their cells. ``was``: (row, field) → what the page showed in the cell, and for the
    field "turn" which of the unit's words it showed.

    A cell that somebody wrote in since is not overwritten: that row stays sent, and the page shows both.
    """
    done = Taken()
    with editing.held(membership, report_id) as report:
        rows = _sent(report, unit_id, chosen)
        known, files = collecting_rows.by_name(report), file_names(report, rows)
        before = report.revision
        report.revision += 1
        hand = Hand(report, membership.user, since=before)
        for row in rows:
            try:
                with transaction.atomic():
                    _take(hand, row, known.get(row.row), files, was)
            except _NotThisRow as problem:
                done.problems[row.row] = str(problem)
            else:
                done.taken.append(row.row)
        if done.taken:
            report.save(update_fields=["revision", "updated_at"])
            collecting.settle(report)
        else:
            report.revision = before
    return done


def _sent(report: Report, unit_id: int, chosen: Those[str]) -> list[CollectedRow]:
    """NotSaved when none of them is there to be taken."""
    collection = collecting.of_unit(report, unit_id)
    rows = collecting.rows_of(report).filter(
        collection=collection, row__in=list(chosen), standing=CollectedRow.Standing.SENT
    )
    found = collecting.living(rows.order_by("pk"))
    if not found:
        raise editing.NotSaved(_("โปรดเลือกแถวที่กองส่งมาแล้ว"))
    return found


def _take(
    hand: Hand,
    row: CollectedRow,
    place: TableRow | None,
    files: Mapping[int, str],
    was: Mapping[tuple[str, str], str],
) -> None:
    if place is None:
        raise _NotThisRow(_("แถวนี้ถูกลบไปแล้ว"))
    if was.get((row.row, "turn"), str(row.turn)) != str(row.turn):
        raise _NotThisRow(_("กองส่งข้อความใหม่หลังจากที่ท่านเปิดหน้านี้ โปรดอ่านข้อความล่าสุดด้านล่าง แล้วรับผลอีกครั้ง"))
    words = Words.of(row.draft)
    names = [files[pk] for pk in words.files if pk in files]
    texts = collecting_words.cells(words, place.fields, names, place.cells)
    told = live.Told()
    cells = [
        live.Cell(row.row, name, was.get((row.row, name), ""), text)
        for name, text in texts.items()
        if not is_blank(text)
    ]
    live_cells.save(hand, cells, told)
    if told.conflicts:
        raise _NotThisRow(
            _("มีผู้แก้ไขช่องในตารางหลังจากท่านเปิดหน้านี้ โปรดดูข้อความล่าสุดด้านล่าง แล้วรับผลอีกครั้งหากต้องการแทนที่")
        )
    if told.faults or told.gone:
        raise _NotThisRow(next((one["sentence"] for one in told.faults), _("แถวนี้ถูกลบไปแล้ว")))
    row.standing, row.reason = CollectedRow.Standing.ACCEPTED, ""
    row.save(update_fields=["standing", "reason"])
    kind = CollectedEntry.Kind.ACCEPTED
    collecting.log(hand.report, row.collection.unit_id, row.row, kind, hand.user, content=row.draft)


def hand_back(membership: Membership, report_id: int, unit_id: int, chosen: Those[str], reason: str) -> int:
    """To the unit, with a reason that it reads; how many rows. NotSaved without a reason or without a row."""
    reason = normalised(reason)
    if is_blank(reason):
        raise editing.NotSaved(_("โปรดบอกเหตุผลที่ส่งคืน เพื่อให้กองแก้ไขได้ถูกจุด"))
    if problem := thai.problem_in(reason):
        raise editing.NotSaved(problem)
    with editing.held(membership, report_id) as report:
        rows = _sent(report, unit_id, chosen)
        for row in rows:
            row.standing, row.reason = CollectedRow.Standing.HANDED_BACK, reason
            row.save(update_fields=["standing", "reason"])
            collecting.log(
                report,
                unit_id,
                row.row,
                CollectedEntry.Kind.HANDED_BACK,
                membership.user,
                content=row.draft,
                reason=reason,
            )
        collecting.settle(report)
        unit = rows[0].collection.unit
        turn = CollectedEntry.objects.of(report.organisation_id).filter(report=report).count()
        with translation.override("th"):
            title = _("ผลการดำเนินการของ%(unit)sถูกส่งคืนให้แก้ไข") % {"unit": unit.name}
            collecting.tell_unit(report, unit, f"handed-back-{turn}", title, reason)
    return len(rows)


def file_names(report: Report, rows: Sequence[CollectedRow]) -> dict[int, str]:
    """Names of the files that stand in these rows. One query."""
    numbers = [pk for row in rows for pk in Words.of(row.draft).files]
    files = CollectedFile.objects.of(report.organisation_id).filter(report=report, pk__in=numbers)
    return dict(files.values_list("pk", "name"))
