"""Good files with something wrong in them: bytes of the file, or of one part that is packed again so that it is read."""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache

import docx
from openpyxl import Workbook

from tests.memos.importing import files
from tests.memos.importing.test_tables_of_text import CLIPBOARDS, CSV
from tests.memos.wordfiles import altered

_VALUE = re.compile(rb'="[^"]*"')
_ODD = (
    b"-1",
    b"0",
    b"99999999999",
    b"",
    b"NaN",
    b"restart",
    b"A0",
    b"XFD1048577",
    b"\xff",
    b"&#0;",
    b"&x;",
    b"%1%2%9",
)


@cache
def good() -> dict[str, bytes]:
    """One of each kind, with merges, lists and underlines."""
    document = docx.Document()
    document.add_paragraph("๑. ส่วนที่หนึ่ง")
    table = files.add_table(document, [files.HEADINGS, *(files.a_row(n) for n in range(1, 4))])
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 1).add_paragraph("ข้อ", style="List Number")
    table.cell(3, 1).add_paragraph("จุด", style="List Bullet")
    table.cell(3, 2).paragraphs[0].add_run("ขีดเส้น").underline = True
    return {
        "a.docx": files.saved(document),
        "a.xlsx": _workbook(),
        "a.csv": CSV.encode(),
        "pasted": CLIPBOARDS["Word"].encode(),
    }


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (files.HEADINGS, files.a_row(1), files.a_row(2)):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mutant(seed: int) -> tuple[str, bytes]:
    """(name, bytes); the same for the same seed."""
    draw = random.Random(seed)
    name = draw.choice(list(good()))
    data = good()[name]
    if not data.startswith(b"PK") or draw.random() < 0.25:
        return name, _changed(draw, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.namelist() if part.endswith((".xml", ".rels"))]
    weights = [6 if part.endswith(("document.xml", "sheet1.xml", "numbering.xml")) else 1 for part in parts]
    part = draw.choices(parts, weights)[0]
    return name, altered(data, {part: lambda old: _changed(draw, old)})


def _changed(draw: random.Random, data: bytes) -> bytes:
    for _time in range(draw.randint(1, 4)):
        data = draw.choice((_flip, _cut, _double, _odd_value, _swap))(draw, data)
    return data


def _flip(draw: random.Random, data: bytes) -> bytes:
    if not data:
        return b"\0"
    at = draw.randrange(len(data))
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _cut(draw: random.Random, data: bytes) -> bytes:
    start = draw.randrange(len(data) + 1)
    return data[:start] + data[start + draw.randint(0, 400) :]


def _double(draw: random.Random, data: bytes) -> bytes:
    start = draw.randrange(len(data) + 1)
    piece = data[start : start + draw.randint(1, 600)]
    return data[:start] + piece * draw.randint(2, 30) + data[start:]


def _odd_value(draw: random.Random, data: bytes) -> bytes:
    """An attribute that says what no program writes."""
    values = list(_VALUE.finditer(data))
    if not values:
        return data
    found = draw.choice(values)
    return data[: found.start()] + b'="' + draw.choice(_ODD) + b'"' + data[found.end() :]


def _swap(draw: random.Random, data: bytes) -> bytes:
    """Two elements change places."""
    ends = [found.end() for found in re.finditer(rb">", data)]
    if len(ends) < 4:
        return data
    a, b, c, d = sorted(draw.sample(ends, 4)) if len(ends) > 4 else ends
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]
