"""Which row of one list is which of another, found by likeness: frozen rows carry no names of their own."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Pairs = list[tuple[int, int]]

# Rows that share less of their letters are two rows.
ALIKE = 0.5
# Standing between the same neighbours, less will do.
_IN_ITS_PLACE = 0.2
# Beyond so many comparisons only rows that are equal, or stand in each other's place, are found.
_MOST_PAIRS = 60_000


@dataclass(frozen=True, slots=True)
class Row:
    """``whole`` equals another row's when nothing changed; ``head`` what it is called, or ""; ``text`` all it says."""

    whole: Hashable
    head: str
    text: str


def aligned(old: Sequence[Row], new: Sequence[Row]) -> Pairs:
    """(place in old, place in new) of the rows that are one row, by place in new; no row twice."""
    found: dict[int, int] = {}
    taken: set[int] = set()

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for i, j in pairs:
            if i not in taken and j not in found:
                taken.add(i)
                found[j] = i

    take(_equal([row.whole for row in old], [row.whole for row in new]))
    take(_equal([row.head for row in old], [row.head for row in new], but=""))
    left, right = _rest(len(old), taken), _rest(len(new), found)
    take((left[i], right[j]) for i, j in alike([old[i] for i in left], [new[j] for j in right]))
    take(_in_place(old, new, found))
    return [(found[j], j) for j in sorted(found)]


def alike(old: Sequence[Row], new: Sequence[Row], least: float = ALIKE) -> Pairs:
    """The likest first; of equally like ones those that stand nearest to each other. A row may come more than once."""
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    before, after = ([_shingles(row.text) for row in rows] for rows in (old, new))
    scored = [
        (-_likeness(before[i], after[j]), abs(i - j), i, j) for i in range(len(old)) for j in range(len(new))
    ]
    return [(i, j) for score, _far, i, j in sorted(scored) if -score >= least]


def out_of_order(places: Sequence[int]) -> set[int]:
    """The fewest elements whose going leaves the others in rising order: rows that were moved."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for turn, place in enumerate(places):
        at = bisect.bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            last.append(turn)
        else:
            ends[at], last[at] = place, turn
    kept: set[int] = set()
    turn = last[-1] if last else -1
    while turn >= 0:
        kept.add(places[turn])
        turn = before[turn]
    return set(places) - kept


def _equal(old: Sequence[Hashable], new: Sequence[Hashable], but: Hashable = None) -> Pairs:
    """Equal ones in their order as far as they go, then those that were moved."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    pairs = [(block.a + k, block.b + k) for block in blocks for k in range(block.size)]
    taken_old, taken_new = {i for i, _j in pairs}, {j for _i, j in pairs}
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for i, value in enumerate(old):
        if i not in taken_old:
            waiting[value].append(i)
    for j, value in enumerate(new):
        if j not in taken_new and waiting[value]:
            pairs.append((waiting[value].pop(0), j))
    return [(i, j) for i, j in pairs if new[j] != but]


def _in_place(old: Sequence[Row], new: Sequence[Row], found: Mapping[int, int]) -> Pairs:
    """Rows left over behind the same neighbour, in their order, that have something to do with each other."""
    known = dict(found)
    taken = set(found.values())
    pairs: Pairs = []
    for j in range(len(new)):
        if j in known or (j and j - 1 not in known):
            continue
        i = known[j - 1] + 1 if j else 0
        if i in taken or i >= len(old):
            continue
        likeness = _likeness(_shingles(old[i].text), _shingles(new[j].text))
        if likeness >= _IN_ITS_PLACE or not old[i].text or not new[j].text:
            pairs.append((i, j))
            known[j] = i
            taken.add(i)
    return pairs


def _rest(count: int, taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [place for place in range(count) if place not in gone]


def _shingles(text: str) -> frozenset[str]:
    """Every three letters in a row, without the spaces."""
    letters = "".join(text.split())
    return (
        frozenset(letters[at : at + 3] for at in range(max(1, len(letters) - 2))) if letters else frozenset()
    )


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """0 to 1 (Dice)."""
    return 2 * len(old & new) / (len(old) + len(new)) if old and new else 0.0
