"""The measure table: one prototype cell per row kind, repeated for the form's columns and the section's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias
from xml.sax.saxutils import unescape

from memos.docx.cells import Cell, ColumnCells
from memos.docx.headings import Headed, columns_for
from memos.docx.heights import ANY_NUMBER, broken_freely, is_repeated, is_short, kept_whole, letters_on_a_line
from memos.docx.text import CLOSING, RunStyle, escaped_runs
from memos.docx.widths import MOST_OF_THAI, PADDING, shared_out

Merge: TypeAlias = Literal["", "restart", "continue"]
_MERGES: dict[Merge, str] = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
_MOST_OPENINGS = 1000


class Row(NamedTuple):
    """A row that begins the span of the measure's own cells, goes on under it (`cells` lacks them), or stands alone."""

    span: Merge
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class TableValues:
    """One section's table, ready for any template. All but `rows` have one entry for each column.

    `groups`: the heading above the column and its equal neighbours, or "". `shares`: relative widths; `own`: whether
    the cells are the measure's, which span its activities. `widest_headings`: their widest words, in 1/1000 em.
    """

    headings: Sequence[Cell]
    groups: Sequence[Cell]
    shares: Sequence[int]
    own: Sequence[bool]
    rows: Sequence[Row]
    widest_headings: Sequence[int]
    columns: Sequence[ColumnCells]


@dataclass(frozen=True)
class CellShape:
    """A prototype cell in pieces: up to its width, to its merge, to the paragraph, to the indent, to the words, the rest.

    `size` is the height of its letters in half-points.
    """

    to_width: str
    to_merge: str
    to_paragraph: str
    to_indent: str
    to_words: str
    after_words: str
    after_paragraph: str
    own_indent: str
    style: RunStyle
    size: int

    def before(self, width: int, merge: Merge = "", columns: int = 1) -> str:
        """What stands before the paragraphs of a cell; `after_paragraph` stands after them."""
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        return (
            f'{self.to_width}<w:tcW w:w="{width}" w:type="dxa"/>{span}{self.to_merge}{_MERGES[merge]}'
            f"{self.to_paragraph}"
        )

    @cached_property
    def opening(self) -> str:
        return f"{self.to_indent}{self.own_indent}{self.to_words}{self.style.opening}"

    @cached_property
    def closing(self) -> str:
        return CLOSING + self.after_words

    @cached_property
    def between(self) -> str:
        return self.closing + self.opening

    @cached_property
    def empty(self) -> str:
        return f"{self.to_indent}{self.own_indent}{self.to_words}{self.after_words}"

    @cached_property
    def openings(self) -> _Openings:
        return _Openings(self)

    def paragraphs(self, cells: Sequence[Cell]) -> list[str]:
        """The paragraphs of each cell. One call for many cells: a table has thousands, with little in each."""
        opening, closing, between, openings = self.opening, self.closing, self.between, self.openings
        filled = []
        for cell in cells:
            if isinstance(cell, str):
                words = cell.replace("\n", between) if "\n" in cell else cell
                filled.append(f"{opening}{words}{closing}" if words else self.empty)
                continue
            lines = [
                f"{openings[indent]}{words}{closing}" if is_plain else self._line(words, indent)
                for words, is_plain, indent in cell
            ]
            filled.append("".join(lines))
        return filled

    def _line(self, words: str, indent: tuple[int, int] | None) -> str:
        """A line that is empty, or holds underlining or tabs."""
        return (
            f"{self.to_indent}{self.indent(indent)}{self.to_words}{escaped_runs(words, self.style)}"
            f"{self.after_words}"
        )

    def indent(self, indent: tuple[int, int] | None) -> str:
        if indent is None:
            return self.own_indent
        left, hanging = indent
        return f'<w:ind w:left="{left * self.size // 100}" w:hanging="{hanging * self.size // 100}"/>'

    def needs(self, word: int) -> int:
        """The width of a cell that holds a word of this many 1/1000 em."""
        return word * self.size // 100 + PADDING


class _Openings(dict["tuple[int, int] | None", str]):
    """What stands before plain words, by the line's indent: there are few, and a table has many lines."""

    def __init__(self, shape: CellShape) -> None:
        super().__init__()
        self._shape = shape

    def __missing__(self, indent: tuple[int, int] | None) -> str:
        shape = self._shape
        opening = f"{shape.to_indent}{shape.indent(indent)}{shape.to_words}{shape.style.opening}"
        if len(self) < _MOST_OPENINGS:
            self[indent] = opening
        return opening


@dataclass(frozen=True, slots=True)
class RowShape:
    before: str
    cell: CellShape
    after: str

    def row(self, cells: Sequence[str]) -> str:
        return f"{self.before}{''.join(cells)}{self.after}"

    @property
    def broken_freely(self) -> RowShape:
        """The row that neither repeats nor stays on one page."""
        return replace(self, before=broken_freely(self.before))

    def pattern(self, befores: Sequence[str], filled: Sequence[bool], whole: bool) -> list[str]:
        """The row in pieces. Each second one is "", where the paragraphs of a cell to be filled go; other cells are empty.

        `whole`: it stays on one page.
        """
        pieces = [kept_whole(self.before) if whole else self.before]
        for before, fills in zip(befores, filled, strict=True):
            if fills:
                pieces[-1] += before
                pieces += ("", self.cell.after_paragraph)
            else:
                pieces[-1] += f"{before}{self.cell.empty}{self.cell.after_paragraph}"
        pieces[-1] += self.after
        return pieces


