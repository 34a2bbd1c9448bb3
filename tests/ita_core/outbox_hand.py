"""A worker with handlers that leave marks: ``python -m tests.ita_core.outbox_hand SECONDS… [arguments of worker]``.

SECONDS are those of a lease, of one attempt, of grace, and between two looks of who is told. A handler appends one line
to the file of its payload: ``BEGAN key`` and ``ENDED key``.
"""

from __future__ import annotations

import datetime
import os
import signal
import sys
import time
from typing import Any


def _mark(payload: dict[str, Any], word: str) -> None:
    """One write in append mode: lines of two processes never mix."""
    with open(payload["file"], "a", encoding="utf-8") as file:
        file.write(f"{word} {payload['key']}\n")


def note(payload: dict[str, Any]) -> None:
    _mark(payload, "BEGAN")
    time.sleep(payload.get("seconds", 0))
    _mark(payload, "ENDED")


def deaf(payload: dict[str, Any]) -> None:
    """Hangs where no alarm is heard, as in a C library."""
    _mark(payload, "BEGAN")
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    time.sleep(60)


def die(payload: dict[str, Any]) -> None:
    _mark(payload, "BEGAN")
    os.kill(os.getpid(), signal.SIGKILL)


def fail(payload: dict[str, Any]) -> None:
    _mark(payload, "BEGAN")
    raise ValueError("ทำไม่ได้")


def given_up(payload: dict[str, Any], problem: str) -> None:
    _mark(payload, f"GIVEN-UP {problem}")


def main(lease: float, attempt: float, grace: float, untold: float, arguments: list[str]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from ita_core import outbox, waking, working

    outbox.LEASE = datetime.timedelta(seconds=lease)
    outbox.BACK_OFF = (0, 0, 0, 0)
    working.GRACE, waking.UNTOLD = grace, untold
    outbox.handlers.clear()
    outbox.every_day.clear()
    outbox.every_hour.clear()
    for do in (note, deaf, die, fail):
        outbox.handlers[do.__name__] = outbox.Handler(do, attempt, given_up)
    call_command("worker", *arguments)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
    lease, attempt, grace, untold = map(float, sys.argv[1:5])
    main(lease, attempt, grace, untold, sys.argv[5:])
