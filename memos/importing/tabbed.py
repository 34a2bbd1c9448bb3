"""Cells in the text that a spreadsheet puts on the clipboard: parted by tabs, a cell of lines in quotation marks. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_END = re.compile(r"\r\n|\n|\r")
_MARKER = re.compile(r"(?:\(?[0-9๐-๙]{1,3}[.)]|[-–·•▪◦§o])\t")
_BULLET = re.compile(r"^([ ]*)[·•▪◦§o]\t[ ]*", re.MULTILINE)
_AFTER_NUMBER = re.compile(r"^([ ]*\(?[0-9๐-๙]{1,3}[.)])\t[ ]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tabbed:
    rows: list[list[str]]
    quoted: bool
    """Some cell stood in quotation marks because it has several lines."""


def cells_of(text: str) -> Tabbed:
    """Rows of equal length. Marks are taken off where they hold a line end or a tab together, and stay where they were typed.

    Excel and Google Sheets quote only such cells, and double the marks within; a cell that says “so” as a whole is not quoted.
    """
    rows: list[list[str]] = [[]]
    place, quoted = 0, False
    while True:
        found = _QUOTED.match(text, place)
        if found and re.search("[\t\r\n]", found[1]):
            cell, quoted = found[1].replace('""', '"'), True
        else:
            found = _PLAIN.match(text, place)
            assert found is not None  # It matches nothing, too.
            cell = found[0]
        rows[-1].append(_END.sub("\n", cell))
        place = found.end()
        if place >= len(text):
            break
        if text[place] == "\t":
            place += 1
            continue
        place = _END.match(text, place).end()  # type: ignore[union-attr]  # nothing else ends a cell
        if place >= len(text):
            break
        rows.append([])
    width = max(map(len, rows))
    return Tabbed([row + [""] * (width - len(row)) for row in rows], quoted)


def is_block(text: str) -> bool:
    """Whether it is rows of cells: tabs stand in it that no list's marker explains, or a cell in quotation marks."""
    if "\t" not in text and not text.startswith('"'):
        return False
    lines = [line.lstrip(" ") for line in text.split("\n") if line.strip()]
    if all("\t" not in line or (_MARKER.match(line) and line.count("\t") == 1) for line in lines):
        found = cells_of(text)
        return found.quoted and (len(found.rows) > 1 or len(found.rows[0]) > 1)
    return True


def in_lines(text: str) -> str:
    """Text that is no block: the markers that Word and LibreOffice draw before items as they are typed here."""
    return _AFTER_NUMBER.sub(r"\1 ", _BULLET.sub(r"\1- ", _END.sub("\n", text)))
