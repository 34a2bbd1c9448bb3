"""Rows that are written once: refused by the ORM, and by triggers for whoever passes it by.

``install()`` is idempotent and runs after every migration (see the ``migrate`` command), because altering a field on
SQLite rebuilds the table and silently drops its triggers. ``missing()`` is what the system check asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = "this row is kept as it was written"


class ImmutableRow(RuntimeError):
    """Somebody tried to change or remove a row that is kept as it was written."""


class WriteOnce(models.Model):
    """Base of contents, files, sets and acts: inserted once, never updated, never deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise ImmutableRow(f"{self._meta.label} {self.pk}: {SENTENCE}")


class NeverRemoved(models.Model):
    """Base of rows that are written on but never removed: a number of a register keeps its line."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRow(f"{self._meta.label} {self.pk}: {SENTENCE}")


def guarded_tables() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, WriteOnce):
            yield model._meta.db_table


def guards(vendor: str) -> Iterator[tuple[str, list[str]]]:
    """Every table that has triggers, with their names."""
    for table in guarded_tables():
        yield table, _trigger_names(table, vendor)
    for model in apps.get_models():
        if issubclass(model, NeverRemoved):
            table = model._meta.db_table
            yield table, [name for name in _trigger_names(table, vendor) if not name.endswith("_update")]


def kept_tables() -> set[str]:
    """Those of both kinds."""
    return {table for table, _names in guards("sqlite")}


def _trigger_names(table: str, vendor: str) -> list[str]:
    events = ["update", "delete", "truncate"] if vendor == "postgresql" else ["update", "delete"]
    return [f"{table}_no_{event}" for event in events]


def _existing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that are present and enabled."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    present = _existing(connection)
    return [name for _table, names in guards(connection.vendor) for name in names if name not in present]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place; tables that do not exist yet are passed over (a partial migration)."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '%: {SENTENCE}', TG_TABLE_NAME; END $$"
            )
        for table, names in guards(connection.vendor):
            if table not in tables:
                continue
            for name in names:
                event = name.rsplit("_", 1)[1].upper()
                cursor.execute(
                    f'DROP TRIGGER IF EXISTS "{name}"'
                    + (f' ON "{table}"' if connection.vendor == "postgresql" else "")
                )
                cursor.execute(_create_sql(name, table, event, connection.vendor))


def _create_sql(name: str, table: str, event: str, vendor: str) -> str:
    if vendor == "postgresql":
        level = "STATEMENT" if event == "TRUNCATE" else "ROW"
        return f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH {level} EXECUTE FUNCTION refuse_change()'
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" BEGIN SELECT RAISE(ABORT, \'{SENTENCE}\'); END'
    )
