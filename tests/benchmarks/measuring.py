"""Times that may be compared: every case is run in every round, in an order of its own, and medians are kept."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

Call = Callable[[], object]
Prepare = Callable[[], Call]
"""Makes ready for one round, untimed, and returns what is timed."""


@dataclass(frozen=True)
class Row:
    """One line of the table. ``unit`` is ms, × (a ratio), queries, rows, kB, s or /s; ``goal`` is what it is held to."""

    heading: str
    what: str
    unit: str
    value: float
    goal: str = ""


def interleaved(
    cases: Mapping[str, Prepare],
    rounds: int,
    warm_up: int = 0,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Medians in milliseconds by name. Whatever else the machine does in between falls on all cases alike.

    ``clock`` may be time.process_time for what only computes: on a busy machine long calls are interrupted and short
    ones are not. The first ``warm_up`` rounds are not counted. Each round has an order of its own, the same in every run.
    """
    order, shuffle = list(cases), random.Random(2565)
    times: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(warm_up + rounds):
        shuffle.shuffle(order)
        for name in order:
            call = cases[name]()
            started = clock()
            call()
            taken = clock() - started
            if number >= warm_up:
                times[name].append(taken * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def queries(call: Call) -> int:
    """How many statements ``call`` sends; BEGIN, COMMIT and savepoints are not counted, being no questions."""
    with CaptureQueriesContext(connection) as captured:
        call()
    ignored = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].upper().startswith(ignored) for query in captured)


def at_once(call: Call) -> Prepare:
    """A case that needs nothing made ready."""
    return lambda: call


def ratio(times: Mapping[str, float], name: str, beside: str) -> float:
    return times[name] / times[beside]


def in_milliseconds(heading: str, times: Mapping[str, float]) -> Iterable[Row]:
    return (Row(heading, name, "ms", value) for name, value in times.items())
