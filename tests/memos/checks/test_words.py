"""Results that say nothing and outcomes that repeat them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.checks import likeness
from tests.memos.checks.views import places, said, view

THAI = st.text(alphabet="กขคงจตนมรลวสหอะาิีุู่้ 0123๔๕-.", max_size=60)
RESULT = "จัดอบรมคุณธรรมจริยธรรมแก่พนักงานทุกส่วนราชการ"


@given(THAI, THAI)
def test_likeness_is_the_same_in_both_directions_and_between_0_and_1(one: str, other: str) -> None:
    first, second = likeness.letters(one), likeness.letters(other)
    assert likeness.likeness(first, second) == likeness.likeness(second, first)
    assert 0 <= likeness.likeness(first, second) <= 1


@given(THAI)
def test_a_text_is_wholly_like_itself_whatever_its_spaces_and_digits(text: str) -> None:
    letters = likeness.letters(text)
    spaced = likeness.letters(" 12. ".join(text))
    assert likeness.likeness(letters, letters) == (1.0 if letters else 0.0)
    if not any(letters.endswith(ending) for ending in likeness.STATUS):
        assert spaced == letters


@given(st.text(alphabet="กขคงจตนมรลวสหอะาิีุู่้", min_size=11, max_size=60), THAI)
def test_what_stands_inside_is_within(letters: str, more: str) -> None:
    assert likeness.within(letters, more + letters) and likeness.within(letters + more, letters)


@pytest.mark.parametrize(
    ("outcome", "repeats"),
    [
        (RESULT, True),
        (f"  1. {RESULT[:20]} {RESULT[20:]}", True),
        (f"{RESULT}เรียบร้อยแล้ว", True),
        (RESULT.replace("พนักงาน", "พนักงานๆ"), True),
        ("พนักงานร้อยละ 90 เข้าใจมาตรฐานทางจริยธรรม ไม่มีเรื่องร้องเรียน", False),
        ("", False),
    ],
)
def test_an_outcome_that_repeats_the_result(outcome: str, repeats: bool) -> None:
    assert said("outcome-repeats-result", result=RESULT, outcome=outcome) is repeats


def test_one_text_inside_the_other_is_information_and_not_said_twice() -> None:
    longer = f"{RESULT} และเผยแพร่ภาพกิจกรรมทางเว็บไซต์ของหน่วยงานในเดือนมีนาคม"
    assert said("outcome-within-result", result=longer, outcome=RESULT)
    assert not said("outcome-repeats-result", result=longer, outcome=RESULT)
    assert not said("outcome-within-result", result=RESULT, outcome=RESULT)


@pytest.mark.parametrize(
    ("result", "status"),
    [
        ("ดำเนินการแล้วเสร็จ", True),
        ("ดำเนินการ\nเรียบร้อยแล้ว", True),
        ("1. ดำเนินการแล้ว\n2. เสร็จสิ้น", True),
        ("ได้ดำเนินการเสร็จสิ้นเรียบร้อยแล้ว", True),
        ("อยู่ระหว่างดำเนินการ", True),
        ("ดำเนินการแล้วเสร็จตามแผน คิดเป็นร้อยละ 100", True),
        ("เป็นไปตามแผน", True),
        ("ดำเนินการครบทุกข้อแล้วค่ะ", True),
        ("-", True),
        ("✓", True),
        ("ดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต", False),
        ("ดำเนินการจัดประชุม 4 ครั้ง", False),
        ("1. ดำเนินการแล้ว\n2. จัดประชุม 4 ครั้ง", False),
        ("", False),
    ],
)
def test_a_result_that_is_only_a_status(result: str, status: bool) -> None:
    assert said("status-only", result=result) is status


@pytest.mark.parametrize(
    ("result", "bare"),
    [
        ("ยังไม่มีการดำเนินการ", True),
        ("2. ยังไม่ได้ดำเนินการ", True),
        ("1. จัดทำคู่มือ\n2. ยังไม่ได้ดำเนินการ", True),
        ("ไม่มี", True),
        ("ยังไม่ได้ดำเนินการ เนื่องจากรอการจัดสรรงบประมาณ", False),
        ("ยังไม่ได้ดำเนินการ\nเพราะวิทยากรติดราชการ", False),
        ("ไม่มีเรื่องร้องเรียน", False),
        ("จัดแล้ว ยังไม่มีผู้ร้องเรียน", False),
        ("ยังไม่มีเรื่องร้องเรียนการทุจริต", False),
        ("ไม่มีการดำเนินการทางวินัยแก่ผู้ใด", False),
        ("ไม่มีการปฏิบัติหน้าที่โดยมิชอบ", False),
        ("ติดตามเรื่องที่ยังไม่ได้ดำเนินการทุกเดือน", False),
        ("กองช่างยังไม่ได้ดำเนินการ", True),
        ("ยังมิได้ดำเนินการ", True),
        ("รอดำเนินการ", True),
        ("- ยังไม่ได้ดำเนินการ\n- เหตุผล งบประมาณไม่พอ", False),
        ("ยังไม่ดำเนินการ อยู่ระหว่างรอการจัดสรรงบประมาณ", False),
    ],
)
def test_not_done_needs_a_reason(result: str, bare: bool) -> None:
    assert said("not-done", result=result) is bare


def test_a_suggestion_may_be_none() -> None:
    assert not said("not-done", result="จัดประชุม 4 ครั้ง", suggestion="ไม่มี")


def test_a_planned_measure_that_no_result_answers() -> None:
    plan = [{"measure": "1. มาตรการการป้องกันการทุจริต"}, {"measure": "2. มาตรการการจัดซื้อจัดจ้าง"}]
    result = [{"measure": "1.มาตรการ\nการป้องกันทุจริต", "result": "จัดทำแผน"}]
    assert places("plan-without-result", view(plan, result)) == ["part1-row1-measure"]
    assert places("plan-without-result", view(plan)) == []


def test_the_outcome_is_asked_of_tables_with_results_by_the_assessment_filed_in() -> None:
    table = [{"measure": "1. มาตรการ", "result": "จัดแล้ว 4 ครั้ง"}]
    plan = [{"measure": "1. มาตรการ", "method": "จัด"}]
    earlier = view(table).years.__class__(2564, 2565, 2565)
    assert places("outcome-required", view(plan, table)) == ["part2"]
    assert places("outcome-required", view(table, years=earlier)) == []
    assert places("outcome-required", view(table, item="measures")) == []


def test_a_report_needs_a_table_with_results() -> None:
    plan = [{"measure": "1. มาตรการ", "method": "จัด"}]
    assert places("no-result", view(plan)) == [""]
    assert places("no-result", view(plan, item="measures")) == []


def test_one_link_in_a_row_is_evidence_enough() -> None:
    assert said("no-evidence", result="จัดประชุม", method="www")
    assert not said("no-evidence", result="จัดประชุม https://example.go.th/a")
    assert not said("no-evidence", result="จัดประชุม", evidence="ภาพถ่าย 4 ภาพ")
    assert places("no-evidence", view([{"measure": "ก", "result": ""}], body="www.example.go.th")) == [
        "part1"
    ]
