"""How alike two texts are when spaces, digits, list markers and words of mere status do not count. Pure."""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter
from typing import Final

STATUS: Final = (
    "เสร็จสิ้นเรียบร้อยแล้ว", "แล้วเสร็จเรียบร้อย", "เรียบร้อยแล้ว", "เสร็จเรียบร้อยแล้ว", "เสร็จเรียบร้อย", "เสร็จสิ้นแล้ว", "เสร็จสิ้น",
    "แล้วเสร็จ", "เสร็จแล้ว", "เรียบร้อย", "ครบถ้วนแล้ว", "ครบถ้วน", "แล้ว",
)  # fmt: skip
"""Ends of a sentence that say only that it is done; the longer ones first."""
LONGEST: Final = 1_500
"""Letters of each text that are compared: the time grows with their square, and a copied cell differs at once."""
_DOES_NOT_COUNT: Final = re.compile(r"[\s0-9๐-๙_.,;:()\-–—/“”\"'•*]+")


@functools.lru_cache(maxsize=2048)
def letters(text: str) -> str:
    """The text without what does not count and without a status at its end."""
    bare = _DOES_NOT_COUNT.sub("", text)
    for ending in STATUS:
        if bare.endswith(ending) and len(bare) > len(ending):
            return bare.removesuffix(ending)
    return bare


def likeness(one: str, other: str) -> float:
    """0 to 1 for two results of ``letters``: difflib's measure, the same in both directions. Two empty texts give 0.

    Below one half it is an upper bound: that much no rule asks for.
    """
    if not one or not other:
        return 0.0
    one, other = sorted((one[:LONGEST], other[:LONGEST]))
    whole = len(one) + len(other)
    # Neither length nor stock of letters allows more than this; most pairs end here.
    most = 2 * min(len(one), len(other), (Counter(one) & Counter(other)).total()) / whole
    if most < 0.5:
        return most
    head = _shared(one, other)
    one, other = one[head:], other[head:]
    tail = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - tail], other[: len(other) - tail]
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * (head + tail + sum(block.size for block in blocks)) / whole


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def within(one: str, other: str) -> bool:
    """Whether the shorter text stands word for word inside the longer one. Ten letters and less prove nothing."""
    short, long = sorted((one, other), key=len)
    return len(short) > 10 and short in long
