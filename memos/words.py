"""Thai words, and two texts told word by word: what stayed, what was taken out, what was put in.

Thai has no spaces between words; budoux finds them. Nothing is ever lost: the words of a text put together are the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import budoux

Kind = Literal["same", "removed", "added"]

# Thai letters and marks; words of other scripts and numbers; a single white space; anything else one by one.
_TOKEN = re.compile("[\u0e01-\u0e4e]+|[^\\W\u0e01-\u0e4e]+|\\s|.", re.DOTALL)
_THAI = re.compile("[\u0e01-\u0e4e]")
# Vowels that hang on the letter before them, though Unicode does not call them marks.
_HANGING = frozenset("ะาำๅ")
# Comparisons that would cost more are told as a whole: nobody reads a thousand words that became a thousand others.
_MOST_PAIRS = 1_000_000
# Less than this in common, and words struck one by one would hide what the text says now.
_WORTH_TELLING = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def words(text: str) -> list[str]:
    """The words of one text, spaces and signs between them as words of their own."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        for word in _thai_words(token) if _THAI.match(token) else (token,):
            if found and _hangs(word[0]):
                found[-1] += word
            else:
                found.append(word)
    return found


def pieces(old: str, new: str) -> list[Piece]:
    """``same`` and ``removed`` put together are ``old``, ``same`` and ``added`` are ``new``.

    Lines first, then words within what changed: long texts cost no more than their changes.
    """
    if old == new:
        return [Piece("same", new)] if new else []
    before, after = _lines(old), _lines(new)
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(after[k:m])))
        else:
            found += _changed("".join(before[i:j]), "".join(after[k:m]))
    return _joined(found)


def shortened(told: Sequence[Piece], around: int) -> list[Piece]:
    """The pieces for reading: what stayed is cut to whole words of about ``around`` letters beside each change."""
    found = []
    for place, piece in enumerate(told):
        text = piece.text
        if piece.kind == "same" and len(text) > 2 * around + 20:
            before = _cut(text[-around:], "end") if place < len(told) - 1 else ""
            after = _cut(text[:around], "begin") if place else ""
            text = f"{after} … {before}"
        found.append(Piece(piece.kind, text))
    return found


def _cut(text: str, side: Literal["begin", "end"]) -> str:
    """Without the word that was cut through."""
    whole = words(text)
    return "".join(whole[:-1] if side == "begin" else whole[1:])


def _lines(text: str) -> list[str]:
    return [part for part in re.split("(\n)", text) if part]


def _changed(old: str, new: str) -> list[Piece]:
    """Stretches of text that differ; a part that is empty leaves no piece."""
    before, after = words(old), words(new)
    if old and new and len(before) * len(after) <= _MOST_PAIRS:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        if _in_common(matcher, before, after) >= _WORTH_TELLING:
            return list(_by_words(matcher, before, after))
    return [Piece("removed", old), Piece("added", new)]


def _in_common(matcher: SequenceMatcher[str], before: Sequence[str], after: Sequence[str]) -> float:
    """How many letters of the shorter text stayed: one that was only added to, or shortened, stayed wholly."""
    kept = sum(_letters(after[block.b : block.b + block.size]) for block in matcher.get_matching_blocks())
    return kept / max(1, min(_letters(before), _letters(after)))


def _letters(some: Sequence[str]) -> int:
    return sum(len(word) for word in some if not word.isspace())


def _by_words(matcher: SequenceMatcher[str], before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """A space alone between two changes belongs to both, so that a new phrase reads as one."""
    codes = matcher.get_opcodes()
    removed = added = ""
    for place, (tag, i, j, k, m) in enumerate(codes):
        stays = "".join(after[k:m])
        between = 0 < place < len(codes) - 1 and not stays.strip()
        if tag == "equal" and not between:
            yield from (Piece("removed", removed), Piece("added", added), Piece("same", stays))
            removed = added = ""
        else:
            removed += "".join(before[i:j])
            added += stays
    yield from (Piece("removed", removed), Piece("added", added))


def _joined(found: list[Piece]) -> list[Piece]:
    """Without empty pieces, neighbours of one kind as one."""
    made: list[Piece] = []
    for piece in found:
        if piece.text and made and made[-1].kind == piece.kind:
            made[-1] = Piece(piece.kind, made[-1].text + piece.text)
        elif piece.text:
            made.append(piece)
    return made


def _hangs(letter: str) -> bool:
    return letter in _HANGING or unicodedata.category(letter).startswith("M")


@functools.lru_cache(maxsize=4096)
def _thai_words(run: str) -> tuple[str, ...]:
    """Tables say the same things in many cells, and a page is opened more than once."""
    return tuple(_parser().parse(run))


@functools.cache
def _parser() -> budoux.Parser:
    return budoux.load_default_thai_parser()
