"""Excel, CSV and the clipboard: spans, dates, codings, quoted line breaks, and the HTML that four programs put there."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from memos.importing import reading
from memos.importing.foreign import ForeignFile
from memos.importing.grids import Cell, Source
from tests.memos.importing import files

CSV = "\r\n".join(
    ",".join(f'"{cell}"' for cell in row) for row in (files.HEADINGS, files.a_row(1), files.a_row(2))
)


def workbook(rows: list[list[Any]], **merges: str) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for merge in merges.values():
        sheet.merge_cells(merge)
    return book


def excel(book: Workbook) -> Source:
    out = io.BytesIO()
    book.save(out)
    return files.read(out.getvalue(), "รายงาน.xlsx")


def test_merged_cells_of_a_sheet_span() -> None:
    grid = excel(workbook([["ก", "ข"], [None, "ค"], ["ง", None]], down="A1:A2", across="A3:B3")).grids[0]
    assert grid.rows[0][0] == Cell("ก", 2, 1)
    assert grid.rows[1][0] is None
    assert grid.rows[2] == [Cell("ง", 1, 2), None]


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (datetime.date(2022, 10, 1), "d/m/yyyy", "1 ตุลาคม 2565"),
        (datetime.date(2022, 10, 1), "mmm yy", "ต.ค. 2565"),
        (datetime.date(2565, 10, 1), "d mmm yy", "1 ตุลาคม 2565"),
        (5, "General", "5"),
        (5.0, "General", "5"),
        (0.25, "0%", "25%"),
        (1234.5, "#,##0.00", "1234.5"),
        (True, "General", "True"),
        ("=1+1", "General", ""),
    ],
)
def test_values_become_words(value: Any, shown_as: str, text: str) -> None:
    """A formula that was never calculated has no value to show."""
    book = workbook([["ก", "ข"], [value, "ค"]])
    sheet = book.active
    assert sheet is not None
    sheet["A2"].number_format = shown_as
    assert excel(book).grids[0].texts(1)[0] == text


def test_underlined_words_of_a_cell() -> None:
    rich = CellRichText("ก่อน ", TextBlock(InlineFont(u="single"), "หัวข้อ"), " หลัง")
    assert excel(workbook([[rich, "ข"]])).grids[0].texts(0)[0] == "ก่อน __หัวข้อ__ หลัง"


def test_every_sheet_that_is_shown_is_a_table() -> None:
    book = workbook([files.HEADINGS, files.a_row(1)])
    for name, state in (("แผ่นสอง", "visible"), ("ซ่อน", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append(files.HEADINGS)
        sheet.append(files.a_row(2))
        sheet.sheet_state = state
    assert [grid.name for grid in excel(book).grids] == ["Sheet", "แผ่นสอง"]


def test_a_declared_dimension_is_not_believed() -> None:
    """Some programs write A1:A1 over a sheet of fifty rows."""
    from tests.memos.wordfiles import altered

    out = io.BytesIO()
    workbook([files.HEADINGS, *(files.a_row(n) for n in range(1, 51))]).save(out)

    def lie(part: bytes) -> bytes:
        assert b'<dimension ref="A1:F51"' in part
        return part.replace(b'<dimension ref="A1:F51"', b'<dimension ref="A1:A1"')

    lying = altered(out.getvalue(), {"xl/worksheets/sheet1.xml": lie})
    assert files.recognised(files.read(lying, "x.xlsx")).counts["measures"] == 50


def test_title_rows_above_the_table_are_words() -> None:
    book = workbook([["รายงานผลการดำเนินการ"], [], files.HEADINGS, files.a_row(1)], title="A1:F1")
    found = files.recognised(excel(book))
    assert (found.lines, found.counts["measures"]) == (["รายงานผลการดำเนินการ"], 1)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_in_any_coding_with_any_mark(coding: str, mark: str) -> None:
    data = CSV.replace('","', f'"{mark}"').encode(coding)
    if coding == "utf-16":
        with pytest.raises(ForeignFile):
            files.read(data.replace(b"\xff\xfe", b"", 1), "x.csv")
    source = files.read(data, "รายงาน.csv")
    assert files.recognised(source).counts == {"sections": 1, "groups": 0, "measures": 2, "activities": 2}


def test_quoted_line_breaks_stay_in_their_cell() -> None:
    text = "\t".join(files.HEADINGS) + '\n1. ก\t"บรรทัดหนึ่ง\nบรรทัด ""สอง"""\tกอง\tม.ค. 2566\tแล้ว\t\n'
    activity = files.recognised(reading.read_pasted(text)).sections[0].measures[0].activities[0]
    assert activity["method"] == 'บรรทัดหนึ่ง\nบรรทัด "สอง"'


def row(*cells: str) -> str:
    return "<tr>" + "".join(cells) + "</tr>"


