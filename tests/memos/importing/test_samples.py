"""The five samples as recognised, cut at their pages: the counts of the originals come back, and every word of the cells."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ita_core import thai
from memos.importing.found import Found
from tests.memos.importing import files

COUNTS = {
    "000": {"sections": 1, "groups": 0, "measures": 15, "activities": 15},
    "001": {"sections": 1, "groups": 3, "measures": 6, "activities": 6},
    "002": {"sections": 2, "groups": 0, "measures": 4, "activities": 12},
    "003": {"sections": 1, "groups": 0, "measures": 7, "activities": 7},
    "004": {"sections": 1, "groups": 0, "measures": 11, "activities": 12},
}
FORMS = {
    "000": ["measure-outcome"],
    "001": ["weakness"] * 4,
    "002": ["plan", "result"],
    "003": ["topic"],
    "004": ["seven"],
}
LINES: list[files.Lines] = ["paragraphs", "breaks"]


def found_in(sample: str, lines: files.Lines = "paragraphs") -> Found:
    return files.recognised(files.read(files.cut_at_pages(sample, lines)))


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("sample", COUNTS)
def test_tables_cut_at_their_pages_come_back_whole(sample: str, lines: files.Lines) -> None:
    found = found_in(sample, lines)
    assert found.counts == COUNTS[sample]
    assert [section.form for section in found.sections] == FORMS[sample]


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("sample", COUNTS)
def test_headers_repeated_within_one_table_change_nothing(sample: str, lines: files.Lines) -> None:
    found = files.recognised(files.read(files.in_one_table(sample, lines)))
    assert found.counts == COUNTS[sample]


def without_empty_lines(text: str) -> str:
    return re.sub("\n+", "\n", text)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("sample", COUNTS)
@pytest.mark.parametrize("change", [without_empty_lines, in_one_line])
def test_lines_that_another_scan_lost_change_no_count(sample: str, change: Callable[[str], str]) -> None:
    parts = [
        block if isinstance(block, str) else [[change(cell) for cell in row] for row in block]
        for page in files.sample(sample)
        for block in page
    ]
    assert files.recognised(files.read(files.word(parts))).counts == COUNTS[sample]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pasted"])
@pytest.mark.parametrize("sample", COUNTS)
def test_a_whole_report_typed_into_one_sheet_is_cut_into_its_tables(sample: str, kind: str) -> None:
    """Titles, tables of other widths and closing words below each other, as offices keep them."""
    rows = [
        row
        for page in files.sample(sample)
        for block in page
        for row in ([[block]] if isinstance(block, str) else block)
    ]
    found = files.recognised(files.sheet(rows, kind))
    assert found.counts == COUNTS[sample]
    assert found.sections[-1].closing == found_in(sample).sections[-1].closing


@pytest.mark.parametrize("sample", COUNTS)
def test_no_word_of_a_cell_is_lost_or_told_twice(sample: str) -> None:
    """Letter by letter, column after column; a label that a page repeats is the only thing left out."""
    found = found_in(sample)
    cells = [
        text
        for section in found.sections
        for measure in section.measures
        for row in (measure.cells, *measure.activities)
        for text in row.values()
    ]
    given = [
        text
        for page in files.sample(sample)
        for block in page
        if isinstance(block, list)
        for row in block[1:]
        for text in row
    ]
    repeated = {"003": letters("ข้อ ๐๒๓ สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน")}
    repeated["004"] = letters("การส่งเสริมความโปร่งใสและป้องกันการทุจริตภายในหน่วยงาน")
    wanted = "".join(map(letters, given))
    assert sorted("".join(map(letters, cells)) + repeated.get(sample, "")) == sorted(wanted)


def letters(text: str) -> str:
    """As stored: Arabic digits, no spaces."""
    return re.sub(r"\s+", "", thai.normalise(text))


def test_001_a_row_cut_by_a_page_goes_on_in_every_column() -> None:
    groups = [section for section in found_in("001").sections if section.is_group]
    assert [group.heading for group in groups] == ["6.1 ด้าน IIT", "6.2 ด้าน EIT", "6.3 ด้าน OIT"]
    measure = groups[0].measures[-1]
    assert measure.cells["topic"] == "ตัวชี้วัดที่ 5 การแก้ไขปัญหา การทุจริต"
    assert measure.cells["issue"].startswith("- การให้ความสำคัญ")
    assert "\n- การร้องเรียน และ ส่ง หลักฐาน" in measure.cells["issue"]
    assert re.findall(r"^\d+\.", measure.activities[0]["result"], re.MULTILINE) == [
        f"{n}." for n in range(1, 7)
    ]
    assert measure.activities[0]["responsible"] == "- สำนักปลัด อบต."


def test_002_rows_of_several_activities_are_split_where_every_cell_agrees() -> None:
    plan, result = found_in("002").sections
    assert [len(measure.activities) for measure in plan.measures] == [5, 1]
    assert [len(measure.activities) for measure in result.measures] == [5, 1]
    third = result.measures[0].activities[2]
    assert third["method"].startswith("3. ให้เจ้าหน้าที่ผู้รับผิดชอบ ตรวจสอบและช่องทาง")
    assert third["responsible"] == "สำนักปลัด\nอบต."
    assert third["period"] == "ต.ค. 64 - ก.ย. 65"
    assert third["result"].startswith("3. จัดทำช่องทางให้บริการ")
    assert third["suggestion"] == "ควรแต่งตั้งเจ้าหน้าที่ตรวจสอบ เว็บไซต์ของหน่วยงาน โดยเฉพาะ"
    fifth = result.measures[0].activities[4]
    assert fifth["method"].endswith("- หน่วยงาน ต้องจัดให้มีการดำเนินการจัดทำประกาศ ลงเว็บไซต์")


def test_003_a_repeated_label_without_results_is_the_rest_of_its_row() -> None:
    measure = found_in("003").sections[0].measures[5]
    assert measure.cells["topic"].count("จัดหาพัสดุ") == 1
    assert "ซื้อหรือจ้าง เป็นต้น กรณีที่" in measure.cells["issue"]
    assert measure.cells["measure"].endswith("(2) จัดทำข้อมูลเพื่อเผยแพร่ลงเว็บไซต์")


def test_004_a_repeated_label_with_results_is_another_activity() -> None:
    section = found_in("004").sections[0]
    assert len(section.measures[-1].activities) == 2
    assert section.measures[-1].activities[1]["period"] == "3 ม.ค. 2566"
    first = section.measures[0].cells
    assert first["measure"] == "1. การปรับปรุงคะแนนด้าน IIT"
    assert first["topic"].startswith("__หัวข้อ__\n-การประชาสัมพันธ์")
    assert section.closing.startswith("การแสดง QR code แบบวัด EIT\nองค์การบริหารส่วนตำบล")


@pytest.mark.parametrize(
    ("sample", "kind", "count"),
    [
        ("000", "header", 6),
        ("001", "joined", 1),
        ("001", "group", 3),
        ("002", "split", 3),
        ("002", "header", 3),
        ("003", "joined", 1),
        ("004", "joined", 1),
    ],
)
def test_every_decision_is_told(sample: str, kind: str, count: int) -> None:
    told = [finding for finding in found_in(sample).findings if finding.kind == kind]
    assert len(told) == count
    assert all(finding.sentence and finding.place.startswith("ตารางที่ ") for finding in told)


@pytest.mark.parametrize("sample", COUNTS)
def test_nothing_is_called_doubtful_that_is_not(sample: str) -> None:
    assert [finding for finding in found_in(sample).findings if finding.kind == "doubtful"] == []


def test_changed_and_empty_headers_are_named() -> None:
    sentences = [finding.sentence for finding in found_in("002").findings if finding.kind == "header"]
    assert any("ว่าง" in sentence for sentence in sentences)
    assert any("มาตรการ/แนวทางการป้องกันการทุจริต" in sentence for sentence in sentences)
