"""What a test begins with is built once in a process: rows and files are put there again as they were.

Reports in a certain state are what thousands of tests are given. They are made by the acts of real people, each with its
papers, a tenth of a second each; putting the rows back takes a hundredth.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models

Built = TypeVar("Built")
Table = dict[Any, tuple[Any, ...]]
FOLDERS = ("archive", "renderings", "uploads")


@dataclass(frozen=True)
class _Given:
    """``added`` and ``changed``: by model its columns and the rows; ``returned`` what the builder gave back, pickled."""

    added: list[tuple[type[models.Model], list[str], list[tuple[Any, ...]]]]
    changed: list[tuple[type[models.Model], list[str], list[tuple[Any, ...]]]]
    files: Path
    returned: bytes


@dataclass
class Memory:
    """Remembers only what was built in a test that had touched nothing: no row, no setting, no function of ours.

    ``begin`` is called when the people are there. From then on the first thing built in a test's transaction is what
    is remembered, or put back; in a test that changed anything before, ``build`` runs.
    """

    _given: dict[Hashable, _Given] = field(default_factory=dict)
    _people: int = -1
    _settings: int = -1
    _root: Path = Path()
    _store: Path = Path()
    _patches: pytest.MonkeyPatch | None = None

    def begin(self, root: Path, store: Path, patches: pytest.MonkeyPatch) -> None:
        """``root`` holds the test's folders of files, ``store`` what is kept of others until the process ends."""
        self._root, self._store, self._patches = root, store, patches
        self._people = changes()

    def end(self) -> None:
        """What follows in this test is built: another database was put in the place of this one."""
        self._people = -1

    def plain_settings(self) -> None:
        """No test has set any of its own yet."""
        self._settings = _depth()

    def recall(self, key: Hashable, build: Callable[[], Built]) -> Built:
        if not self._untouched():
            return build()
        if key not in self._given:
            return self._build(key, build)
        given = self._given[key]
        copy_files(given.files, self._root)
        for model, columns, rows in given.added:
            insert(model, columns, rows)
        for model, columns, rows in given.changed:
            _update(model, columns, rows)
        renumber([model for model, _columns, _rows in given.added])
        value: Built = pickle.loads(given.returned)
        return value

    def _build(self, key: Hashable, build: Callable[[], Built]) -> Built:
        before = {model: _rows(model)[1] for model in _tables()}
        value = build()
        files = self._store / str(len(self._given))
        copy_files(self._root, files)
        added, changed = [], []
        for model in _tables():
            columns, after = _rows(model)
            old = before[model]
            if new := [row for pk, row in after.items() if pk not in old]:
                added.append((model, columns, new))
            if other := [row for pk, row in after.items() if pk in old and row != old[pk]]:
                changed.append((model, columns, other))
        self._given[key] = _Given(added, changed, files, pickle.dumps(value))
        return value

    def _untouched(self) -> bool:
        return (
            connection.in_atomic_block
            and self._patches is not None
            and not self._patches._setattr
            and _depth() == self._settings
            and changes() == self._people
        )


def copy_files(source: Path, target: Path) -> None:
    """The folders in which a test keeps files."""
    for name in FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)


def changes() -> int:
    """How many rows this transaction (on SQLite this connection) inserted, changed and deleted so far."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return int(connection.connection.total_changes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0] or 0)


def _depth() -> int:
    """How many settings lie over the installation's own."""
    depth, holder = 0, getattr(settings, "_wrapped")  # noqa: B009 (not in the types)
    while hasattr(holder, "default_settings"):
        depth, holder = depth + 1, holder.default_settings
    return depth


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _rows(model: type[models.Model]) -> tuple[list[str], Table]:
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY "{key}"')
        columns = [column[0] for column in cursor.description]
        place = columns.index(key)
        return columns, {row[place]: row for row in map(_plain, cursor.fetchall())}


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def insert(model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', rows)


def _update(model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    key = model._meta.pk.column
    values = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        for row in rows:
            statement = f'UPDATE "{model._meta.db_table}" SET {values} WHERE "{key}" = %s'
            cursor.execute(statement, [*row, row[columns.index(key)]])


def renumber(chosen: list[type[models.Model]]) -> None:
    """The next row's number comes after those that were put back."""
    statements = connection.ops.sequence_reset_sql(no_style(), chosen)
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(";".join(statements))


memory = Memory()
