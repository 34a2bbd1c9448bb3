"""The archive: every signed report of the authority."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from workflows import signed
from workflows.forms import ArchiveFilter
from workflows.views.page import page
from workflows.views.paging import Slice


@page
@require_safe
def archive(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    form = ArchiveFilter(
        request.GET, years=signed.years(organisation), drafters=signed.drafters(organisation)
    )
    form.is_valid()  # What cannot be read filters nothing, so there is nothing to refuse.
    filters = {name: value for name, value in form.cleaned_data.items() if value}
    found = signed.reports(organisation, **filters)
    rows = Slice(lambda start, stop: found[start:stop], request.GET)
    return render(request, "workflows/archive.html", {"form": form, "rows": rows, "filtered": bool(filters)})
