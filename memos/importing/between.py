"""The words between tables: which are a section's heading, which stand before its table, which only repeat on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from memos.importing.vocabulary import squashed

_NUMBERED = re.compile(r"(?:__)?([0-9]{1,2}(?:\.[0-9]{1,2})+|[0-9]{1,2}(?=[.)]))[.)]?\s*(?=[^\s0-9.,)])")
_PAGE_NUMBER = re.compile(r"[-–— ]*[0-9]{1,3}[-–— ]*|หน้า(?:ที่)?\s*[0-9]+.*")
_PROSE = re.compile(r"(?:ตามที่|จากการ|ในปี|ใน(?=การ)|โดย|ด้วย|เพื่อ|ผู้บริหาร|ทั้งนี้|จึง)")
_ENDS_IN_TABLE = re.compile(r"(?:ดังนี้|ต่อไปนี้|ดังต่อไปนี้|ตามตาราง(?:ต่อไปนี้|ดังนี้)?|รายละเอียด(?:ดังนี้|ดังต่อไปนี้))\s*:?$")
_LONGEST_HEADING = 300
_AGAIN = 0.9
_MOST_COMPARISONS = 4_000


@dataclass(slots=True)
class Opening:
    """``heading`` and ``preamble`` of what begins; ``parent`` and its preamble when that is the first group of a section."""

    heading: str = ""
    preamble: list[str] = field(default_factory=list)
    is_group: bool = False
    before: list[str] = field(default_factory=list)
    """Words that stand before the heading: the title, or the closing words of what came before."""


def opening(words: list[str]) -> Opening:
    """What the words before a table say. The last numbered line that is no prose is the heading."""
    for place in range(len(words) - 1, -1, -1):
        found = _NUMBERED.match(words[place])
        if found and len(words[place]) <= _LONGEST_HEADING and not _ENDS_IN_TABLE.search(words[place]):
            return Opening(words[place], words[place + 1 :], "." in found[1], words[:place])
    prose = len(words)
    while prose and is_prose(words[prose - 1]):
        prose -= 1
    return Opening("", words[prose:], False, words[:prose])


def is_prose(line: str) -> bool:
    return bool(_ENDS_IN_TABLE.search(line) or _PROSE.match(line)) or len(line) > _LONGEST_HEADING


def is_group_heading(text: str) -> bool:
    found = _NUMBERED.match(text)
    return found is not None and "." in found[1]


class Furniture:
    """What repeats on every page: page numbers, and lines that were read before."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._titles: list[str] = []
        self._comparisons = 0

    def without(self, words: list[str]) -> list[str]:
        """The words that are new; they are known from now on. Sentences may be said twice."""
        fresh = [word for word in words if word and (is_prose(word) or not self._repeats(word))]
        for word in fresh:
            lines = [squashed(line) for line in (word, *word.split("\n"))]
            self._seen.update(lines)
            self._titles += [line for line in lines if 0 < len(line) <= _LONGEST_HEADING]
        return fresh

    def _repeats(self, word: str) -> bool:
        text = squashed(word)
        if _PAGE_NUMBER.fullmatch(word):
            return True
        return text in self._seen or any(self._are_alike(text, seen) for seen in self._titles)

    def _are_alike(self, text: str, seen: str) -> bool:
        """Scans spell a title a little differently on every page. So many comparisons a source may have, no more."""
        self._comparisons += 1
        return self._comparisons <= _MOST_COMPARISONS and _alike(text, seen)


def _alike(one: str, other: str) -> bool:
    if not one or abs(len(one) - len(other)) > 0.2 * len(one):
        return False
    if re.findall("[0-9]+", one) != re.findall("[0-9]+", other):
        return False  # 6.2 after 6.1 is no repetition
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _AGAIN and matcher.ratio() >= _AGAIN
