"""What Word shows is what is read: merged cells, numbers of lists, underlines, deleted and hidden words."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Cm

from memos.importing.grids import Cell, Grid, Source
from memos.importing.word_lists import W
from tests.memos.importing import files
from tests.memos.importing.files import element


def grid_of(document: Document) -> Grid:
    return files.read(files.saved(document)).grids[0]


def text_of(document: Document) -> str:
    return grid_of(document).texts(0)[0]


def one_cell() -> tuple[Document, Any]:
    """A document with a table of two cells, and the first of them."""
    document = docx.Document()
    return document, document.add_table(1, 2).cell(0, 0)


def test_cells_merged_down_and_across_keep_their_place() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for number, cell in enumerate(table._cells):
        cell.text = str(number)
    table.cell(0, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(1, 2))
    grid = grid_of(document)
    assert grid.rows[0][0] == Cell("0\n3\n6", 3, 1)
    assert [row[0] for row in grid.rows[1:]] == [None, None]
    assert grid.rows[1][1] == Cell("4\n5", 1, 2)
    assert grid.rows[1][2] is None
    assert grid.texts(2) == ["", "7", "8"]


def test_edges_that_miss_each_other_by_millimetres_are_one() -> None:
    """Rows drawn by hand: the file has four grid columns, a reader sees three."""
    document = docx.Document()
    table = document.add_table(2, 4)
    for column, width in zip(table.columns, (Cm(3), Cm(0.2), Cm(4), Cm(4)), strict=True):
        column.width = width
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 1).merge(table.cell(1, 2))
    for row, words in enumerate((("ก", "ข", "ค"), ("ง", "จ", "ฉ"))):
        for cell, word in zip(dict.fromkeys(table.row_cells(row)), words, strict=True):
            cell.text = word
    grid = grid_of(document)
    assert [grid.texts(row) for row in range(2)] == [["ก", "ข", "ค"], ["ง", "จ", "ฉ"]]


def test_numbers_that_word_counts_are_read() -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "นำ"
    for words in ("หนึ่ง", "สอง"):
        cell.add_paragraph(words, style="List Number")
    cell.add_paragraph("จุด", style="List Bullet")
    assert text_of(document) == "นำ\n1. หนึ่ง\n2. สอง\n- จุด"


def test_nested_lists_and_thai_numbers() -> None:
    document, cell = one_cell()
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId="77")
    for depth, (kind, words) in enumerate((("thaiNumbers", "%1."), ("decimal", "(%1.%2)"), ("bullet", "•"))):
        level = element("w:lvl", ilvl=str(depth))
        for name, value in (("start", "1"), ("numFmt", kind), ("lvlText", words)):
            level.append(element(f"w:{name}", val=value))
        abstract.append(level)
    numbering.insert(0, abstract)
    listed = element("w:num", numId="78")
    listed.append(element("w:abstractNumId", val="77"))
    numbering.append(listed)
    for depth, words in ((0, "ก"), (1, "ข"), (1, "ค"), (2, "ง"), (0, "จ"), (1, "ฉ")):
        paragraph = cell.add_paragraph(words)
        number = element("w:numPr")
        number.append(element("w:ilvl", val=str(depth)))
        number.append(element("w:numId", val="78"))
        paragraph._p.get_or_add_pPr().append(number)
    assert text_of(document) == "1. ก\n(1.1) ข\n(1.2) ค\n- ง\n2. จ\n(2.1) ฉ"


@pytest.mark.parametrize(
    ("words", "underlined", "read"),
    [
        ("หัวข้อ", True, "__หัวข้อ__"),
        (" หัวข้อ ", True, " __หัวข้อ__ "),
        ("........", True, "........"),
        ("____", True, "____"),
        ("หัวข้อ", False, "หัวข้อ"),
    ],
)
def test_an_underline_stands_between_marks_a_fill_in_line_does_not(
    words: str, underlined: bool, read: str
) -> None:
    document, cell = one_cell()
    cell.paragraphs[0].add_run(words).underline = underlined
    assert text_of(document).strip("\n") == read.strip("\n")


def test_runs_of_one_underline_are_one() -> None:
    document, cell = one_cell()
    for words in ("การใช้", "งบประมาณ"):
        cell.paragraphs[0].add_run(words).underline = True
    cell.paragraphs[0].add_run(" ต่อ")
    assert text_of(document) == "__การใช้งบประมาณ__ ต่อ"


def test_deleted_and_hidden_words_are_gone_links_keep_theirs() -> None:
    document, cell = one_cell()
    paragraph = cell.paragraphs[0]
    paragraph.add_run("เห็น")
    paragraph.add_run("ซ่อน").font.hidden = True
    deleted = element("w:del", id="1", author="x")
    run = element("w:r")
    run.append(element("w:delText"))
    run[0].text = "ลบ"
    deleted.append(run)
    paragraph._p.append(deleted)
    link = element("w:hyperlink")
    link.append(paragraph.add_run(" https://example.go.th")._r)
    paragraph._p.append(link)
    assert text_of(document) == "เห็น https://example.go.th"


def test_tabs_and_breaks_within_a_paragraph_are_told_apart_from_paragraphs() -> None:
    document, cell = one_cell()
    cell.text = "ต.ค. ๖๔\n-\tก.ย. ๖๕"
    cell.add_paragraph("ย่อหน้า")
    assert text_of(document) == "ต.ค. ๖๔\v-\tก.ย. ๖๕\nย่อหน้า"


def test_a_table_within_a_cell_is_text_and_one_around_everything_is_a_frame() -> None:
    document, cell = one_cell()
    inner = cell.add_table(2, 2)
    for number, part in enumerate(inner._cells):
        part.text = f"ใน{number}"
    assert text_of(document).split("\n")[-2:] == ["ใน0 ใน1", "ใน2 ใน3"]
    framed = docx.Document()
    files_cell = framed.add_table(1, 1).cell(0, 0)
    files_cell.text = "คำนำ"
    table = files_cell.add_table(1, 2)
    table.cell(0, 1).text = "ข้อมูล"
    source = files.read(files.saved(framed))
    assert source.parts[0] == "คำนำ"
    assert source.grids[0].texts(0) == ["", "ข้อมูล"]


def test_rows_that_the_file_calls_headers_are_the_header() -> None:
    document = docx.Document()
    table = files.add_table(document, [["เรื่อง", "ผู้ดู"], ["ก", "ข"]])
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    assert grid_of(document).header_rows == 1


def test_words_between_tables_stand_in_order() -> None:
    table = [files.HEADINGS, files.a_row(1)]
    source = files.read(files.word(["ก่อน", table, "ระหว่าง", table, "หลัง"]))
    assert [part if isinstance(part, str) else "ตาราง" for part in source.parts] == [
        "ก่อน",
        "ตาราง",
        "ระหว่าง",
        "ตาราง",
        "หลัง",
    ]


DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w="{w}">'
    '<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
)


def test_words_of_a_box_in_a_cell_are_read_once_and_ticks_are_read() -> None:
    document, cell = one_cell()
    run = cell.paragraphs[0].add_run("นอก")._r
    box = "<w:txbxContent><w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p></w:txbxContent>"
    run.append(parse_xml(BOX.format(w=W[1:-1], box=box)))
    cell.add_paragraph().add_run()._r.append(element("w:sym", font="Wingdings", char="F0FC"))
    assert text_of(document) == "นอก\nในกล่อง\n✓"


def test_pictures_in_a_table_are_left_behind_and_said() -> None:
    document = docx.Document()
    table = files.add_table(document, [files.HEADINGS, files.a_row(1)])
    cell = table.cell(1, 4).paragraphs[0].add_run()._r
    cell.append(parse_xml(f'<w:drawing xmlns:w="{W[1:-1]}"><a:blip xmlns:a="{DRAWN}"/></w:drawing>'))
    found = files.recognised(Source.from_json(files.read(files.saved(document)).to_json()))
    assert [(finding.kind, finding.place) for finding in found.findings] == [("doubtful", "ตารางที่ ๑")]
    assert "๑ ภาพ" in found.findings[0].sentence
