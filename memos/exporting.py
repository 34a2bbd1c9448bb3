"""A report's tables as .xlsx, .csv and .json, from frozen content; importing/own.py reads each back to identical rows.

The files' shape stands in exchange.py. Every text is text: a cell that begins with = + - @ (also full-width, also after
spaces) is never a formula. In .xlsx its type says so and nothing is added; a .csv has no types, so there it gets an
apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE

from ita_core import thai
from memos.docx.package import deflated, write_zip
from memos.exchange import (
    ACTIVITY,
    CLOSING,
    CSV_KEYS,
    FIRST,
    FORM,
    FORMAT,
    GROUP,
    HEADING,
    MEASURE,
    PREAMBLE,
    SECTION,
    VERSION,
    calculates,
    guarded,
)
from memos.forms_data import FIELDS
from memos.frozen import Column, FrozenContent, Measure, Section


def as_json(content: FrozenContent) -> bytes:
    """One object: format, version, whose tables of which year, and the sections with their forms and rows."""
    made = {
        "format": FORMAT,
        "version": VERSION,
        "authority": content.organisation.name,
        "fiscal_year": content.report.fiscal_year,
        "title": list(content.report.title),
        "sections": [_in_order(section) for section in content.to_dict()["sections"]],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _in_order(section: dict[str, Any]) -> dict[str, Any]:
    """Cells in the order of the form: databases and canonical JSON give them in orders of their own."""
    fields = [key for column in section["form"]["columns"] for key in column["fields"]]

    def row(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "cells": {key: values["cells"][key] for key in fields if key in values["cells"]}}

    measures = [
        {**row(measure), "activities": [row(activity) for activity in measure["activities"]]}
        for measure in section["measures"]
    ]
    return {**section, "measures": measures}


# --- .csv: one row for each activity; the words around a table stand in its first row alone


def as_csv(content: FrozenContent) -> bytes:
    """UTF-8 with the mark by which Excel knows it; cells of a measure are repeated beside each of its activities."""
    keys = _field_keys(content)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*CSV_KEYS, *keys], restval="", lineterminator="\r\n")
    writer.writeheader()
    for number, group, section in numbered(content):
        for place, row in enumerate(_csv_rows(section)):
            words = {PREAMBLE: section.preamble, CLOSING: section.closing} if place == 0 else {}
            head = {SECTION: number, GROUP: group, FORM: section.form.slug, HEADING: section.heading}
            texts = {key: guarded(text) for key, text in (head | words | row).items()}
            writer.writerow(texts)
    return "\ufeff".encode() + out.getvalue().encode()


def _field_keys(content: FrozenContent) -> list[str]:
    """The usual fields in their usual order, then those of the authority's own."""
    used = [field for section in content.sections for field in fields_of(section.form.columns)]
    return [key for key in FIELDS if key in used] + [key for key in dict.fromkeys(used) if key not in FIELDS]


def fields_of(columns: tuple[Column, ...]) -> list[str]:
    return [field for column in columns for field in column.fields]


def numbered(content: FrozenContent) -> Iterator[tuple[str, str, Section]]:
    """Each section with its number and, for a group, its number below it ("" otherwise)."""
    number, group = 0, 0
    for section in content.sections:
        number, group = (number, group + 1) if section.is_group else (number + 1, 0)
        yield str(number), str(group) if section.is_group else "", section


def _csv_rows(section: Section) -> Iterator[dict[str, str]]:
    for n, measure in enumerate(section.measures, 1):
        for k, activity in enumerate(measure.activities, 1):
            yield {MEASURE: str(n), ACTIVITY: str(k), **measure.cells, **activity.cells}
        if not measure.activities:
            yield {MEASURE: str(n), **measure.cells}
    if not section.measures:
        yield {}


# --- .xlsx: a sheet for each section or group, laid out as on paper

_FONT: Final = "TH Sarabun New"
_PLAIN: Final = Font(_FONT, 16)
_BOLD: Final = Font(_FONT, 16, bold=True)
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_LINE: Final = Side(style="thin", color="808080")
_BOX: Final = Border(_LINE, _LINE, _LINE, _LINE)
_WIDTH: Final = 150
"""Characters of all columns together: a landscape page at a readable size."""
_LINE_HEIGHT: Final = 22
_WHEN: Final = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def as_xlsx(content: FrozenContent) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = content.organisation.name
    book.properties.title = " ".join(content.report.title)
    for number, group, section in numbered(content):
        name = f"ส่วนที่ {number} กลุ่ม {group}" if group else f"ส่วนที่ {number}"
        _write_sheet(book.create_sheet(thai.to_thai_digits(name)), section)
    if not content.sections:
        book.create_sheet("ไม่มีตาราง")
    return _packed(book)


