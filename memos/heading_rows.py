"""The headings of a table in one row, or in two where columns stand under a heading of their own group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

TWENTIETHS = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading cell; ``scope`` is what it heads, ``shares`` the widths of the columns below it in twentieths."""

    text: str
    scope: str
    colspan: int
    rowspan: int
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """``top`` alone where no column has a group; else a column without one reaches through both rows."""

    top: tuple[Heading, ...]
    below: tuple[Heading, ...] = ()


def heading_rows(columns: Sequence[tuple[str, str]], shares: Sequence[int]) -> HeadingRows:
    """``columns`` are (group, heading) in order; neighbours of one group stand together under it."""
    grouped = any(group for group, _heading in columns)
    top: list[Heading] = []
    below: list[Heading] = []
    for group, run in groupby(enumerate(columns), key=lambda item: item[1][0]):
        cells = [(heading, shares[place]) for place, (_group, heading) in run]
        if group:
            top.append(Heading(group, "colgroup", len(cells), 1, tuple(share for _heading, share in cells)))
            below.extend(Heading(heading, "col", 1, 1, (share,)) for heading, share in cells)
        else:
            rows = 2 if grouped else 1
            top.extend(Heading(heading, "col", 1, rows, (share,)) for heading, share in cells)
    return HeadingRows(tuple(top), tuple(below))


def readable_shares(widths: Sequence[int]) -> list[int]:
    """Each column's part of a page to read or write in, in twentieths, 2–10: a strict policy allows no widths in the markup."""
    return [min(max(2, round(TWENTIETHS * width / sum(widths))), 10) for width in widths]


def paper_shares(widths: Sequence[int]) -> list[int]:
    """The same as near as twentieths come to the paper: at least 1 each, at most 10, together no more than the page."""
    exact = [TWENTIETHS * width / sum(widths) for width in widths]
    parts = [min(max(1, int(share)), 10) for share in exact]
    while sum(parts) > TWENTIETHS:
        wide = [place for place, part in enumerate(parts) if part > 1]
        parts[max(wide, key=lambda place: parts[place] - exact[place])] -= 1
    by_need = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_need[: TWENTIETHS - sum(parts)]:
        parts[place] = min(parts[place] + 1, 10)
    return parts
