"""Rows that are written once: refused by the ORM, and by triggers for whoever passes it by.

``install()`` is idempotent and runs after every migration (see the ``migrate`` command), because altering a field on
SQLite rebuilds the table and silently drops its triggers. ``missing()`` is what the system check asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = "this row is kept as it was written"


class ImmutableRow(RuntimeError):
    """Somebody tried to change or remove a row that is kept as it was written."""


class WriteOnce(models.Model):
    """Base of contents, files, sets and acts: inserted once, never updated, never deleted.

    Unless a signed disposal names the row (``NamesDisposed``): then one that is ``removable`` may be deleted, and the
    columns that ``emptied`` names may be set to the values it gives, all at once and nothing else with them.
    """

    removable: ClassVar[bool] = False
    emptied: ClassVar[Mapping[str, Any]] = {}

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


class NamesDisposed(WriteOnce):
    """Base of the one table whose rows say what may go. ``key`` is the row's own, a UUID without its hyphens."""

    table = models.CharField(max_length=63)
    key = models.CharField(max_length=40)

    class Meta:
        abstract = True


class NeverRemoved(models.Model):
    """Base of rows that are written on but never removed: a number of a register keeps its line."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRow(f"{self._meta.label} {self.pk}: {SENTENCE}")


class NeverRewritten(models.Model):
    """Base of rows that say who wrote what in a draft: never changed, and gone when the draft they speak of goes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableRow(f"{self._meta.label} {self.pk}: {SENTENCE}")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)


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
        if issubclass(model, NeverRewritten):
            yield model._meta.db_table, [f"{model._meta.db_table}_no_update"]


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
    disposed = disposed_table() if disposed_table() in tables else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_refusing_sql())
            if disposed:
                cursor.execute(_refusing_unless_named_sql(disposed))
        for table, names in guards(connection.vendor):
            if table not in tables:
                continue
            for name in names:
                event = name.rsplit("_", 1)[1].upper()
                cursor.execute(
                    f'DROP TRIGGER IF EXISTS "{name}"'
                    + (f' ON "{table}"' if connection.vendor == "postgresql" else "")
                )
                model = _model_of(table)
                may = disposed and _may_go(model, event)
                if connection.vendor == "postgresql":
                    cursor.execute(_create_postgresql(name, model, event, bool(may)))
                else:
                    cursor.execute(_create_sqlite(name, model, event, disposed if may else ""))


def disposed_table() -> str:
    """The table whose rows name what may go; "" where no app has one."""
    return next((m._meta.db_table for m in apps.get_models() if issubclass(m, NamesDisposed)), "")


def _model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def _may_go(model: type[models.Model], event: str) -> bool:
    if not issubclass(model, WriteOnce):
        return False
    return model.removable if event == "DELETE" else bool(model.emptied) and event == "UPDATE"


def _refusing_sql() -> str:
    return (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '%: {SENTENCE}', TG_TABLE_NAME; END $$"
    )


def _refusing_unless_named_sql(disposed: str) -> str:
    """PostgreSQL's WHEN takes no subquery, so the function asks. Its argument is what an update empties, as JSON."""
    return f"""
        CREATE OR REPLACE FUNCTION refuse_change_unless_disposed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM "{disposed}" WHERE "table" = TG_TABLE_NAME
                       AND "key" = replace(OLD.id::text, '-', '')) THEN
                IF TG_OP = 'DELETE' THEN
                    RETURN OLD;
                ELSIF to_jsonb(NEW) = to_jsonb(OLD) || TG_ARGV[0]::jsonb THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '%: {SENTENCE}', TG_TABLE_NAME;
        END $$"""  # noqa: S608 (our own table's name)


def _create_postgresql(name: str, model: type[models.Model], event: str, may_go: bool) -> str:
    table, level = model._meta.db_table, "STATEMENT" if event == "TRUNCATE" else "ROW"
    call = "refuse_change()"
    if may_go:
        assert issubclass(model, WriteOnce)
        values = {column: _as_json(value) for column, value in model.emptied.items()}
        call = f"refuse_change_unless_disposed('{json.dumps(values)}')"
    return f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH {level} EXECUTE FUNCTION {call}'


def _as_json(value: Any) -> Any:
    r"""As PostgreSQL has it in a row as JSON: bytes are text that begins with \x."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value


def _create_sqlite(name: str, model: type[models.Model], event: str, disposed: str) -> str:
    table = model._meta.db_table
    when = f"WHEN NOT ({_is_named(model, event, disposed)})" if disposed else ""
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {when} '
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def _is_named(model: type[models.Model], event: str, disposed: str) -> str:
    table = model._meta.db_table
    named = (
        f"""EXISTS (SELECT 1 FROM "{disposed}" WHERE "table" = '{table}' AND "key" = CAST(OLD.id AS TEXT))"""  # noqa: S608
    )
    if event == "DELETE":
        return named
    assert issubclass(model, WriteOnce)
    kept = [
        f'NEW."{field.column}" IS {_sqlite_literal(model.emptied[field.column])}'
        if field.column in model.emptied
        else f'NEW."{field.column}" IS OLD."{field.column}"'
        for field in model._meta.concrete_fields
    ]
    return " AND ".join([named, *kept])


def _sqlite_literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"x'{value.hex()}'" if isinstance(value, bytes) else f"'{value}'"
