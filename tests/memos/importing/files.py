"""Files as officers send them, made here: the five samples as Word tables, and what python-docx cannot write itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from openpyxl import Workbook

from memos.importing import headings, reading, recognising
from memos.importing.found import Found
from memos.importing.grids import Source
from memos.importing.mapping import Mapping
from memos.shipped import FORMS
from tests.samples.from_seeds import HERE, Page

Lines = Literal["paragraphs", "breaks"]
Table = Sequence[Sequence[str]]


@cache
def forms() -> list[Any]:
    """The shipped forms, without a database."""
    return [SimpleNamespace(**row) for row in json.loads(FORMS.read_text(encoding="utf-8"))]


def sample(name: str) -> list[Page]:
    pages: list[Page] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return pages


def recognised(source: Source, of: Sequence[Any] | None = None) -> Found:
    chosen = of or forms()
    return recognising.recognise(source, headings.match(source, chosen), chosen)


def recognised_by(source: Source, mapping: Mapping) -> Found:
    return recognising.recognise(source, mapping, forms())


def read(data: bytes, name: str = "รายงาน.docx") -> Source:
    return reading.read_file(name, data)


def sheet(rows: Table, kind: str) -> Source:
    """The rows as a workbook of one sheet, a .csv, or text with tabs."""
    if kind == "xlsx":
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        packed = io.BytesIO()
        book.save(packed)
        return read(packed.getvalue(), "a.xlsx")
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if kind == "pasted" else ",").writerows(rows)
    return (
        reading.read_pasted(text.getvalue()) if kind == "pasted" else read(text.getvalue().encode(), "a.csv")
    )


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(parts: Sequence[str | Table], lines: Lines = "paragraphs") -> bytes:
    """Paragraphs and tables in order; lines of a cell as paragraphs or as line breaks in one."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            add_table(document, part, lines)
    return saved(document)


def add_table(document: Document, rows: Table, lines: Lines = "paragraphs") -> Any:
    table = document.add_table(len(rows), max(map(len, rows)))
    cells = iter(table._cells)
    for row in rows:
        for text in row:
            write(next(cells), text, lines)
    return table


def write(cell: _Cell, text: str, lines: Lines = "paragraphs") -> None:
    if lines == "breaks":
        cell.text = text
        return
    first, *others = text.split("\n")
    cell.text = first
    for line in others:
        cell.add_paragraph(line)


def cut_at_pages(name: str, lines: Lines) -> bytes:
    """A table for each page, as a scan gives them."""
    return word([block for page in sample(name) for block in page], lines)


def in_one_table(name: str, lines: Lines) -> bytes:
    """Tables that nothing stands between become one, their headers repeated in it; 002's two of five and six columns stay two."""
    parts: list[str | list[list[str]]] = []
    for block in (block for page in sample(name) for block in page):
        before = parts[-1] if parts else ""
        if isinstance(block, list) and isinstance(before, list) and len(before[0]) == len(block[0]):
            before += block
        else:
            parts.append(block if isinstance(block, str) else [*block])
    return word(parts, lines)


def element(name: str, **attributes: str) -> Any:
    """``element("w:vMerge", val="restart")``"""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


HEADINGS = ["มาตรการ/แนวทาง", "วิธีการดำเนินงาน", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"]


def a_row(number: int, **cells: str) -> list[str]:
    """A plain row of the form ``result``."""
    usual = {
        "measure": f"{number}. มาตรการเรื่องที่ {number}",
        "method": f"ดำเนินการเรื่องที่ {number} ให้แล้วเสร็จ",
        "responsible": "สำนักปลัด",
        "period": "ต.ค. ๒๕๖๕ - ก.ย. ๒๕๖๖",
        "result": f"ดำเนินการเรื่องที่ {number} แล้ว",
        "suggestion": "ไม่มี",
    }
    return list((usual | cells).values())
