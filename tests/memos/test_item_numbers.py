"""A number that a cell bears on the paper stays with it when other words come into the cell."""

from __future__ import annotations

import pytest

from memos.item_numbers import own_number, renumbered

# (what stands in the cell, what is written into it, what the cell then says)
TAKEN = [
    ("2. ยังไม่มีการดำเนินการ", "เผยแพร่แล้ว", "2. เผยแพร่แล้ว"),
    ("๒. ยังไม่มีการดำเนินการ", "เผยแพร่แล้ว", "๒. เผยแพร่แล้ว"),
    ("2. ยังไม่มี", "2. เผยแพร่แล้ว", "2. เผยแพร่แล้ว"),
    ("2. ยังไม่มี", "1. เผยแพร่แล้ว", "2. เผยแพร่แล้ว"),
    ("2) ยังไม่มี", "1) เผยแพร่แล้ว", "2) เผยแพร่แล้ว"),
    ("(2) ยังไม่มี", "เผยแพร่แล้ว", "(2) เผยแพร่แล้ว"),
    ("2. ยังไม่มี", "ดำเนินการ ดังนี้\n1. ก\n2. ข", "2. ดำเนินการ ดังนี้\n1. ก\n2. ข"),
    ("2. ดำเนินการ ดังนี้\n1. ก\n2. ข", "เผยแพร่แล้ว", "2. เผยแพร่แล้ว"),
    ("2. ยังไม่มี", "(1) ก\n(2) ข", "2.\n(1) ก\n(2) ข"),
    ("2. ยังไม่มี", "- ก\n- ข", "2.\n- ก\n- ข"),
    ("__2. ยังไม่มี__", "เผยแพร่แล้ว", "2. เผยแพร่แล้ว"),
    ("2. ยังไม่มี", "__1. หัวข้อ__\nเผยแพร่แล้ว", "__2. หัวข้อ__\nเผยแพร่แล้ว"),
    ("2. ยังไม่มี", "12.30 น. เริ่มประชุม", "2. 12.30 น. เริ่มประชุม"),
    # Nothing to keep, or a list of one's own: as it was written.
    ("ยังไม่มี", "1. เผยแพร่แล้ว", "1. เผยแพร่แล้ว"),
    ("", "เผยแพร่แล้ว", "เผยแพร่แล้ว"),
    ("3. ก\n4. ข", "เผยแพร่แล้ว", "เผยแพร่แล้ว"),
    ("- ก", "เผยแพร่แล้ว", "เผยแพร่แล้ว"),
    ("2. ยังไม่มี", "1. ก\n2. ข", "1. ก\n2. ข"),
]


@pytest.mark.parametrize(("before", "text", "after"), TAKEN)
def test_the_papers_number_stays(before: str, text: str, after: str) -> None:
    assert renumbered(text, before) == after
    assert renumbered(after, after) == after, "taken once more, it is the same"


def test_a_number_is_a_texts_own_when_it_is_the_only_one_of_its_kind() -> None:
    assert own_number("3. ก\n(1) ข\n(2) ค") == ("dot", 3)
    assert own_number("3. ก\n4. ข") is None
    assert own_number("ก\n3. ข") is None
