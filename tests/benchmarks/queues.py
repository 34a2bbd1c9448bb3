"""The outbox beside procrastinate on PostgreSQL: what ordering costs, how soon and how fast work is done, and by whom again.

Three engines with the same work, a line in a file: the outbox as it is, the outbox when its workers are told nothing and
look twice a second, and procrastinate, if it is installed, with a worker of one job at a time like ours. Workers are
processes. The decision that rests on these figures stands in ita_core/waking.py.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import itertools
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from ita_core import outbox
from ita_core.models import Organisation
from ita_core.outbox import Job
from tests.benchmarks import queue_hand
from tests.benchmarks.measuring import Call, Row, at_once, in_milliseconds, interleaved

HEADING = "The queue (PostgreSQL)"
OURS, POLLING, RIVAL = "outbox", "outbox, told nothing", "procrastinate"
WORKERS = (2, 4, 8)
IDLE_WORKERS = 4
PATIENCE = 120.0
# procrastinate's tasks may not be those of the module that is run.
_HAND = "from tests.benchmarks import queue_hand; queue_hand.main()"
Want = Callable[[int, float], None]


def measure(rounds: int, folder: Path) -> Iterator[Row]:
    quick = rounds < 100
    bench = Bench(folder / "marks")
    yield from _ordering(bench, rounds)
    for engine in bench.wants:
        for number in WORKERS[:1] if quick else WORKERS:
            rate = bench.rate(engine, 200 if quick else 3_000, number)
            yield Row(HEADING, f"done by {number} workers, {engine}", "/s", rate)
    for engine in bench.wants:
        delays = sorted(bench.delays(engine, 10 if quick else 100))
        yield Row(HEADING, f"from commit to start, {engine}", "ms", statistics.median(delays))
        slow = delays[int(len(delays) * 0.95)]
        yield Row(HEADING, f"from commit to start, slowest of twenty, {engine}", "ms", slow)
    for engine in bench.wants:
        transactions, share = bench.idle(engine, 2 if quick else 12)
        yield Row(
            HEADING, f"idle, {IDLE_WORKERS} workers: transactions a second, {engine}", "/s", transactions
        )
        yield Row(HEADING, f"idle, {IDLE_WORKERS} workers: of one core, {engine}", "%", share)
    for engine in () if quick else (OURS, RIVAL):
        if engine in bench.wants:
            again = bench.again_after_a_kill(engine)
            yield Row(HEADING, f"a killed worker's work begins again, {engine}", "s", again, "≤ 60")


def _ordering(bench: Bench, rounds: int) -> Iterator[Row]:
    """In a transaction that writes a row besides, as an act does."""
    numbers = itertools.count(1)
    row = Organisation.objects.filter(pk=Organisation.objects.order_by("pk")[0].pk)

    def write(want: Want | None) -> Call:
        def call() -> None:
            with transaction.atomic():
                row.update(number_prefix="สม")
                if want is not None:
                    want(next(numbers), 0)

        return call

    cases = {"a transaction that orders nothing": write(None)}
    cases |= {f"ordering, {name}": write(want) for name, want in bench.wants.items() if name != POLLING}
    yield from in_milliseconds(
        HEADING, interleaved({name: at_once(call) for name, call in cases.items()}, rounds, 5)
    )
    bench.clear()


class Bench:
    """``wants`` orders a piece of work (its number, seconds it sleeps) in the caller's transaction, by engine."""

    def __init__(self, marks: Path) -> None:
        self._marks = marks
        self.wants: dict[str, Want] = {OURS: self._in_outbox, POLLING: self._in_outbox}
        if importlib.util.find_spec("procrastinate"):
            # On Django's connection, so that the order is part of the transaction as ours is.
            django = importlib.import_module("procrastinate.contrib.django.django_connector")
            self._app = queue_hand.app(django.DjangoConnector(alias="default"))
            self._app.schema_manager.apply_schema()
            self.wants[RIVAL] = self._in_procrastinate

    def clear(self) -> None:
        Job.objects.all().delete()
        if RIVAL in self.wants:
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
        self._marks.unlink(missing_ok=True)

    def rate(self, engine: str, pieces: int, workers: int) -> float:
        """Pieces a second, from the first that began to the last, all of them ordered with one commit."""
        with self._workers(engine, workers):
            with transaction.atomic():
                for number in range(pieces):
                    self.wants[engine](number, 0)
            begun = self._until(pieces)
        return (pieces - 1) / (max(begun) - min(begun))

    def delays(self, engine: str, pieces: int) -> list[float]:
        """Milliseconds of each; all workers are asleep when it is committed."""
        asked: list[float] = []
        with self._workers(engine, IDLE_WORKERS):
            for number in range(pieces):
                with transaction.atomic():
                    self.wants[engine](number, 0)
                asked.append(time.monotonic())
                self._until(number + 1)
                time.sleep(0.05)
            begun = {number: at for number, _pid, at in self._lines()}
        return [(begun[number] - at) * 1000 for number, at in enumerate(asked)]

    def idle(self, engine: str, seconds: float) -> tuple[float, float]:
        """Transactions a second in the database, and percent of a core that all the workers take together."""
        with self._workers(engine, IDLE_WORKERS) as processes:
            time.sleep(11)  # PostgreSQL counts what an idle session did up to ten seconds late.
            before, spent = _transactions(), _spent(processes)
            time.sleep(seconds)
            after, spent_then = _transactions(), _spent(processes)
        return (after - before) / seconds, (spent_then - spent) / seconds * 100

    def again_after_a_kill(self, engine: str) -> float:
        """Seconds from the kill to the second beginning; endless if none came in twice the lease."""
        with self._workers(engine, 2):
            self.wants[engine](1, 600)
            self._until(1)
            os.kill(int(self._marks.read_text().split()[1]), signal.SIGKILL)
            killed = time.monotonic()
            with contextlib.suppress(TimeoutError):
                return max(self._until(2, 2 * outbox.LEASE.total_seconds())) - killed
        return float("inf")

    @contextlib.contextmanager
    def _workers(self, engine: str, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Ready and asleep, unless there is work; killed at the end, and what they left is removed."""
        name = RIVAL if engine == RIVAL else OURS
        environment = {**os.environ, "TOLD": str(int(engine != POLLING))}
        command = [sys.executable, "-W", "ignore", "-c", _HAND, name]
        processes = [subprocess.Popen(command, env=environment) for _worker in range(number)]
        try:
            self._wake(engine, number)
            yield processes
        finally:
            for process in processes:
                process.kill()
                process.wait()
            self.clear()

    def _wake(self, engine: str, number: int) -> None:
        """Until each has done something; a worker needs a second or two to start."""
        deadline, pieces = time.monotonic() + PATIENCE, 0
        while len({pid for _number, pid, _begun in self._lines()}) < number:
            if time.monotonic() > deadline:
                raise TimeoutError("not every worker works")
            with transaction.atomic():
                for _piece in range(2 * number):
                    pieces += 1
                    self.wants[engine](-pieces, 0.05)
            self._until(pieces)
        time.sleep(1)
        self._marks.unlink()

    def _until(self, pieces: int, patience: float = PATIENCE) -> list[float]:
        deadline = time.monotonic() + patience
        while len(lines := self._lines()) < pieces:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(lines)} of {pieces} pieces were done")
            time.sleep(0.005)
        return [begun for _number, _pid, begun in lines]

    def _lines(self) -> list[tuple[int, int, float]]:
        if not self._marks.exists():
            return []
        rows = [line.split() for line in self._marks.read_text().splitlines()]
        return [(int(row[0]), int(row[1]), float(row[2])) for row in rows if len(row) == 3]

    def _payload(self, number: int, seconds: float) -> dict[str, Any]:
        return {"file": str(self._marks), "number": number, "seconds": seconds}

    def _in_outbox(self, number: int, seconds: float) -> None:
        outbox.want(queue_hand.TASK, str(number), self._payload(number, seconds))

    def _in_procrastinate(self, number: int, seconds: float) -> None:
        task = self._app.configure_task(queue_hand.TASK, queue=queue_hand.QUEUE)
        task.defer(**self._payload(number, seconds))


def _transactions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _spent(processes: list[subprocess.Popen[bytes]]) -> float:
    """Seconds of the processor, system's and own."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
