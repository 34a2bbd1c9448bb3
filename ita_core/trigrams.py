"""Parts of words are found through an index of every three characters that stand side by side.

Thai writes no spaces between words, so an index of words would find nothing. SQLite has a table of FTS5 beside the
searched one, kept in step by triggers; PostgreSQL has an index of pg_trgm. Both are put in place by ``install()`` after
every migration, like the guards of immutable.py and for the same reason. Without them everything is still found, by
reading every row: ``missing()`` is what the system check asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.apps import apps
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

SHORTEST = 3
"""Characters; for less the index knows nothing."""

ModelT = TypeVar("ModelT", bound=models.Model)


class Folded(models.Model):
    """Base of rows that are searched in; ``folded`` has passed through ``thai.searchable``, as the words looked for do."""

    folded = models.TextField(_("ข้อความสำหรับค้น"), editable=False)

    class Meta:
        abstract = True


def containing(rows: models.QuerySet[ModelT], word: str) -> models.QuerySet[ModelT]:
    """Those whose folded text holds ``word``, which is folded too."""
    index = _index_of(rows.model)
    connection = connections[rows.db]
    if connection.vendor == "sqlite" and len(word) >= SHORTEST and not missing(connection):
        quoted = '"' + word.replace('"', '""') + '"'
        names = f'SELECT rowid FROM "{index}" WHERE "{index}" MATCH %s'  # noqa: S608 (our own name)
        return rows.filter(pk__in=RawSQL(names, [quoted]))  # noqa: S611 (the word is a parameter)
    return rows.filter(folded__contains=word)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every index in place; tables that do not exist yet are passed over (a partial migration)."""
    tables = set(connection.introspection.table_names())
    absent = set(missing(connection))
    for model in _searched():
        if model._meta.db_table in tables and absent & set(_names(model, connection.vendor)):
            (_on_postgres if connection.vendor == "postgresql" else _on_sqlite)(connection, model)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of what should be there and is not."""
    query = (
        "SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indisvalid"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [name for model in _searched() for name in _names(model, connection.vendor) if name not in present]


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Indexes that do not say what their tables say. PostgreSQL's own is part of its transactions and cannot differ."""
    if connection.vendor != "sqlite":
        return []
    found = []
    for model in _searched():
        index = _index_of(model)
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(f'INSERT INTO "{index}" ("{index}", rank) VALUES (\'integrity-check\', 1)')  # noqa: S608
        except DatabaseError as error:
            found.append(f"{index}: {error}")
    return found


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Read every row again into the index; SQLite only, where something else may have written to it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for model in _searched():
                index = _index_of(model)
                cursor.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'rebuild\')')  # noqa: S608


def reads_thai(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database takes Thai letters for letters: in the locale C the index of PostgreSQL stays empty."""
    if connection.vendor != "postgresql" or missing(connection):
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('มาตรการ')) > 0")
        return bool(cursor.fetchone()[0])


def _searched() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if issubclass(model, Folded):
            yield model


def _index_of(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_trigram"


def _names(model: type[models.Model], vendor: str) -> list[str]:
    index = _index_of(model)
    if vendor == "postgresql":
        return [index]
    return [index, *(f"{index}_{event}" for event in ("insert", "update", "delete"))]


def _on_postgres(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """An installation whose user may not create extensions goes without; the check says so."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE INDEX IF NOT EXISTS "{_index_of(model)}" ON "{model._meta.db_table}" '
            "USING gin (folded gin_trgm_ops)"
        )


def _on_sqlite(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """The index is filled anew: what was written while a trigger was missing is not in it."""
    table, index = model._meta.db_table, _index_of(model)
    put = f'INSERT INTO "{index}" (rowid, folded) VALUES (new.id, new.folded);'  # noqa: S608
    take = f'INSERT INTO "{index}" ("{index}", rowid, folded) VALUES (\'delete\', old.id, old.folded);'  # noqa: S608
    bodies = {
        "insert": f'AFTER INSERT ON "{table}" BEGIN {put} END',
        "update": f'AFTER UPDATE OF folded ON "{table}" WHEN old.folded <> new.folded BEGIN {take} {put} END',
        "delete": f'AFTER DELETE ON "{table}" BEGIN {take} END',
    }
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                f'CREATE VIRTUAL TABLE IF NOT EXISTS "{index}" USING fts5'
                f"(folded, content='{table}', content_rowid='id', tokenize='trigram case_sensitive 1')"
            )
            for event, body in bodies.items():
                cursor.execute(f'DROP TRIGGER IF EXISTS "{index}_{event}"')
                cursor.execute(f'CREATE TRIGGER "{index}_{event}" {body}')
            cursor.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'rebuild\')')  # noqa: S608
    except DatabaseError:  # An SQLite built without FTS5.
        return
