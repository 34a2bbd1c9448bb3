"""A database per test, copied from the migrated one that pytest-django made for this process."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class CommittedDatabase:
    """``url`` is a DATABASE_URL for processes; ``vendor`` is sqlite or postgresql."""

    url: str
    vendor: str


@contextlib.contextmanager
def fresh_database(folder: Path) -> Iterator[CommittedDatabase]:
    """Every connection that is opened meanwhile, in whatever thread, leads to the copy."""
    migrated = connections["default"]
    make = _on_postgres if migrated.vendor == "postgresql" else _on_sqlite
    with make(migrated, folder) as (name, url):
        original = connections.settings["default"]
        connections.settings["default"] = {**original, "NAME": name}
        connections["default"] = connections.create_connection("default")
        try:
            yield CommittedDatabase(url, migrated.vendor)
        finally:
            connections["default"].close()
            connections.settings["default"] = original
            connections["default"] = migrated


@contextlib.contextmanager
def _on_sqlite(migrated: BaseDatabaseWrapper, folder: Path) -> Iterator[tuple[str, str]]:
    path = folder / "committed.sqlite3"
    migrated.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as target:
        migrated.connection.backup(target)
    yield str(path), f"sqlite:///{path}"


@contextlib.contextmanager
def _on_postgres(migrated: Any, folder: Path) -> Iterator[tuple[str, str]]:
    template = migrated.settings_dict["NAME"]
    name = f"committed_{uuid.uuid4().hex}"
    migrated.close()  # A database that somebody is connected to cannot be copied.
    with migrated._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    try:
        yield name, _postgres_url(migrated.settings_dict, name)
    finally:
        with migrated._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _postgres_url(settings: dict[str, Any], name: str) -> str:
    user, password = quote(settings["USER"] or ""), quote(settings["PASSWORD"] or "")
    host = quote(settings["HOST"] or "", safe="")
    return f"postgres://{user}{':' + password if password else ''}@{host}:{settings['PORT'] or 5432}/{name}"
