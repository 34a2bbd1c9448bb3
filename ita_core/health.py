"""System checks: what can be wrong before a request comes."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.utils import timezone

from ita_core import immutable, outbox


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
    waiting = outbox.overdue(timezone.now())
    if not waiting:
        return []
    return [
        checks.Warning(
            f"{waiting} pieces of work have waited for long in the outbox.",
            hint="Is `manage.py worker` running?",
            id="ita_core.W001",
        )
    ]
