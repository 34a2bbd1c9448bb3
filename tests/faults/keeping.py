"""Hands of the drills: somebody who goes on signing, a machine that loses everything, the commands as processes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from memos import archive
from tests.faults.scenes import Scene


@dataclass(frozen=True)
class Said:
    """What a command answered: exit status, what it printed, what it complained of."""

    status: int
    out: str
    complaint: str

    @property
    def json(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.out)
        return said


def manage(*arguments: str | Path, typed: str = "") -> Said:
    """A process of its own, which finds database and archive by the environment that the fixtures set."""
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        input=typed, capture_output=True, text=True, check=False, env={**os.environ},
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


@contextlib.contextmanager
def signing(scene: Scene) -> Iterator[Any]:
    """A process that signs one report after another; the value waits for the next one that is done."""
    reading, writing = os.pipe()
    connection.close()
    child = os.fork()
    if child == 0:
        status = 1
        with contextlib.suppress(BaseException):
            while True:
                scene.signed()
                os.write(writing, b".")
        os._exit(status)
    os.close(writing)
    try:
        yield lambda: os.read(reading, 1)
        os.kill(child, 0)  # It lived until now, so its writes went through.
    finally:
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        os.close(reading)
    assert os.WTERMSIG(status) == signal.SIGKILL, "the signer failed before it was stopped"


def wipe() -> None:
    """The disk is gone: no table, no file."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.close()
    else:
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
    folder = Path(archive.storage().path(""))
    shutil.rmtree(folder)
    folder.mkdir()
