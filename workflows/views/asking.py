"""The page that asks once more, or for a few words, before an act: one form, what was typed stays when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from workflows.models import Approval
from workflows.refusals import Refused

asking = require_http_methods(["GET", "HEAD", "POST"])


def ask(
    request: MemberRequest,
    approval: Approval,
    form: forms.Form | None,
    act: Callable[[dict[str, Any]], HttpResponse],
    words: dict[str, Any],
) -> HttpResponse:
    """The question on GET, the act on POST; a refusal is said on the same page and what was typed stays."""
    status, sentence = 200, ""
    if request.method == "POST":
        status = 400
        if form is None or form.is_valid():
            try:
                return act(form.cleaned_data if form is not None else {})
            except Refused as refusal:
                status, sentence = refusal.status, refusal.sentence
        elif getattr(form, "existing", None) is not None:
            status = 409
        elif stale := [field.errors[0] for field in form.hidden_fields() if field.errors]:
            # Nobody types these: the page was not the one that is shown now.
            status, sentence = 409, str(stale[0])
    context = {"approval": approval, "report": approval.report, "form": form, "sentence": sentence, **words}
    return render(request, "workflows/ask.html", context, status=status)


def back_to_report(request: MemberRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("workflows:report", org=request.membership.organisation.slug, pk=pk)
