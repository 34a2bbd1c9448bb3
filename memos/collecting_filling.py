"""A unit fills in its rows: drafts of its own, files, links; then it sends them. It sees nothing else of the report."""

from __future__ import annotations

import contextlib
from collections.abc import Collection as Those
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ita_core import language, outbox, telling
from ita_core.membership import Membership
from ita_core.models import User
from memos import (
    archive,
    collecting,
    collecting_files,
    collecting_people,
    collecting_rows,
    collecting_words,
    editing,
)
from memos.collecting_words import Words
from memos.models import CollectedEntry, CollectedFile, CollectedLink, CollectedRow, Collection, Report

CHECK = "collected-link"
"""The outbox's kind for looking whether a link answers; its handler stands where things may be fetched."""


@dataclass(frozen=True)
class Typed:
    """What a form brought for one row. ``words.files`` means nothing here: files come as ``uploads`` and go by ``drops``."""

    words: Words
    turn: int
    uploads: Sequence[tuple[str, bytes]] = ()
    drops: Those[int] = ()


@dataclass
class Filled:
    """By row: what could not be stored, by box; what somebody else of the unit wrote meanwhile; and what was typed for
    rows that are not the unit's to write any more.
    """

    saved: set[str] = field(default_factory=set)
    faults: dict[str, dict[str, str]] = field(default_factory=dict)
    conflicts: dict[str, Words] = field(default_factory=dict)
    lost: dict[str, Words] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not (self.faults or self.conflicts or self.lost)


def closed_sentence() -> str:
    return _("ปิดรับผลแล้ว เพราะผู้จัดทำเสนอรายงานนี้ไปแล้วหรือเรื่องสิ้นสุดแล้ว หากต้องแก้ไข โปรดติดต่อผู้จัดทำ")


def check_may_fill(membership: Membership, unit_id: int) -> None:
    """Whoever has a post in the unit today, or in one below it."""
    if unit_id not in collecting_people.units_of(membership):
        raise PermissionDenied(_("เฉพาะผู้มีตำแหน่งในกองนี้เท่านั้นที่กรอกผลของกองได้"))


@contextlib.contextmanager
def held(membership: Membership, report_id: int, unit_id: int) -> Iterator[Collection]:
    """The unit's part, with the report locked and open. Http404, PermissionDenied, editing.Closed."""
    with transaction.atomic():
        rows = Report.objects.of(membership.organisation).filter(pk=report_id)
        if rows.select_for_update().values_list("pk", flat=True).first() is None:
            raise Http404
        found = collecting.of_unit(rows.select_related("organisation", "drafter").get(), unit_id)
        check_may_fill(membership, unit_id)
        if not found.report.is_open:
            raise editing.Closed(closed_sentence())
        yield found


def save(membership: Membership, report_id: int, unit_id: int, typed: Mapping[str, Typed]) -> Filled:
    """Row by row: one that cannot be stored keeps no other from being."""
    filled = Filled()
    with held(membership, report_id, unit_id) as found:
        there = {row.row: row for row in collecting.living(found.rows.all())}
        for name, one in typed.items():
            row = there.get(name)
            if row is not None and row.is_the_units:
                _save_row(found, row, one, membership.user, filled)
            elif (row is None and not one.words.is_empty) or (row and _says_other(row, one)):
                filled.lost[name] = one.words
    return filled


def _says_other(row: CollectedRow, typed: Typed) -> bool:
    before = Words.of(row.draft)
    return replace(typed.words, files=before.files) != before


def _save_row(found: Collection, row: CollectedRow, typed: Typed, user: User, filled: Filled) -> None:
    before = Words.of(row.draft)
    words = replace(typed.words, files=before.files)
    faults = collecting_words.faults(words)
    if typed.turn != row.turn and not faults and words != before:
        filled.conflicts[row.row] = before
    texts = before if faults or row.row in filled.conflicts else words
    files, fault = _files(found, row, before.files, typed, user)
    if fault:
        faults["files"] = fault
    if faults:
        filled.faults[row.row] = faults
    after = replace(texts, files=files)
    if after == before:
        return
    row.draft, row.turn = after.to_json(), row.turn + 1
    row.written_by, row.written_at = user, timezone.now()
    row.save(update_fields=["draft", "turn", "written_by", "written_at"])
    collecting.log(found.report, found.unit_id, row.row, CollectedEntry.Kind.SAVED, user, content=row.draft)
    _want_links(found.report, after.links)
    filled.saved.add(row.row)


