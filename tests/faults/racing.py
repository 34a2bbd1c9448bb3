"""Two people at once: two threads with a database connection each and real commits."""

from __future__ import annotations

import enum
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

Deed = Callable[[], Any]
HELD_SECONDS = 0.06  # Long enough for the other to reach the lock, which takes a few milliseconds.
DEADLINE_SECONDS = 60


class Start(enum.Enum):
    """Both start at once; or one has done all but commit when the other arrives, which is the widest window."""

    TOGETHER = "together"
    FIRST_HOLDS = "first_holds"
    SECOND_HOLDS = "second_holds"


STARTS = list(Start)


@dataclass(frozen=True)
class Outcome:
    """What a deed came to: its value, or what it raised."""

    value: Any = None
    error: Exception | None = None

    @property
    def won(self) -> bool:
        return self.error is None


class Racers:
    """Two threads that stay, as a server's workers do, each with its own connection."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="racer")

    def run(self, first: Deed, second: Deed, start: Start) -> tuple[Outcome, Outcome]:
        barrier, done = threading.Barrier(2, timeout=DEADLINE_SECONDS), threading.Event()
        if start is Start.TOGETHER:
            deeds = [_at_once(first, barrier), _at_once(second, barrier)]
        elif start is Start.FIRST_HOLDS:
            deeds = [_holding(first, barrier, done), _arriving(second, barrier, done)]
        else:
            deeds = [_arriving(first, barrier, done), _holding(second, barrier, done)]
        one, two = (self._pool.submit(_outcome, deed) for deed in deeds)
        return one.result(DEADLINE_SECONDS), two.result(DEADLINE_SECONDS)

    def close(self) -> None:
        both = threading.Barrier(2, timeout=DEADLINE_SECONDS)

        def disconnect() -> None:
            both.wait()  # So that each of the two threads takes one.
            connection.close()

        for future in [self._pool.submit(disconnect) for _thread in range(2)]:
            future.result(DEADLINE_SECONDS)
        self._pool.shutdown()


@contextmanager
def racers() -> Iterator[Racers]:
    pair = Racers()
    try:
        yield pair
    finally:
        pair.close()


def _at_once(deed: Deed, barrier: threading.Barrier) -> Deed:
    def run() -> Any:
        barrier.wait()
        return deed()

    return run


def _holding(deed: Deed, barrier: threading.Barrier, done: threading.Event) -> Deed:
    def run() -> Any:
        barrier.wait()
        try:
            with transaction.atomic():
                value = deed()
                done.set()
                time.sleep(HELD_SECONDS)
            return value
        finally:
            done.set()

    return run


def _arriving(deed: Deed, barrier: threading.Barrier, done: threading.Event) -> Deed:
    def run() -> Any:
        barrier.wait()
        done.wait(DEADLINE_SECONDS)
        return deed()

    return run


def _outcome(deed: Deed) -> Outcome:
    try:
        return Outcome(value=deed())
    except Exception as error:  # noqa: BLE001 (the test judges whatever it is)
        return Outcome(error=error)
