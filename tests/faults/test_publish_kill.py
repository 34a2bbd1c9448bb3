"""A worker is killed at each stage of a public copy, and two work at once: every draft has exactly one, and it holds."""

from __future__ import annotations

import functools
import signal
from collections.abc import Callable

import pytest
from django.utils import timezone

from ita_core.outbox import Job
from tests import reports
from tests.personas import Authority
from tests.volumes import SOAK
from workflows import actions, publishing, verification
from workflows.models import PublicDraft

Order = Callable[..., list[int]]
STAGES = [
    ("convert", "before", 1),
    ("convert", "after", 3),
    ("line", "after", 1),
    ("file", "before", 1),
    ("file", "after", 1),
    ("draft", "before", 1),
    ("draft", "after", 1),
    ("done", "before", 1),
    ("done", "after", 1),
]
KILLS = STAGES if SOAK else STAGES[::2]


@pytest.fixture
def order(sealing_hand: Order) -> Order:
    return functools.partial(sealing_hand, publishing.KIND)


def _made(home: Authority) -> int:
    rows = PublicDraft.objects.of(home.organisation)
    return rows.filter(data__isnull=False, pdf__isnull=False).count()


@pytest.mark.sampled
def test_killed_at_each_stage_there_is_exactly_one(order: Order, home: Authority) -> None:
    report, actor = reports.in_state(home, "mayor_signed"), home.actor("registrar")
    for revision, (stage, when, nth) in enumerate(KILLS, 1):
        actions.prepare_public(actor, report.pk, revision=revision - 1)
        assert order(stage=stage, when=when, nth=nth) == [signal.SIGKILL], stage
        job = Job.objects.filter(kind=publishing.KIND).latest("pk")
        assert (job.done_at is not None) == (stage == "done" and when == "after"), stage
        assert _made(home) == (stage == "done"), stage
        # What it held is free when its lease ends.
        Job.objects.filter(done_at=None).update(leased_until=timezone.now())
        assert order() == [0]
        assert not Job.objects.filter(kind=publishing.KIND, done_at=None).exists(), stage
        assert _made(home) == 1, stage
    actions.publish(actor, report.pk, revision=len(KILLS))
    assert list(verification.faults()) == []


def test_two_workers_at_once_make_each_once(order: Order, home: Authority) -> None:
    actor = home.actor("registrar")
    for _one in range(3):
        actions.prepare_public(actor, reports.in_state(home, "mayor_signed").pk, revision=0)
    assert order(lanes=2) == [0, 0]
    assert _made(home) == 3
    assert list(Job.objects.filter(kind=publishing.KIND).values_list("attempts", flat=True)) == [1] * 3
    before = list(PublicDraft.objects.of(home.organisation).order_by("pk").values_list("data", "pdf"))
    # Ordered anew though it is there: nothing more is made.
    Job.objects.filter(kind=publishing.KIND).update(done_at=None, leased_until=None)
    assert order(lanes=2) == [0, 0]
    assert list(PublicDraft.objects.of(home.organisation).order_by("pk").values_list("data", "pdf")) == before