def _files(
    found: Collection, row: CollectedRow, before: Sequence[int], typed: Typed, user: User
) -> tuple[tuple[int, ...], str]:
    """The row's files after this form, and the sentence about the first that was not taken."""
    rows = CollectedFile.objects.of(found.organisation_id).filter(report=found.report, row=row.row)
    rows.filter(pk__in=[pk for pk in typed.drops if pk in before]).update(removed_at=timezone.now())
    kept = [pk for pk in before if pk not in typed.drops]
    fault = ""
    for name, data in typed.uploads:
        try:
            ending = collecting_files.ending_of(data)
        except collecting_files.NotTaken as refused:
            fault = fault or _(refused.sentence) % {"name": name[:80]}
            continue
        if len(kept) >= collecting_words.MOST_FILES:
            fault = fault or collecting_words.too_many_files()
            continue
        made = CollectedFile(
            report=found.report,
            unit=found.unit,
            row=row.row,
            file=archive.store(found.organisation, data),
            name=collecting_files.name_with(name, ending),
            ending=ending,
            added_by=user,
        )
        made.save()
        kept.append(made.pk)
    return tuple(kept), fault


def _want_links(report: Report, links: Sequence[str], again: bool = False) -> None:
    for url in links:
        link, made = CollectedLink.objects.of(report.organisation_id).get_or_create(report=report, url=url)
        if made or again:
            payload = {"organisation": report.organisation_id, "link": link.pk}
            outbox.want(CHECK, str(link.pk), payload, again=again)


def send(membership: Membership, report_id: int, unit_id: int) -> dict[str, dict[str, str]]:
    """Every open row, as it is stored; by row and box what is missing: then nothing is sent.

    NotSaved when nothing is left to send.
    """
    with held(membership, report_id, unit_id) as found:
        known = _fields(found.report)
        rows = [row for row in collecting.living(found.rows.all()) if row.is_the_units and row.row in known]
        missing = {row.row: collecting_words.missing(Words.of(row.draft), known[row.row]) for row in rows}
        missing = {row: faults for row, faults in missing.items() if faults}
        if missing:
            return missing
        if not rows:
            raise editing.NotSaved(_("กองนี้ส่งครบทุกแถวแล้ว"))
        for row in rows:
            row.standing, row.reason = CollectedRow.Standing.SENT, ""
            row.save(update_fields=["standing", "reason"])
            collecting.log(
                found.report,
                found.unit_id,
                row.row,
                CollectedEntry.Kind.SENT,
                membership.user,
                content=row.draft,
            )
            _want_links(found.report, Words.of(row.draft).links, again=True)
        collecting.settle(found.report)
        _tell_drafters(found, len(rows))
    return {}


def _fields(report: Report) -> dict[str, Those[str]]:
    return {row.name: row.fields for row in collecting_rows.of(report)}


def _tell_drafters(found: Collection, count: int) -> None:
    report = found.report
    others = User.objects.filter(pk__in=report.co_drafters.values("user"))
    turn = CollectedEntry.objects.of(report.organisation_id).filter(report=report).count()
    with translation.override("th"):
        telling.tell(
            report.organisation,
            collecting.KIND,
            [report.drafter, *others],
            key=f"collecting-{report.pk}-{found.unit_id}{collecting.SENT}{turn}",
            title=_("%(unit)sส่งผลการดำเนินการแล้ว") % {"unit": found.unit.name},
            text=_("รอท่านรับผล %(n)s รายการ") % {"n": language.shown(count)},
            path=collecting.review_path(report, found.unit_id),
        )
