"""The memo's page of the editor."""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from memos import checks_page, editing, phrases, removed
from memos import editor_page as page
from memos.enclosures import EnclosureRow, Enclosures
from memos.forms import MemoForm
from memos.models import Report


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def edit_memo(request: MemberRequest, report: Report) -> HttpResponse:
    if request.method == "POST":
        return _save(request, report)
    enclosures = Enclosures.of(report.memo)
    if "blank" in request.GET or not enclosures.rows:
        enclosures.rows.append(EnclosureRow())
    return _page(request, report, MemoForm.of(report), enclosures)


def _save(request: MemberRequest, report: Report) -> HttpResponse:
    """Every button saves; what cannot be saved comes back as it was typed, a row to be deleted with it."""
    do, here = request.POST.get("do", ""), f"memo-{report.pk}"
    form = MemoForm(request.POST, report=report)
    typed, enclosures = Enclosures.posted(request.POST), Enclosures.posted(request.POST)
    undo = page.deleted_row(request, here) if do == "undo" else None
    place = enclosures.put_back(undo["path"][0], undo["row"]) if undo else enclosures.change(do)
    faults = enclosures.find_faults()
    deletes = do.startswith("enclosure-delete") and place is not None
    shown = typed if deletes else enclosures
    if not form.is_valid() or faults:
        shown.find_faults()
        return _page(request, report, form, shown, faults=faults)
    try:
        editing.save_memo(
            request.membership, report.pk, page.revision_of(request), form.cleaned_data, enclosures
        )
    except editing.NotSaved as not_saved:
        return _page(request, report, form, shown, not_saved=not_saved)
    if deletes and place is not None:
        row = dataclasses.asdict(typed.rows[place])
        page.remember_deleted(request, here, [place], row)
        return page.same_page(report, None, f"enclosure-{min(place, max(len(enclosures.rows) - 1, 0))}")
    page.forget_deleted(request)
    if do.startswith("restore-"):
        return page.restored(request, report, None, do.removeprefix("restore-"))
    return page.after_saving(request, report, None, do) or _stay(request, report, do, place)


def _stay(request: MemberRequest, report: Report, do: str, place: int | None) -> HttpResponse:
    if place is None:
        messages.success(request, _("บันทึกร่างแล้ว"))
        return page.same_page(report, None, "")
    more = {"blank": "1"} if do == "enclosure-add" else {}
    return page.same_page(report, None, f"enclosure-{place}", **more)


def _page(
    request: MemberRequest,
    report: Report,
    form: MemoForm,
    enclosures: Enclosures,
    faults: list[str] | None = None,
    not_saved: editing.NotSaved | None = None,
) -> HttpResponse:
    unsaved = bool(form.is_bound)
    shown = {
        **page.context(report, None, not_saved),
        **page.desk(report),
        "form": form,
        "enclosures": enclosures.rows,
        "phrases": phrases.for_report(report),
        "faults": faults,
        "unsaved": unsaved,
        "removed": removed.listed(report, None),
        "deleted": page.deleted_row(request, f"memo-{report.pk}"),
        "focused": _place_in(request.GET.get("focus", "")),
        **({} if unsaved else checks_page.beside(report, page.address(report))),
    }
    status = 409 if not_saved else 400 if unsaved else 200
    return render(request, "memos/edit_memo.html", shown, status=status)


def _place_in(focus: str) -> int | None:
    number = focus.removeprefix("enclosure-")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 3 else None
