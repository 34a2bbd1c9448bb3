"""Plain tables as .xlsx, to be filled in by hand and read back (importing/reading.read_sheets). Every cell is a text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

_FONT: Final = "TH Sarabun New"
_HEAD: Final = PatternFill("solid", fgColor="E8EEF7")
_LAST: Final = 300
"""Rows that are prepared for typing; below them the table goes on without lists of choices."""
_WIDEST = 40


@dataclass(frozen=True)
class Sheet:
    """``choices``: for a column, counted from 0, the sheet and column (also from 0) that hold what may stand in it."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    choices: dict[int, tuple[str, int]] = field(default_factory=dict)


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Notes in the first rows of a sheet, then its headings, then its rows; the headings stay in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for row, note in enumerate(sheet.notes, 1):
        _put(page, row, 1, note).alignment = Alignment(vertical="top")
    head = len(sheet.notes) + 1
    for column, heading in enumerate(sheet.headings, 1):
        cell = _put(page, head, column, heading)
        cell.font, cell.fill = Font(_FONT, 16, bold=True), _HEAD
        longest = max([len(heading), *(len(row[column - 1]) for row in sheet.rows)])
        page.column_dimensions[get_column_letter(column)].width = min(max(14, longest + 4), _WIDEST)
    for place, texts in enumerate(sheet.rows, head + 1):
        for column, text in enumerate(texts, 1):
            _put(page, place, column, text)
    for column, (source, there) in sheet.choices.items():
        letter, its = get_column_letter(column + 1), get_column_letter(there + 1)
        allowed = DataValidation("list", formula1=f"'{source}'!${its}$2:${its}${_LAST}", allow_blank=True)
        allowed.showErrorMessage = False  # It helps to type; what is wrong is said when the file comes back.
        page.add_data_validation(allowed)
        allowed.add(f"{letter}{head + 1}:{letter}{_LAST}")
    page.freeze_panes = f"A{head + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4


def _put(page: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"  # whatever it begins with
    cell.font = Font(_FONT, 16)
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
