"""The final file of a signed set: where it stands, its pages, and the sealed PDF itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ita_core.membership import MemberRequest
from memos.models import Rendering
from memos.rendering import pages as pictures
from workflows import history, paper, proofs, sealed
from workflows.sealed import Standing
from workflows.views.documents import act_with_set, download, read_stored
from workflows.views.page import page
from workflows.views.pages import picture_of


@page
@require_http_methods(["GET", "HEAD", "POST"])
def final(request: MemberRequest, pk: int, act: uuid.UUID) -> HttpResponse:
    """POST has one made that came to nothing, or was never ordered."""
    standing = _standing(request, pk, act)
    org = request.membership.organisation.slug
    if request.method == "POST":
        if standing.failed:
            sealed.want_again(standing.act)
        return redirect("workflows:final", org=org, pk=pk, act=act)
    context = {
        "final": standing,
        "report": standing.act.approval.report,
        "code": proofs.code_of(standing.act),
        "pictures": _pictures(standing),
    }
    return render(request, "workflows/final.html", context)


@page
@require_safe
def final_pdf(request: MemberRequest, pk: int, act: uuid.UUID) -> HttpResponseBase:
    standing = _standing(request, pk, act)
    if standing.file is None:
        raise Http404
    stored = standing.file.pdf
    report, number = standing.act.approval.report, history.set_number(standing.act)
    name = paper.final_name(report, number)
    return download(request, lambda: read_stored(stored), name, "application/pdf", stored.sha256)


@page
@require_safe
def final_image(request: MemberRequest, pk: int, act: uuid.UUID, page: int) -> HttpResponseBase:
    standing = _standing(request, pk, act)
    if standing.file is None:
        raise Http404
    return picture_of(request, standing.file.pdf.sha256, page)


def _standing(request: MemberRequest, pk: int, act: uuid.UUID) -> Standing:
    standing = sealed.standing(act_with_set(request, pk, act))
    if standing is None:
        raise Http404
    return standing


@dataclass(frozen=True)
class Pictures:
    """The pages as pictures, made by the worker after the file itself. ``pages`` are (number, width, height)."""

    pages: tuple[tuple[int, int, int], ...] = ()
    problem: bool = False


def _pictures(standing: Standing) -> Pictures:
    if standing.file is None:
        return Pictures()
    rows = Rendering.objects.of(standing.act.organisation_id)
    found = rows.filter(sha256=standing.file.pdf.sha256).first()
    if found is None or found.pages is None:
        return Pictures(problem=found is not None and bool(found.problem))
    try:
        sizes = [(number, *pictures.size(found, number)) for number in range(1, found.pages + 1)]
    except FileNotFoundError:
        return Pictures(problem=True)
    return Pictures(tuple(sizes))
