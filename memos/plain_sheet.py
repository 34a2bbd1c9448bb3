"""A plain table of figures as .xlsx and .csv: a title, headings, rows. Text is text, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from memos.exchange import calculates, guarded

Value = str | int | float | None

_FONT: Final = "TH Sarabun New"
_LINE: Final = Side(style="thin", color="808080")
_BOX: Final = Border(_LINE, _LINE, _LINE, _LINE)
_WIDEST: Final = 60


def as_xlsx(title: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Numbers stay numbers, so that they can be added up."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(letter for letter in title if letter not in "[]:*?/\\")[:31] or "1"
    for number, cells in enumerate([[title], headings, *rows], 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)
            _put(cell, value)
            cell.font = Font(_FONT, 18 if number == 1 else 16, bold=number < 3)
            cell.alignment = Alignment(vertical="top", wrap_text=number > 1)
            if number > 1:
                cell.border = _BOX
            if number == 2:
                cell.fill = PatternFill("solid", fgColor="E8EEF7")
    for column, heading in enumerate(headings, 1):
        texts = [heading, *(str(row[column - 1] or "") for row in rows)]
        sheet.column_dimensions[get_column_letter(column)].width = min(max(map(len, texts)) + 4, _WIDEST)
    sheet.freeze_panes = "A3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in [headings, *rows]:
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in row])
    return "\ufeff".encode() + out.getvalue().encode()


def _put(cell: Cell, value: Value) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if calculates(value):
            cell.quotePrefix = True
