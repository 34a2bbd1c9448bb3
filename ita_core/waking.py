"""A worker that sleeps is told when work is wanted: on PostgreSQL by a trigger and LISTEN, with the commit itself.

What is told is a hint and nothing more: the row is the truth (outbox.py), a worker that hears nothing looks all the
same, and one that was told finds what there is. SQLite has nobody to tell; its workers look twice a second.

Why no engine for queues beside the outbox: measured on PostgreSQL beside procrastinate 3.10 (tests/benchmarks/queues.py;
two busy cores, medians), an order in a transaction costs the same (4 ms), and empty work is done at 36 to 91 pieces a second
by 2 to 8 workers, at 65 to 190 there, where a file takes a second. Work begins 27 ms after the commit, 6 ms there, 200 ms
when nobody is told; four idle workers make 1.7 transactions a second, 4.9 there, 8 when they look twice a second. But a
killed worker's work begins again by itself when its lease ends (30 s), and there never, unless a periodic task looks for it;
and an engine would be a second row to keep in step with the first, and of no use to SQLite.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

CHANNEL = "outbox"
TABLE = "ita_core_job"
IDLE = 0.5  # seconds between two looks of who is told nothing, and between two thoughts of stopping
UNTOLD = 5.0  # seconds between two looks of who is told: what a hint that was lost costs
SHORTEST = 0.05
_TRIGGERS = {
    # A statement tells once, however many rows it writes.
    "job_is_wanted": "AFTER INSERT ON {table} FOR EACH STATEMENT",
    # Wanted again, given back, or failed and due later; a claim, a renewal and an end are nobody's news.
    "job_is_free": "AFTER UPDATE OF leased_until ON {table} FOR EACH ROW WHEN "
    "(NEW.leased_until IS NULL AND NEW.done_at IS NULL AND NEW.given_up_at IS NULL)",
}


def install(database: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; nothing on SQLite, and nothing before the table is there."""
    if database.vendor != "postgresql" or TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION tell_workers() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN NOTIFY {CHANNEL}; RETURN NULL; END $$"
        )
        for name, when in _TRIGGERS.items():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{TABLE}"')
            event = when.format(table=f'"{TABLE}"')
            cursor.execute(f'CREATE TRIGGER "{name}" {event} EXECUTE FUNCTION tell_workers()')


class Ear:
    """Listens on the thread's connection. Django may open another at any time; then it listens there."""

    def __init__(self) -> None:
        self._on: psycopg.Connection[Any] | None = None

    @property
    def hears(self) -> bool:
        return self._on is not None

    def listen(self) -> None:
        """From now on; what was told before is forgotten, because a look comes after."""
        if connection.vendor != "postgresql":
            return
        connection.ensure_connection()
        now = connection.connection
        if now is not self._on:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            self._on = now
        list(now.notifies(timeout=0))

    def wait(self, seconds: float, over: Callable[[], bool]) -> None:
        """Until something is told, ``seconds`` have gone by, or it is ``over`` (within IDLE)."""
        until = time.monotonic() + seconds
        while not over() and (left := until - time.monotonic()) > 0:
            if self._on is None:
                time.sleep(min(left, IDLE))
            elif self._told(min(left, IDLE)):
                return

    def _told(self, seconds: float) -> bool:
        assert self._on is not None
        try:
            return bool(list(self._on.notifies(timeout=seconds, stop_after=1)))
        except psycopg.Error:
            # The next look finds out whether there is a database.
            connection.close()
            self._on = None
            return True
