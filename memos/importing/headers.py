"""Where a table's headings stand, in one row or two, and what each column is called by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from memos.importing.grids import Cell, Grid
from memos.importing.vocabulary import heading_of, squashed, usual_field

_FIRST_ROWS = 12
"""A title or a note may stand above; a header further down than this is one of a page break."""
_LONGEST = 120
EXACT, _LIKE = 0.97, 0.75
Knows = Callable[[str], float]
"""How sure a squashed heading is one of a form's, 0–1."""


@dataclass(frozen=True, slots=True)
class Heading:
    """``group`` stands above this heading and its neighbours', "" when there is none."""

    text: str
    group: str = ""

    @property
    def squashed(self) -> str:
        return heading_of(self.text)


@dataclass(frozen=True, slots=True)
class Header:
    """Rows ``start`` to ``stop`` (not included) of a grid; no heading at all when both are equal."""

    start: int
    stop: int
    headings: tuple[Heading, ...]


def usual(heading: str) -> float:
    return usual_field(heading)[1]


def header_of(grid: Grid, knows: Knows) -> Header | None:
    """The first header of the table; None when no row looks like one, or only an unknown first row does."""
    if grid.header_rows:
        marked = min(grid.header_rows, len(grid.rows))
        return _header(grid, 0, marked) if any(any(grid.texts(row)) for row in range(marked)) else None
    for least in (EXACT, _LIKE):
        for row in range(min(len(grid.rows), _FIRST_ROWS)):
            if is_header_row(grid, row, knows, least):
                return _header(grid, *span_of(grid, row, knows))
    return None


def assumed_header(grid: Grid) -> Header | None:
    """The first row of a table whose headings nobody knows: short words in every column, each once."""
    if len(grid.rows) < 2:
        return None
    texts = [squashed(text) for text in grid.texts(0)]
    short = all(0 < len(text) <= 40 for text in texts)
    return _header(grid, 0, 1) if short and len(set(texts)) == len(texts) > 1 else None


def is_header_row(grid: Grid, row: int, knows: Knows, least: float = EXACT) -> bool:
    """At least two columns, and half of those that say something, are called by known headings.

    Below EXACT a cell counts that begins with a heading's words, which cells of data do as well.
    """
    said = [heading_of(cell.text) for cell in grid.rows[row] if cell and cell.text.strip()]
    if not said or any(len(text) > _LONGEST for text in said):
        return False
    known = unknown = 0
    for text in said:
        if knows(text) >= least:
            known += 1
        else:
            unknown += 1
        if unknown * 2 > len(said):
            return False  # most rows are no headings, and their cells take time to compare
    return known >= min(2, grid.width)


def span_of(grid: Grid, row: int, knows: Knows) -> tuple[int, int]:
    """First row and the one after the last of the header that this row belongs to."""
    start = row
    while start > 0 and any(_covered_from_above(grid, start, column) for column in range(grid.width)):
        start -= 1
    return start, max(_last(grid, start, knows), row + 1)


def _covered_from_above(grid: Grid, row: int, column: int) -> bool:
    cell = None if grid.rows[row][column] else covering(grid, row, column)
    return cell is not None and cell.rowspan > 1 and not any(other is cell for other in grid.rows[row])


def _last(grid: Grid, row: int, knows: Knows) -> int:
    """A second row belongs to the header when the first has cells over several columns, or down to it."""
    cells = [cell for cell in grid.rows[row] if cell]
    deepest = max((cell.rowspan for cell in cells), default=1)
    if deepest > 1:
        return min(row + deepest, row + 3, len(grid.rows))
    wide = any(1 < cell.colspan < grid.width for cell in cells)
    below = row + 1
    return (
        below + 1 if wide and below < len(grid.rows) and is_header_row(grid, below, knows, _LIKE) else below
    )


def _header(grid: Grid, start: int, stop: int) -> Header:
    return Header(start, stop, tuple(_heading(grid, start, stop, column) for column in range(grid.width)))


def _heading(grid: Grid, start: int, stop: int, column: int) -> Heading:
    """The lowest text over the column is its heading; the highest other one its group."""
    texts: list[str] = []
    for row in range(start, stop):
        cell = covering(grid, row, column, start)
        text = " ".join(cell.text.split()) if cell else ""
        if text and text not in texts[-1:]:
            texts.append(text)
    return Heading(texts[-1] if texts else "", texts[0] if len(texts) > 1 else "")


def covering(grid: Grid, row: int, column: int, top: int = 0) -> Cell | None:
    """The cell that reaches over this place, looking up and left from it."""
    for line in range(row, top - 1, -1):
        for place in range(column, -1, -1):
            cell = grid.rows[line][place]
            if cell is None:
                continue
            if line + cell.rowspan > row and place + cell.colspan > column:
                return cell
            break
    return None
