"""Rows that may not be rows any more: SQLite keeps dates, identifiers and JSON as text, and takes any other text."""

from __future__ import annotations

from typing import TypeVar

from django.db import DatabaseError, models

Row = TypeVar("Row", bound=models.Model)
UNREADABLE = (ValueError, TypeError, DatabaseError)


def readable(rows: models.QuerySet[Row]) -> tuple[list[Row], list[int]]:
    """Those that can be read, and the numbers of those that cannot."""
    try:
        found, broken = list(rows), list[int]()
    except UNREADABLE:
        found, broken = _one_by_one(rows)
    return [row for row in found if _is_whole(row)], broken + [row.pk for row in found if not _is_whole(row)]


def _one_by_one(rows: models.QuerySet[Row]) -> tuple[list[Row], list[int]]:
    found: list[Row] = []
    broken: list[int] = []
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        try:
            found.append(rows.get(pk=pk))
        except UNREADABLE:
            broken.append(pk)
    return found, broken


def _is_whole(row: models.Model) -> bool:
    """Django reads None for what is no date any more."""
    columns = (field for field in row._meta.concrete_fields if not field.null)
    return all(getattr(row, field.attname) is not None for field in columns)
