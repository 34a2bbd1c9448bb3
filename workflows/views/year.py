"""The assessment's calendar of one fiscal year."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ita_core import thai
from ita_core.fiscal import FiscalYear
from ita_core.membership import MemberRequest
from workflows import assessing
from workflows.officers import Actor
from workflows.views.page import page


@page
@require_safe
def year(request: MemberRequest, fiscal_year: int) -> HttpResponse:
    """404 for what is no fiscal year; a year that nobody entered says so."""
    try:
        named = FiscalYear(fiscal_year)
    except ValueError as error:
        raise Http404 from error
    found = assessing.year(Actor.of(request.membership), named.be)
    context = {
        "year": found,
        "left": assessing.left_in_words(found.window) if found.window else "",
        "fiscal": named,
        "before": named.be - 1 if named.be > FiscalYear.FIRST else None,
        "after": named.be + 1 if named.be < FiscalYear.LAST else None,
    }
    return render(request, "workflows/year.html", context)


@page
@require_safe
def now(request: MemberRequest) -> HttpResponse:
    """This fiscal year's."""
    year = FiscalYear.containing(thai.today()).be
    return redirect("workflows:year", org=request.membership.organisation.slug, fiscal_year=year)
