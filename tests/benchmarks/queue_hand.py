"""One worker of the benchmark of queues: ``main()`` with ENGINE as the last argument, until it is told to stop.

ENGINE is ``outbox`` or ``procrastinate``; TOLD=0 in the environment makes the outbox's worker deaf. Each piece of work
appends ``number pid begun`` to a file, seconds of the clock that all processes of a machine share; a piece that sleeps
says for how long in its payload.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from typing import Any

QUEUE = "bench"
TASK = "note"


def note(file: str, number: int, seconds: float = 0.0) -> None:
    line = f"{number} {os.getpid()} {time.monotonic()}\n"
    with open(file, "a", encoding="ascii") as marks:
        marks.write(line)
    if seconds:
        time.sleep(seconds)


def _outbox() -> None:
    import django

    django.setup()
    from ita_core import outbox, waking, working

    if os.environ["TOLD"] == "0":
        waking.Ear.listen = lambda self: None  # type: ignore[method-assign]
    outbox.handlers.clear()
    outbox.every_day.clear()
    outbox.every_hour.clear()
    outbox.handlers[TASK] = outbox.Handler(lambda payload: note(**payload))
    working.Lane(lambda outcome, held, seconds: None).work(once=False)


def app(connector: Any) -> Any:
    """procrastinate's, with the one task."""
    made = importlib.import_module("procrastinate").App(connector=connector)
    made.task(name=TASK, queue=QUEUE)(note)
    return made


def _procrastinate() -> None:
    connector = importlib.import_module("procrastinate").PsycopgConnector
    app(connector(conninfo=os.environ["DATABASE_URL"])).run_worker(queues=[QUEUE], concurrency=1, wait=True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
    {"outbox": _outbox, "procrastinate": _procrastinate}[sys.argv[-1]]()
