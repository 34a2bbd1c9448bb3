"""A sheet holds what a page holds: titles, tables one below the other, closing words. Cut here into its parts. Pure.

A table begins at every row of usual headings; a page's repeated headings begin one too, and recognising puts both
together again. Our own exports say themselves what a row is and stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from memos.exchange import CSV_KEYS, FORMAT
from memos.importing.grids import Cell, Grid, Row
from memos.importing.headers import is_header_row, span_of, usual
from memos.importing.texts import number_at, stored


def parts_of(grid: Grid) -> list[Grid | str]:
    """The words and tables of a sheet in order; the sheet itself where no row has usual headings."""
    starts = [] if _is_own(grid) else list(_header_starts(grid))
    if not starts:
        return [grid]
    parts: list[Grid | str] = list(_words(grid, 0, starts[0]))
    for start, end in zip(starts, [*starts[1:], len(grid.rows)], strict=True):
        last = end
        while last > start + 1 and _is_loose(grid, last - 1, at_end=end == len(grid.rows)):
            last -= 1
        parts.append(_cut(grid, start, last))
        parts += _words(grid, last, end)
    return parts


def _is_own(grid: Grid) -> bool:
    first = grid.texts(0) if grid.rows else [""]
    return first[0] == FORMAT or set(CSV_KEYS) <= set(first)


def _header_starts(grid: Grid) -> Iterator[int]:
    row = 0
    while row < len(grid.rows):
        if not is_header_row(grid, row, usual):
            row += 1
            continue
        start, stop = span_of(grid, row, usual)
        yield start
        row = stop


def _words(grid: Grid, start: int, end: int) -> Iterator[str]:
    return (cell.text for row in grid.rows[start:end] for cell in row if cell and cell.text.strip())


def _is_loose(grid: Grid, row: int, at_end: bool) -> bool:
    """A row that says nothing, or one thing that is no row of the table: above a header anything, at the end no number."""
    said = [cell for cell in grid.rows[row] if cell and cell.text.strip()]
    if len(said) > 1 or any(cell.rowspan > 1 for cell in said):
        return False
    covered = any(cell is None for cell in grid.rows[row]) and not (said and said[0].colspan > 1)
    in_first = not said or grid.rows[row][0] is said[0]
    return in_first and not covered and not (at_end and said and number_at(stored(said[0].text)) is not None)


def _cut(grid: Grid, start: int, end: int) -> Grid:
    """These rows, without the columns that say nothing in them; spans end at the edges."""
    rows = grid.rows[start:end]
    width = max(
        (n + cell.colspan for row in rows for n, cell in enumerate(row) if cell and cell.text.strip()),
        default=0,
    )
    cut: list[Row] = [
        [cell and _clipped(cell, end - start - place, width - n) for n, cell in enumerate(row[:width])]
        for place, row in enumerate(rows)
    ]
    return Grid(cut, name=grid.name)


def _clipped(cell: Cell, height: int, width: int) -> Cell:
    return Cell(cell.text, min(cell.rowspan, height), min(cell.colspan, width))
