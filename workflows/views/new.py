"""A new report: its years and first words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from workflows import drafts, permissions, starting
from workflows.forms import NewReportForm
from workflows.permissions import Actor
from workflows.refusals import Refused
from workflows.views.page import page


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    organisation, actor = request.membership.organisation, Actor.of(request.membership)
    permissions.check_may_draft(actor)
    status, sentence = 200, ""
    form = NewReportForm(
        request.POST or None, organisation=organisation, initial=starting.usual(organisation)
    )
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                report = drafts.begin(actor, **form.cleaned_data)
                first = "memos:import" if request.POST.get("do") == "import" else "memos:edit_memo"
                return redirect(first, org=organisation.slug, pk=report.pk)
            except Refused as refusal:
                status, sentence = refusal.status, refusal.sentence
        elif form.existing is not None:
            status = 409
    return render(request, "workflows/new.html", {"form": form, "sentence": sentence}, status=status)
