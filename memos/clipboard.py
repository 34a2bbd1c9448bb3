"""What Excel, Word, LibreOffice and Google Sheets put on the clipboard, as a block of cells or as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from memos.importing import reading, tabbed
from memos.importing.foreign import ForeignFile
from memos.importing.grids import MOST_COLUMNS, MOST_ROWS, Grid
from memos.importing.texts import stored

_HAS_TABLE = re.compile(r"<table\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the block. ``below``: a cell of a row above reaches down to it, and ``text`` is that cell's."""

    text: str
    below: bool = False


Block = list[list[Spot | None]]
"""Rows of equal length; None where a cell to the left reaches over, which leaves the table's cell as it is."""


@dataclass(frozen=True, slots=True)
class Clipboard:
    """``block`` is None where it is text: of a single cell, or of no table at all. ``words``: some stood beside the tables."""

    block: Block | None
    text: str = ""
    words: bool = False


class NotPasted(Exception):
    """``sentence`` says why; nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read(html: str, text: str) -> Clipboard:
    """NotPasted when it cannot be read."""
    words = False
    if _HAS_TABLE.search(html):
        block, words = _of_html(html)
    elif tabbed.is_block(text):
        block = [[Spot(stored(cell)) for cell in row] for row in tabbed.cells_of(text).rows]
    else:
        return Clipboard(None, stored(tabbed.in_lines(text)))
    while len(block) > 1 and all(spot is None or not spot.text for spot in block[-1]):
        block.pop()
    if len(block) > MOST_ROWS or (block and len(block[0]) > MOST_COLUMNS):
        raise NotPasted(_("ตารางที่วางใหญ่เกินไป โปรดคัดลอกทีละส่วน"))
    if len(block) == 1 and len(block[0]) == 1 and not words:
        return Clipboard(None, block[0][0].text if block[0][0] else "")
    return Clipboard(block, words=words)


def _of_html(html: str) -> tuple[Block, bool]:
    """Tables one below another, as pages cut them apart; words between them are no cells."""
    try:
        source = reading.read_pasted(html)
    except ForeignFile as refused:
        if refused.code == "no-table":
            return [[Spot("")]], False
        raise NotPasted(refused.sentence) from refused
    rows = [row for grid in source.grids for row in _rows(grid)]
    width = max((len(row) for row in rows), default=0)
    return [row + [Spot("")] * (width - len(row)) for row in rows], len(source.parts) > len(source.grids)


def _rows(grid: Grid) -> Iterator[list[Spot | None]]:
    open_cells: list[tuple[int, str] | None] = [None] * grid.width
    for number, cells in enumerate(grid.rows):
        row: list[Spot | None] = []
        for column, cell in enumerate(cells):
            if cell is not None:
                text = stored(cell.text)
                for place in range(column, min(column + cell.colspan, grid.width)):
                    open_cells[place] = (number + cell.rowspan, text) if place == column else None
                row.append(Spot(text))
                continue
            above = open_cells[column]
            row.append(Spot(above[1], below=True) if above is not None and above[0] > number else None)
        yield row
