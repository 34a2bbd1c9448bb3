"""What changed from one frozen content to another: cells by their words, rows that came, went or were moved.

Frozen rows carry no numbers, so they are found again by likeness (aligning.py): a row that moved is not told as one that
was deleted and another that was added. Places are written as ``memo.subject``, ``memo.body.<line>``, ``s<i>.heading``,
``s<i>.m<j>.<field>``, ``s<i>.m<j>.a<k>.<field>``, counted from 0.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ita_core import thai
from memos import words
from memos.aligning import Row, aligned, alike, out_of_order
from memos.frozen import Activity, Enclosure, FrozenContent, Measure, MemoHead, Section
from memos.words import Piece

Level = Literal["paragraph", "section", "measure", "activity"]
# A row that went to another table or under another measure must be very like to be called the same.
_ELSEWHERE = 0.7


@dataclass(frozen=True)
class Change:
    """A text that reads otherwise. ``place`` is where it stands now, ``was_place`` where it stood."""

    place: str
    was_place: str
    was: str
    now: str

    @functools.cached_property
    def pieces(self) -> list[Piece]:
        return words.pieces(self.was, self.now)


@dataclass(frozen=True)
class RowChange:
    """``form``: the table has other columns. ``place`` of a removed row is the one it had; ``text`` what it says."""

    kind: Literal["added", "removed", "moved", "form"]
    level: Level
    place: str
    was_place: str
    text: str


@dataclass(frozen=True)
class Changes:
    """``facts`` that are no texts: ``years``, ``organisation``, ``templates``."""

    cells: tuple[Change, ...]
    rows: tuple[RowChange, ...]
    facts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.cells) + len(self.rows) + len(self.facts)


def compare(old: FrozenContent, new: FrozenContent) -> Changes:
    """Nothing exactly when both say the same; in the order of the paper, what is gone behind what is there."""
    found = _Comparing()
    if old != new:
        found.memo(old, new)
        found.tables(old, new)
    return Changes(tuple(found.cells), tuple(found.rows), tuple(_facts(old, new)))


def _facts(old: FrozenContent, new: FrozenContent) -> Iterator[str]:
    years = [
        (c.report.fiscal_year, c.report.assessed_year, c.report.filed_year, c.report.item, c.report.period)
        for c in (old, new)
    ]
    if years[0] != years[1]:
        yield "years"
    if old.organisation != new.organisation:
        yield "organisation"
    if old.templates != new.templates:
        yield "templates"


def head_texts(memo: MemoHead) -> dict[str, str]:
    """The memo's head by its fields, each as text; what has several lines is written in lines."""
    return {
        "secrecy": memo.secrecy,
        "speed": memo.speed,
        "office": memo.office,
        "number_prefix": memo.number_prefix,
        "date": thai.ThaiDate(memo.date).long_data if memo.date else "",
        "subject": memo.subject,
        "recipients": "\n".join(memo.recipients),
        "via": "\n".join(memo.via),
        "references": "\n".join(memo.references),
        "enclosures": "\n".join(_enclosure(one) for one in memo.enclosures),
    }


def _enclosure(one: Enclosure) -> str:
    pages = f"({one.pages} หน้า)" if one.pages is not None else ""  # as on paper, which is Thai
    return " ".join(part for part in (one.title, one.quantity, pages) if part)


@dataclass(frozen=True)
class _Same:
    """One row in both contents."""

    was_place: str
    place: str
    was: Any
    now: Any


@dataclass
class _Level:
    """The rows of one level: those found again, and where a row came, went or was moved."""

    same: list[_Same]
    moved: set[str]
    added: dict[str, Any]
    removed: dict[str, Any]


class _Comparing:
    """Collects what differs while it walks through two contents."""

    def __init__(self) -> None:
        self.cells: list[Change] = []
        self.rows: list[RowChange] = []

    def text(self, was_place: str, place: str, was: str, now: str) -> None:
        if was != now:
            self.cells.append(Change(place, was_place, was, now))

    def memo(self, old: FrozenContent, new: FrozenContent) -> None:
        before, after = head_texts(old.memo), head_texts(new.memo)
        for field, now in after.items():
            self.text(f"memo.{field}", f"memo.{field}", before[field], now)
        lines = _level([_Same("memo", "memo", old.memo, new.memo)], {}, {}, _paragraphs, _line_row)
        for line in lines.same:
            self.text(line.was_place, line.place, line.was, line.now)
        self._tell("paragraph", lines, _line_row)
        for field in ("title", "cover"):
            was, now = ("\n".join(getattr(content.report, field)) for content in (old, new))
            self.text(f"report.{field}", f"report.{field}", was, now)

    def tables(self, old: FrozenContent, new: FrozenContent) -> None:
        sections = _level([_Same("", "", old, new)], {}, {}, _sections, _section_row)
        measures = _level(sections.same, sections.removed, sections.added, _measures, _measure_row)
        activities = _level(measures.same, measures.removed, measures.added, _activities, _activity_row)
        for section in sections.same:
            for field in ("heading", "preamble", "closing"):
                was, now = getattr(section.was, field), getattr(section.now, field)
                self.text(f"{section.was_place}.{field}", f"{section.place}.{field}", was, now)
            if (section.was.form, section.was.is_group) != (section.now.form, section.now.is_group):
                self.rows.append(RowChange("form", "section", section.place, section.was_place, ""))
        for row in (*measures.same, *activities.same):
            self._cells(row)
        self._tell("section", sections, _section_row)
        # What stands in a table, or under a measure, that came or went itself came and went with it.
        self._tell("measure", measures, _measure_row, within=sections)
        self._tell("activity", activities, _activity_row, within=measures)
        self.cells.sort(key=lambda change: (_order(change.place), _column(change.place, new)))
        self.rows.sort(key=lambda change: _order(change.place))

    def _cells(self, row: _Same) -> None:
        old, new = row.was.cells, row.now.cells
        for field in [*new, *(field for field in old if field not in new)]:
            self.text(
                f"{row.was_place}.{field}", f"{row.place}.{field}", old.get(field, ""), new.get(field, "")
            )

    def _tell(self, level: Level, rows: _Level, as_row: _AsRow, within: _Level | None = None) -> None:
        for row in rows.same:
            if row.place in rows.moved:
                self.rows.append(RowChange("moved", level, row.place, row.was_place, as_row(row.now).text))
        for place, added in rows.added.items():
            if within is None or _above(place) not in within.added:
                self.rows.append(RowChange("added", level, place, "", as_row(added).text))
        for place, removed in rows.removed.items():
            if within is None or _above(place) not in within.removed:
                self.rows.append(RowChange("removed", level, place, place, as_row(removed).text))


