"""What a reader found: tables as rows of cells and the words between them, in the file's order. Pure, plain JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["word", "excel", "csv", "pasted"]

MOST_TABLES = 200
MOST_ROWS = 3_000
"""Rows of all tables together: several reports of the longest kind."""
MOST_COLUMNS = 60
MOST_LETTERS = 3_000_000
LONGEST_CELL = 20_000
"""Letters in one cell, as many as the editor takes."""


class Unreadable(Exception):
    """The file cannot be read; ``code`` is a key of foreign.SENTENCES. Raised in the child, worded by the parent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in lines: LF ends a paragraph, VT (U+000B) is a line break within one. Underlined words are ``__words__``."""

    text: str = ""
    rowspan: int = 1
    colspan: int = 1


Row = list[Cell | None]
"""None where the cell above or to the left reaches over this place."""


@dataclass(slots=True)
class Grid:
    """A table; every row has as many places as the widest. ``header_rows``: those that the file itself marks so.

    ``pictures`` stand in its cells and are left behind.
    """

    rows: list[Row]
    header_rows: int = 0
    name: str = ""
    pictures: int = 0

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def texts(self, row: int) -> list[str]:
        """The row's texts, "" where another cell reaches over."""
        return [cell.text if cell else "" for cell in self.rows[row]]


@dataclass(slots=True)
class Source:
    """``parts`` in order: a Grid, or a str for each paragraph outside tables.

    ``notes``: what the reader noticed besides, each a key of noticed.SENTENCES and the texts that belong into it.
    """

    kind: Kind
    parts: list[Grid | str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)

    @property
    def grids(self) -> list[Grid]:
        return [part for part in self.parts if isinstance(part, Grid)]

    def to_json(self) -> dict[str, Any]:
        """For ImportDraft.tables and for the pipe. A cell is its text, or [text, rowspan, colspan]."""
        return {
            "kind": self.kind,
            "parts": [part if isinstance(part, str) else _grid_json(part) for part in self.parts],
            "notes": self.notes,
        }

    @classmethod
    def from_json(cls, data: Any) -> Source:
        """What ``to_json`` made; KeyError, TypeError or ValueError for anything else."""
        parts = [part if isinstance(part, str) else _grid_of(part) for part in data["parts"]]
        if data["kind"] not in ("word", "excel", "csv", "pasted"):
            raise ValueError(data["kind"])
        return cls(data["kind"], parts, [[str(text) for text in note] for note in data.get("notes", [])])


def _grid_json(grid: Grid) -> dict[str, Any]:
    rows = [[_cell_json(cell) for cell in row] for row in grid.rows]
    return {"rows": rows, "header_rows": grid.header_rows, "name": grid.name, "pictures": grid.pictures}


def _cell_json(cell: Cell | None) -> Any:
    if cell is None or (cell.rowspan == 1 and cell.colspan == 1):
        return cell and cell.text
    return [cell.text, cell.rowspan, cell.colspan]


def _grid_of(data: Any) -> Grid:
    rows = [[_cell_of(cell) for cell in row] for row in data["rows"]]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows of different lengths")
    return Grid(rows, int(data["header_rows"]), str(data["name"]), int(data.get("pictures", 0)))


def _cell_of(data: Any) -> Cell | None:
    if data is None:
        return None
    if isinstance(data, str):
        return Cell(data)
    text, rowspan, colspan = data
    return Cell(str(text), int(rowspan), int(colspan))


def laid_out(rows: Sequence[Sequence[Cell]], *, header_rows: int = 0, name: str = "") -> Grid:
    """Cells as HTML has them (a spanned place has none) put in their places. Unreadable when it is too large.

    A span that leaves the table is cut off at its edge; where two cells reach over one place, the first keeps it.
    """
    if len(rows) > MOST_ROWS:
        raise Unreadable("too-many-rows")
    placed: list[dict[int, Cell | None]] = [{} for _ in rows]
    for number, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while column in placed[number]:
                column += 1
            column = _place(placed, number, column, cell)
    width = max((max(row, default=-1) + 1 for row in placed), default=0)
    whole: list[Row] = [[row.get(column, Cell()) for column in range(width)] for row in placed]
    return Grid(whole, header_rows, name)


def _place(placed: list[dict[int, Cell | None]], row: int, column: int, cell: Cell) -> int:
    """Put the cell there and mark what it covers; gives the next column."""
    bottom = min(row + max(cell.rowspan, 1), len(placed))
    right = column + 1
    while right < column + cell.colspan and right not in placed[row]:
        right += 1
    if right > MOST_COLUMNS:
        raise Unreadable("too-many-columns")
    for line in range(row, bottom):
        for place in range(column, right):
            placed[line].setdefault(place, None)
    placed[row][column] = Cell(cell.text, bottom - row, right - column)
    return right


def check_size(source: Source) -> Source:
    """The same source; Unreadable when it holds more than a report could."""
    if not any(cell and cell.text.strip() for grid in source.grids for row in grid.rows for cell in row):
        raise Unreadable("no-table")
    if len(source.grids) > MOST_TABLES:
        raise Unreadable("too-many-tables")
    if sum(len(grid.rows) for grid in source.grids) > MOST_ROWS:
        raise Unreadable("too-many-rows")
    if any(grid.width > MOST_COLUMNS for grid in source.grids):
        raise Unreadable("too-many-columns")
    lengths = [len(text) for text in _texts(source)]
    if max(lengths, default=0) > LONGEST_CELL:
        raise Unreadable("cell-too-long")
    if sum(lengths) > MOST_LETTERS:
        raise Unreadable("too-much-text")
    return source


def _texts(source: Source) -> Iterator[str]:
    for part in source.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from (cell.text for row in part.rows for cell in row if cell)
