"""PostgreSQL tells a sleeping worker what was committed, and says what is due: the clock of no single machine counts."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ita_core import outbox, waking
from ita_core.outbox import Job
from tests.databases.committed import CommittedDatabase
from tests.ita_core.at_work import lines, until, want, worker

pytestmark = pytest.mark.postgres
HOUR = datetime.timedelta(hours=1)
NEVER = 600.0  # seconds between looks: whoever begins earlier was told


def _heard(change: Callable[[], object]) -> bool:
    """Whether a worker that listens is told of it."""
    ear = waking.Ear()
    ear.listen()
    change()
    asked = time.monotonic()
    ear.wait(0.3, lambda: False)
    return time.monotonic() - asked < 0.25


def test_what_may_be_begun_is_told_and_nothing_else(committed_db: CommittedDatabase) -> None:
    assert _heard(lambda: outbox.want("note", "a", {}))
    assert _heard(lambda: outbox.want_all("note", {"b": {}, "c": {}}))
    held = outbox.claim("w", ["note"])
    assert held is not None
    assert not _heard(lambda: outbox.renew(held))
    assert _heard(lambda: outbox.failed(held, "x"))
    Job.objects.update(not_before=timezone.now() - HOUR)
    other = outbox.claim("w", ["note"])
    assert other is not None
    assert not _heard(lambda: outbox.done(other))
    assert _heard(lambda: outbox.want("note", other.key, {}, again=True))
    assert not _heard(lambda: None)


def test_nothing_is_told_before_the_commit_or_of_what_was_rolled_back(
    committed_db: CommittedDatabase,
) -> None:
    def rolled_back() -> None:
        with transaction.atomic():
            outbox.want("note", "a", {})
            transaction.set_rollback(True)

    assert not _heard(rolled_back)


def test_what_was_told_while_it_looked_is_not_lost(committed_db: CommittedDatabase) -> None:
    ear = waking.Ear()
    ear.listen()
    outbox.want("note", "a", {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    asked = time.monotonic()
    ear.wait(5, lambda: False)
    assert time.monotonic() - asked < 1


def test_a_sleeping_worker_begins_at_once_and_keeps_appointments(
    committed_db: CommittedDatabase, marks: Path
) -> None:
    with worker("--lanes", "2", untold=NEVER):
        want(marks, "note", "first")
        until(lambda: Job.objects.get(key="first").done_at is not None)
        time.sleep(1)  # They sleep again.
        begun = time.monotonic()
        want(marks, "note", "second")
        until(lambda: "ENDED second" in lines(marks))
        assert time.monotonic() - begun < 1
        want(marks, "fail", "third")
        until(lambda: Job.objects.get(key="third").given_up_at is not None)


def test_a_worker_whose_connection_was_cut_goes_on(committed_db: CommittedDatabase, marks: Path) -> None:
    with worker(untold=NEVER):
        want(marks, "note", "first")
        until(lambda: Job.objects.get(key="first").done_at is not None)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchone() == (1,)
        want(marks, "note", "second")
        until(lambda: Job.objects.get(key="second").done_at is not None)


@pytest.mark.parametrize("wrong", [HOUR, -HOUR], ids=["fast", "slow"])
def test_a_clock_that_is_wrong_takes_no_lease_and_puts_nothing_off(
    committed_db: CommittedDatabase, monkeypatch: pytest.MonkeyPatch, wrong: datetime.timedelta
) -> None:
    """One machine's clock is an hour away from the database's; the machines take turns."""
    right = timezone.now
    away = lambda: right() + wrong  # noqa: E731
    monkeypatch.setattr(timezone, "now", away)
    outbox.want("note", "a", {})
    monkeypatch.setattr(timezone, "now", right)
    held = outbox.claim("right", ["note"])
    assert held is not None, "it waits for nobody's clock"
    monkeypatch.setattr(timezone, "now", away)
    assert outbox.claim("wrong", ["note"]) is None, "the lease has not ended"
    assert outbox.renew(held)
    assert outbox.failed(held, "x")
    monkeypatch.setattr(timezone, "now", right)
    due = outbox.until_due(["note"])
    assert due is not None
    assert due <= outbox.BACK_OFF[0]
