"""In how many of an authority's reports a form is used, counted no further than a page says it.

There are two ways to the same number, and each is long where the other is short. Of a form that few use anywhere its
few sections are read. Of one in use everywhere the authority's own reports are, the latest first, until there are
enough. Only a form that many others use and this authority hardly ever makes it read all of its reports.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.db.models.lookups import LessThanOrEqual

from ita_core.counting import COUNT_LIMIT, BoundedCount
from ita_core.models import Organisation
from memos.models import FormVersion, Report, Section

FEW = 500
"""Sections, of whatever authority, that are read one by one."""


def of_versions(organisation: Organisation, versions: QuerySet[FormVersion]) -> dict[int, int]:
    """Key of the version → reports that use it, at most ``COUNT_LIMIT`` + 1. One query."""
    return dict(versions.values_list("pk", _uses(organisation, {"form": "pk"})))


def of_forms(organisation: Organisation, owner: Organisation | None) -> dict[str, int]:
    """Slug → reports that use any version of the form, at most ``COUNT_LIMIT`` + 1; of the shipped ones without ``owner``.

    One query.
    """
    uses = _uses(organisation, {"form__slug": "slug"}, form__organisation=owner)
    # The first version stands for the form: versions are never taken away.
    return dict(FormVersion.objects.filter(organisation=owner, number=1).values_list("slug", uses))


def _uses(organisation: Organisation, outer: dict[str, str], **facts: Any) -> Case:
    """``outer``: what of a section is the same as what of the version that is asked about."""
    sections = Section.objects.across_organisations().order_by()  # What counts is the authority's report.
    reports = Report.objects.of(organisation).order_by("-pk")
    found = sections.filter(**facts, **{name: OuterRef(same) for name, same in outer.items()})
    in_it = sections.filter(
        **facts, **{name: OuterRef(OuterRef(same)) for name, same in outer.items()}, report=OuterRef("pk")
    )
    here = found.filter(Exists(reports.order_by().filter(pk=OuterRef("report"))))
    return Case(
        When(
            LessThanOrEqual(BoundedCount(found.values("pk")[: FEW + 1]), FEW),
            then=BoundedCount(here.values("report").distinct()[: COUNT_LIMIT + 1]),
        ),
        default=BoundedCount(reports.filter(Exists(in_it)).values("pk")[: COUNT_LIMIT + 1]),
    )
