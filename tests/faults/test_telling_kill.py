"""A mail server and LINE that are down, slow, broken or forgetful, and workers that are killed: each message is there once.

By its number: what the provider took before, it knows. Both keep every text that came under a number; there must be one.
"""

from __future__ import annotations

import functools
import random
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from ita_core import telling
from ita_core.outbox import Job
from ita_core.telling_models import Delivery
from tests.ita_core import listeners
from tests.ita_core.providers import MOODS, REFUSES, WELL, Provider, both
from tests.personas import Authority
from tests.volumes import volume

Order = Callable[..., list[int]]
Providers = tuple[Provider, Provider]
# Where a worker dies. Two messages go out in a round, one by each channel.
STAGES = [
    ("", "", 0),
    ("marked", "after", 1),
    ("mail", "before", 1),
    ("mail", "after", 1),
    ("push", "before", 1),
    ("push", "after", 1),
    ("closed", "before", 2),
    ("closed", "after", 1),
    ("done", "before", 1),
    ("done", "after", 1),
]


@pytest.fixture
def providers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Providers]:
    with both(settings, monkeypatch) as two:
        yield two


@pytest.fixture
def order(providers: Providers, sealing_hand: Order) -> Order:
    """The process inherits where the providers are."""
    return functools.partial(sealing_hand, telling.KIND)


def _free() -> None:
    """Leases and back-offs are over."""
    now = timezone.now()
    Job.objects.filter(done_at=None, given_up_at=None).update(leased_until=None, not_before=now)


def _numbers(channel: str) -> set[str]:
    rows = Delivery.objects.across_organisations().filter(channel=channel, sent_at__isnull=False)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def _assert_each_once(providers: Providers, count: int) -> None:
    post, line = providers
    assert {number.strip("<>").partition("@")[0] for number in post.taken} == _numbers("mail")
    assert set(line.taken) == _numbers("line")
    for provider in providers:
        assert len(provider.taken) == count
        assert {len(texts) for texts in provider.taken.values()} == {1}, "the same words at every attempt"


@pytest.mark.sampled
def test_each_message_is_there_once(order: Order, providers: Providers, home: Authority) -> None:
    listeners.reachable(home.people["mayor"])
    chosen = random.Random(2565)
    rounds = volume(4, 100)
    for number in range(rounds):
        listeners.tell(home, "mayor", key=str(number))
        for provider in providers:
            provider.mood = chosen.choice(MOODS)
        stage, when, nth = STAGES[number % len(STAGES)] if number % 2 else chosen.choice(STAGES)
        order(stage=stage, when=when, nth=nth)
        for provider in providers:
            provider.mood = WELL
        _free()
        assert order() == [0]
        assert not Job.objects.filter(kind=telling.KIND, done_at=None).exists(), (number, stage)
    _assert_each_once(providers, rounds)


def test_one_number_for_all_attempts(order: Order, providers: Providers, home: Authority) -> None:
    """Killed between the hand-over and its mark; a digest of four, by two workers; what is refused for good."""
    post, line = providers
    listeners.reachable(home.people["mayor"])
    listeners.tell(home, "mayor")
    for stage in ("mail", "push"):
        assert order(stage=stage, when="after", nth=1) == [signal.SIGKILL]
        _free()
    assert order() == [0]
    assert (list(post.asked.values()), list(line.asked.values())) == ([2], [2])
    _assert_each_once(providers, 1)

    post.taken.clear()
    listeners.reachable(home.people["clerk"], mail_daily=True, by_line=[])
    for number in range(4):
        listeners.tell(home, "clerk", key=str(number))
    Delivery.objects.across_organisations().update(due_at=timezone.now())
    _free()
    assert order(stage="mail", when="after", nth=1) == [signal.SIGKILL]
    _free()
    assert order(lanes=2) == [0, 0]
    assert (len(post.taken), len(line.taken)) == (1, 1)
    (text,) = next(iter(post.taken.values()))
    assert all(f"รายงาน {number}" in text for number in range(4))
    assert not Delivery.objects.across_organisations().filter(sent_at=None).exists()

    post.mood = line.mood = REFUSES
    listeners.tell(home, "mayor", key="b")
    assert order() == [0]
    lost = Delivery.objects.of(home.organisation).filter(sent_at=None)
    assert [bool(one.given_up_at and one.problem) for one in lost] == [True, True]
    assert not Job.objects.filter(kind=telling.KIND, done_at=None).exists()
