"""The tables as data: text stays text, whatever it begins with, and reading a file back gives the same rows."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ita_core import thai
from memos import exchange, exporting
from memos.frozen import Activity, Column, Form, FrozenContent, Measure, Section
from memos.importing import own, own_json
from memos.importing.found import Found
from memos.importing.grids import Cell, Grid, Row, Source, Unreadable
from tests.memos.sample import CONTENT

DANGEROUS = [
    "=1+1",
    "+66 81 234 5678",
    "-2+3",
    "@SUM(A1)",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    " =1",
    "\u00a0=1",
    "'=1",
    "''=1",
    "'ไม่ใช่สูตร",
    '=HYPERLINK("http://example.org","x")',
    "=cmd|' /C calc'!A0",
    "- รายการ\n- รายการ",
    "_x0041_",
    "  ช่องว่าง  ข้างหน้า",
    '<w:t>&amp;"\',;\n"',
]
PAIRED = Form(
    "own-nine",
    1,
    "แบบของหน่วยงาน",
    (
        Column("what", "มาตรการ", ("measure", "topic"), 20, "measure", True, "", ("ชื่อ", "หัวข้อ")),
        Column("method", "วิธี", ("method",), 20, "activity", True, "การดำเนินการ"),
        Column("period", "เมื่อใด", ("period",), 10, "activity", True, "การดำเนินการ"),
        Column("money", "งบประมาณ", ("budget",), 10, "activity", False, "เงิน"),
        Column("result", "ผล", ("result", "outcome"), 30, "activity", True, "เงิน"),
    ),
)


def content(*sections: Section) -> FrozenContent:
    return dataclasses.replace(CONTENT, sections=sections)


def filled(texts: list[str], form: Form = PAIRED) -> Section:
    """A section in which every text stands in every field once."""
    above = exporting.fields_of(tuple(c for c in form.columns if c.level == "measure"))
    below = exporting.fields_of(tuple(c for c in form.columns if c.level == "activity"))
    measures = tuple(
        Measure(dict.fromkeys(above, text), tuple(Activity(dict.fromkeys(below, each)) for each in texts))
        for text in texts
    )
    return Section("1. หัวข้อ", "=ข้อความนำ\nสองบรรทัด", "-ข้อความท้าย", form, measures)


def sheets(data: bytes) -> Source:
    """A workbook as the reader of foreign files gives it, without its child process."""
    grids = []
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        rows: list[Row] = [
            [Cell(str(value) if value is not None else "") for value in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        grids.append(Grid(rows, name=sheet.title))
    return Source("excel", list(grids))


def plain(data: bytes) -> Source:
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    rows: list[Row] = [[Cell(text) for text in line] for line in lines]
    return Source("csv", [Grid(rows)])


Way = tuple[Callable[[FrozenContent], bytes], Callable[[bytes], Source]]
WAYS: dict[str, Way] = {
    "xlsx": (exporting.as_xlsx, sheets),
    "csv": (exporting.as_csv, plain),
    "json": (exporting.as_json, own_json.read_json),
}


@dataclasses.dataclass
class _Offered:
    slug: str
    title: str
    columns: list[dict[str, Any]]


def offered(content: FrozenContent) -> list[_Offered]:
    forms = {section.form.slug: section.form for section in content.sections}
    return [_Offered(f.slug, f.title, [dataclasses.asdict(c) for c in f.columns]) for f in forms.values()]


def read_back(content: FrozenContent, way: str) -> Found:
    write, read = WAYS[way]
    source = read(write(content))
    assert own.is_own(source)
    return own.recognise(source, offered(content))


def rows_of(content: FrozenContent) -> list[Any]:
    return [
        [
            *(s.form.slug, s.heading, s.preamble, s.closing, s.is_group),
            *((dict(m.cells), [dict(a.cells) for a in m.activities]) for m in s.measures),
        ]
        for s in content.sections
    ]


def rows_found(found: Found) -> list[Any]:
    return [
        [s.form, s.heading, s.preamble, s.closing, s.is_group, *((m.cells, m.activities) for m in s.measures)]
        for s in found.sections
    ]


@pytest.mark.parametrize("way", WAYS)
class TestReadBack:
    def test_the_sample(self, way: str) -> None:
        found = read_back(CONTENT, way)
        assert rows_found(found) == rows_of(CONTENT)
        assert found.findings == []
        assert found.counts == {"sections": 2, "groups": 0, "measures": 4, "activities": 12}

    def test_texts_that_look_like_formulas(self, way: str) -> None:
        dangerous = content(filled(DANGEROUS))
        assert rows_found(read_back(dangerous, way)) == rows_of(dangerous)

    def test_groups_and_what_is_empty(self, way: str) -> None:
        words = filled(["ก", ""])
        group = dataclasses.replace(words, is_group=True, heading="1.1 กลุ่ม")
        bare = dataclasses.replace(words, heading="", preamble="", closing="", measures=())
        lonely = dataclasses.replace(words, measures=(Measure({"measure": "เดี่ยว", "topic": ""}),))
        odd = content(group, words, group, group, bare, lonely)
        assert rows_found(read_back(odd, way)) == rows_of(odd)

    def test_nothing_at_all(self, way: str) -> None:
        write, read = WAYS[way]
        assert own.recognise(read(write(content())), []).sections == []


TEXTS = st.text(st.sampled_from("=+-@'＝ \n\t,\";ก่ำ้09_x\u00a0\u200bพ.ศ"), max_size=12).map(thai.normalise)


@settings(max_examples=100)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from(sorted(WAYS)))
def test_any_stored_text_comes_back(texts: list[str], way: str) -> None:
    made = content(filled(texts))
    assert rows_found(read_back(made, way)) == rows_of(made)


@given(TEXTS)
def test_an_apostrophe_is_taken_off_only_where_one_was_put(text: str) -> None:
    assert exchange.unguarded(exchange.guarded(text)) == text
    assert not exchange.guarded(text).startswith(("=", "+", "-", "@", "＝"))


class TestWorkbook:
    def test_no_cell_is_a_formula(self) -> None:
        book = load_workbook(io.BytesIO(exporting.as_xlsx(content(filled(DANGEROUS)))))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        texts = [cell for cell in cells if isinstance(cell.value, str)]
        assert len(texts) > len(DANGEROUS) ** 2
        assert {cell.data_type for cell in texts} == {"s"}
        assert "=1+1" in {thai.normalise(str(cell.value)) for cell in texts}

    def test_headings_stand_as_on_paper_in_two_rows_or_three(self) -> None:
        sheet = load_workbook(io.BytesIO(exporting.as_xlsx(content(filled(["ก"]))))).worksheets[0]
        rows = [[cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=4, max_row=6)]
        assert rows == [
            ["มาตรการ", None, "การดำเนินการ", None, "เงิน", None, None],
            [None, None, "วิธี", "เมื่อใด", "งบประมาณ", "ผล", None],
            ["ชื่อ", "หัวข้อ", None, None, None, "ผลการดำเนินการ", "ผลลัพธ์หรือความสำเร็จ"],
        ]
        merged = {str(area) for area in sheet.merged_cells.ranges}
        assert {"C4:D5", "E4:F4", "G4:I4", "E5:E6", "F5:F6", "G5:G6", "H5:I5"} <= merged

    def test_a_measure_spans_its_activities(self) -> None:
        book = load_workbook(io.BytesIO(exporting.as_xlsx(CONTENT)))
        sheet = book.worksheets[0]
        assert [sheet.title for sheet in book] == ["ส่วนที่ ๑", "ส่วนที่ ๒"]
        assert "C6:C10" in {str(area) for area in sheet.merged_cells.ranges}
        assert sheet["C6"].value == "๑. มาตรการการเปิดเผยข้อมูล"
        assert sheet["C6"].alignment.wrap_text
        assert sheet["C6"].font.name == "TH Sarabun New"
        assert sheet.column_dimensions["A"].hidden

    def test_rows_put_in_by_hand_are_read_by_what_they_hold(self) -> None:
        book = load_workbook(io.BytesIO(exporting.as_xlsx(CONTENT)))
        sheet = book.worksheets[0]
        last = next(row for row in range(6, 30) if sheet.cell(row, 1).value == "closing")
        sheet.unmerge_cells(start_row=last, end_row=last, start_column=3, end_column=7)
        sheet.cell(last, 1).value = None
        sheet.cell(last, 4).value = "กิจกรรมใหม่"
        sheet.cell(last + 1, 3).value = "มาตรการใหม่"
        sheet.cell(last + 1, 4).value = "กิจกรรมของมาตรการใหม่"
        changed = io.BytesIO()
        book.save(changed)
        first = own.recognise(sheets(changed.getvalue()), offered(CONTENT)).sections[0]
        assert first.measures[-2].activities[-1]["method"] == "กิจกรรมใหม่"
        assert first.measures[-1].cells == {"measure": "มาตรการใหม่"}
        assert [a["method"] for a in first.measures[-1].activities] == ["กิจกรรมของมาตรการใหม่"]


class TestPlainFiles:
    def test_csv_has_the_mark_english_keys_and_no_formula(self) -> None:
        data = exporting.as_csv(content(filled(DANGEROUS)))
        assert data.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        own_keys = ["measure", "topic", "method", "period", "result", "outcome", "budget"]
        assert sorted(lines[0]) == sorted([*exchange.CSV_KEYS, *own_keys])
        assert len(lines) == 1 + len(DANGEROUS) ** 2
        assert not [
            text for line in lines for text in line if text.lstrip()[:1] in tuple("=+-@＝＋－＠") and text
        ]

    def test_json_has_a_version_and_english_keys(self) -> None:
        made = json.loads(exporting.as_json(CONTENT))
        assert (made["format"], made["version"], made["fiscal_year"]) == ("ita-memos-tables", 1, 2565)
        assert made["sections"][0]["measures"][0]["activities"][0]["cells"]["responsible"]

    def test_json_has_the_order_of_the_form_whatever_the_database_gave(self) -> None:
        stored = CONTENT.to_dict()
        for section in stored["sections"]:
            for measure in section["measures"]:
                for row in (measure, *measure["activities"]):
                    row["cells"] = dict(reversed(row["cells"].items()))
        assert exporting.as_json(FrozenContent.from_dict(stored)) == exporting.as_json(CONTENT)

    @pytest.mark.parametrize(
        "damaged",
        [
            b"",
            b"[]",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"format": "ita-memos-tables", "version": 2, "sections": []}',
            b'{"format": "ita-memos-tables", "version": 1, "sections": 7}',
            b'{"format": "ita-memos-tables", "version": 1, "sections": [{"is_group": false}]}',
        ],
    )
    def test_json_that_is_not_ours_is_refused_in_words(self, damaged: bytes) -> None:
        with pytest.raises(Unreadable) as refused:
            own_json.read_json(damaged)
        assert refused.value.code == "not-ours"


def test_a_workbook_does_not_say_when_it_was_written() -> None:
    """Else two exports of the same tables could not be compared."""
    made = exporting.as_xlsx(CONTENT)
    assert made == exporting.as_xlsx(CONTENT)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in parts.read("docProps/core.xml")
