"""Years by their meaning, periods, and codes of questions, which are data of the year."""

from __future__ import annotations

import pytest

from ita_core import assessment
from memos.checks.view import Years
from tests.memos.checks.views import places, said, view

OF_2565 = Years(assessed=2564, reported=2565, filed=2565)
ANSWERS = "ตามที่ได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. "
THEN = " และได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใส ในปีงบประมาณ พ.ศ. "


@pytest.mark.parametrize(
    ("body", "clash"),
    [
        (f"{ANSWERS}2564{THEN}2565 นั้น", False),
        (f"{ANSWERS}๒๕๖๔{THEN}๒๕๖๕ นั้น", False),
        (f"{ANSWERS}2565{THEN}2565 นั้น", True),
        (f"{ANSWERS}2564{THEN}2564 นั้น", True),
        ("ขอรายงานผล ประจำปีงบประมาณ พ.ศ. 2566", True),
        ("เผยแพร่ตาม พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540", False),
        ("ตามแผนพัฒนาท้องถิ่น (ปี พ.ศ. 2561 – 2565)", False),
        ("ตามแผนตั้งแต่ปี พ.ศ. 2561 ถึงปี พ.ศ. 2570", False),
        ("ตั้งแต่วันที่ 1 ตุลาคม 2564 – 30 กันยายน 2565", False),
        ("ตั้งแต่วันที่ 1 ตุลาคม 2565 – 30 กันยายน 2566", True),
        ("ตามข้อบกพร่องจากการประเมิน นั้น\nขอรายงานผล ประจำปีงบประมาณ พ.ศ. 2565", False),
        ("เพื่อรองรับการประเมิน ITA ประจำปี 2565", False),
        ("เพื่อรองรับการประเมิน ITA ประจำปี 2567", True),
    ],
)
def test_years_around_the_tables(body: str, clash: bool) -> None:
    assert places("years-disagree", view(body=body, years=OF_2565)) == (["id_body"] if clash else [])


@pytest.mark.parametrize("place", ["title", "subject", "cover"])
def test_the_title_names_the_year_reported_on(place: str) -> None:
    right, wrong = ({place: f"รายงานผล\nประจำปีงบประมาณ\nพ.ศ. {year}"} for year in (2565, 2566))
    assert places("years-disagree", view(years=OF_2565, **right)) == []
    assert places("years-disagree", view(years=OF_2565, **wrong)) == [f"id_{place}"]


@pytest.mark.parametrize(
    ("year", "clash"), [(2563, True), (2564, False), (2565, False), (2566, False), (2568, True)]
)
def test_a_cell_may_speak_of_last_year_and_of_next(year: int, clash: bool) -> None:
    table = [{"measure": "1. มาตรการ", "result": f"จัดทำแผนประจำปี {year}"}]
    assert bool(places("years-disagree", view(table, years=OF_2565))) is clash


@pytest.mark.parametrize(
    ("years", "where"),
    [
        (Years(2564, 2565, 2565), []),
        (Years(2565, 2565, 2566), []),
        (Years(2566, 2565, 2566), ["หัวเรื่อง"]),
        (Years(2564, 2565, 2567), ["หัวเรื่อง"]),
        (Years(2566, 2565, 2564), ["หัวเรื่อง", "หัวเรื่อง"]),
    ],
)
def test_the_three_years_of_the_report(years: Years, where: list[str]) -> None:
    assert len(places("years-of-report", view(years=years))) == len(where)


@pytest.mark.parametrize(
    ("period", "unreadable", "outside"),
    [
        ("ต.ค. 2565 - ก.ย. 2566", False, False),
        ("ต.ค. ๖๕\n-\nก.ย. ๖๖", False, False),
        ("ตุลาคม 2566", False, True),
        ("กันยายน - ธันวาคม 2566", False, True),
        ("ตลอดปี", False, False),
        ("ตลอดไป", True, False),
        ("32 มกราคม 2566", True, False),
        ("", False, False),
    ],
)
def test_periods(period: str, unreadable: bool, outside: bool) -> None:
    assert said("period-unreadable", period=period) is unreadable
    assert said("period-outside", period=period) is outside


@pytest.mark.parametrize(
    ("topic", "wrong"),
    [
        ("I7 ท่านรู้แนวปฏิบัติ", False),
        ("E12หน่วยงานที่ท่านติดต่อ", False),
        ("E๑๒ หน่วยงานที่ท่านติดต่อ", False),
        ("O43 รายงานผล", False),
        ("ข้อ O19 รายงาน", False),
        ("7 ท่านรู้แนวปฏิบัติของหน่วยงาน มากน้อยเพียงใด", True),
        ("ข้อ 019 รายงานการกำกับติดตาม", True),
        ("ข้อ ๐๑๙ รายงานการกำกับติดตาม", True),
        ("I31 ท่านรู้แนวปฏิบัติ", True),
        ("E16 หน่วยงานที่ท่านติดต่อ", True),
        ("O44 รายงานผล", True),
        ("O0 รายงานผล", True),
        ("O019 รายงานผล", True),
        ("I 7 ท่านรู้แนวปฏิบัติ", True),
        ("ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน", False),
        ("1. การปรับปรุงคะแนนด้าน IIT", False),
        ("ITA2566 และ E-Service กระดาษ A4", False),
        ("3 ขั้นตอนการยืม", False),
    ],
)
def test_codes_of_questions(topic: str, wrong: bool) -> None:
    assert said("question-code", topic=topic) is wrong


def test_a_bare_number_among_codes_has_lost_its_letter() -> None:
    rows = [{"topic": "E12 หน่วยงาน", "result": "ก"}, {"topic": "3 แนวปฏิบัติ", "result": "ข"}]
    assert places("question-code", view(rows)) == ["part1-row1-topic"]


def test_codes_are_those_of_the_year() -> None:
    assert assessment.question_codes(2565) == {"I": range(1, 31), "E": range(1, 16), "O": range(1, 44)}
    assert assessment.question_codes(2567)["O"] == range(1, 36)
    assert assessment.question_codes(2650) == assessment.question_codes(2569)
    later = Years(2567, 2567, 2568)
    assert places("question-code", view([{"topic": "O40 รายงาน"}], years=later)) == ["part1-row0-topic"]


def test_what_a_report_must_show_is_data_of_the_year() -> None:
    assert assessment.must_show(2565) == frozenset()
    assert assessment.must_show(2566) == assessment.must_show(2571) == {"result", "outcome"}
    assert assessment.must_show(2500) == frozenset()
