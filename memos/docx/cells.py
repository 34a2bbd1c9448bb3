"""Cells of a table with their text made ready for XML: printed, escaped, its markers measured.

Whatever template prints them, so it is done once when content is frozen; all cells of a table in one go, because
most of the cost is in beginning. Printing looks at one line at a time, so lines may be printed together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from memos.docx.text import MARKER_STARTS, escaped, hanging_indent, hanging_indents, is_plain, printed_lines
from memos.docx.widths import longest_foreign_word, longest_word

_NEWLINE = re.compile("\r\n?")


class Line(NamedTuple):
    """An escaped line with its hanging indent (left, hanging) in 1/1000 em, if it has one.

    `is_plain`: it has words, and neither underlining nor tabs.
    """

    words: str
    is_plain: bool
    indent: tuple[int, int] | None = None


# The usual cell is its escaped lines, joined by line feeds; one with markers, underlining, tabs or empty lines is a tuple.
Cell: TypeAlias = str | tuple[Line, ...]


def cells_of(texts: Sequence[str]) -> list[Cell]:
    """The cells of these stored texts, in their order. DocumentProblem for characters that paper cannot carry.

    Tables say many things more than once (who, when, nothing to suggest): equal texts are prepared together.
    """
    different = list(dict.fromkeys(texts))
    if len(different) < len(texts):
        prepared = dict(zip(different, cells_of(different), strict=True))
        return [prepared[text] for text in texts]
    whole = "\n".join(texts)
    if "\r" in whole:
        return cells_of([_NEWLINE.sub("\n", text) for text in texts])
    if not texts:
        return []
    lines = escaped("\n".join(printed_lines(whole))).split("\n")
    return _cells(lines, texts)


def _cells(lines: list[str], texts: Sequence[str]) -> list[Cell]:
    cells: list[Cell] = []
    start = 0
    for text in texts:
        end = start + text.count("\n") + 1 if "\n" in text else start + 1
        line = lines[start]
        # Nearly all cells are one line that begins with a letter; what is no more than words needs no closer look.
        if end - start == 1 and line[:1] not in MARKER_STARTS and "__" not in line and "\t" not in line:
            cells.append(line)
        else:
            cells.append(_cell(lines[start:end]) if end - start > 1 else _cell_of_one(line))
        start = end
    return cells


def _cell_of_one(line: str) -> Cell:
    if "__" in line or "\t" in line:
        return _cell([line])
    indent = hanging_indent(line)
    return line if indent is None else (Line(line, True, indent),)


def _cell(lines: list[str]) -> Cell:
    indents = hanging_indents(lines)
    plain = list(map(is_plain, lines))
    if not any(indents) and all(plain):
        return "\n".join(lines)
    return tuple([Line(*line) for line in zip(lines, plain, indents, strict=True)])


class ColumnCells:
    """The cells of one column, and the widest word in them once somebody asks; see widths.longest_word."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._widest_word: int | None = None
        self._widest_foreign_word: int | None = None

    def _text(self) -> str:
        return "\n".join(
            [
                cell if isinstance(cell, str) else "\n".join([line.words for line in cell])
                for cell in set(self._cells)
            ]
        )

    # Kept by hand: cached_property of Python 3.11 takes a lock, which costs as much as looking at a short column.

    def widest_word(self) -> int:
        """In 1/1000 em."""
        if self._widest_word is None:
            self._widest_word = longest_word(self._text())
        return self._widest_word

    def widest_foreign_word(self) -> int:
        """In 1/1000 em: what still matters in a column that is wide enough for any Thai word."""
        if self._widest_foreign_word is None:
            self._widest_foreign_word = longest_foreign_word(self._text())
        return self._widest_foreign_word
