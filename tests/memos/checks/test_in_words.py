"""Periods said in words, posts as offices shorten them, phone numbers as they are typed."""

from __future__ import annotations

import pytest

from tests.memos.checks.views import YEARS, said


@pytest.mark.parametrize(
    "period",
    [
        "ตลอดปีงบประมาณ",
        "ตลอดทั้งปี",
        f"ปีงบประมาณ พ.ศ. {YEARS.reported}",
        "ไตรมาสที่ 1 - 2",
        f"ไตรมาส ๒ ปีงบประมาณ {YEARS.reported}",
        "เป็นประจำทุกเดือน",
        "รอบ 6 เดือนแรก",
    ],
)
def test_a_period_in_words_is_readable_and_inside(period: str) -> None:
    assert not said("period-unreadable", period=period)
    assert not said("period-outside", period=period)


@pytest.mark.parametrize("period", ["ปีงบประมาณ 2560", "ไตรมาสที่ 4 ปีงบประมาณ พ.ศ. 2560"])
def test_a_year_in_words_may_be_another(period: str) -> None:
    assert said("period-outside", period=period)


@pytest.mark.parametrize("period", ["ปี", "ไตรมาสที่ 5", "ทุกวัน ๆ", "ปีงบประมาณหน้า"])
def test_other_words_are_no_period(period: str) -> None:
    assert said("period-unreadable", period=period)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("responsible", "unknown"),
    [
        ("จนท.พัสดุ", False),
        ("หน.สป.", False),
        ("กำนัน ผู้ใหญ่บ้าน", False),
        ("บุคลากรทุกคน", False),
        ("นายสมมติ ใจดี", True),
        ("ทุกคน", True),
    ],
)
def test_posts_in_short(responsible: str, unknown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memos.checks.view.View.offices_and_posts", ())
    assert said("responsible-unknown", responsible=responsible) is unknown


@pytest.mark.parametrize(
    ("text", "phone"),
    [("โทร.0812345678", True), ("โทร.0-7728-1234", True), ("เลขที่ 1.0812345678", False)],
)
def test_a_phone_number_right_after_its_abbreviation(text: str, phone: bool) -> None:
    assert said("phone-number", result=text) is phone