@dataclass(frozen=True, slots=True)
class TableShape:
    """The prototype. `room` is the text's width on a page in twentieths of a point, by orientation."""

    before_width: str
    after_width: str
    header: RowShape
    between: str
    body: RowShape
    after: str
    room: dict[bool | None, int] = field(hash=False)

    def write(self, out: list[str], table: TableValues, landscape: bool | None) -> None:
        widths = self._widths(table, landscape)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        out.append(f"{self.before_width}{sum(widths)}{self.after_width}<w:tblGrid>{grid}</w:tblGrid>")
        self._write_headings(out, table, widths)
        out.append(self.between)
        self._write_rows(out, table, widths)
        out.append(self.after)

    def _widths(self, table: TableValues, landscape: bool | None) -> list[int]:
        head, body, room = self.header.cell, self.body.cell, self.room[landscape]
        any_thai = body.needs(MOST_OF_THAI)
        columns = tuple(
            Headed(
                heading,
                head.needs(widest),
                body.needs(column.widest_foreign_word() if share > any_thai else column.widest_word()),
            )
            for share, heading, widest, column in zip(
                shared_out(room, table.shares),
                _told(tuple(table.headings)),
                table.widest_headings,
                table.columns,
                strict=True,
            )
        )
        return columns_for(room, tuple(table.shares), columns, head.size)

    def _write_headings(self, out: list[str], table: TableValues, widths: list[int]) -> None:
        """One row, or two where columns stand in groups: a group spans its columns, the others span both rows."""
        shape = self.header
        if not is_repeated(_told(tuple(table.headings)), tuple(widths), shape.cell.size):
            shape = shape.broken_freely
        if not any(table.groups):
            headings = zip(widths, table.headings, strict=True)
            out.append(shape.row([self._heading(width, heading) for width, heading in headings]))
            return
        upper, lower = [], []
        for first, last in _spans(table.groups):
            group, width, columns = table.groups[first], sum(widths[first:last]), last - first
            if not group:
                upper.append(self._heading(width, table.headings[first], "restart"))
                lower.append(self._heading(width, "", "continue"))
                continue
            upper.append(self._heading(width, group, "", columns))
            lower += [self._heading(widths[index], table.headings[index]) for index in range(first, last)]
        out.append(shape.row(upper))
        out.append(shape.row(lower))

    def _heading(self, width: int, cell: Cell, merge: Merge = "", columns: int = 1) -> str:
        shape = self.header.cell
        (paragraphs,) = shape.paragraphs([cell])
        return shape.before(width, merge, columns) + paragraphs + shape.after_paragraph

    def _write_rows(self, out: list[str], table: TableValues, widths: list[int]) -> None:
        paragraphs = iter(self.body.cell.paragraphs([cell for row in table.rows for cell in row.cells]))
        patterns: dict[tuple[Merge, bool], list[str]] = {}
        letters = {span: self._letters(table.own, widths, span) for span in {row.span for row in table.rows}}
        for row in table.rows:
            kind = row.span, is_short(row.cells, letters[row.span])
            pattern = patterns.get(kind)
            if pattern is None:
                pattern = patterns[kind] = self._pattern(table.own, widths, *kind)
            pieces = pattern.copy()
            pieces[1::2] = islice(paragraphs, len(row.cells))
            out += pieces

    def _letters(self, own: Sequence[bool], widths: list[int], span: Merge) -> list[int]:
        """About how many letters stand on a line of each cell; a cell that goes on in the next row has any number."""
        size = self.body.cell.size
        return [
            ANY_NUMBER if is_own and span else letters_on_a_line(width, size)
            for width, is_own in zip(widths, own, strict=True)
            if not (is_own and span == "continue")
        ]

    def _pattern(self, own: Sequence[bool], widths: list[int], span: Merge, whole: bool) -> list[str]:
        befores = [
            self.body.cell.before(width, span if is_own else "")
            for width, is_own in zip(widths, own, strict=True)
        ]
        return self.body.pattern(befores, [not (is_own and span == "continue") for is_own in own], whole)


@lru_cache(maxsize=64)
def _told(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """The words of these cells as they are read: a form's headings, which many reports have."""
    lines = (cell if isinstance(cell, str) else "\n".join([line.words for line in cell]) for cell in cells)
    return tuple(map(unescape, lines))


def _spans(groups: Sequence[Cell]) -> list[tuple[int, int]]:
    """(first, behind the last) of each run of neighbours with one group; a column without group stands alone."""
    spans: list[tuple[int, int]] = []
    for index, group in enumerate(groups):
        if group and spans and groups[index - 1] == group:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans
