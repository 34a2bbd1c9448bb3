"""What frozen content says, as values that any Word template can be filled with. Prepared once per content.

Printing, escaping and measuring text costs more than joining it, and content never changes: the values of one content
object are kept as long as it is in use. Pure, like documents.py.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ita_core import thai
from memos.docx import GroupValues, Row, TableValues, Value, printed_lines
from memos.docx.cells import Cell, ColumnCells, Line, cells_of
from memos.docx.tables import Merge
from memos.docx.widths import longest_heading_word
from memos.frozen import Column, Enclosure, FrozenContent, Measure, Section

ValueT = TypeVar("ValueT")
_KEPT = 16  # contents; those of a day's approvals come in again and again


@dataclass(frozen=True, eq=False, slots=True)
class _Same:
    """A content as a key by identity: it holds mappings, so it has no hash of its own."""

    content: FrozenContent

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.content is self.content


class _OncePerContent(Generic[ValueT]):
    """A function of a content whose results are kept beside the content itself."""

    def __init__(self, function: Callable[[FrozenContent], ValueT]) -> None:
        self._kept = functools.lru_cache(maxsize=_KEPT)(lambda same: function(same.content))
        functools.update_wrapper(self, function)

    def __call__(self, content: FrozenContent) -> ValueT:
        return self._kept(_Same(content))


# --- the memo


@_OncePerContent
def memo_head(content: FrozenContent) -> Mapping[str, Value]:
    """The values of the memo's head and body, without its number."""
    head = content.memo
    return {
        "ชั้นความเร็ว": text(head.speed),
        "ชั้นความลับ": text(head.secrecy),
        "ส่วนราชการ": text(head.office),
        "วันที่": day(head.date),
        "เรื่อง": text(head.subject),
        "เรียน": each(head.recipients),
        "ผ่าน": each(head.via),
        "อ้างถึง": _numbered(head.references),
        "สิ่งที่ส่งมาด้วย": _numbered([_enclosure(enclosure) for enclosure in head.enclosures]),
        "เนื้อความ": paragraphs(head.body),
    }


def _enclosure(enclosure: Enclosure) -> str:
    """Words of the paper, Thai in every language of the pages."""
    words = enclosure.title
    if enclosure.quantity:
        words += f" จำนวน {enclosure.quantity}"
    if enclosure.pages is not None:
        words += f" ({enclosure.pages} หน้า)"
    return words


# --- the measure table


@_OncePerContent
def cover(content: FrozenContent) -> tuple[GroupValues, ...]:
    """The cover, or nothing. An empty line parts the heading from the authority's name."""
    lines = content.report.cover
    if not any(line.strip() for line in lines):
        return ()
    parted = next((index for index, line in enumerate(lines) if index and not line.strip()), len(lines))
    values: dict[str, Value] = {"ปก": each(lines[:parted]), "ปกหน่วยงาน": each(lines[parted:])}
    return (GroupValues(values, landscape=False),)


@_OncePerContent
def sections(content: FrozenContent) -> tuple[GroupValues, ...]:
    """Every section with its table. A group bears no title; what has only groups has no table of its own."""
    title = each(content.report.title)
    return tuple(
        GroupValues(
            {
                "ชื่อรายงาน": [] if section.is_group and place else title,
                "หัวข้อส่วน": paragraphs(section.heading),
                "คำนำ": paragraphs(section.preamble),
                "คำลงท้าย": paragraphs(closing),
            },
            table,
            section.form.orientation == "landscape",
        )
        for place, (section, closing, table) in enumerate(_parts(content.sections))
    )


def _parts(all_sections: Sequence[Section]) -> Iterator[tuple[Section, str, TableValues | None]]:
    """(section, what stands behind its table, the table). Words that close a section without table close its groups."""
    pending = ""
    for section, following in zip(all_sections, [*all_sections[1:], None], strict=False):
        has_groups = following is not None and following.is_group
        if not section.is_group:
            pending = ""
        closing, table = section.closing, None
        if has_groups and not section.is_group and not section.measures:
            pending, closing = closing, ""
        else:
            table = _table(section)
        if pending and not has_groups:
            closing, pending = f"{closing}\n{pending}", ""
        yield section, closing, table


def _table(section: Section) -> TableValues:
    columns = section.form.columns
    own = [column.level != "activity" for column in columns]
    texts: list[str] = []
    spans: list[tuple[Merge, int, int]] = []
    shown = list(zip([column.fields for column in columns], own, strict=True))
    for measure in section.measures:
        _read_measure(shown, measure, texts, spans)
    cells = cells_of(texts)
    rows = [Row(span, cells[start:end]) for span, start, end in spans]
    headings, groups, widest = _headings(columns)
    return TableValues(
        headings=headings,
        groups=groups,
        shares=[column.width for column in columns],
        own=own,
        rows=rows,
        widest_headings=widest,
        columns=[ColumnCells(cells) for cells in _by_column(own, rows)],
    )


def _read_measure(
    columns: Sequence[tuple[Sequence[str], bool]],
    measure: Measure,
    texts: list[str],
    spans: list[tuple[Merge, int, int]],
) -> None:
    """One row per activity; the measure's own cells span them all. A measure without activities has one row.

    `columns` are (the fields shown, whether they are the measure's own); `spans` gets (how the row stands in the span,
    where its texts begin, where they end).
    """
    own = measure.cells
    activities = [activity.cells for activity in measure.activities] or [{}]
    for index, activity in enumerate(activities):
        before = len(texts)
        texts += [
            cells.get(fields[0], "") if len(fields) == 1 else "\n".join(filter(None, map(cells.get, fields)))
            for fields, is_own in columns
            if not (index and is_own)
            for cells in (own if is_own else activity,)
        ]
        span: Merge = "" if len(activities) == 1 else "continue" if index else "restart"
        spans.append((span, before, len(texts)))


@functools.lru_cache(maxsize=64)
def _headings(columns: tuple[Column, ...]) -> tuple[list[Cell], list[Cell], list[int]]:
    """(headings, groups, the widest word of each) of a form, which serves many reports."""
    headings = _centred([column.heading for column in columns])
    widest = [longest_heading_word("\n".join(printed_lines(column.heading))) for column in columns]
    return headings, _centred([column.group for column in columns]), widest


def _centred(words: Sequence[str]) -> list[Cell]:
    """Headings stand in the middle, so that no line of theirs hangs."""
    return [
        cell if isinstance(cell, str) else tuple(Line(line.words, line.is_plain) for line in cell)
        for cell in cells_of(words)
    ]


def _by_column(own: Sequence[bool], rows: Sequence[Row]) -> list[list[Cell]]:
    columns: list[list[Cell]] = [[] for _column in own]
    whole, shared = columns, [cells for cells, is_own in zip(columns, own, strict=True) if not is_own]
    for row in rows:
        for cells, cell in zip(shared if row.span == "continue" else whole, row.cells, strict=True):
            cells.append(cell)
    return columns


# --- text in lines


def text(value: str) -> list[str]:
    return printed_lines(value) if value.strip() else []


def each(values: Sequence[str]) -> list[str]:
    return [line for value in values for line in text(value)]


def paragraphs(value: str) -> list[str]:
    """Every line that says something: on paper the style sets paragraphs apart, not an empty line."""
    return [line for line in printed_lines(value) if line.strip()]


def day(value: date | None) -> list[str]:
    return [thai.ThaiDate(value).long] if value else []


def _numbered(values: Sequence[str]) -> list[str]:
    """Several entries are counted, a single one is not."""
    entries = [value for value in values if value.strip()]
    if len(entries) == 1:
        return text(entries[0])
    return [" ".join(text(f"{number}. {value}")) for number, value in enumerate(entries, 1)]
