"""Whatever an officer pastes, every rule answers, and soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.checks.registry import RULES
from memos.checks.view import View
from tests.memos.checks.views import view

FIELDS = ("topic", "issue", "measure", "method", "period", "result", "outcome", "evidence")
WORDS = "ตำบล อบต. องค์การบริหารส่วน ยังไม่ แล้ว เรียบร้อย ปีงบประมาณ พ.ศ.2565 ข้อ019 I E12 1. (1) .. … ๕ 5 - ุ ิ ่ ำ เ ມ ß 字 x @"
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\x00", "\u200b"])
TEXT = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))
# Each repeated to the longest text that paper takes: what could make a pattern go back and forth.
HOSTILE = [
    "เรียบร้อยแล้ว",
    "แล้วเสร็จเรียบร้อย",
    ".",
    ". ก",
    "ก",
    "a",
    "a-",
    "0",
    "0 8",
    "1 ",
    "ตำบลก",
    "ตำบลบ้านสมมติ",
    "องค์",
    "อง",
    "ปี ",
    "พ.ศ. 2565 – ",
    "1. ก\n",
    "ุ",
    "กaก",
    "นาย ก ",
]


def everything(seen: View) -> list[str]:
    return [note.sentence for rule in RULES if rule.slug != "responsible-unknown" for note in rule.look(seen)]


@given(st.dictionaries(st.sampled_from(FIELDS), TEXT, min_size=1), TEXT, TEXT)
def test_any_text_is_answered_in_words(cells: dict[str, str], body: str, title: str) -> None:
    full = {**dict.fromkeys(FIELDS, ""), **cells}
    sentences = everything(view([full, {**full, "measure": ""}], [full], body=body, title=title))
    assert all(sentence.strip() for sentence in sentences)


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_longest_text_is_read_in_time(piece: str) -> None:
    """20,000 letters in two cells and the body; a pattern that goes back and forth would take minutes."""
    text = (piece * 20_000)[:19_990]
    seen = view([{"measure": text, "result": text, "outcome": text + "ทดสอบ"}], body=text)
    began = time.perf_counter()
    everything(seen)
    assert time.perf_counter() - began < 5