HEAD = row(*(f"<td>{heading}</td>" for heading in files.HEADINGS))
CLIPBOARDS = {
    "Excel": (
        "<html><head><style>td{mso-number-format:General}</style></head><body><table>"
        + HEAD
        + row('<td rowspan=2 class=xl65>1. ก</td>', "<td>วิธี<br>หนึ่ง</td>", "<td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>")
        + row("<td>วิธีสอง</td>", "<td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>")
        + "</table></body></html>"
    ),
    "Word": (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment--><table class=MsoTableGrid><thead>'
        + HEAD
        + "</thead>"
        + row(
            "<td rowspan=2><p class=MsoNormal>1. ก<o:p></o:p></p></td>",
            "<td><p class=MsoNormal>วิธี</p><p class=MsoNormal><u>หนึ่ง</u></p></td>",
            "<td><p>กอง</p></td><td><p>ม.ค. 66</p></td><td><p>แล้ว</p></td><td><p>&nbsp;</p></td>",
        )
        + row("<td>วิธีสอง</td><td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>")
        + "</table><!--EndFragment--></body></html>"
    ),
    "LibreOffice": (
        "<html><body><table cellpadding='7'><colgroup><col width='64'/></colgroup><tbody>"
        + HEAD.replace("<td>", "<th><p>").replace("</td>", "</p></th>")
        + row('<td rowspan="2"><p>1. ก</p></td><td><p>วิธี<br/>\nหนึ่ง</p></td><td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>')
        + row("<td>วิธีสอง</td><td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>")
        + "</tbody></table></body></html>"
    ),
    "Google Sheets": (
        "<google-sheets-html-origin><style>td{}</style><table><tbody>"
        + HEAD
        + row(
            '<td rowspan="2"><div>1. ก</div></td><td style="text-decoration:underline">วิธี<br/>หนึ่ง</td>',
            "<td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>",
        )
        + row("<td>วิธีสอง</td><td>กอง</td><td>ม.ค. 66</td><td>แล้ว</td><td></td>")
        + "</tbody></table></google-sheets-html-origin>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", CLIPBOARDS)
def test_tables_pasted_from(program: str) -> None:
    found = files.recognised(reading.read_pasted(CLIPBOARDS[program]))
    assert found.counts == {"sections": 1, "groups": 0, "measures": 1, "activities": 2}
    measure = found.sections[0].measures[0]
    assert measure.cells == {"measure": "1. ก"}
    assert measure.activities[0]["method"].replace("__", "") == "วิธี\nหนึ่ง"
    assert measure.activities[1]["method"] == "วิธีสอง"


def test_lists_and_links_of_pasted_html() -> None:
    html = (
        "<table>"
        + HEAD
        + row(
            "<td>1. ก</td><td><ol><li>หนึ่ง</li><li>สอง</li></ol><ul><li>จุด</li></ul></td><td>กอง</td><td>ม.ค. 66</td>"
            "<td><a href='https://example.go.th/x'>ดูที่นี่</a></td><td></td>"
        )
        + "</table>"
    )
    activity = files.recognised(reading.read_pasted(html)).sections[0].measures[0].activities[0]
    assert activity["method"] == "1. หนึ่ง\n2. สอง\n- จุด"
    assert activity["result"] == "ดูที่นี่"


def test_markers_that_word_draws_and_words_that_it_tracks() -> None:
    item = "<p class=MsoListParagraph><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp;&nbsp; </span></span>{}</p>"
    method = item.format("๑.", "หนึ่ง") + item.format("·", "จุด")
    html = f"<table>{HEAD}" + row(
        f"<td>1. ก</td><td>{method}</td><td>กอง</td><td>ม.ค. 66</td><td><ins>ใหม่</ins><del>เก่า</del></td><td></td>"
    )
    activity = files.recognised(reading.read_pasted(html + "</table>")).sections[0].measures[0].activities[0]
    assert activity["method"] == "1. หนึ่ง\n- จุด"
    assert activity["result"] == "ใหม่"


@pytest.mark.parametrize("text", ["", "ไม่มีตาราง", "<p>ไม่มีตาราง</p>", "<table></table>"])
def test_what_holds_no_table_is_refused_in_words(text: str) -> None:
    with pytest.raises(ForeignFile) as refused:
        reading.read_pasted(text)
    assert refused.value.sentence


SCANNED = [
    "## รายงานผล",
    "",
    "\t".join(files.HEADINGS),
    "\t".join(a_cell.replace("สำนักปลัด", "<p>สำนักปลัด<br/>อบต.</p>") for a_cell in files.a_row(1)),
    "",
    "\t".join(files.HEADINGS),
    "\t".join(files.a_row(2, method='<ul style="list-style-type: none"> - <u>หนึ่ง</u> - สอง')),
    "",
    "หมายเหตุท้ายตาราง",
]


def test_text_of_a_scanner_words_and_tables_by_tabs() -> None:
    for source in (reading.read_pasted("\n".join(SCANNED)), files.read("\n".join(SCANNED).encode(), "a.txt")):
        found = files.recognised(source)
        first, second = found.sections[0].measures
        assert (found.lines, found.sections[0].closing) == (["รายงานผล"], "หมายเหตุท้ายตาราง")
        assert first.activities[0]["responsible"] == "สำนักปลัด\nอบต."
        assert second.activities[0]["method"] == "- __หนึ่ง__ - สอง"


def test_a_table_between_bars() -> None:
    rows = [files.HEADINGS, ["---"] * 6, files.a_row(1), files.a_row(2, measure="", method="หนึ่ง<br>สอง")]
    text = "\n".join(["คำนำ", *(f"| {' | '.join(row)} |" for row in rows), "", "ท้าย"])
    found = files.recognised(reading.read_pasted(text))
    assert found.counts == {"sections": 1, "groups": 0, "measures": 1, "activities": 2}
    assert found.sections[0].measures[0].activities[1]["method"] == "หนึ่ง\nสอง"
    assert (found.lines, found.sections[0].closing) == (["คำนำ"], "ท้าย")
