"""Widths: the table of letters is the font's, and columns are shared out as far as there is room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from memos.docx.widths import (
    ADVANCES,
    advance,
    fitted,
    lines_needed,
    longest_foreign_word,
    longest_heading_word,
    longest_word,
)
from memos.rendering import fonts


def test_the_widths_are_those_of_the_font() -> None:
    file = fonts.folder() / "THSarabunNew-Regular.ttf"
    font = ImageFont.truetype(str(file), 1000, layout_engine=ImageFont.Layout.BASIC)
    drawn = {letter: round(font.getlength(letter)) for letter in ADVANCES if letter != "\u2060"}
    assert drawn == {letter: width for letter, width in ADVANCES.items() if letter != "\u2060"}
    assert not {letter for letter in map(chr, range(0x0E01, 0x0E5C)) if letter.isprintable()} - set(ADVANCES)


@given(
    st.integers(3000, 20000),
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9000)), min_size=1, max_size=12),
)
def test_columns_fill_the_room_and_hold_what_there_is_room_for(
    room: int, columns: list[tuple[int, int]]
) -> None:
    shares, least = [share for share, _least in columns], [least for _share, least in columns]
    widths = fitted(room, shares, least)
    assert sum(widths) == room
    assert all(width >= 0 for width in widths)
    if sum(least) <= room:
        assert all(width >= want for width, want in zip(widths, least, strict=True))
    else:
        cap = max(width for width, want in zip(widths, least, strict=True) if width <= want)
        assert all(width >= min(want, cap) - len(widths) for width, want in zip(widths, least, strict=True))


def test_the_form_decides_where_everything_fits() -> None:
    assert fitted(1000, [1, 1, 2], [100, 200, 300]) == [250, 250, 500]
    assert fitted(1000, [1, 1, 2], [400, 0, 0]) == [400, 200, 400]
    assert fitted(1000, [1, 1], [9000, 100]) == [900, 100]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ก ผู้รับผิดชอบ ข", "ผู้รับผิดชอบ"),
        ("พ.ศ.\u00a0๒๕๖๕ และ", "พ.ศ.\u00a0๒๕๖๕"),
        ("Integrity and Transparency", "Transparency"),
        ("https://www.example.go.th/transparency/2565", "www.example.go.th/"),
        ("องค์การบริหารส่วนตำบลพ่วงพรมคร", ""),
        ("ต.ค.", ""),
        ("", ""),
    ],
)
def test_the_longest_word_that_stays_on_a_line(text: str, word: str) -> None:
    assert longest_word(text) == advance(word)


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("ระยะเวลาดำเนินการ", "ระยะเวลาดำเนินการ"),
        ("หน่วยงานที่รับผิดชอบ", "หน่วยงานที่รับผิดชอบ"),
        ("ตัวชี้วัด/หน่วยงานที่รับผิดชอบ ปี", "หน่วยงานที่รับผิดชอบ"),
        ("ผลลัพธ์หรือความสำเร็จของการดำเนินการ", ""),
        ("", ""),
    ],
)
def test_a_heading_keeps_longer_words_whole(heading: str, word: str) -> None:
    assert longest_heading_word(heading) == advance(word) * 108 // 100


def test_a_wide_column_is_asked_for_latin_words_only() -> None:
    assert longest_foreign_word("ผู้รับผิดชอบ Transparency") == advance("Transparency")
    assert longest_foreign_word("ผู้รับผิดชอบ ITA") == 0
    assert longest_foreign_word("ดูIntegrityและTransparency") == advance("Transparency")
    assert longest_foreign_word("Integrityและ2565ของหน่วยงาน") == 0, "what stands apart is not one word"


def test_lines_are_counted_with_room_to_spare() -> None:
    assert lines_needed([""], 9638, 40) == 1
    assert lines_needed(["ก" * 50], 9638, 40) == 1
    assert lines_needed(["ก" * 70, "ข"], 9638, 40) == 3
