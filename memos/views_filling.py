"""The unit's pages: what it is asked for, and its rows to fill. They show these rows, and nothing else of the draft."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import typed as typed_texts
from ita_core.membership import MemberRequest, member
from ita_core.rows import may_be_a_row
from memos import (
    collecting,
    collecting_filling,
    collecting_page,
    collecting_people,
    editing,
)
from memos.collecting_files import MOST_BYTES
from memos.collecting_filling import Filled, Typed
from memos.collecting_words import Words
from memos.live import ROW
from memos.models import CollectedRow, Collection, Report


@member
@require_safe
def collect(request: MemberRequest) -> HttpResponse:
    """What the person's units are asked for, open ones first; and the reports for which he himself asks."""
    organisation = request.membership.organisation
    units = collecting_people.units_of(request.membership)
    rows = CollectedRow.objects.of(organisation).filter(collection__unit__in=units)
    found: dict[int, Collection] = {}
    counts: dict[int, Counter[str]] = {}
    for row in collecting.living(rows.select_related("collection__unit", "collection__report__drafter")):
        found[row.collection_id] = row.collection
        counts.setdefault(row.collection_id, Counter())[row.standing] += 1
    asked = [
        (found[pk], collecting.UnitProgress(found[pk].unit, **count, due_on=found[pk].due_on))
        for pk, count in counts.items()
    ]
    asked.sort(
        key=lambda pair: (
            not (pair[0].report.is_open and pair[1].open),
            -pair[0].report.fiscal_year,
            pair[0].pk,
        )
    )
    own = Report.objects.of(organisation).filter(
        drafter=request.user, collections__isnull=False, is_open=True
    )
    context = {
        "org": organisation.slug,
        "asked": asked,
        "own": own.distinct().order_by("-fiscal_year", "-pk"),
    }
    return render(request, "memos/collect.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: MemberRequest, pk: int, unit: int) -> HttpResponse:
    """The unit's rows of one report. A closed report is still read; what was typed for it comes back with 409."""
    found = _found(request, pk, unit)
    if found is None:
        context = {"org": request.membership.organisation.slug, "texts": typed_texts.texts(request)}
        return render(request, "memos/collect_gone.html", context, status=409)
    if request.method != "POST":
        return _page(request, found)
    typed = _typed(request)
    try:
        filled = collecting_filling.save(request.membership, pk, unit, typed)
        missing: dict[str, dict[str, str]] = {}
        if request.POST.get("do") == "send" and filled.is_whole:
            missing = collecting_filling.send(request.membership, pk, unit)
    except editing.NotSaved as not_saved:
        return _page(request, found, typed, not_saved=not_saved)
    if missing:
        filled.faults = missing
        return _page(request, found, None, filled)
    if not filled.is_whole:
        return _page(request, found, typed, filled)
    sent = request.POST.get("do") == "send"
    messages.success(request, _("ส่งผลแล้ว ผู้จัดทำจะตรวจและรับผล") if sent else _("บันทึกร่างแล้ว ยังไม่ได้ส่ง"))
    return HttpResponseRedirect(request.path)


def _found(request: MemberRequest, pk: int, unit: int) -> Collection | None:
    """Http404 for what is not there; 403 for people of other units, whatever there is.

    None when a form comes back for rows that the drafter took away meanwhile: what was typed is not lost.
    """
    reports = Report.objects.of(request.membership.organisation).select_related("organisation")
    report = get_object_or_404(reports, pk=pk)
    collecting_filling.check_may_fill(request.membership, unit)
    try:
        return collecting.of_unit(report, unit)
    except Http404:
        if request.method == "POST" and typed_texts.texts(request):
            return None
        raise


def _page(
    request: MemberRequest,
    found: Collection,
    typed: dict[str, Typed] | None = None,
    filled: Filled | None = None,
    not_saved: editing.NotSaved | None = None,
) -> HttpResponse:
    found.report.refresh_from_db(fields=["is_open"])
    shown = collecting_page.rows(found, typed, filled)
    lost = [one for name, one in (filled.lost if filled else {}).items() if not one.is_empty]
    context: dict[str, Any] = {
        "org": request.membership.organisation.slug,
        "found": found,
        "report": found.report,
        "rows": shown,
        "open": sum(one.is_open for one in shown),
        "closed": "" if found.report.is_open else collecting_filling.closed_sentence(),
        "not_saved": not_saved,
        "unsaved": bool(filled and not filled.is_whole),
        "faulty": [one for one in shown if one.faults or one.theirs],
        "lost": lost,
        "texts": typed_texts.texts(request) if not_saved else [],
        "most_bytes": MOST_BYTES,
    }
    conflicts = not_saved is not None or bool(filled and (filled.conflicts or filled.lost))
    status = 409 if conflicts else 400 if context["unsaved"] else 200
    return render(request, "memos/collect_fill.html", context, status=status)


def _typed(request: MemberRequest) -> dict[str, Typed]:
    """By row; names of the form: ``activity-12.result``, ``.outcome``, ``.links``, ``.none``, ``.why``, ``.turn``, ``.drop``,

    and the files of ``activity-12.files``. A file beyond the limit is not read: its beginning tells that it is too large.
    """
    data = request.POST
    rows = {name.removesuffix(".turn") for name in data if name.endswith(".turn")}
    return {row: _typed_row(request, data, row) for row in sorted(rows) if ROW.fullmatch(row)}


def _typed_row(request: MemberRequest, data: QueryDict, row: str) -> Typed:
    def text(box: str) -> str:
        return data.get(f"{row}.{box}", "")

    words = Words.typed(text("result"), text("outcome"), text("links"), bool(text("none")), text("why"), ())
    uploads = [(file.name or "", file.read(MOST_BYTES + 1)) for file in request.FILES.getlist(f"{row}.files")]
    drops = {int(one) for one in data.getlist(f"{row}.drop") if _is_number(one)}
    turn = int(text("turn")) if _is_number(text("turn")) else -1
    return Typed(words, turn, uploads, drops)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and may_be_a_row(text)
