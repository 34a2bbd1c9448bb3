"""The summary counts what a reader of the tables would count, and says it in as many lines as the page has."""

from __future__ import annotations

import dataclasses

import pytest

from memos import documents, summary
from memos.frozen import Activity, Measure
from tests.memos import sample, shapes
from tests.memos import wordfiles as word

FIGURES = ("จำนวนมาตรการ", "จำนวนกิจกรรม", "มีผลแล้ว", "ยังไม่ดำเนินการ", "ยังไม่มีผล")


def figures(*measures: Measure) -> list[object]:
    content = shapes.with_sections(dataclasses.replace(shapes.RESULT, measures=measures))
    values = summary.values(content)
    return [values[name] for name in FIGURES]


def test_the_summary_of_sample_002() -> None:
    lines = word.lines(documents.render_summary(word.template("summary"), sample.CONTENT))
    assert lines == [
        "สรุปสำหรับผู้บริหาร ปีงบประมาณ พ.ศ.\u00a0๒๕๖๕", sample.NAME,
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส", f"ของ{sample.NAME}", "ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๕",
        "๒ มาตรการ  ๖ กิจกรรม  มีผลการดำเนินการแล้ว ๕ กิจกรรม", "ยังไม่มีการดำเนินการ ๑ กิจกรรม",
        "มาตรการ\tสถานะ",
        "๑. มาตรการการเปิดเผยข้อมูล (สำนักปลัด อบต., ทุกส่วน/กอง)\tมีผล ๔ ใน ๕",
        "๒. มาตรการการป้องกันการทุจริต (นิติกร สำนักปลัด อบต.)\tมีผลแล้ว",
        "จึงเรียนมาเพื่อโปรดทราบและพิจารณา",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("results", "state", "counted"),
    [
        (["ทำแล้ว"], "มีผลแล้ว", ["1", "0", "0"]),
        (["ทำแล้ว", ""], "มีผล ๑ ใน ๒", ["1", "0", "1"]),
        (["2. ยังไม่มีการดำเนินการ"], "ยังไม่ดำเนินการ", ["0", "1", "0"]),
        (["- ยังไม่ได้ดำเนินการ เนื่องจากไม่มีงบประมาณ", " "], "ยังไม่ดำเนินการ", ["0", "1", "1"]),
        (["ไม่มีการดำเนินการในปีนี้"], "ยังไม่ดำเนินการ", ["0", "1", "0"]),
        (["", "\n"], "ยังไม่มีผล", ["0", "0", "2"]),
        (["จัดทำแล้ว แม้เดิมยังไม่มีการดำเนินการ"], "มีผลแล้ว", ["1", "0", "0"]),
    ],
)
def test_what_counts_as_a_result(results: list[str], state: str, counted: list[str]) -> None:
    measure = Measure({"measure": "ม"}, tuple(Activity({"result": result}) for result in results))
    content = shapes.with_sections(dataclasses.replace(shapes.RESULT, measures=(measure,)))
    values = summary.values(content)
    assert values["มาตรการ"] == [f"ม\t{state}"]
    printed = ["".join(found) if found else "๐" for found in figures(measure)[2:]]  # type: ignore[arg-type]
    assert printed == [figure.translate(str.maketrans("012", "๐๑๒")) for figure in counted]


def test_tabs_of_the_cells_move_no_state_from_its_margin() -> None:
    measure = Measure(
        {"measure": "1.\tมาตรการ\tเปิดเผย"},
        (Activity({"result": "ทำแล้ว", "responsible": "-\tกองช่าง\n-\tกองคลัง"}),),
    )
    values = summary.values(shapes.with_sections(dataclasses.replace(shapes.RESULT, measures=(measure,))))
    assert values["มาตรการ"] == ["๑. มาตรการ เปิดเผย (กองช่าง, กองคลัง)\tมีผลแล้ว"]


def test_a_measure_without_activities_is_one_without_a_result() -> None:
    assert figures(Measure({"measure": "ม"})) == [["๑"], ["๑"], ["๐"], ["๐"], ["๑"]]


def test_only_tables_with_results_are_counted_where_there_are_some() -> None:
    assert figures()[:2] == [["๐"], ["๐"]]
    plans = summary.values(shapes.with_sections(shapes.PLAN))
    assert [plans[name] for name in FIGURES] == [["๒"], ["๖"], ["๐"], ["๐"], ["๖"]]


@pytest.mark.parametrize("measures", [1, 15, 16, 17, 60])
def test_a_long_list_says_how_many_it_leaves_out(measures: int) -> None:
    found = summary.values(shapes.long_report(measures))["มาตรการ"]
    assert isinstance(found, list)
    shown = [line for line in found if "\t" in line]
    assert len(found) <= 17
    if len(shown) < measures:
        left = str(measures - len(shown)).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert found[-1] == f"และอีก {left} มาตรการ"
    assert all(line.endswith("\tมีผล ๑ ใน ๒") for line in shown)
    assert shown[-1].endswith("(กองช่าง, กองคลัง, สำนักปลัด, กอง…)\tมีผล ๑ ใน ๒") == (measures > 1)


def test_words_are_cut_only_where_the_page_has_no_room() -> None:
    def cut(measures: int) -> int:
        found = summary.values(shapes.long_report(measures))["มาตรการ"]
        assert isinstance(found, list)
        return sum("…" in line for line in found)

    assert cut(2) == cut(4) == 0
    assert cut(12) == 12


@pytest.mark.parametrize(
    ("responsible", "printed"),
    [
        ("- สำนักปลัด อบต.\n- กองคลัง", " (สำนักปลัด อบต., กองคลัง)"),
        ("1. กองช่าง\n2. กองคลัง", " (กองช่าง, กองคลัง)"),
        ("งานนโยบายและแผน\nสำนักปลัด", " (งานนโยบายและแผน สำนักปลัด)"),
        ("- งานนโยบาย\nและแผน\n- กองคลัง", " (งานนโยบาย และแผน, กองคลัง)"),
        ("", ""),
    ],
)
def test_who_is_responsible_is_listed_without_markers(responsible: str, printed: str) -> None:
    measure = Measure({"measure": "ม"}, (Activity({"responsible": responsible}),))
    content = shapes.with_sections(dataclasses.replace(shapes.RESULT, measures=(measure,)))
    assert summary.values(content)["มาตรการ"] == [f"ม{printed}\tยังไม่มีผล"]


def test_what_is_asked_is_the_last_sentence_that_asks() -> None:
    head = dataclasses.replace(sample.HEAD, body="ก\nจึงเรียนมาเพื่อโปรดอนุมัติ\nหมายเหตุท้าย")
    asked = summary.values(dataclasses.replace(sample.CONTENT, memo=head))["ข้อเสนอ"]
    assert asked == ["จึงเรียนมาเพื่อโปรดอนุมัติ"]
    silent = dataclasses.replace(sample.HEAD, body="")
    assert summary.values(dataclasses.replace(sample.CONTENT, memo=silent))["ข้อเสนอ"] == []
