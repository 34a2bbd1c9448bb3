"""Every root row belongs to an organisation, and a query that names none raises.

A model states how it reaches its organisation in ``organisation_path`` ("organisation" by default). A query is
scoped by ``of(organisation)``, by following a relation from a row already in hand (``report.sections.all()``), by
naming the organisation in a filter, or, in commands and the superuser's admin, by ``across_organisations()``.
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models.lookups import Exact, In
from django.db.models.sql.where import AND, WhereNode

ModelT = TypeVar("ModelT", bound=models.Model, covariant=True)


class UnscopedQuery(RuntimeError):
    """A query on an organisation's rows named no organisation."""


def _names_organisation(where: WhereNode) -> bool:
    if where.negated or where.connector != AND:
        return False
    for child in where.children:
        if isinstance(child, WhereNode):
            if _names_organisation(child):
                return True
        elif isinstance(child, (Exact, In)):
            target = getattr(child.lhs, "target", None)
            if target is not None and target.name == "organisation":
                return True
    return False


class TenantQuerySet(models.QuerySet[ModelT]):
    """Refuses to run until an organisation is named; see the module."""

    _scoped = False

    def of(self, organisation: models.Model | int) -> Self:
        path = getattr(self.model, "organisation_path", "organisation")
        return self._mark(self.filter(**{path: organisation}))

    def across_organisations(self) -> Self:
        """For commands and the superuser's admin, where every authority is meant."""
        return self._mark(self.all())

    def _mark(self, queryset: Self) -> Self:
        queryset._scoped = True
        return queryset

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _check_scope(self) -> None:
        followed_relation = self._hints.get("instance") is not None  # type: ignore[attr-defined]
        if not (self._scoped or followed_relation or _names_organisation(self.query.where)):
            raise UnscopedQuery(
                f"{self.model.__name__}: name an organisation with of(…), "
                "or say across_organisations() where all are meant."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._check_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check_scope()
        return super().count()

    def exists(self) -> bool:
        self._check_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check_scope()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


# The default manager of every row that belongs to an organisation. (Not a class: mypy's plugin reads this form.)
TenantManager = models.Manager.from_queryset(TenantQuerySet)
