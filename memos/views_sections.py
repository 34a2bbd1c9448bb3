"""The page of the editor on which a section's words and its table are written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from memos import checks_page, editing, removed
from memos import editor_page as page
from memos.forms import SectionForm
from memos.models import Report, Section
from memos.table import Change, Table


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def edit_section(request: MemberRequest, report: Report, section: int) -> HttpResponse:
    found = editing.section_of(report, section)
    if request.method == "POST":
        return _save(request, report, found)
    return _page(request, report, found, SectionForm.of(found), Table.of(found))


def _save(request: MemberRequest, report: Report, section: Section) -> HttpResponse:
    """Every button saves; what cannot be saved comes back as it was typed, a row to be deleted with it."""
    do, here = request.POST.get("do", ""), f"section-{section.pk}"
    form, table = SectionForm(request.POST), Table.posted(section.form, request.POST)
    undo = page.deleted_row(request, here) if do == "undo" else None
    change = table.put_back(undo["path"], undo["row"]) if undo else table.change(do)
    faults = table.find_faults()
    removes = change is not None and change.removed is not None
    shown = Table.posted(section.form, request.POST) if removes else table
    if not form.is_valid() or faults:
        shown.find_faults()
        return _page(request, report, section, form, shown, faults=faults)
    revision = page.revision_of(request)
    try:
        editing.save_section(request.membership, report.pk, revision, section.pk, form.cleaned_data, table)
    except editing.NotSaved as not_saved:
        return _page(request, report, section, form, shown, not_saved=not_saved)
    if change is not None and removes:
        page.remember_deleted(request, here, change.path, change.kept())
        return page.same_page(report, section, table.near(change.path))
    page.forget_deleted(request)
    if do.startswith("restore-"):
        return page.restored(request, report, section, do.removeprefix("restore-"))
    return page.after_saving(request, report, section, do) or _stay(request, report, section, table, change)


def _stay(
    request: MemberRequest, report: Report, section: Section, table: Table, change: Change | None
) -> HttpResponse:
    if change is None:
        messages.success(request, _("บันทึกร่างแล้ว"))
        return page.same_page(report, section, "")
    anchor = table.row_at(change.path).anchor
    return page.same_page(report, section, f"{anchor}-{change.moved}" if change.moved else anchor)


def _page(
    request: MemberRequest,
    report: Report,
    section: Section,
    form: SectionForm,
    table: Table,
    faults: list[str] | None = None,
    not_saved: editing.NotSaved | None = None,
) -> HttpResponse:
    unsaved = bool(form.is_bound)
    shown = {
        **page.context(report, section, not_saved),
        **page.desk(report, section),
        "form": form,
        "table": table.lay_out(request.GET.get("focus", "")),
        "measure_columns": table.headings("measure"),
        "activity_columns": table.headings("activity"),
        "heads": table.heads(),
        "all_columns": len(section.form.columns) + 1,
        "faults": faults,
        "unsaved": unsaved,
        "removed": removed.listed(report, section),
        "deleted": page.deleted_row(request, f"section-{section.pk}"),
        **({} if unsaved else checks_page.beside(report, page.address(report, section))),
    }
    status = 409 if not_saved else 400 if unsaved else 200
    return render(request, "memos/edit_section.html", shown, status=status)
