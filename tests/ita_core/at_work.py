"""Workers as processes (outbox_hand.py), the marks that they leave, and patience."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ita_core import outbox

PATIENCE = 30.0  # seconds; a worker starts in about one


def want(marks: Path, kind: str, key: str, **more: float) -> None:
    outbox.want(kind, key, {"file": str(marks), "key": key, **more})


def lines(marks: Path) -> list[str]:
    return marks.read_text(encoding="utf-8").splitlines() if marks.exists() else []


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@contextlib.contextmanager
def worker(
    *arguments: str, lease: float = 2, attempt: float = 30, grace: float = 5, untold: float = 1
) -> Iterator[subprocess.Popen[str]]:
    """Killed at the end if it still lives."""
    seconds = [str(lease), str(attempt), str(grace), str(untold)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ita_core.outbox_hand", *seconds, *arguments, "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()


def once(**seconds: float) -> list[dict[str, object]]:
    with worker("--once", **seconds) as process:
        said, complaints = process.communicate(timeout=PATIENCE * 2)
    assert process.returncode in {0, -signal.SIGKILL}, complaints
    return [json.loads(line) for line in said.splitlines()]
