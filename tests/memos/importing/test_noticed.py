"""What a file hides, lacks or swallows is imported or left behind, and said with its place: nothing goes without a word."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from memos.importing.foreign import ForeignFile
from memos.importing.found import ImportFinding
from memos.importing.grids import Source
from tests.memos.importing import files


def noticed(source: Source, word: str) -> list[ImportFinding]:
    """Findings whose sentence has that word; they are the same after the draft of the import kept them."""
    kept = Source.from_json(source.to_json())
    findings = files.recognised(source).findings
    assert findings == files.recognised(kept).findings
    return [finding for finding in findings if word in finding.sentence]


def sheet_of(book: Workbook, rows: int = 4) -> Worksheet:
    sheet = book.worksheets[0]
    sheet.title = "ผลปี 65"
    for row in (files.HEADINGS, *(files.a_row(n) for n in range(1, rows + 1))):
        sheet.append(list(row))
    return sheet


def read(book: Workbook) -> Source:
    packed = io.BytesIO()
    book.save(packed)
    return files.read(packed.getvalue(), "รายงาน.xlsx")


# --- what a workbook hides


def test_hidden_rows_and_columns_come_along_and_are_named() -> None:
    book = Workbook()
    sheet = sheet_of(book)
    for row in (2, 4, 5, 900):  # The last holds nothing.
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions.group("C", "D", hidden=True)
    source = read(book)
    assert files.recognised(source).counts["measures"] == 4
    rows, columns = noticed(source, "ซ่อนไว้")
    assert (rows.kind, rows.place) == ("doubtful", "แผ่นงาน “ผลปี 65”")
    assert "แถวที่ ๒, ๔–๕ " in rows.sentence
    assert "คอลัมน์ C, D " in columns.sentence


def test_a_hidden_sheet_stays_behind_and_is_named() -> None:
    book = Workbook()
    sheet_of(book)
    for title, state in (("รายการเลือก", "hidden"), ("ปีก่อน", "veryHidden"), ("ว่าง", "hidden")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        if title != "ว่าง":
            sheet.append(["สำนักปลัด", "กองคลัง"])
    source = read(book)
    assert files.recognised(source).counts["measures"] == 4
    assert [found.place for found in noticed(source, "แผ่นงานนี้ซ่อนไว้")] == [
        "แผ่นงาน “รายการเลือก”",
        "แผ่นงาน “ปีก่อน”",
    ]


def test_a_workbook_that_hides_nothing_has_nothing_to_say() -> None:
    book = Workbook()
    sheet = sheet_of(book)
    sheet.row_dimensions[2].height = 40
    sheet.column_dimensions["B"].width = 60
    assert read(book).notes == []


# --- formulas


def stored_as(book: Workbook, **values: tuple[str, str]) -> bytes:
    """The workbook as Excel would have kept it: these cells' formulas with the mark of a value and its XML."""
    packed, out = io.BytesIO(), io.BytesIO()
    book.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for place, value in values.items():
                if "worksheets/sheet" in name:
                    cell = re.compile(f'(<c r="{place}")([^>]*><f>[^<]*</f>)<v></v>')
                    part, changed = cell.subn(rf"\1 {value[0]}\2{value[1]}", part)
                    assert changed == 1
            new.writestr(name, part)
    return out.getvalue()


def test_a_formula_that_nobody_calculated_is_named() -> None:
    """One that was, and one whose value is an empty text, are not."""
    book = Workbook()
    sheet = sheet_of(book)
    for place in ("E2", "E3", "E4", "F2"):
        sheet[place] = '=IF(A1="","",A1)'
    values = {"E2": ("", ""), "E4": ('t="str"', "<v></v>"), "F2": ("", "<v>7</v>")}
    source = files.read(stored_as(book, **values), "ก.xlsx")
    (found,) = noticed(source, "สูตร")
    assert (found.kind, found.place) == ("doubtful", "แผ่นงาน “ผลปี 65”")
    assert "ช่อง E2, E3 " in found.sentence
    assert files.recognised(source).sections[0].measures[0].activities[0]["suggestion"] == "7"


def test_formulas_of_a_hidden_sheet_are_nobodys_concern() -> None:
    book = Workbook()
    sheet_of(book)
    hidden = book.create_sheet("คำนวณ")
    hidden.append(["=1+1", "ก"])
    hidden.sheet_state = "hidden"
    assert [note[0] for note in read(book).notes] == ["hidden-sheet"]


# --- a .csv whose quotation mark is not closed


