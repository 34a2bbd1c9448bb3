"""Ten thousand random changes behind the archive's back, each found with its place; in parts, so that cores share them.

``CHANGES=N`` in the environment makes another number of it.
"""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from memos.models import Report
from tests.faults import harms
from tests.faults.test_verify import places_named
from tests.personas import Authority

PARTS = 8
CHANGES = int(os.environ.get("CHANGES", "10000"))


def _drawn(chance: random.Random, number: int) -> list[str]:
    """Shares are kept to; their order is chance."""
    kinds = [kind for kind, share in harms.SHARES.items() for _one in range(max(1, share * number // 100))]
    chance.shuffle(kinds)
    return (kinds + ["a value"] * number)[:number]


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_changes_are_found_with_their_places(
    altered: Report, home: Authority, part: int
) -> None:
    chance = random.Random(10_000 + part)
    archive, done = harms.Archive(chance, home), Counter[str]()
    missed = []
    for kind in _drawn(chance, CHANGES // PARTS):
        outcome = archive.harm(kind)
        done[kind] += 1
        if not outcome.named:
            missed.append(f"{kind}: {outcome.what} — {outcome.places}")
    print(f"part {part}: {done.total()} changes, {done.total() - len(missed)} found: {dict(done)}")
    assert not missed, "\n".join(missed)
    assert places_named() == [], "every change was undone"


def test_one_change_of_each_kind_is_found(altered: Report, home: Authority) -> None:
    archive = harms.Archive(random.Random(7), home)
    assert harms.SHARES.keys() == harms.KINDS.keys()
    assert sum(harms.SHARES.values()) == 100
    for kind in harms.KINDS:
        outcome = archive.harm(kind)
        assert outcome.named, f"{kind}: {outcome.what} — {outcome.places}"
    assert places_named() == []
