"""A database with what a test's builder put into it, kept aside with its files: the next test that asks gets a copy."""

from __future__ import annotations

import contextlib
import pickle
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, connections, transaction

from tests.databases.memory import copy_files, memory

Built = TypeVar("Built")


@dataclass(frozen=True)
class _Kept:
    """``place`` is the copy's file on SQLite, its name on PostgreSQL; ``returned`` what the builder gave back, pickled."""

    place: str
    files: Path
    returned: bytes


@dataclass
class KeptDatabases:
    """``build`` runs once in a process for each name, in a database where commits are real.

    Afterwards the open database becomes a copy of what it was then, and the test's folders are filled alike. The test
    itself runs in a transaction that is rolled back, so that it may do what only the end of one would refuse.
    """

    folder: Path
    _kept: dict[str, _Kept] = field(default_factory=dict)

    @contextlib.contextmanager
    def built(self, name: str, root: Path, build: Callable[[], Built]) -> Iterator[Built]:
        """``root`` holds the test's folders of files."""
        memory.end()
        if name in self._kept:
            value: Built = self._restore(self._kept[name], root)
        else:
            value = build()
            self._kept[name] = self._keep(root, value)
        with transaction.atomic():
            yield value
            transaction.set_rollback(True)

    def forget(self) -> None:
        if connection.vendor == "postgresql":
            for kept in self._kept.values():
                _on_server(f'DROP DATABASE "{kept.place}" WITH (FORCE)')
        self._kept.clear()

    def _keep(self, root: Path, value: Any) -> _Kept:
        files = self.folder / uuid.uuid4().hex
        files.mkdir()
        copy_files(root, files)
        if connection.vendor == "postgresql":
            place = f"kept_{uuid.uuid4().hex}"
            connection.close()
            _on_server(f'CREATE DATABASE "{place}" TEMPLATE "{_name()}" STRATEGY FILE_COPY')
        else:
            place = str(files / "kept.sqlite3")
            with contextlib.closing(sqlite3.connect(place)) as target:
                connection.connection.backup(target)
        return _Kept(place, files, pickle.dumps(value))

    def _restore(self, kept: _Kept, root: Path) -> Any:
        copy_files(kept.files, root)
        if connection.vendor == "postgresql":
            connection.close()
            _on_server(f'DROP DATABASE "{_name()}" WITH (FORCE)')
            _on_server(f'CREATE DATABASE "{_name()}" TEMPLATE "{kept.place}" STRATEGY FILE_COPY')
        else:
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(kept.place)) as source:
                source.backup(connection.connection)
        return pickle.loads(kept.returned)


def _name() -> str:
    return str(connections["default"].settings_dict["NAME"])


def _on_server(statement: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)