_AsRow = Callable[[Any], Row]
_Children = Callable[[Any, str], dict[str, Any]]


def _level(
    parents: Sequence[_Same],
    gone: Mapping[str, Any],
    come: Mapping[str, Any],
    children: _Children,
    as_row: _AsRow,
) -> _Level:
    """The rows under each parent, then those that went under another one; ``gone`` and ``come`` are parents in one only."""
    level = _Level([], set(), {}, {})
    for parent in parents:
        old, new = children(parent.was, parent.was_place), children(parent.now, parent.place)
        was, now = list(old), list(new)
        pairs = aligned([as_row(row) for row in old.values()], [as_row(row) for row in new.values()])
        moved = out_of_order([i for i, _j in pairs])
        level.same += [_Same(was[i], now[j], old[was[i]], new[now[j]]) for i, j in pairs]
        level.moved |= {now[j] for i, j in pairs if i in moved}
        taken_old, taken_new = {i for i, _j in pairs}, {j for _i, j in pairs}
        level.removed |= {place: old[place] for i, place in enumerate(was) if i not in taken_old}
        level.added |= {place: new[place] for j, place in enumerate(now) if j not in taken_new}
    for rows, left in ((gone, level.removed), (come, level.added)):
        for place, parent_alone in rows.items():
            left.update(children(parent_alone, place))
    _find_elsewhere(level, as_row)
    return level


def _find_elsewhere(level: _Level, as_row: _AsRow) -> None:
    was, now = list(level.removed), list(level.added)
    before, after = ([as_row(row) for row in left.values()] for left in (level.removed, level.added))
    for i, j in alike(before, after, _ELSEWHERE):
        if was[i] in level.removed and now[j] in level.added:
            level.same.append(_Same(was[i], now[j], level.removed.pop(was[i]), level.added.pop(now[j])))
            level.moved.add(now[j])


def _paragraphs(memo: MemoHead, place: str) -> dict[str, str]:
    """Lines that show nothing are passed over."""
    return {f"{place}.body.{n}": line for n, line in enumerate(memo.body.split("\n")) if line.strip()}


def _sections(content: FrozenContent, _place: str) -> dict[str, Section]:
    return {f"s{n}": section for n, section in enumerate(content.sections)}


def _measures(section: Section, place: str) -> dict[str, Measure]:
    return {f"{place}.m{n}": measure for n, measure in enumerate(section.measures)}


def _activities(measure: Measure, place: str) -> dict[str, Activity]:
    return {f"{place}.a{n}": activity for n, activity in enumerate(measure.activities)}


def _line_row(line: str) -> Row:
    return Row(line, "", line)


def _section_row(section: Section) -> Row:
    rows = [_measure_row(measure) for measure in section.measures]
    text = "\n".join([section.heading, section.preamble, *(row.text for row in rows), section.closing])
    around = (section.heading, section.preamble, section.closing, section.form.slug)
    return Row((around, tuple(row.whole for row in rows)), section.heading, text)


def _measure_row(measure: Measure) -> Row:
    rows = [_activity_row(activity) for activity in measure.activities]
    own = "\n".join(text for text in measure.cells.values() if text)
    text = "\n".join([own, *(row.text for row in rows)])
    return Row((_cells(measure.cells), tuple(row.whole for row in rows)), own, text.strip())


def _activity_row(activity: Activity) -> Row:
    return Row(_cells(activity.cells), "", "\n".join(text for text in activity.cells.values() if text))


def _cells(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cells.items()))


def _above(place: str) -> str:
    return place.rpartition(".")[0]


def _order(place: str) -> tuple[int, ...]:
    """In the order of the paper: the memo and the report's title first, a row before its activities."""
    numbers = [int(part[1:]) for part in place.split(".") if _NUMBERED.fullmatch(part)]
    if place.endswith(".closing") and len(numbers) == 1:
        numbers.append(_BEHIND_EVERY_ROW)
    return (len(numbers) > 0, *numbers)


def _column(place: str, content: FrozenContent) -> int:
    """Which column of its table a cell stands in; what is no cell of a known column comes first."""
    section, _dot, field = place.partition(".")[0], *place.rpartition(".")[1:]
    if not _NUMBERED.fullmatch(section):
        return 0
    fields = [key for column in content.sections[int(section[1:])].form.columns for key in column.fields]
    return fields.index(field) + 1 if field in fields else 0


_BEHIND_EVERY_ROW = 10**6
_NUMBERED = re.compile("[sma][0-9]+")
