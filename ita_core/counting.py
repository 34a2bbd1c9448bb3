"""Counts that stop: where there are many, that there are is enough, and nobody waits for every row to be read."""

from __future__ import annotations

from django.db.models import IntegerField, Subquery

COUNT_LIMIT = 200


class BoundedCount(Subquery):
    """How many rows a query has, counting no further than its slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) bounded)"
    output_field = IntegerField()
