"""Documents are what Word's schema asks for, in every shape that contents can give them."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image

from memos import documents
from memos.docx.compile import compile_template
from memos.frozen import Activity, Enclosure, FrozenContent, Measure, Section
from tests.memos import sample, shapes
from tests.memos import wordfiles as word


def picture(width: int = 300, height: int = 100, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 128).save(out, kind)
    return out.getvalue()


def with_head(**changes: Any) -> FrozenContent:
    return dataclasses.replace(sample.CONTENT, memo=dataclasses.replace(sample.HEAD, **changes))


def with_measures(*counts: int, orientation: Literal["landscape", "portrait"] = "landscape") -> FrozenContent:
    """One section per count of activities; the first measure has them all, a second has none."""
    sections = []
    for count in counts:
        rows = tuple(Activity({"method": f"{n}. วิธี\n- ย่อย", "result": "ผล"}) for n in range(count))
        form = dataclasses.replace(sample.RESULT, orientation=orientation)
        sections.append(
            Section("หัวข้อ", "", "", form, (Measure({"measure": "ม"}, rows), Measure({"measure": "ว่าง"})))
        )
    return dataclasses.replace(sample.CONTENT, sections=tuple(sections))


SIGNED = (
    dataclasses.replace(sample.DRAFTER, signature=picture(), date=date(2022, 4, 1)),
    *(dataclasses.replace(block, signature=picture(120, 400, "JPEG")) for block in sample.GIVEN[1:]),
)
SKIPPED = documents.Block("ความเห็นหัวหน้าสำนักปลัด", note="ข้ามขั้นตอนนี้ เนื่องจาก ผู้เสนอเป็นหัวหน้าสำนักปลัด")
FULL = with_head(
    recipients=("นายก", "ปลัด"), via=("รองปลัด", "หัวหน้าสำนักปลัด"), references=("หนังสือ ก", "หนังสือ ข"),
    enclosures=(Enclosure("รายงาน", "1 ชุด", 12), Enclosure("ภาพถ่าย", "3 แผ่น"), Enclosure("คำสั่ง")), speed="ด่วนที่สุด",
    secrecy="ลับ", body="__เรื่องเดิม__\nก\n__ข้อเท็จจริง__\nข __ค__ ง",
)  # fmt: skip
BARE = with_head(office="", number_prefix="", subject="", recipients=(), enclosures=(), body="", date=None)
MEMOS: dict[str, Callable[[], bytes]] = {
    "given": lambda: documents.render_memo(word.template("memo"), sample.CONTENT, sample.GIVEN, "12"),
    "full": lambda: documents.render_memo(word.template("memo"), FULL, SIGNED, "12", picture(500, 400)),
    "bare": lambda: documents.render_memo(word.template("memo"), BARE, ()),
    "skipped": lambda: documents.render_memo(
        word.template("memo"), sample.CONTENT, (sample.DRAFTER, SKIPPED)
    ),
}
TABLES: dict[str, Callable[[], bytes]] = {
    "sample": lambda: documents.render_measures(word.template("measures"), sample.CONTENT),
    "one row": lambda: documents.render_measures(word.template("measures"), with_measures(1)),
    "six": lambda: documents.render_measures(word.template("measures"), with_measures(6, 0)),
    "sixty": lambda: documents.render_measures(word.template("measures"), with_measures(60)),
    "portrait": lambda: documents.render_measures(
        word.template("measures"), with_measures(2, orientation="portrait")
    ),
    "none": lambda: documents.render_measures(
        word.template("measures"), dataclasses.replace(sample.CONTENT, sections=())
    ),
    "secret": lambda: documents.render_measures(word.template("measures"), FULL),
    "covered": lambda: documents.render_measures(word.template("measures"), shapes.COVERED),
    "covered, upright": lambda: documents.render_measures(word.template("measures"), shapes.COVERED_UPRIGHT),
    "groups": lambda: documents.render_measures(word.template("measures"), shapes.GROUPS),
    "two rows": lambda: documents.render_measures(word.template("measures"), shapes.TWO_ROWED),
}
SUMMARIES: dict[str, Callable[[], bytes]] = {
    "summary": lambda: documents.render_summary(word.template("summary"), sample.CONTENT),
    "long summary": lambda: documents.render_summary(word.template("summary"), shapes.long_report(60)),
    "bare summary": lambda: documents.render_summary(
        word.template("summary"), dataclasses.replace(BARE, sections=())
    ),
}
for _name in ("memo-preprinted", "memo-two-columns"):
    for _content, _blocks in ((sample.CONTENT, sample.GIVEN), (FULL, SIGNED), (BARE, ()), (FULL, SIGNED[:2])):
        MEMOS[f"{_name} {len(MEMOS)}"] = partial(documents.render_memo, word.named(_name), _content, _blocks)
EVERY = MEMOS | TABLES | SUMMARIES


@pytest.mark.parametrize("name", EVERY)
def test_documents_are_valid(name: str, tmp_path: Path) -> None:
    data = EVERY[name]()
    file = tmp_path / "document.docx"
    file.write_bytes(data)
    result = OpenXmlValidator().validate(file)
    assert [str(error) for error in result.errors] == []
    assert "{{" not in word.part(data)
    assert "<?ita" not in word.part(data)
    everything = "".join(word.part(data, part) for part in word.xml_parts(data))
    numbers = re.findall(r'<wp:docPr[^>]* id="(\d+)"', everything)
    assert len(numbers) == len(set(numbers))
    assert "\ufdd0" not in everything


_ACROSS = ("sample", "one row", "six", "sixty", "secret", "covered", "two rows")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_for_every_column(name: str) -> None:
    for table in word.tables(TABLES[name]()):
        columns = len(table._tbl.tblGrid.gridCol_lst)
        assert {sum(cell.grid_span for cell in row._tr.tc_lst) for row in table.rows} == {columns}
        widths = [int(column.get(f"{word.W}w")) for column in table._tbl.tblGrid.gridCol_lst]
        assert sum(widths) in ((14570,) if name in _ACROSS else (14570, 9638))


def test_a_drawing_in_a_repeated_block_is_numbered_anew() -> None:
    drawing = re.search(r"<w:drawing>.*</w:drawing>", word.part(word.shipped("memo")), re.DOTALL)
    assert drawing
    static = drawing[0].replace('descr="{{ครุฑ}}"', 'descr="ตรา"')
    data = word.with_xml(word.shipped("memo"), "{{หัวข้อความเห็น}}</w:t>", f"{{{{หัวข้อความเห็น}}}}</w:t>{static}")
    filled = documents.render_memo(compile_template(data, "memo"), sample.CONTENT, sample.GIVEN)
    numbers = re.findall(r'<wp:docPr[^>]* id="(\d+)"', word.part(filled))
    assert len(numbers) == 4
    assert len(set(numbers)) == 4


def test_sections_that_lie_differently_get_their_own_pages() -> None:
    across, upright = with_measures(1).sections[0], with_measures(1, orientation="portrait").sections[0]
    content = dataclasses.replace(sample.CONTENT, sections=(across, upright, upright, across))
    data = documents.render_measures(word.template("measures"), content)
    pages = [(section.page_width > section.page_height) for section in word.opened(data).sections]  # type: ignore[operator]
    assert pages == [True, False, True]
    sums = [
        sum(int(column.get(f"{word.W}w")) for column in table._tbl.tblGrid.gridCol_lst)
        for table in word.tables(data)
    ]
    assert sums == [14570, 9638, 9638, 14570]
