"""What the editor's pages share: whose report it is, the way between its parts, and the row deleted last."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from ita_core.membership import MemberRequest, member
from ita_core.views import refusal
from memos import editing, live, parts
from memos.models import Report, Section

UNDO = "removed_row"


def editor_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """``member``, and the report to edit in place of its number. Strangers 404, others 403, a closed report 409.

    A closed report is refused here for reading only: a POST must come back with what was typed.
    """

    @member
    @functools.wraps(view)
    def wrapper(request: MemberRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        reports = Report.objects.of(request.membership.organisation)
        report = get_object_or_404(reports.select_related("memo", "item", "organisation", "drafter"), pk=pk)
        try:
            editing.check_may_edit(request.membership, report)
        except editing.Closed as closed:
            if request.method != "POST":
                return refusal(request, 409, closed.sentence)
        return view(request, report, **kwargs)

    return wrapper


def revision_of(request: MemberRequest) -> int:
    """The revision that the page showed; -1, which no report has, for anything that is no number."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else -1


def address(report: Report, section: Section | None = None) -> str:
    """The editor's page of a section, or of the memo."""
    place: dict[str, Any] = {"org": report.organisation.slug, "pk": report.pk}
    if section is None:
        return reverse("memos:edit_memo", kwargs=place)
    return reverse("memos:edit_section", kwargs={**place, "section": section.pk})


def context(
    report: Report, section: Section | None = None, not_saved: editing.NotSaved | None = None
) -> dict[str, Any]:
    """``not_saved``: the page is shown again over a newer report, so revision and openness are read once more."""
    if not_saved is not None:
        report.refresh_from_db(fields=["revision", "is_open"])
    return {
        "report": report,
        "org": report.organisation.slug,
        "section": section,
        "parts": parts.placed(report.sections.all()),
        "not_saved": not_saved,
        "is_stale": isinstance(not_saved, editing.Stale),
        "here": address(report, section),
    }


def desk(report: Report, section: Section | None = None) -> dict[str, Any]:
    """What a page needs whose texts save themselves (static/memos/desk)."""
    return {
        "desk_page": "memo" if section is None else f"section-{section.pk}",
        "next_url": next_page(report, section),
    }


def next_page(report: Report, section: Section | None) -> str:
    """The part after this one; after the last one what is checked before submitting."""
    sections = list(report.sections.all())
    places = [found.pk for found in sections]
    place = -1 if section is None or section.pk not in places else places.index(section.pk)
    if place + 1 < len(sections):
        return address(report, sections[place + 1])
    return reverse("workflows:check", args=[report.organisation.slug, report.pk])


def onward(request: MemberRequest, url: str) -> HttpResponse:
    """To another page than the editor's own: htmx has to load it whole."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def after_saving(
    request: MemberRequest, report: Report, section: Section | None, do: str
) -> HttpResponse | None:
    """Where the buttons that leave the page lead; None for those that stay."""
    if do == "check":
        return onward(request, reverse("workflows:check", args=[report.organisation.slug, report.pk]))
    if do == "next":
        return onward(request, next_page(report, section))
    return None


def same_page(report: Report, section: Section | None, focus: str, **more: str) -> HttpResponseRedirect:
    """Back to the page just saved; ``focus`` names the element to go on with."""
    query = urlencode({**({"focus": focus} if focus else {}), **more})
    url = address(report, section) + (f"?{query}" if query else "")
    return HttpResponseRedirect(f"{url}#{focus}" if focus else url)


def restored(request: MemberRequest, report: Report, section: Section | None, row: str) -> HttpResponse:
    """A row of the list of removed ones is asked for, by its name; the page itself is saved already."""
    try:
        live.restore(request.membership, report.pk, row)
    except editing.NotSaved as not_saved:
        messages.error(request, not_saved.sentence)
        return same_page(report, section, "")
    messages.success(request, _("นำแถวกลับมาแล้ว"))
    return same_page(report, section, row if section is not None else "")


# --- the row deleted last may be put back, until something else is saved


def remember_deleted(request: MemberRequest, page: str, path: list[int], row: dict[str, Any]) -> None:
    request.session[UNDO] = {"page": page, "path": path, "row": row}


def deleted_row(request: MemberRequest, page: str) -> dict[str, Any] | None:
    slot: dict[str, Any] | None = request.session.get(UNDO)
    return slot if slot is not None and slot["page"] == page else None


def forget_deleted(request: MemberRequest) -> None:
    request.session.pop(UNDO, None)
