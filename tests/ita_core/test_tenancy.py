"""A query that names no organisation raises, however it is run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Count, Q

from ita_core.models import Organisation, OrgUnit
from ita_core.tenancy import TenantManager, UnscopedQuery
from memos.models import Report, Section
from tests import reports
from tests.personas import Authority

pytestmark = pytest.mark.django_db

RUNS: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "iterator": lambda rows: next(iter(rows.iterator()), None),
    "aggregate": lambda rows: rows.aggregate(Count("pk")),
    "update": lambda rows: rows.update(pk=1),
    "delete": lambda rows: rows.delete(),
    "values": lambda rows: list(rows.values_list("pk")),
    "in_bulk": lambda rows: rows.in_bulk(),
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS.keys())
def test_unscoped_queries_raise(run: Callable[[Any], Any]) -> None:
    for rows in (
        Report.objects.all(),
        Section.objects.filter(heading="x"),
        Report.objects.filter(Q(organisation=1) | Q(title="x")),
        Report.objects.exclude(organisation=1),
    ):
        with pytest.raises(UnscopedQuery):
            run(rows)


def test_scoped_queries_run(home: Authority) -> None:
    report = reports.begin(home)
    organisation = home.organisation
    assert Report.objects.of(organisation).count() == 1
    assert Report.objects.filter(organisation=organisation, pk=report.pk).exists()
    assert organisation.reports.count() == 1
    assert report.sections.count() == 2
    assert Section.objects.of(organisation).count() == 2
    assert Report.objects.across_organisations().count() == 1


def test_of_another_organisation_there_is_nothing(home: Authority, stranger: Authority) -> None:
    reports.begin(home)
    assert not Report.objects.of(stranger.organisation).exists()
    assert not Section.objects.of(stranger.organisation).exists()


def test_every_row_of_an_organisation_is_guarded() -> None:
    """Whatever points at an organisation, or below a row that does, has the guarding manager."""
    shared = {"FormVersion", "TemplateVersion", "Appointment"}
    for model in apps.get_models():
        names_one = any(field.related_model is Organisation for field in model._meta.fields)
        if names_one and model.__name__ not in shared:
            assert isinstance(model._default_manager, TenantManager), model
    assert issubclass(type(OrgUnit.objects), TenantManager)
