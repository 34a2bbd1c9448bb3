"""Everything on one engine: ``python -m tests.benchmarks.engine FOLDER APPROVALS ROUNDS``, called by __main__.py.

Prints the rows as JSON, one a line, as they come. The database that DATABASE_URL names is empty and this run's own.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.measuring import Row

SECONDS, QUICK_SECONDS = 60.0, 8.0  # of final files being made


def main(folder: Path, approvals: int, rounds: int) -> None:
    warnings.filterwarnings("ignore", "No directory at", UserWarning)  # WhiteNoise; nothing was collected
    from django.conf import settings
    from django.core.management import call_command

    import ita_core.wsgi  # noqa: F401  # as a server has it, the collector included

    # A connection that keeps every query for a debug page would be slower and grow without end.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("load_facts", verbosity=0)
    for row in _rows(folder, approvals, rounds):
        print(json.dumps(dataclasses.asdict(row), ensure_ascii=False), flush=True)


def _rows(folder: Path, approvals: int, rounds: int) -> Iterator[Row]:
    """What is filled first: the walk of approvals leaves acts behind, and a database with acts is not filled."""
    from django.db import connection

    from tests.benchmarks import (
        approving,
        importing,
        my_work,
        papers,
        public_pages,
        queues,
        searching,
        signings,
    )

    yield from my_work.measure(max(approvals // 100, 300), approvals, max(rounds // 4, 5), folder)
    # With 100,000 approvals: 400,000 reports on PostgreSQL and 20,000 on SQLite, which is one office's.
    reports = approvals * 4 if connection.vendor == "postgresql" else approvals // 5
    yield from searching.measure(max(reports, 2 * searching.SMALL), max(rounds // 10, 3), folder)
    yield from approving.measure(rounds)
    yield from papers.measure(rounds, folder)
    yield from importing.measure(rounds)
    if connection.vendor == "postgresql":
        yield from queues.measure(rounds, folder)
    yield from public_pages.measure(rounds)
    yield from signings.measure(SECONDS if rounds >= 100 else QUICK_SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
