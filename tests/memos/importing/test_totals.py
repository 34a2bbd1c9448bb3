"""A row that only sums up is no measure; a row that says more is one."""

from __future__ import annotations

import pytest

from memos.importing.grids import Cell, Source, laid_out
from memos.importing.totals import only_sums_up, remark_in
from tests.memos.importing import files

SUMS = [
    ["รวม", "5 มาตรการ", "15 กิจกรรม", "", "", ""],
    ["", "รวมทั้งสิ้น", "๕", "-", "", ""],
    ["รวม 5 มาตรการ", "", "", "", "", ""],
    ["รวม ........ มาตรการ", "", "", "", "", ""],
    ["รวมมาตรการ", "5", "", "", "10,000.50 บาท", "ร้อยละ 100"],
    ["Total", "(5 มาตรการ)", "", "", "100%", ""],
]
WORDS = [
    ["รวม", "จัดประชุม", "", "", "", ""],
    ["รวมทั้งสิ้น", "1. จัดประชุม", "", "", "", ""],
    ["รวม 5 มาตรการ", "5", "สำนักปลัด", "", "", ""],
    ["รวมพลังต้านทุจริต", "", "", "", "", ""],
    ["รวมกิจกรรมเสียงตามสาย", "2 ครั้ง", "", "", "", ""],
    ["4. รวบรวมข้อมูล", "5", "", "", "", ""],
]


@pytest.mark.parametrize("row", SUMS, ids=lambda row: " ".join(row).strip())
def test_a_row_that_only_sums_up_is_left_out_and_said(row: list[str]) -> None:
    cells = [[Cell(text) for text in line] for line in (files.HEADINGS, files.a_row(1), files.a_row(2), row)]
    found = files.recognised(Source("word", [laid_out(cells)]))
    assert (found.counts["measures"], found.counts["activities"]) == (2, 2)
    assert [finding.kind for finding in found.findings] == ["doubtful"]
    assert "แถวรวม" in found.findings[0].sentence


@pytest.mark.parametrize("row", WORDS, ids=lambda row: " ".join(row).strip())
def test_a_row_with_words_of_its_own_stays(row: list[str]) -> None:
    cells = [[Cell(text) for text in line] for line in (files.HEADINGS, files.a_row(1), row)]
    found = files.recognised(Source("word", [laid_out(cells)]))
    assert found.sections[0].measures[1].cells["measure"] == row[0]


@pytest.mark.parametrize("text", ["1 1" * 60 + "x", "1," * 90 + "x", "-- " * 60 + "x", "." * 199 + "x"])
def test_a_long_cell_that_is_no_figure_is_judged_at_once(text: str) -> None:
    assert not only_sums_up(["รวม", text])


REMARK = "หมายเหตุ\n1. ข้อมูล ณ วันที่ 30 กันยายน 2566\n2. ดูเอกสารแนบ"


@pytest.mark.parametrize("merged", [True, False])
def test_a_closing_remark_is_the_words_after_the_table(merged: bool) -> None:
    last = [Cell(REMARK, 1, 6)] if merged else [Cell(REMARK), *(Cell() for _ in range(5))]
    cells = [[Cell(text) for text in row] for row in (files.HEADINGS, files.a_row(1), files.a_row(2))]
    found = files.recognised(Source("word", [laid_out([*cells, last])]))
    assert found.counts == {"sections": 1, "groups": 0, "measures": 2, "activities": 2}
    assert found.sections[0].closing == REMARK
    assert [(finding.kind, finding.place) for finding in found.findings] == [("doubtful", "ตารางที่ ๑ แถวที่ ๔")]
    assert "หมายเหตุท้ายตาราง" in found.findings[0].sentence


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        (["หมายเหตุ", "ยังไม่ครบ", ""], "หมายเหตุ ยังไม่ครบ"),
        (["*หมายเหตุ : ยังไม่ครบ", "", ""], "*หมายเหตุ : ยังไม่ครบ"),
        (["หมายเหตุประกอบงบ", "จัดทำ", ""], ""),
        (["", "หมายเหตุ ยังไม่ครบ", ""], ""),
        (["1. หมายเหตุ", "", ""], ""),
        (["", "", ""], ""),
    ],
)
def test_only_a_remark_that_stands_alone_is_one(row: list[str], remark: str) -> None:
    assert remark_in(row) == remark
