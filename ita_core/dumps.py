"""A copy of the whole database as of one moment, while others write; and putting such a copy back.

SQLite by its own online backup, PostgreSQL by pg_dump on an exported snapshot. What the copy holds can be asked while
it is being made, so that whatever is kept beside it (files) fits it and not the moment after.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
Rows = list[tuple[Any, ...]]
# Everything of ours in the schema, extensions excepted: they may belong to somebody else, and the dump needs them too.
_EMPTY = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', one.name);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', one.name);
  END LOOP;
END $$;
"""


class DumpProblem(Exception):
    """The database could not be copied or put back; the message is for the administrator."""


@contextlib.contextmanager
def copied(folder: Path, without: Sequence[str] = ()) -> Iterator[Callable[[str], Rows]]:
    """Write the copy into ``folder``; the value asks that copy a query (SQL without parameters).

    The tables named in ``without`` are empty in it.
    """
    make = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    with make(folder, without) as ask:
        yield ask


@contextlib.contextmanager
def _on_sqlite(folder: Path, without: Sequence[str]) -> Iterator[Callable[[str], Rows]]:
    source, target = str(connection.settings_dict["NAME"]), folder / NAMES["sqlite"]
    try:
        with contextlib.closing(sqlite3.connect(target)) as copy:
            # All pages in one step: a reader's view, which neither waits for writers nor makes them wait.
            with contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live:
                live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            copy.execute("PRAGMA secure_delete=ON")
            for table in without:
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 (names of tables)
            copy.commit()
            if (said := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                raise DumpProblem(f"the database is damaged: {said}")
            yield lambda query: copy.execute(query).fetchall()
    except sqlite3.Error as error:
        raise DumpProblem(f"{source}: {error}") from error
    _sync(target)


@contextlib.contextmanager
def _on_postgres(folder: Path, without: Sequence[str]) -> Iterator[Callable[[str], Rows]]:
    """The snapshot lives as long as this transaction, which writes nothing and locks nothing."""
    target = folder / NAMES["postgresql"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

        def ask(query: str) -> Rows:
            cursor.execute(query)
            rows: Rows = cursor.fetchall()
            return rows

        ((snapshot,),) = ask("SELECT pg_export_snapshot()")
        options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
        options += [f"--exclude-table-data={table}" for table in without]
        _run("pg_dump", [*options, f"--snapshot={snapshot}", f"--file={target}"])
        yield ask
    _sync(target)


def put_back(folder: Path) -> None:
    """The copy takes the place of whatever the database holds, in one transaction: all of it or nothing."""
    source = folder / NAMES[connection.vendor]
    connection.close()
    if connection.vendor == "postgresql":
        script = source.with_name(f"{source.name}.sql")
        try:
            _run("pg_restore", [f"--file={script}", str(source)], connected=False)
            _run("psql", ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
                          f"--command={_EMPTY}", f"--file={script}"])  # fmt: skip
        finally:
            script.unlink(missing_ok=True)
        return
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy,
            contextlib.closing(sqlite3.connect(target, timeout=20)) as live,
        ):
            copy.backup(live)
            live.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise DumpProblem(f"{target}: {error}") from error
    _sync(target)


def _run(program: str, options: list[str], *, connected: bool = True) -> None:
    """A program of PostgreSQL's client, which gets the password by its environment and never as an argument."""
    if shutil.which(program) is None:
        raise DumpProblem(f"{program} is missing: apt-get install postgresql-client")
    arguments, more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, options)
    command = [program, *(arguments[1:] if connected else options)]
    try:
        done = subprocess.run(  # noqa: S603 (a list of arguments, never a shell)
            command, env={**os.environ, **(more or {})}, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise DumpProblem(f"{program}: {error.strerror}") from error
    if done.returncode:
        raise DumpProblem(f"{program}: {done.stderr.strip()}")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
