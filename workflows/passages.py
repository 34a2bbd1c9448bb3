"""The lines in which what was looked for stands, with the found words apart from the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ita_core import thai

MOST = 2
"""Passages of one report: a list of reports is to be read, not the reports in it."""
BEFORE, AFTER = 60, 140
"""Characters shown on both sides of the first word found."""


@dataclass(frozen=True)
class Piece:
    """Text as it is printed, and whether it was looked for."""

    text: str
    is_found: bool = False


def of(text: str, folded_text: str, words: Sequence[str]) -> list[list[Piece]]:
    """At most ``MOST`` passages; the first holds more of the folded ``words``, by their letters, than any other line.

    ``folded_text`` is the text as ``thai.searchable`` leaves it, line by line: folding again would take longer than finding.

    Another one is told only for words that the first has not. The title (the first line) gives way to any other line
    with as many: it stands above the passage anyway.
    """
    lines = text.split("\n")
    folded = folded_text.split("\n")
    left = set(words)
    found: list[list[Piece]] = []
    while left and len(found) < MOST:
        held = [sum(len(word) for word in left if word in line) for line in folded]
        best = max(range(len(held)), key=lambda place: (held[place], place > 0, -place))
        if not held[best]:
            break
        found.append(_passage(lines[best], folded[best], words))
        left -= {word for word in left if word in folded[best]}
    return found


def _passage(line: str, folded: str, words: Sequence[str]) -> list[Piece]:
    if len(line) != len(folded):  # A capital that is two small letters: places do not agree.
        return [Piece(thai.printed(line[: BEFORE + AFTER]))]
    spans = _spans(folded, words)
    start, end = _window(line, spans[0][0])
    printed, pieces, at = thai.printed(line), [], start
    for span in spans:
        first, last = max(span[0], at), min(_whole(line, span[1]), end)
        if first < last:
            pieces += [Piece(printed[at:first]), Piece(printed[first:last], is_found=True)]
            at = last
    pieces.append(Piece(printed[at:end]))
    pieces[0] = Piece(("… " if start else "") + pieces[0].text)
    pieces[-1] = Piece(pieces[-1].text + (" …" if end < len(line) else ""))
    return [piece for piece in pieces if piece.text]


def _spans(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order; the longer of two that begin together."""
    longest_first = sorted(words, key=len, reverse=True)
    return [found.span() for found in re.finditer("|".join(map(re.escape, longest_first)), folded)]


def _window(line: str, place: int) -> tuple[int, int]:
    """Begins at a space where there is one near, since Thai sets spaces between clauses; parts no letter from its marks."""
    start = max(place - BEFORE, 0)
    if start:
        space = line.find(" ", start, place)
        start = space + 1 if space >= 0 else start - _marks(line, start)
    return start, _whole(line, min(place + AFTER, len(line)))


def _marks(line: str, place: int) -> int:
    """How many letters back the mark at ``place`` belongs to a letter."""
    back = 0
    while place - back > 0 and unicodedata.category(line[place - back]) == "Mn":
        back += 1
    return back


def _whole(line: str, place: int) -> int:
    """The place behind the marks of the letter before it."""
    while place < len(line) and unicodedata.category(line[place]) == "Mn":
        place += 1
    return place
