"""Words put together are the text, and pieces put together are the old and the new text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.words import pieces, words

THAI = "".join(chr(code) for code in range(0x0E01, 0x0E5C) if chr(code).isprintable())
TEXTS = st.text(st.sampled_from(THAI + "๑1 .\n(/-_abc\u00a0\u200b"), max_size=80) | st.text(max_size=60)
MARCH, APRIL = "ดำเนินการแล้ว เมื่อเดือนมีนาคม 2565", "ดำเนินการแล้ว เมื่อเดือนเมษายน 2565"


@given(TEXTS)
def test_words_put_together_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@given(TEXTS)
def test_no_word_begins_with_what_hangs_on_a_letter(text: str) -> None:
    found = words(text)
    hanging = "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ"
    assert not [word for word in found[1:] if word[0] in hanging]


@given(TEXTS, TEXTS)
def test_pieces_put_together_are_both_texts(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new
    assert all(piece.text for piece in found)


@given(TEXTS)
def test_a_text_and_itself_have_no_difference(text: str) -> None:
    assert all(piece.kind == "same" for piece in pieces(text, text))


def told(old: str, new: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (MARCH, APRIL, "ดำเนินการแล้ว เมื่อเดือน[-มีนาคม-][+เมษายน+] 2565"),
        ("จัดทำแล้ว", "จัดทำแล้ว 12 ครั้ง", "จัดทำแล้ว[+ 12 ครั้ง+]"),
        ("ก\nข\nค", "ก\nค", "ก\n[-ข\n-]ค"),
        ("", "ทราบ", "[+ทราบ+]"),
        ("ทราบ", "", "[-ทราบ-]"),
        ("ยังไม่มีการดำเนินการ", "เผยแพร่ประกาศบนเว็บไซต์หลัก", "[-ยังไม่มีการดำเนินการ-][+เผยแพร่ประกาศบนเว็บไซต์หลัก+]"),
    ],
)
def test_changes_are_told_in_whole_words(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_a_phrase_of_several_words_is_one_change() -> None:
    """Not a word struck, a space kept, and the next word struck."""
    assert told("ครั้งที่ 1 เดือน ต.ค. 64 ถึง", "ครั้งที่ 1 เดือน มี.ค. 65 ถึง").count("[-") <= 2


def test_long_texts_are_no_trap() -> None:
    """Twenty thousand letters without a line's end that all changed."""
    started = time.process_time()
    pieces("ก ข ค ง " * 2_500, "ง ค ข ก " * 2_500)
    assert time.process_time() - started < 5
