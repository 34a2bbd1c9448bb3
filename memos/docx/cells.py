"""Cells of a table with their text made ready for XML: printed, escaped, its markers measured.

Whatever template prints them, so it is done once when content is frozen; all cells of a table in one go, because
most of the cost is in beginning. Printing looks at one line at a time, so lines may be printed together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from memos.docx.text import MARKER_STARTS, escaped, hanging_indents, is_plain, printed_lines
from memos.docx.widths import longest_word

_NEWLINE = re.compile("\r\n?")


class Line(NamedTuple):
    """An escaped line with its hanging indent (left, hanging) in 1/1000 em.

    `is_plain`: it has words, and neither underlining nor tabs.
    """

    words: str
    is_plain: bool
    indent: tuple[int, int] = (0, 0)


# The usual cell is its escaped lines, joined by line feeds; one with markers, underlining, tabs or empty lines is a tuple.
Cell: TypeAlias = str | tuple[Line, ...]


def cells_of(texts: Sequence[str]) -> list[Cell]:
    """The cells of these stored texts, in their order. DocumentProblem for characters that paper cannot carry."""
    if not texts:
        return []
    whole = "\n".join(texts)
    if "\r" in whole:
        texts = [_NEWLINE.sub("\n", text) for text in texts]
        whole = "\n".join(texts)
    lines = escaped("\n".join(printed_lines(whole))).split("\n")
    return list(_cells(lines, texts))


def _cells(lines: list[str], texts: Sequence[str]) -> Iterator[Cell]:
    start = 0
    for text in texts:
        if "\n" not in text:
            line = lines[start]
            start += 1
            plain = line[:1] not in MARKER_STARTS and "__" not in line and "\t" not in line
            yield line if plain else _cell([line])
        else:
            end = start + text.count("\n") + 1
            yield _cell(lines[start:end])
            start = end


def _cell(lines: list[str]) -> Cell:
    indents = hanging_indents(lines)
    plain = [is_plain(line) for line in lines]
    if all(plain) and not any(left for left, _hanging in indents):
        return "\n".join(lines)
    return tuple(map(Line, lines, plain, indents))


def widest_word(cells: Iterable[Cell], bold: bool = False) -> int:
    """The widest word of a column in 1/1000 em; see widths.longest_word."""
    texts = (cell if isinstance(cell, str) else "\n".join(line.words for line in cell) for cell in cells)
    return longest_word("\n".join(texts), bold)
