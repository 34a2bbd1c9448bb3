"""The pair of documents: which words stand where, what repeats, what disappears."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from memos import documents
from memos.documents import Block
from memos.docx import DocumentProblem
from memos.frozen import Activity, Column, Enclosure, Measure
from tests.memos import sample
from tests.memos import wordfiles as word
from tests.memos.docx.test_schema import FULL, SIGNED, SKIPPED, picture, with_head, with_measures

MEMO, TABLE = word.template("memo"), word.template("measures")


def memo(content: object = sample.CONTENT, blocks: object = sample.GIVEN, number: str = "") -> list[str]:
    return word.lines(documents.render_memo(MEMO, content, blocks, number))  # type: ignore[arg-type]


def test_the_memo_of_sample_002_line_by_line() -> None:
    assert memo(number="12")[:6] == [
        "\t\tบันทึกข้อความ",
        "ส่วนราชการ  สำนักปลัดองค์การบริหารส่วนตำบลพ่วงพรมคร อำเภอเคียนซา จังหวัดสุราษฎร์ธานี\t",
        "ที่  สฎ ๗๒๗๐๑/๑๒\t วันที่  ๑ เมษายน ๒๕๖๕\t",
        "เรื่อง  รายงานผลการดำเนินการมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๕\t",
        "เรียน\tนายกองค์การบริหารส่วนตำบลพ่วงพรมคร",
        "สิ่งที่ส่งมาด้วย\tรายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสฯ จำนวน ๑ ชุด",
    ]
    assert memo()[8:12] == ["จึงเรียนมาเพื่อโปรดทราบและพิจารณา", "", "(นางสาวมะลิ ใจงาม)", "นิติกรชำนาญการ"]


def test_blocks_follow_in_order_with_name_capacity_and_date() -> None:
    assert memo()[12:] == [
        "ความเห็นหัวหน้าสำนักปลัด", "เรียน ปลัดฯ – เพื่อโปรดพิจารณา", "ตรวจสอบแล้ว ถูกต้องครบถ้วน", "", "(นายสมหมาย ตั้งตรง)",
        "หัวหน้าสำนักปลัด", "๔ เมษายน ๒๕๖๕",
        "ความเห็นของปลัด", "เห็นควรนำเรียนนายกฯ เพื่อโปรดทราบและพิจารณา", "", "(นายบุญส่ง รุ่งเรือง)",
        "รองปลัดองค์การบริหารส่วนตำบล", "รักษาราชการแทน", "ปลัดองค์การบริหารส่วนตำบลพ่วงพรมคร", "๕ เมษายน ๒๕๖๕",
        "ความเห็นของนายก", "\t", "\t", "", "(" + "." * 48 + ")", "นายกองค์การบริหารส่วนตำบลพ่วงพรมคร",
    ]  # fmt: skip


@pytest.mark.parametrize("given", [True, False])
def test_a_skipped_step_prints_its_reason_and_no_room_for_a_name(given: bool) -> None:
    titles = () if given else ("หัวหน้าสำนักปลัด",)
    skipped = dataclasses.replace(SKIPPED, given=given, title_lines=titles)
    found = memo(blocks=(sample.DRAFTER, skipped, sample.GIVEN[3]))
    start = found.index("ความเห็นหัวหน้าสำนักปลัด")
    assert found[start + 1 : start + 3] == [
        "ข้ามขั้นตอนนี้ เนื่องจาก ผู้เสนอเป็นหัวหน้าสำนักปลัด",
        "ความเห็นของนายก",
    ]


def test_lists_repeat_with_their_label_once() -> None:
    found = memo(FULL)
    start = next(i for i, line in enumerate(found) if line.startswith("เรียน"))
    assert found[start : start + 13] == [
        "เรียน\tนายก", "\tปลัด", "ผ่าน\tรองปลัด", "\tหัวหน้าสำนักปลัด", "อ้างถึง\t๑. หนังสือ ก", "\t๒. หนังสือ ข",
        "สิ่งที่ส่งมาด้วย\t๑. รายงาน จำนวน ๑ ชุด (๑๒ หน้า)", "\t๒. ภาพถ่าย จำนวน ๓ แผ่น", "\t๓. คำสั่ง",
        "เรื่องเดิม", "ก", "ข้อเท็จจริง", "ข ค ง",
    ]  # fmt: skip


def test_what_is_empty_disappears_with_its_label() -> None:
    found = memo(with_head(enclosures=(), recipients=("  ",), body="\n\nก\n \nข"))
    whole = "\n".join(found)
    assert not any(label in whole for label in ("เรียน\t", "ผ่าน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ด่วน", "ลับ"))
    assert found[3:7] == [found[3], "ก", "ข", ""]
    assert memo(with_head(office="", date=None, number_prefix=""))[1:3] == ["ส่วนราชการ  \t", "ที่  \t วันที่  \t"]


def test_a_single_entry_is_not_counted_and_pages_are() -> None:
    found = memo(with_head(enclosures=(Enclosure("คำสั่ง", "", 3),)))
    assert "สิ่งที่ส่งมาด้วย\tคำสั่ง (๓ หน้า)" in found


@pytest.mark.parametrize(
    ("prefix", "number", "printed"),
    [
        ("สฎ 72701", "", "สฎ ๗๒๗๐๑/"),
        ("สฎ 72701/", "5", "สฎ ๗๒๗๐๑/๕"),
        ("", "5", "๕"),
        ("สฎ 72701 /", "5", "สฎ ๗๒๗๐๑/๕"),
    ],
)
def test_the_number_is_the_prefix_and_what_comes_from_the_book(
    prefix: str, number: str, printed: str
) -> None:
    assert memo(with_head(number_prefix=prefix), number=number)[2].startswith(f"ที่  {printed}\t")


def test_without_blocks_no_signature_is_left_behind() -> None:
    assert memo(blocks=())[-1] == "จึงเรียนมาเพื่อโปรดทราบและพิจารณา"


def test_headings_cling_and_a_block_does_not_cling_to_the_next() -> None:
    paragraphs = word.opened(documents.render_memo(MEMO, FULL, sample.GIVEN)).paragraphs
    keeps = {paragraph.text: paragraph.paragraph_format.keep_with_next for paragraph in paragraphs}
    assert keeps["เรื่องเดิม"] is True
    assert keeps["ก"] is None
    assert keeps["ข ค ง"] is True  # the signature does not stand alone on a page
    assert keeps["นิติกรชำนาญการ"] is False
    assert [keeps[text] for text in ("๔ เมษายน ๒๕๖๕", "๕ เมษายน ๒๕๖๕")] == [False, False]
    assert keeps["ปลัดองค์การบริหารส่วนตำบลพ่วงพรมคร"] is None
    assert paragraphs[-1].paragraph_format.keep_with_next is False


def test_speed_and_secrecy_stand_where_the_template_has_them() -> None:
    data = documents.render_memo(MEMO, FULL, sample.GIVEN)
    assert word.lines(data)[0] == "\tด่วนที่สุด\tบันทึกข้อความ"
    for part in ("word/header1.xml", "word/header2.xml", "word/footer1.xml"):
        assert "ลับ" in word.part(data, part)
        assert "ลับ" not in word.part(documents.render_memo(MEMO, sample.CONTENT, ()), part)


def test_pictures_are_embedded_once_and_fitted() -> None:
    data = documents.render_memo(MEMO, FULL, SIGNED, garuda=picture(500, 400))
    media = [name for name in word.names(data) if name.startswith("word/media/")]
    assert len(media) == 4  # the stand-in, the garuda, two different signatures
    shapes = [(shape.width, shape.height) for shape in word.opened(data).inline_shapes]
    assert shapes[0] == (1_620_000, 540_000)  # 3 to 1, as high as 1.5 cm allows
    assert shapes[1] == (162_000, 540_000)
    assert 'cx="675000" cy="540000"' in word.part(data)  # the garuda: 1.5 cm high, 5 to 4
    assert 'r:embed="rId9"' not in word.part(data)


@pytest.mark.parametrize("data", [b"x", b"\x89PNG\r\n\x1a\n", b"GIF89a\1\0\1\0\0\0\0;", b"<svg/>"])
def test_other_pictures_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(DocumentProblem, match="PNG"):
        documents.render_memo(MEMO, sample.CONTENT, (), garuda=data)
    with pytest.raises(DocumentProblem, match="PNG"):
        documents.render_memo(MEMO, sample.CONTENT, (Block("", name="ก", signature=data),))


@pytest.mark.parametrize("rows", [1, 6, 60])
def test_a_measure_spans_its_activities(rows: int) -> None:
    (table,) = word.tables(documents.render_measures(TABLE, with_measures(rows)))
    merges = [row._tr.tc_lst[0].vMerge for row in table.rows]
    spanning = [None] if rows == 1 else ["restart", *["continue"] * (rows - 1)]
    assert merges == [None, *spanning, None]
    assert [row._tr.tc_lst[1].vMerge for row in table.rows] == [None] * (rows + 2)


def test_the_measure_table_of_sample_002() -> None:
    data = documents.render_measures(TABLE, sample.CONTENT)
    plan, result = word.tables(data)
    assert [cell.text for cell in plan.rows[0].cells] == [
        "มาตรการ/แนวทาง", "วิธีการดำเนินงาน", "ผู้รับผิดชอบ", "ระยะเวลา\nดำเนินการ", "การติดตามผล",
    ]  # fmt: skip
    assert plan.cell(1, 1).text.startswith("๑. ข้อมูลเชิงสถิติการให้บริการ\n- แสดงข้อมูล")
    assert result.cell(2, 4).text == "๒. ยังไม่มีการดำเนินการ"
    assert len(plan.rows) == len(result.rows) == 7
    for table in (plan, result):
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    whole = [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in result.rows]
    assert all(whole), "none is longer than half a page"
    assert [line for line in word.lines(data) if line.startswith("ประจำปี")] == [
        "ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๕"
    ] * 2
    assert word.part(data).count("<w:pageBreakBefore/>") == 2  # before each title, not in it


def test_a_column_shows_two_fields_below_each_other() -> None:
    columns = (
        Column("k", "หัว", ("topic", "issue"), 1, "measure", True),
        Column("r", "ผล", ("result",), 2, "activity", False),
    )
    form = dataclasses.replace(sample.PLAN, columns=columns)
    measure = Measure({"topic": "หัวข้อ", "issue": "ประเด็น 1"}, (Activity({}),))
    section = dataclasses.replace(
        sample.CONTENT.sections[0], form=form, measures=(measure,), closing="ท้าย 1\n\nท้าย 2"
    )
    data = documents.render_measures(TABLE, dataclasses.replace(sample.CONTENT, sections=(section,)))
    (table,) = word.tables(data)
    assert [cell.text for cell in table.rows[1].cells] == ["หัวข้อ\nประเด็น ๑", ""]
    assert word.lines(data)[-2:] == ["ท้าย ๑", "ท้าย ๒"]


def test_the_paper_is_thai_whatever_the_language_of_the_pages() -> None:
    from django.utils import translation

    dated = dataclasses.replace(sample.DRAFTER, date=date(2022, 4, 1))
    plain = documents.render_memo(MEMO, FULL, (dated,))
    with translation.override("en"):
        assert documents.render_memo(MEMO, FULL, (dated,)) == plain