def lines_of(*rows: list[str]) -> list[str]:
    return [",".join(f'"{cell}"' for cell in row) for row in rows]


def csv_file(lines: list[str]) -> Source:
    return files.read("\r\n".join(lines).encode(), "ก.csv")


@pytest.mark.parametrize(
    ("spoilt", "place"),
    [
        ('"3. ข้อสาม,"วิธี","กอง","ต.ค. 2565","ผล",""', "บรรทัดที่ ๔"),  # closed by its own next mark
        ('3. ข้อสาม,วิธี,กอง,ต.ค. 2565,"ผล', "บรรทัดที่ ๔–๕"),  # closed by the next row's first
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_named_by_its_lines(spoilt: str, place: str) -> None:
    before, after = (
        lines_of(files.HEADINGS, files.a_row(1), files.a_row(2)),
        lines_of(files.a_row(4), files.a_row(5)),
    )
    (found,) = noticed(csv_file([*before, spoilt, *after]), "เครื่องหมายคำพูด")
    assert (found.kind, found.place) == ("doubtful", place)


def test_the_last_quotation_mark_swallows_all_that_follows() -> None:
    plain = [line.replace('"', "") for line in lines_of(files.HEADINGS, *map(files.a_row, range(1, 6)))]
    plain[3] = '"' + plain[3]
    (found,) = noticed(csv_file(plain), "เครื่องหมายคำพูด")
    assert found.place == "บรรทัดที่ ๔–๖"


def test_a_swallowed_file_is_refused_for_its_mark_not_for_a_long_cell() -> None:
    plain = [line.replace('"', "") for line in lines_of(files.HEADINGS, *map(files.a_row, range(1, 400)))]
    plain[2] = '"' + plain[2]
    with pytest.raises(ForeignFile) as refused:
        csv_file(plain)
    assert refused.value.code == "open-quote"


def test_lines_in_a_cell_marks_doubled_and_inches_are_no_fault() -> None:
    rows = [files.a_row(1, result="ได้ทำ\n- ก\n- ข"), files.a_row(2, result='ป้าย ""งดรับของขวัญ"" และอื่น ๆ\nครบ')]
    lines = [*lines_of(files.HEADINGS, *rows), '3. ป้าย 24" ,วิธี,กอง,ต.ค. 2565,ผล,"ดี" มาก']
    assert csv_file(lines).notes == []


# --- footnotes of a Word file

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def noted(kind: str, marks: list[tuple[int, int]], texts: dict[int, str]) -> Source:
    """A table with marks in (row, column), numbered 2, 3 …; Word's own separators are notes 0 and 1 with a type."""
    document = docx.Document()
    table = files.add_table(document, [files.HEADINGS, files.a_row(1), files.a_row(2)])
    for number, (row, column) in enumerate(marks, 2):
        run = table.cell(row, column).paragraphs[0].add_run()
        run._r.append(files.element(f"w:{kind}Reference", id=str(number)))
    notes = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for number, text in texts.items()
    )
    separator = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:t>เส้นคั่น</w:t></w:r></w:p></w:{kind}>'
    xml = f'<w:{kind}s xmlns:w="{_W}">{separator}{notes}</w:{kind}s>'
    uri, package = PackURI(f"/word/{kind}s.xml"), document.part.package
    mime = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    document.part.relate_to(Part(uri, mime, xml.encode(), package), RELATIONSHIP_TYPE.FOOTNOTES)
    return files.read(files.saved(document))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_footnote_stands_behind_the_words_that_name_it(kind: str) -> None:
    texts = {2: "ข้อมูล ณ ก.ย. 2566", 3: "ตามคำสั่งที่ 12", 4: "ไม่มีใครอ้างถึง"}
    source = noted(kind, [(1, 4), (2, 0)], texts)
    one, two = files.recognised(source).sections[0].measures
    assert one.activities[0]["result"] == "ดำเนินการเรื่องที่ 1 แล้ว [ข้อมูล ณ ก.ย. 2566]"
    assert two.cells["measure"] == "2. มาตรการเรื่องที่ 2 [ตามคำสั่งที่ 12]"
    (found,) = noticed(source, "เชิงอรรถ")
    assert found.kind == "doubtful"
    assert "เชิงอรรถ ๒ ข้อ" in found.sentence


def test_a_mark_without_its_footnote_says_nothing() -> None:
    source = noted("footnote", [(1, 4)], {9: "ของอีกเครื่องหมาย"})
    assert source.notes == []
    assert source.grids[0].texts(1)[4] == "ดำเนินการเรื่องที่ 1 แล้ว"
