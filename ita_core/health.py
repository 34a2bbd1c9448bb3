"""System checks: what can be wrong before a request comes."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from ita_core import immutable


def triggers_present(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` and every ``migrate`` say which guards are missing."""
    messages: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = set(connection.introspection.table_names())
        if not set(immutable.guarded_tables()) <= tables:
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
