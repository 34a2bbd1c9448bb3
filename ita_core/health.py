"""System checks: what can be wrong before a request comes."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from ita_core import immutable, outbox, trigrams


def migrated(databases: Sequence[str] | None) -> Iterator[str]:
    """Of these databases those to which every migration was applied.

    ``migrate`` runs the checks before it begins: they may not ask for a table or column that it is about to make.
    """
    for alias in databases or []:
        executor = MigrationExecutor(connections[alias])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield alias


def triggers_present(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` and every ``migrate`` say which guards are missing."""
    messages: list[checks.CheckMessage] = []
    for alias in migrated(databases):
        for name in immutable.missing(connections[alias]):
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
    if "default" not in migrated(databases):
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
    for alias in migrated(databases):
        connection = connections[alias]
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
