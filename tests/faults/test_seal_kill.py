"""A worker is killed at each stage of a final file, and two work at once: every report has exactly one, and it holds."""

from __future__ import annotations

import functools
import signal
from collections.abc import Callable

import pytest
from django.utils import timezone

from ita_core.outbox import Job
from memos.models import FinalFile
from tests import reports
from tests.personas import Authority
from tests.volumes import SOAK
from workflows import sealed, verification

Order = Callable[..., list[int]]
# Of three papers the first and the last; a file is put once.
STAGES = [
    ("convert", "before", 1),
    ("convert", "after", 3),
    ("join", "after", 1),
    ("seal", "before", 1),
    ("seal", "after", 1),
    ("file", "before", 1),
    ("file", "after", 1),
    ("row", "before", 1),
    ("row", "after", 1),
    ("done", "before", 1),
    ("done", "after", 1),
]
KILLS = STAGES if SOAK else STAGES[::2]


@pytest.fixture
def order(sealing_hand: Order) -> Order:
    return functools.partial(sealing_hand, sealed.KIND)


def _sets() -> list[int]:
    return sorted(FinalFile.objects.across_organisations().values_list("document_set", flat=True))


@pytest.mark.sampled
def test_killed_at_each_stage_there_is_exactly_one(order: Order, home: Authority) -> None:
    for number, (stage, when, nth) in enumerate(KILLS, 1):
        reports.in_state(home, "mayor_signed")
        assert order(stage=stage, when=when, nth=nth) == [signal.SIGKILL], stage
        job = Job.objects.filter(kind=sealed.KIND).latest("pk")
        assert (job.done_at is not None) == (stage == "done" and when == "after"), stage
        # What it held is free when its lease ends.
        Job.objects.filter(done_at=None).update(leased_until=timezone.now())
        assert order() == [0]
        assert not Job.objects.filter(kind=sealed.KIND, done_at=None).exists(), stage
        assert len(_sets()) == number, stage
    assert list(verification.faults()) == []


def test_two_workers_at_once_make_each_once(order: Order, home: Authority) -> None:
    made = [reports.in_state(home, "mayor_signed") for _one in range(4)]
    assert order(lanes=2) == [0, 0]
    assert _sets() == sorted(report.approval.document_set_id or 0 for report in made)
    assert list(Job.objects.filter(kind=sealed.KIND).values_list("attempts", flat=True)) == [1] * 4
    # Ordered anew though it is there: nothing more is made.
    Job.objects.filter(kind=sealed.KIND).update(done_at=None, leased_until=None)
    assert order(lanes=2) == [0, 0]
    assert len(_sets()) == 4
    assert list(verification.faults()) == []
