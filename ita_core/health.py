"""System checks: what can be wrong before a request comes."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from ita_core import immutable, outbox, trigrams


def triggers_present(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` and every ``migrate`` say which guards are missing."""
    messages: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = set(connection.introspection.table_names())
        if not immutable.kept_tables() <= tables:
            continue  # Not migrated yet; `migrate` installs the guards itself.
        for name in immutable.missing(connection):
            messages.append(
                checks.Error(
                    f"Trigger {name} is missing: rows that must never change can be changed.",
                    hint="Run `manage.py migrate`, which puts the triggers in place.",
                    id="ita_core.E001",
                )
            )
    return messages


def work_is_taken_up(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` says when work waits and no worker comes."""
    if "default" not in (databases or []):
        return []
    if outbox.Job._meta.db_table not in connections["default"].introspection.table_names():
        return []
    waiting = outbox.overdue()
    if not waiting:
        return []
    return [
        checks.Warning(
            f"{waiting} pieces of work have waited for long in the outbox.",
            hint="Is `manage.py worker` running?",
            id="ita_core.W001",
        )
    ]


def search_is_indexed(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` and every ``migrate`` say when search has to read every row."""
    messages: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not trigrams.searched_tables() <= set(connection.introspection.table_names()):
            continue
        for name in trigrams.missing(connection):
            messages.append(
                checks.Warning(
                    f"{name} is missing: a search reads every row and is slow with many thousand reports.",
                    hint="Run `manage.py migrate`; on PostgreSQL its user must be allowed to create pg_trgm.",
                    id="ita_core.W002",
                )
            )
        if not trigrams.reads_thai(connection):
            messages.append(
                checks.Warning(
                    "The database's locale knows no Thai letters: the index of search stays empty.",
                    hint="Create the database with the locale C.UTF-8 or better.",
                    id="ita_core.W003",
                )
            )
    return messages
