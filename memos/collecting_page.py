"""What the pages of collecting show of a row: its words, files and links, what stands in the table, and who wrote what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from memos import collecting, collecting_rows, collecting_words
from memos.collecting_filling import Filled, Typed
from memos.collecting_rows import TableRow
from memos.collecting_words import Words
from memos.models import (
    CollectedEntry,
    CollectedFile,
    CollectedLink,
    CollectedRow,
    Collection,
    MainWebsite,
    Report,
)


@dataclass(frozen=True)
class ShownLink:
    """``link`` is None until the worker was asked to look."""

    url: str
    link: CollectedLink | None
    elsewhere: bool


@dataclass(frozen=True)
class Cell:
    """A cell that is to be written: ``now`` is what stands in it, ``text`` what would."""

    field: str
    label: str
    now: str
    text: str

    @property
    def replaces(self) -> bool:
        return bool(self.now.strip()) and self.now != self.text


@dataclass
class ShownRow:
    """One row of a unit. ``words`` are those to show in its boxes: as typed where they could not be stored."""

    row: CollectedRow
    place: TableRow
    words: Words
    files: list[CollectedFile] = field(default_factory=list)
    links: list[ShownLink] = field(default_factory=list)
    faults: Mapping[str, str] = field(default_factory=dict)
    theirs: Words | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.row.row

    @property
    def asks_result(self) -> str:
        return self.place.fields.get("result", "")

    @property
    def asks_outcome(self) -> str:
        return self.place.fields.get("outcome", "")

    @property
    def link_lines(self) -> str:
        return "\n".join(self.words.links)

    @property
    def is_open(self) -> bool:
        return self.row.is_the_units and self.row.collection.report.is_open

    @property
    def cells(self) -> list[Cell]:
        names = [file.name for file in self.files]
        texts = collecting_words.cells(self.words, self.place.fields, names, self.place.cells)
        return [
            Cell(name, self.place.fields[name], str(self.place.cells.get(name, "") or ""), text)
            for name, text in texts.items()
        ]


def rows(
    found: Collection, typed: Mapping[str, Typed] | None = None, filled: Filled | None = None
) -> list[ShownRow]:
    """The unit's rows in the order of the paper. Ten queries, whatever the number of rows."""
    report = found.report
    stored = {row.row: row for row in found.rows.select_related("collection__report", "written_by")}
    places = [place for place in collecting_rows.of(report) if place.name in stored]
    shown = [ShownRow(stored[place.name], place, Words.of(stored[place.name].draft)) for place in places]
    _add_files_and_links(report, shown)
    for one in shown:
        if filled is not None:
            one.faults = filled.faults.get(one.name, {})
            one.theirs = filled.conflicts.get(one.name)
        if typed is not None and (one.faults or one.theirs) and one.name in typed:
            one.words = typed[one.name].words
    return shown


def _add_files_and_links(report: Report, shown: Sequence[ShownRow]) -> None:
    numbers = {pk for one in shown for pk in one.words.files}
    files = CollectedFile.objects.of(report.organisation_id).filter(report=report, pk__in=numbers)
    by_pk = {file.pk: file for file in files.select_related("file")}
    links = {
        link.url: link for link in CollectedLink.objects.of(report.organisation_id).filter(report=report)
    }
    own = own_host(report)
    for one in shown:
        one.files = [by_pk[pk] for pk in one.words.files if pk in by_pk]
        one.links = [
            ShownLink(url, links.get(url), collecting_words.is_elsewhere(url, own)) for url in one.words.links
        ]


def taken_files(report: Report) -> list[CollectedFile]:
    """The files of rows that were taken into the table, for whoever reads the report. One query; two where there are any."""
    taken = collecting.rows_of(report).filter(standing=CollectedRow.Standing.ACCEPTED).order_by("pk")
    numbers = [pk for draft in taken.values_list("draft", flat=True) for pk in Words.of(draft).files]
    if not numbers:
        return []
    files = CollectedFile.objects.of(report.organisation_id).filter(report=report, pk__in=numbers)
    return list(files.select_related("unit").order_by("pk"))


def own_host(report: Report) -> str:
    """The main website's host; "" where the administrator has not said it."""
    rows = MainWebsite.objects.of(report.organisation_id)
    return rows.values_list("host", flat=True).first() or ""


# --- who wrote what


@dataclass(frozen=True)
class ShownEntry:
    """``words`` is None where the text is still the unit's own draft."""

    entry: CollectedEntry
    words: Words | None


@dataclass(frozen=True)
class RowHistory:
    title: str
    entries: list[ShownEntry]


def histories(report: Report, unit_id: int, known: Mapping[str, TableRow]) -> list[RowHistory]:
    """What was done with every row that the unit has or had, by row, in order. One query.

    Drafts are shown from the moment that something later was sent, or that the row was taken.
    """
    rows = CollectedEntry.objects.of(report.organisation_id).filter(report=report)
    mine = rows.filter(unit=unit_id).values("row")
    by_row: dict[str, list[CollectedEntry]] = {}
    for entry in rows.filter(row__in=mine).select_related("by", "unit").order_by("pk"):
        by_row.setdefault(entry.row, []).append(entry)
    order = {name: number for number, name in enumerate(known)}
    return [
        RowHistory(known[name].spoken if name in known else _("แถวที่ลบออกจากตารางแล้ว"), list(_told(entries)))
        for name, entries in sorted(by_row.items(), key=lambda pair: order.get(pair[0], len(order)))
    ]


def _told(entries: Sequence[CollectedEntry]) -> Iterable[ShownEntry]:
    kinds = CollectedEntry.Kind
    last = max((n for n, one in enumerate(entries) if one.kind in (kinds.SENT, kinds.TAKEN)), default=-1)
    for number, entry in enumerate(entries):
        own_draft = entry.kind == kinds.SAVED and number > last
        words = None if own_draft or not entry.content else Words.of(entry.content)
        yield ShownEntry(entry, words)


def assigned(report: Report) -> dict[str, CollectedRow]:
    return {row.row: row for row in collecting.rows_of(report).select_related("collection__unit")}
