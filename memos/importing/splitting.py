"""One physical row that holds several activities: its cells cut into as many parts, where the cells agree. Pure.

Numbered items alone do not make activities: sub-items of method and result do not pair up in general (domain of the
five reports). What decides is that the period or the responsible stands there several times too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from memos.importing.texts import is_period, number_at, numbers, unfolded

SINGLE = ("period", "responsible")
"""Fields of which an activity has one: written several times they count the activities."""
_MOST = 30
_SOMEBODY = re.compile("(?:สำนัก|กอง|ทุก|งาน|ฝ่าย|ส่วน|นัก|เจ้า|หัวหน้า|ผู้|นิติกร|ปลัด|รองปลัด|ศูนย์|โรงเรียน|หน่วย|คณะ)")


@dataclass(frozen=True, slots=True)
class Split:
    """``unsure``: fields that could not be cut; their text stands in every part (who, when) or in the first."""

    parts: list[dict[str, str]]
    unsure: tuple[str, ...] = ()


def activities_in(cells: Mapping[str, str], order: Sequence[str]) -> Split | None:
    """Stored texts by field → as many activities as the cells agree on; None when it is one, or they disagree.

    ``order``: the form's activity fields; the first of them that is numbered from n on gives the count. As many
    periods prove it, so that a cell without any sign of parts does not stand against it; a numbered one does.
    """
    count = counted(cells, order)
    if count < 2:
        return None
    proven = "period" in order and _periods(cells.get("period", ""), count) is not None
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    unsure = []
    for key in order:
        text = cells.get(key, "")
        cut = _parts(key, text, count)
        if cut is None:
            if not proven or (numbers(text) and key not in SINGLE):
                return None
            cut = [text] * count if key in SINGLE else [text] + [""] * (count - 1)
            unsure.append(key)
        for part, piece in zip(parts, cut, strict=True):
            part[key] = piece
    return Split(parts, tuple(unsure))


def counted(cells: Mapping[str, str], order: Sequence[str]) -> int:
    """How many activities the row seems to hold: by its numbers, and the period or the responsible written as often."""
    leading = next((key for key in order if key not in SINGLE and cells.get(key)), "")
    count = len(_numbered(cells.get(leading, "")))
    if not 2 <= count <= _MOST:
        return 1
    several = any(cells.get(key) and _several(key, cells[key], count) for key in SINGLE if key in order)
    return count if several else 1


def _several(key: str, text: str, count: int) -> bool:
    if key == "period":
        return _periods(text, count) is not None
    return len(_blocks(text)) == count or _repeats(text.split("\n"), count)


def _parts(key: str, text: str, count: int) -> list[str] | None:
    """The text in ``count`` parts, by the surest sign that gives exactly as many. Empty cells are empty parts."""
    if not text:
        return [""] * count
    if key == "period":
        return _periods(text, count)
    for cut in (_numbered(text), _blocks(text)):
        if len(cut) == count:
            return cut
    if numbers(text):
        return None
    return _by_lines(key, text.split("\n"), count) or _by_lines(key, text.split(), count, " ")


def _by_lines(key: str, pieces: list[str], count: int, between: str = "\n") -> list[str] | None:
    """Lines, or words of one line: as many as parts, the same again and again, or each part with the same beginning."""
    if (len(pieces) == count and between == "\n") or _repeats(pieces, count):
        return _evenly(pieces, count, between)
    if key == "responsible":
        starts = [place for place, piece in enumerate(pieces) if _SOMEBODY.match(piece)]
    else:
        starts = [place for place, piece in enumerate(pieces) if piece == pieces[0]]
    if len(starts) != count or starts[0] != 0:
        return None
    ends = [*starts[1:], len(pieces)]
    return [between.join(pieces[start:end]).strip() for start, end in zip(starts, ends, strict=True)]


def _repeats(pieces: list[str], count: int) -> bool:
    said = [piece for piece in pieces if piece]
    return bool(said) and len(said) % count == 0 and len(set(_evenly(said, count))) == 1


def _numbered(text: str) -> list[str]:
    """Parts that begin with n., n+1., …; unnumbered lines belong to the part before. [] when it begins otherwise."""
    lines = unfolded(text).split("\n")
    starts = [place for place, line in enumerate(lines) if number_at(line) is not None]
    found = [number_at(lines[place]) or 0 for place in starts]
    if not starts or starts[0] != 0 or any(b != a + 1 for a, b in pairwise(found)):
        return []
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[start:end]).strip() for start, end in zip(starts, ends, strict=True)]


def _blocks(text: str) -> list[str]:
    """Parts with an empty line between them."""
    return [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]


def _periods(text: str, count: int) -> list[str] | None:
    said = [line for line in text.split("\n") if line.strip()]
    for pieces in (said, text.split()):
        if pieces and len(pieces) % count == 0:
            cut = _evenly(pieces, count, " ")
            if all(map(is_period, cut)):
                return cut
    return None


def _evenly(pieces: Sequence[str], count: int, between: str = "\n") -> list[str]:
    each = len(pieces) // count
    return [between.join(pieces[n * each : (n + 1) * each]).strip() for n in range(count)]
