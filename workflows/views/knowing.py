"""The dashboard: figures of a fiscal year as plots and tables, each to take along."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ita_core import language
from ita_core.membership import MemberRequest
from memos import plain_sheet
from workflows import charts, knowing, permissions
from workflows.knowing import Facts
from workflows.knowing_tables import TABLES, Table, shown
from workflows.officers import Actor
from workflows.views.page import page
from workflows.views.time_settings import asked_year

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _facts(request: MemberRequest) -> Facts:
    """NotAllowed for who neither writes nor decides nor administers."""
    membership = request.membership
    knowing.check_may_know(membership)
    return Facts(membership.organisation, asked_year(request).be, knowing.drafter_of(membership))


@page
@require_safe
def dashboard(request: MemberRequest) -> HttpResponse:
    facts = _facts(request)
    tables = [make(facts) for make in TABLES.values()]
    context = {
        "year": facts.year,
        "years": facts.years,
        "tables": [
            (table, _shown(table), charts.bars(table) if table.is_plotted else "") for table in tables
        ],
        "reports": facts.reports,
        "viewable": permissions.viewable(Actor.of(request.membership), facts.reports),
        "most": knowing.LISTED,
        "is_own": facts.drafter is not None,
        "is_empty": not any(table.rows for table in tables),
    }
    return render(request, "workflows/knowing.html", context)


def _shown(table: Table) -> list[tuple[str, list[str]]]:
    return [(row.label, [shown(value) for value in row.values]) for row in table.rows]


def _table(request: MemberRequest, key: str) -> Table:
    if key not in TABLES:
        raise Http404
    return TABLES[key](_facts(request))


@page
@require_safe
def export(request: MemberRequest, key: str, ending: str) -> HttpResponse:
    table = _table(request, key)
    rows = [[row.label, *row.values] for row in table.rows]
    headings = table.headings
    data = (
        plain_sheet.as_csv(headings, rows)
        if ending == "csv"
        else plain_sheet.as_xlsx(table.title, headings, rows)
    )
    name = f"{_name(request, table)}.{ending}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data, content_type=_TYPES[ending], headers=headers)


def _name(request: HttpRequest, table: Table) -> str:
    return f"{table.title} {language.shown(asked_year(request).be)}"
