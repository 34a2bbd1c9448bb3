"""The outbox: one row for one wish, each done by one worker, and nothing lost when a worker dies, hangs or leaves.

Workers are processes (tests/ita_core/outbox_hand.py) on a database where commits are real.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone

from ita_core import health, outbox
from ita_core.outbox import Job
from tests.databases.committed import CommittedDatabase
from tests.ita_core.at_work import PATIENCE, lines, once, until, want, worker
from tests.volumes import volume

pytestmark = pytest.mark.sampled


def _wanted(payload: dict[str, int], again: bool = False) -> Job:
    outbox.want("note", "a", payload, again=again)
    return Job.objects.get(kind="note", key="a")


@pytest.mark.django_db
def test_the_same_work_wanted_twice_is_one_row() -> None:
    first = _wanted({"n": 1})
    assert _wanted({"n": 2}).pk == first.pk
    assert _wanted({"n": 2}, again=True).payload == {"n": 1}, "still open: stays as it is"
    held = outbox.claim("w", ["note"])
    assert held is not None
    assert outbox.done(held)
    assert _wanted({"n": 3}).done_at is not None
    anew = _wanted({"n": 3}, again=True)
    assert (anew.pk, anew.done_at, anew.attempts, anew.payload) == (first.pk, None, 0, {"n": 3})


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_wanted() -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        outbox.want("note", "a", {})
        raise ZeroDivisionError
    assert outbox.claim("w", ["note"]) is None


@pytest.mark.django_db
def test_a_claim_takes_what_is_due_of_its_kinds_only() -> None:
    outbox.want("note", "later", {}, not_before=timezone.now() + datetime.timedelta(minutes=1))
    outbox.want("other", "a", {})
    assert outbox.claim("w", ["note"]) is None
    held = outbox.claim("w", ["note", "other"])
    assert held is not None
    assert (held.kind, held.attempt) == ("other", 1)
    assert outbox.claim("v", ["other"]) is None, "leased"


@pytest.mark.django_db
def test_whoever_lost_his_lease_has_no_say() -> None:
    outbox.want("note", "a", {})
    slow = outbox.claim("slow", ["note"], datetime.timedelta(0))
    quick = outbox.claim("quick", ["note"])
    assert slow is not None
    assert quick is not None
    assert not outbox.renew(slow)
    assert not outbox.done(slow)
    assert not outbox.failed(slow, "x")
    assert not outbox.give_back(slow)
    assert outbox.done(quick)
    assert Job.objects.get().problem == ""


@pytest.mark.django_db
def test_a_renewed_lease_keeps_others_away() -> None:
    outbox.want("note", "a", {})
    held = outbox.claim("w", ["note"], datetime.timedelta(0))
    assert held is not None
    assert outbox.renew(held)
    assert outbox.claim("v", ["note"]) is None


@pytest.mark.django_db
def test_failures_wait_longer_and_longer_and_are_then_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[dict[str, int], str]] = []
    handler = outbox.Handler(lambda payload: None, given_up=lambda *facts: told.append(facts))
    monkeypatch.setitem(outbox.handlers, "note", handler)
    outbox.want("note", "a", {"n": 1})
    for seconds in (*outbox.BACK_OFF, None):
        held = outbox.claim("w", ["note"])
        assert held is not None
        now = timezone.now()
        assert outbox.failed(held, "เครื่องพิมพ์ไม่ตอบ" * 30)
        job = Job.objects.get()
        if seconds is not None:
            assert abs((job.not_before - now).total_seconds() - seconds) < 0.5
            assert not told
            Job.objects.update(not_before=now)
    assert job.given_up_at is not None
    assert (len(job.problem), told[0][0]) == (300, {"n": 1})
    assert outbox.claim("w", ["note"]) is None
    assert _wanted({}, again=True).given_up_at is None


@pytest.mark.django_db
def test_work_given_back_costs_no_attempt() -> None:
    outbox.want("note", "a", {})
    for _time in range(outbox.ATTEMPTS + 2):
        held = outbox.claim("w", ["note"])
        assert held is not None
        assert outbox.give_back(held)
    assert (Job.objects.get().attempts, Job.objects.get().leased_by) == (0, "")


@pytest.mark.django_db
def test_work_that_nobody_takes_up_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox.handlers, "note", outbox.Handler(lambda payload: None))
    job = _wanted({})
    assert health.work_is_taken_up(databases=["default"]) == []
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now() - outbox.OVERDUE * 2)
    (message,) = health.work_is_taken_up(databases=["default"])
    assert "1 pieces" in message.msg
    assert outbox.claim("w", ["note"])
    assert health.work_is_taken_up(databases=["default"]) == []


def test_wanted_by_many_at_once_it_is_one_row(committed_db: CommittedDatabase) -> None:
    def wish(_hand: int) -> None:
        try:
            for number in range(20):
                with transaction.atomic():
                    outbox.want("note", str(number), {}, again=number % 2 == 0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as hands:
        assert list(hands.map(wish, range(4))) == [None] * 4
    assert Job.objects.count() == 20


def test_two_workers_do_each_piece_once(committed_db: CommittedDatabase, marks: Path) -> None:
    keys = [f"{number:04}" for number in range(volume(60, 2_000))]
    for key in keys:
        want(marks, "note", key)
    with worker("--lanes", "2"), worker():
        until(lambda: not Job.objects.still_open().exists())
    counted = Counter(lines(marks))
    assert counted == Counter([f"{word} {key}" for key in keys for word in ("BEGAN", "ENDED")])
    assert len(set(Job.objects.values_list("leased_by", flat=True))) > 1, "one did all of it"
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_what_a_killed_worker_held_is_taken_up_again(committed_db: CommittedDatabase, marks: Path) -> None:
    want(marks, "note", "a", seconds=2)
    with worker(lease=1):
        until(lambda: lines(marks) == ["BEGAN a"])
        # The lane, not the process that watches over it.
        lane = int(Job.objects.get().leased_by.split("-")[-2])
        os.kill(lane, signal.SIGKILL)
        until(lambda: lines(marks) == ["BEGAN a", "BEGAN a", "ENDED a"])
        until(lambda: Job.objects.get().done_at is not None)
    assert Job.objects.get().attempts == 2


def test_a_lease_is_renewed_while_the_work_goes_on(committed_db: CommittedDatabase, marks: Path) -> None:
    want(marks, "note", "a", seconds=3)
    with worker("--lanes", "2", lease=1):
        until(lambda: Job.objects.get().done_at is not None)
    assert lines(marks) == ["BEGAN a", "ENDED a"]


def test_work_that_always_kills_its_worker_is_given_up(committed_db: CommittedDatabase, marks: Path) -> None:
    want(marks, "die", "a")
    with worker(lease=0.2):
        until(lambda: Job.objects.get().given_up_at is not None)
    job = Job.objects.get()
    assert (job.attempts, job.problem) == (outbox.ATTEMPTS, str(outbox.KILLED_TOO_OFTEN))
    assert lines(marks) == ["BEGAN a"] * outbox.ATTEMPTS + [f"GIVEN-UP {outbox.KILLED_TOO_OFTEN} a"]


@pytest.mark.parametrize("kind", ["note", "deaf"])
def test_work_that_hangs_is_given_up_with_its_sentence(
    committed_db: CommittedDatabase, marks: Path, kind: str
) -> None:
    want(marks, kind, "a", seconds=600)
    with worker(lease=0.3, attempt=0.2, grace=0.3):
        until(lambda: Job.objects.get().given_up_at is not None)
    assert "นานเกินกำหนด" in Job.objects.get().problem
    assert lines(marks)[-1].startswith("GIVEN-UP งานใช้เวลานาน")


def test_an_error_is_kept_and_the_rest_goes_on(committed_db: CommittedDatabase, marks: Path) -> None:
    want(marks, "fail", "a")
    want(marks, "note", "b")
    said = once()
    assert said[-1] == {"outcomes": {"failed": outbox.ATTEMPTS, "done": 1}}
    assert Job.objects.get(key="a").problem == "ValueError: ทำไม่ได้"
    assert Job.objects.get(key="b").done_at is not None


def test_told_to_stop_it_finishes_what_is_short(committed_db: CommittedDatabase, marks: Path) -> None:
    want(marks, "note", "a", seconds=1)
    want(marks, "note", "b")
    with worker() as process:
        until(lambda: lines(marks) == ["BEGAN a"])
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert lines(marks) == ["BEGAN a", "ENDED a"]
    assert Job.objects.get(key="a").done_at is not None
    assert Job.objects.get(key="b").attempts == 0


def test_told_to_stop_it_gives_back_what_is_long(committed_db: CommittedDatabase, marks: Path) -> None:
    want(marks, "note", "a", seconds=60)
    with worker(grace=0.3) as process:
        until(lambda: lines(marks) == ["BEGAN a"])
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    job = Job.objects.get()
    assert (job.attempts, job.leased_until, job.done_at) == (0, None, None)
