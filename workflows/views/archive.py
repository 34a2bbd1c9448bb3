"""The archive: every signed report of the authority, and any other that was submitted when it is asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from ita_core.paging import Slice
from workflows import retention, searching
from workflows.archive_form import ArchiveFilter
from workflows.searching import Asked
from workflows.views.page import page


@page
@require_safe
def archive(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    form = ArchiveFilter(request.GET, organisation=organisation)
    form.is_valid()  # What cannot be read filters nothing, so there is nothing to refuse.
    asked = Asked.of(form.filters)
    if asked.kept == searching.DUE:
        retention.begin_missing(organisation)
    rows = Slice(lambda start, stop: searching.found(organisation, asked, start, stop), request.GET)
    context = {"form": form, "rows": rows, "filtered": bool(form.filters)}
    return render(request, "workflows/archive.html", context)