def _packed(book: Workbook) -> bytes:
    """Without the moment of writing: the same tables give the same bytes, so that two exports can be compared."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts[ARC_CORE] = _WHEN.sub(b"", parts[ARC_CORE])
    return write_zip({name: deflated(part) for name, part in parts.items()})


def shown(text: str) -> str:
    """With Thai digits where paper has them. The spaces stay as typed, so ``thai.normalise`` gives the text back."""
    return "".join(
        letter if printed == thai.NBSP else printed
        for letter, printed in zip(text, thai.printed(text), strict=True)
    )


def _write_sheet(sheet: Worksheet, section: Section) -> None:
    fields = fields_of(section.form.columns)
    last = FIRST + len(fields) - 1
    _put_row(sheet, 1, [FORMAT, VERSION, "group" if section.is_group else "section", section.form.slug])
    for row, (mark, text) in enumerate((("heading", section.heading), ("preamble", section.preamble)), 2):
        _put_words(sheet, row, last, mark, text)
    row = _put_headings(sheet, 4, section.form.columns)
    sheet.print_title_rows = f"4:{row - 1}"
    _put_row(sheet, row, ["fields", None, *fields])
    for hidden in (1, row):
        sheet.row_dimensions[hidden].hidden = True
    sheet.freeze_panes = f"{get_column_letter(FIRST)}{row + 1}"
    row += 1
    for n, measure in enumerate(section.measures, 1):
        row = _put_measure(sheet, row, n, measure, section.form.columns)
    _put_words(sheet, row, last, "closing", section.closing)
    _lay_out(sheet, section)


def _put_row(sheet: Worksheet, row: int, values: list[str | int | None]) -> None:
    for column, value in enumerate(values, 1):
        _put(sheet, row, column, value)


def _put(sheet: Worksheet, row: int, column: int, value: str | int | None) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is written into what a merge covers
    if value is not None:
        cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it begins with
        if calculates(value):
            cell.quotePrefix = True  # stays text when a person edits it in Excel
    cell.font, cell.alignment = _PLAIN, _TOP
    return cell


def _put_words(sheet: Worksheet, row: int, last: int, mark: str, text: str) -> None:
    """Words above or below the table, over its whole width."""
    _put(sheet, row, 1, mark)
    _put(sheet, row, FIRST, shown(text)).font = _BOLD if mark == "heading" else _PLAIN
    lines = sum(1 + len(line) // _WIDTH for line in text.split("\n"))
    sheet.row_dimensions[row].height = min(lines * _LINE_HEIGHT, 409)  # more Excel does not allow
    _merge(sheet, row, FIRST, row, last)


class _Heading(NamedTuple):
    """A text over a rectangle of cells, counted from 0 at the first heading of the first column shown."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def _put_headings(sheet: Worksheet, top: int, columns: tuple[Column, ...]) -> int:
    """One to three rows: groups of columns, headings, what each of a column's fields is called. Gives the next row."""
    height = 1 + any(column.group for column in columns) + any(len(column.fields) > 1 for column in columns)
    for heading in _headings(columns, height):
        row, column = top + heading.top, FIRST + heading.left
        cell = _put(sheet, row, column, thai.printed(heading.text))
        cell.font, cell.border = _BOLD, _BOX
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        cell.alignment = Alignment("center", "center", wrap_text=True)
        _merge(sheet, row, column, top + heading.bottom, FIRST + heading.right)
    return top + height


def _headings(columns: tuple[Column, ...], height: int) -> Iterator[_Heading]:
    left = 0
    for group, members in itertools.groupby(columns, key=lambda column: column.group):
        start = left
        for column in members:
            right = left + len(column.fields) - 1
            pair = right > left
            yield _Heading(column.heading, 1 if group else 0, left, height - 1 - pair, right)
            for place, field in enumerate(column.fields if pair else ()):
                label = column.labels[place] if column.labels else FIELDS.get(field, field)
                yield _Heading(label, height - 1, left + place, height - 1, left + place)
            left = right + 1
        if group:
            yield _Heading(group, 0, start, 0, left - 1)


def _put_measure(
    sheet: Worksheet, row: int, number: int, measure: Measure, columns: tuple[Column, ...]
) -> int:
    """A row for each activity, at least one; cells of the measure span them. Gives the next row."""
    bottom = row + max(len(measure.activities), 1) - 1
    for line in range(row, bottom + 1):
        _put(sheet, line, 1, number)
    for k, activity in enumerate(measure.activities):
        _put(sheet, row + k, 2, k + 1)
        for column, key in _placed(columns, "activity"):
            _put(sheet, row + k, column, shown(activity.cells.get(key, ""))).border = _BOX
    for column, key in _placed(columns, "measure"):
        _put(sheet, row, column, shown(measure.cells.get(key, ""))).border = _BOX
        _merge(sheet, row, column, bottom, column)
    return bottom + 1


def _placed(columns: tuple[Column, ...], level: str) -> Iterator[tuple[int, str]]:
    levels = [(column.level, field) for column in columns for field in column.fields]
    return ((FIRST + place, field) for place, (its, field) in enumerate(levels) if its == level)


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    if (bottom, right) != (top, left):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _lay_out(sheet: Worksheet, section: Section) -> None:
    """Widths of the columns, and a page across when it is printed."""
    for hidden in (1, 2):
        sheet.column_dimensions[get_column_letter(hidden)].hidden = True
    columns = section.form.columns
    whole = sum(column.width for column in columns)
    widths = [column.width / len(column.fields) for column in columns for _field in column.fields]
    for place, width in enumerate(widths):
        letter = get_column_letter(FIRST + place)
        sheet.column_dimensions[letter].width = max(10, round(_WIDTH * width / whole))
    sheet.page_setup.orientation = section.form.orientation
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
