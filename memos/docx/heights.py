"""Which rows of a table stay on one page: about how many lines they take, and what the template's row then begins with.

A broken row may leave a single line on the next page: widow control in its paragraphs does not help, because LibreOffice
minds none in a row that may be broken. So only rows of more than half a page are broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from memos.docx.cells import Cell
from memos.docx.widths import PADDING, advance

# Half a page that lies across, with headings in two lines.
_SHORT_ROW = 12
# Headings that take more lines leave too little room for the rows if they stand on every page.
_MOST_REPEATED = 14
_LETTER = 300  # how wide a letter of Thai text is on average, marks without width included, in 1/1000 em
ANY_NUMBER = 1 << 30
_ROW_OPENING = re.compile(r"<w:tr(?: [^>]*)?>(?:<w:tblPrEx>.*?</w:tblPrEx>|<w:tblPrEx/>)?", re.DOTALL)
_KEPT = re.compile("<w:(?:tblHeader|cantSplit)(?: [^>]*)?/>")


def letters_on_a_line(width: int, half_points: int) -> int:
    """About how many stand on a line of a cell `width` twentieths of a point wide."""
    return max(1, (width - PADDING) * 100 // half_points // _LETTER)


def is_short(cells: Sequence[Cell], letters: Sequence[int]) -> bool:
    """`letters`: how many stand on a line of each cell, ANY_NUMBER for a cell that goes on in the next row."""
    for cell, on_a_line in zip(cells, letters, strict=True):
        if isinstance(cell, str):
            lines = len(cell) // on_a_line + 1
            if "\n" in cell:
                lines += cell.count("\n")
        else:
            lines = sum([len(line.words) // on_a_line + 1 for line in cell])
        if lines > _SHORT_ROW and on_a_line < ANY_NUMBER:
            return False
    return True


@lru_cache(maxsize=256)
def is_repeated(headings: tuple[str, ...], widths: tuple[int, ...], half_points: int) -> bool:
    """Whether headings are low enough to stand on every page."""
    lines = (
        advance(heading) * half_points // 100 // max(1, width - PADDING) + heading.count("\n") + 1
        for heading, width in zip(headings, widths, strict=True)
    )
    return max(lines, default=0) <= _MOST_REPEATED


@lru_cache(maxsize=64)
def kept_whole(before: str) -> str:
    """The beginning of a row with the property that it stays on one page."""
    if "<w:cantSplit" in before:
        return before
    before = before.replace("<w:trPr/>", "<w:trPr></w:trPr>", 1)
    if "<w:trPr>" not in before:
        before = _ROW_OPENING.sub(r"\g<0><w:trPr></w:trPr>", before, count=1)
    return before.replace("<w:trPr>", "<w:trPr><w:cantSplit/>", 1)


def broken_freely(before: str) -> str:
    """The beginning of a row that neither repeats nor stays on one page."""
    return _KEPT.sub("", before).replace("<w:trPr></w:trPr>", "")
