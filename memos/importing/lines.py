"""The physical rows of a source, in order, with what each of them is: words, a header of a page break, or a row of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from memos.importing.grids import Cell, Grid, Source
from memos.importing.headers import Header, Knows, assumed_header, header_of, is_header_row
from memos.importing.mapping import Mapping, TableMatch
from memos.importing.texts import stored
from memos.importing.vocabulary import likeness, squashed

_REPEATS = 0.8
"""Cells on average so like the headings are the headings again."""


@dataclass(slots=True)
class Line:
    """``texts``: stored text of each column. ``under``: the cell of the row above reaches down to here.

    ``match``: number in Mapping.tables, -1 for words outside tables; ``table`` and ``row`` count from 1, as people do.
    """

    kind: Literal["words", "header", "row", "band", "blank"]
    texts: list[str]
    match: int = -1
    table: int = 0
    row: int = 0
    under: tuple[bool, ...] = ()
    begins: bool = False
    """The first line of its table: what came before stands on another page, or in another table."""

    @property
    def own(self) -> list[str]:
        """Without the texts of cells that reach down from the row above."""
        return [text for text, below in zip(self.texts, self.under, strict=True) if not below]


def lines(source: Source, mapping: Mapping, known: Knows) -> Iterator[Line]:
    """Words are one line for each paragraph; a band is a row of one cell over the whole width."""
    places = {table: n for n, match in enumerate(mapping.tables) for table in match.tables}
    number = 0
    for part in source.parts:
        if isinstance(part, str):
            yield Line("words", [stored(part)])
        elif number in places:
            yield from _of_grid(part, number, places[number], mapping.tables[places[number]], known)
        number += not isinstance(part, str)


def _of_grid(grid: Grid, number: int, place: int, match: TableMatch, known: Knows) -> Iterator[Line]:
    header = header_of(grid, known) or _assumed(grid, match)
    start, stop = (header.start, header.stop) if header else (0, 0)
    reach = _Reach(grid)
    first = True
    for row in range(len(grid.rows)):
        texts, under = reach.next(row)
        kind: Literal["words", "header", "row", "band", "blank"]
        if row < start or start <= row < stop:
            kind = "header" if row >= start else "words"
        else:
            kind = _kind(grid, row, texts, under, match, known)
        if kind == "words":
            yield from (Line("words", [text]) for text in texts if text)
            continue
        yield Line(kind, texts, place, number + 1, row + 1, under, begins=first)
        first = False


def _assumed(grid: Grid, match: TableMatch) -> Header | None:
    """The same first row that was taken for a header when the headings were matched."""
    header = assumed_header(grid)
    if header is None or len(header.headings) != len(match.columns):
        return None
    pairs = zip(header.headings, match.columns, strict=True)
    return header if all(squashed(h.text) == squashed(column.heading) for h, column in pairs) else None


def _kind(
    grid: Grid, row: int, texts: list[str], under: tuple[bool, ...], match: TableMatch, known: Knows
) -> Literal["header", "row", "band", "blank"]:
    if not any(text for text, below in zip(texts, under, strict=True) if not below):
        return "blank"
    cells = [cell for cell in grid.rows[row] if cell]
    if grid.width > 1 and len(cells) == 1 and cells[0].colspan == grid.width:
        return "band"
    if (
        _counts_columns(texts)
        or _repeats_headings(texts, match)
        or (is_header_row(grid, row, known) and not any(under))
    ):
        return "header"
    return "row"


def _counts_columns(texts: list[str]) -> bool:
    """(1) (2) (3) below the headings."""
    said = [text.strip("() ") for text in texts if text]
    return len(said) > 1 and said == [str(n) for n in range(1, len(said) + 1)]


def _repeats_headings(texts: list[str], match: TableMatch) -> bool:
    scores = [
        likeness(squashed(text), squashed(column.heading))
        for text, column in zip(texts, match.columns, strict=False)
        if text or column.heading
    ]
    return bool(scores) and sum(scores) / len(scores) >= _REPEATS


class _Reach:
    """Which cell reaches over which place, row after row."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._open: list[tuple[Cell, int, str] | None] = [None] * grid.width

    def next(self, row: int) -> tuple[list[str], tuple[bool, ...]]:
        """Texts of the row, and under: places that a cell of an earlier row covers, whose text they repeat."""
        texts, under = [""] * self._grid.width, [False] * self._grid.width
        for column, cell in enumerate(self._grid.rows[row]):
            if cell is not None:
                text = stored(cell.text)
                texts[column] = text
                for place in range(column, min(column + cell.colspan, self._grid.width)):
                    self._open[place] = (cell, row + cell.rowspan, text) if place == column else None
                continue
            reaching = self._open[column]
            if reaching is not None and reaching[1] > row:
                texts[column], under[column] = reaching[2], True
        return texts, tuple(under)
