"""What a workbook holds that its values do not show: hidden sheets, rows and columns, formulas without a value. In the child."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from memos.importing.packages import parsed

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MOST_NAMED = 8
"""So many places a sentence names; the officer sees the others in Excel."""


def unseen(sheet: Worksheet, said: Iterable[tuple[int, int]]) -> Iterator[list[str]]:
    """Notes about hidden rows and columns of the sheet in which something stands. ``said``: (row, column) of its texts."""
    places = list(said)
    rows = {row for row, its in sheet.row_dimensions.items() if its.hidden}
    columns = {
        column
        for its in sheet.column_dimensions.values()
        if its.hidden and its.min and its.max
        for column in range(its.min, min(its.max, its.min + len(places) + 60) + 1)
    }
    if named := _ranges(sorted({row for row, _column in places} & rows)):
        yield ["hidden-rows", sheet.title, _listed(named)]
    if hidden := sorted({column for _row, column in places} & columns):
        yield ["hidden-columns", sheet.title, _listed([get_column_letter(column) for column in hidden])]


def unvalued(parts: Mapping[str, bytes], sheets: Iterable[str]) -> Iterator[list[str]]:
    """A note for each of these sheets with formulas that nobody calculated: programs write such files, Excel does not.

    An empty text is a value, too: Excel marks what ``=IF(A1="","",A1)`` gives as a text. Without that mark it is none.
    """
    names = set(sheets)
    for title, part in _parts_of_sheets(parts):
        if title not in names or (b"<f" not in part and b":f" not in part):
            continue
        cells = (c for c in parsed(part).iterfind("{*}sheetData/{*}row/{*}c") if c.find("{*}f") is not None)
        empty = [c.get("r", "?") for c in cells if not c.findtext("{*}v") and c.get("t") != "str"]
        if empty:
            yield ["no-value", title, _listed(empty)]


def _parts_of_sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """(title, part) of each sheet, as the workbook names and links them."""
    links = {link.get("Id"): link.get("Target", "") for link in parsed(parts.get(_LINKS, b"<none/>"))}
    for sheet in parsed(parts[_WORKBOOK]).iterfind("{*}sheets/{*}sheet"):
        number = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = posixpath.normpath(posixpath.join("/xl", links.get(number, ""))).lstrip("/")
        if target in parts:
            yield sheet.get("name", ""), parts[target]


def _ranges(rows: list[int]) -> list[str]:
    """4, 7–9"""
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
