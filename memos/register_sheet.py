"""A year of a register as .xlsx: the eight columns, every cell a text, so that nothing in it is ever calculated."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ita_core import thai
from memos.exchange import calculates
from memos.models import Register, RegisterEntry

_FONT: Final = "TH Sarabun New"
_LINE: Final = Side(style="thin", color="808080")
_BOX: Final = Border(_LINE, _LINE, _LINE, _LINE)
_WIDTHS: Final = (12, 20, 18, 26, 26, 48, 24, 30)
# Paper is Thai whatever the reader's language, so these are not translated.
_HEADINGS: Final = ("เลขทะเบียนส่ง", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
_STANDING: Final = {
    RegisterEntry.Standing.RESERVED: "จองไว้",
    RegisterEntry.Standing.VOID: "ยกเลิก",
}


def as_xlsx(register: Register, year: int, entries: Iterable[RegisterEntry]) -> bytes:
    """In the order of the numbers, as a book has them; Thai digits, as on paper."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = thai.to_thai_digits(f"ทะเบียน {year}")
    book.properties.creator = register.organisation.full_name
    _put(sheet, 1, 1, f"{_name(register)} {register.organisation.full_name} ปี {year}").font = Font(
        _FONT, 18, bold=True
    )
    for column, heading in enumerate(_HEADINGS, 1):
        cell = _put(sheet, 2, column, heading)
        cell.font, cell.border = Font(_FONT, 16, bold=True), _BOX
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        cell.alignment = Alignment("center", "center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS[column - 1]
    for row, entry in enumerate(sorted(entries, key=lambda entry: entry.number), 3):
        for column, text in enumerate(_cells(entry), 1):
            _put(sheet, row, column, text).border = _BOX
    _lay_out(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _name(register: Register) -> str:
    names = {Register.Kind.MEMO: "ทะเบียนคุมบันทึกข้อความ", Register.Kind.OUTGOING: "ทะเบียนหนังสือส่ง"}
    name = names[Register.Kind(register.kind)]
    return f"{name} {register.office.name}" if register.office is not None else name


def _cells(entry: RegisterEntry) -> list[str]:
    standing = _STANDING.get(RegisterEntry.Standing(entry.standing), "")
    note = "\n".join(filter(None, [f"{standing}: {entry.reason}" if standing else "", entry.note]))
    dated = thai.ThaiDate(entry.dated).long
    return [
        str(entry.number),
        entry.text,
        dated,
        entry.sender,
        entry.recipient,
        entry.subject,
        entry.action,
        note,
    ]


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = thai.printed(text)
    cell.data_type = "s"  # whatever it begins with
    if calculates(text):
        cell.quotePrefix = True  # stays text when a person edits it in Excel
    cell.font = Font(_FONT, 16)
    cell.alignment = Alignment(vertical="top", wrap_text=row > 1)
    return cell


def _lay_out(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
