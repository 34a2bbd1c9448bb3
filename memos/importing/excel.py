"""An .xlsx as tables: one for each sheet that is shown, as far as its cells say something. Runs in the child.

A formula gives the value that Excel stored with it. Dates become the words of a period, in Buddhist years. Hidden rows
and columns are read, for a filter hides them by chance; hidden sheets are lists of choices and stay behind. Both are said.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from ita_core import thai
from memos.importing.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row, Source, Unreadable, check_size
from memos.importing.packages import parsed, parts_of
from memos.importing.sheets import parts_of as sheet_parts
from memos.importing.workbooks import unseen, unvalued

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_DAY_SHOWN = re.compile("d", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_excel(data: bytes) -> Source:
    """Suspect, Unreadable."""
    parts, book = _opened(data)
    source = Source("excel")
    for sheet in book.worksheets:
        said = {place: text for place, text in _texts(sheet) if text.strip()}
        if said and sheet.sheet_state != "visible":
            source.notes.append(["hidden-sheet", sheet.title])
        elif said:
            source.parts += sheet_parts(_grid(sheet, said))
            source.notes += unseen(sheet, said)
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    source.notes += unvalued(parts, shown)
    return check_size(source)


def read_rows(data: bytes) -> list[dict[str, Any]]:
    """Every sheet that is shown, as it stands: ``name``, and ``rows`` of texts from A1 to the last that says something.

    For tables whose shape is known, where a fault is to be named by its cell. Suspect, Unreadable.
    """
    _parts, book = _opened(data)
    found = []
    for sheet in book.worksheets:
        said = {place: text for place, text in _texts(sheet) if text.strip()}
        if sheet.sheet_state == "visible":
            rows = [[cell.text if cell else "" for cell in row] for row in _grid(sheet, said).rows]
            found.append({"name": sheet.title, "rows": rows})
    return found


def _opened(data: bytes) -> tuple[dict[str, bytes], Workbook]:
    parts = parts_of(data)
    if "xl/workbook.xml" not in parts:
        raise Unreadable("not-this-kind")
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            _check_merges(part)
        if name.endswith((".xml", ".rels")):
            parsed(part)  # openpyxl reads these too, and would expand entities where lxml refuses
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # parts of a workbook that openpyxl does not know: charts, validations
        book = load_workbook(io.BytesIO(data), data_only=True, rich_text=True, keep_links=False)
    return parts, book


def _check_merges(part: bytes) -> None:
    """Before openpyxl makes a cell of every place that a merge covers."""
    covered = 0
    for left, top, right, bottom in _MERGED.findall(part):
        width = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
        covered += width * (int(bottom) - int(top) + 1)
    if covered > MOST_COLUMNS * MOST_ROWS:
        raise Unreadable("too-many-columns")


def _grid(sheet: Worksheet, said: dict[tuple[int, int], str]) -> Grid:
    """From the first cell to the last that says something; cells that are only painted do not count."""
    height = max((row for row, _column in said), default=0)
    width = max((column for _row, column in said), default=0)
    if height > MOST_ROWS:
        raise Unreadable("too-many-rows")
    if width > MOST_COLUMNS:
        raise Unreadable("too-many-columns")
    rows: list[Row] = [
        [Cell(said.get((row, column), "")) for column in range(1, width + 1)] for row in range(1, height + 1)
    ]
    for merge in sheet.merged_cells.ranges:
        _merge(
            rows, merge.min_row - 1, merge.min_col - 1, min(merge.max_row, height), min(merge.max_col, width)
        )
    return Grid(rows, name=sheet.title)


def _merge(rows: list[Row], top: int, left: int, bottom: int, right: int) -> None:
    if top >= bottom or left >= right:
        return
    first = rows[top][left]
    for row in rows[top:bottom]:
        row[left:right] = [None] * (right - left)
    rows[top][left] = Cell(first.text if first else "", bottom - top, right - left)


def _texts(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], str]]:
    # Cell by cell as stored: iter_rows would walk a million empty rows to one stray cell at XFD1048576.
    for place, cell in sheet._cells.items():
        yield place, _text(cell.value, getattr(cell, "number_format", ""))


def _text(value: Any, shown_as: str) -> str:
    if value is None:
        return ""
    if isinstance(value, CellRichText):
        return "".join(_rich(piece) for piece in value)
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, shown_as)
    if isinstance(value, float):
        return _number(value, shown_as)
    if isinstance(value, int) and not isinstance(value, bool) and "%" in shown_as:
        return _number(float(value), shown_as)
    return str(value).replace("_x000D_", "")


def _rich(piece: str | TextBlock) -> str:
    if isinstance(piece, str):
        return piece
    text = str(piece.text)
    inner = text.strip()
    if not inner or "__" in text or "\n" in inner or piece.font.u in (None, "none"):
        return text
    start = text.index(inner)
    return f"{text[:start]}__{inner}__{text[start + len(inner) :]}"


def _number(value: float, shown_as: str) -> str:
    if "%" in shown_as:
        return f"{value * 100:.10g}%"
    return f"{value:.10g}" if abs(value) < 1e15 else str(value)


def _date(value: datetime.datetime | datetime.date, shown_as: str) -> str:
    """``1 เมษายน 2565``, or ``เม.ย. 2565`` where the sheet shows no day. A year typed as พ.ศ. is one already."""
    year = value.year if value.year >= thai.BE_FIRST else value.year + thai.BE_OFFSET
    if _DAY_SHOWN.search(_QUOTED.sub("", shown_as)):
        return f"{value.day} {thai.MONTHS[value.month - 1]} {year}"
    return f"{thai.SHORT_MONTHS[value.month - 1]} {year}"
