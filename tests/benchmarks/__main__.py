"""``python -m tests.benchmarks [--quick]``: one table of speeds, for SQLite and for the PostgreSQL DATABASE_URL names.

Each engine runs in a process of its own, in a database of its own that is removed afterwards; without PostgreSQL in
DATABASE_URL there is only the column of SQLite. Figures that are compared come from one interleaved run, so ratios hold
on a busy machine too; milliseconds do not. --quick is to see that everything runs: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.benchmarks.measuring import Row

APPROVALS, ROUNDS = 100_000, 201
QUICK = (900, 12)
Table = dict[tuple[str, str, str], dict[str, Row]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="The table of speeds.")
    parser.add_argument("--quick", action="store_true", help="few rounds: figures without meaning")
    approvals, rounds = QUICK if parser.parse_args().quick else (APPROVALS, ROUNDS)
    table: Table = {}
    engines = [("SQLite", _on_sqlite)]
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        engines.append(("PostgreSQL", _on_postgres))
    for name, database in engines:
        with tempfile.TemporaryDirectory(prefix="memos-bench-") as folder, database(Path(folder)) as url:
            for row in _rows(name, url, Path(folder), approvals, rounds):
                table.setdefault((row.heading, row.what, row.unit), {})[name] = row
    _print(table, [name for name, _database in engines])
    return 0


def _rows(name: str, url: str, folder: Path, approvals: int, rounds: int) -> Iterator[Row]:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.engine",
        str(folder),
        str(approvals),
        str(rounds),
    ]
    environment = {**os.environ, "DATABASE_URL": url, "ARCHIVE_ROOT": str(folder / "archive"), "DEBUG": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            row = Row(**json.loads(line))
            print(f"{name}: {row.what} {_value(row)} {row.unit}", file=sys.stderr, flush=True)
            yield row
    if process.returncode:
        sys.exit(f"The benchmark on {name} failed (exit {process.returncode}).")


@contextlib.contextmanager
def _on_sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'bench.sqlite3'}"


@contextlib.contextmanager
def _on_postgres(folder: Path) -> Iterator[str]:
    """A database on the server; what else lives there is not touched."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_{uuid.uuid4().hex}"
    with psycopg.connect(urlunsplit(server), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(server._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _print(table: Table, engines: list[str]) -> None:
    width = max(len(what) for _heading, what, _unit in table) + 2
    shown = ""
    for (heading, what, unit), values in table.items():
        if heading != shown:
            titles = "".join(f"{engine:>12}" for engine in engines)
            print(f"\n{heading:<{width}}{titles}            goal")
            shown = heading
        cells = "".join(f"{_value(values[e]) if e in values else '–':>12}" for e in engines)
        goal = next(iter(values.values())).goal
        print(f"  {what:<{width - 2}}{cells}  {unit:<8}  {goal}".rstrip())


def _value(row: Row) -> str:
    return f"{row.value:,.0f}" if row.unit in ("queries", "rounds", "files") else f"{row.value:,.2f}"


if __name__ == "__main__":
    sys.exit(main())
