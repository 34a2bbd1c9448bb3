"""One physical row that holds several activities: its cells cut into as many parts, where every cell agrees. Pure.

Numbered items alone do not make activities: sub-items of method and result do not pair up in general (domain of the
five reports). What decides is that the period or the responsible stands there several times too.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from memos.importing.texts import is_period, number_at

SINGLE = ("period", "responsible")
"""Fields of which an activity has one: written several times they count the activities."""
_MOST = 30


def activities_in(cells: Mapping[str, str], order: list[str]) -> list[dict[str, str]] | None:
    """Stored texts by field → as many activities as the cells agree on; None when it is one.

    ``order``: the form's activity fields; the first of them that is numbered from n on gives the count.
    """
    count = counted(cells, order)
    if count < 2:
        return None
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    for key in order:
        cut = _parts(key, cells.get(key, ""), count)
        if cut is None:
            return None
        for part, text in zip(parts, cut, strict=True):
            part[key] = text
    return parts


def counted(cells: Mapping[str, str], order: list[str]) -> int:
    """How many activities the row seems to hold: by its numbers, and the period or the responsible written as often."""
    leading = next((key for key in order if key not in SINGLE and cells.get(key)), "")
    count = len(_numbered(cells.get(leading, "")))
    if not 2 <= count <= _MOST:
        return 1
    several = any(cells.get(key) and _several(key, cells[key], count) for key in SINGLE if key in order)
    return count if several else 1


def _several(key: str, text: str, count: int) -> bool:
    cut = _parts(key, text, count)
    if cut is None:
        return False
    return (
        all(map(is_period, cut)) if key == "period" else len(_blocks(text)) == count or _repeats(text, count)
    )


def _repeats(text: str, count: int) -> bool:
    lines = text.split("\n")
    return len(lines) % count == 0 and len(set(_evenly(lines, count))) == 1


def _parts(key: str, text: str, count: int) -> list[str] | None:
    """The text in ``count`` parts, by the surest sign that gives exactly as many. Empty cells are empty parts."""
    if not text:
        return [""] * count
    lines = text.split("\n")
    if key == "period" and (cut := _periods(lines, count)) is not None:
        return cut
    for cut in (_numbered(text), _blocks(text)):
        if len(cut) == count:
            return cut
    if len(lines) % count == 0 and (len(lines) == count or _repeats(text, count)):
        return _evenly(lines, count)
    return None


def _numbered(text: str) -> list[str]:
    """Parts that begin with n., n+1., …; unnumbered lines belong to the part before. [] when it begins otherwise."""
    lines = text.split("\n")
    starts = [place for place, line in enumerate(lines) if number_at(line) is not None]
    found = [number_at(lines[place]) or 0 for place in starts]
    if not starts or starts[0] != 0 or any(b != a + 1 for a, b in pairwise(found)):
        return []
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[start:end]).strip() for start, end in zip(starts, ends, strict=True)]


def _blocks(text: str) -> list[str]:
    """Parts with an empty line between them."""
    return [block.strip("\n") for block in text.split("\n\n") if block.strip()]


def _periods(lines: list[str], count: int) -> list[str] | None:
    said = [line for line in lines if line]
    if len(said) % count:
        return None
    cut = [part.replace("\n", " ") for part in _evenly(said, count)]
    return cut if all(map(is_period, cut)) else None


def _evenly(lines: list[str], count: int) -> list[str]:
    each = len(lines) // count
    return ["\n".join(lines[n * each : (n + 1) * each]) for n in range(count)]
