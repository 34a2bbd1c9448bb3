"""The sections' pages of the editor: the table of one, and the list of all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from memos import editing, shipped
from memos import editor_page as page
from memos.forms import NewSectionForm, SectionForm
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
        "form": form,
        "table": table.lay_out(request.GET.get("focus", "")),
        "measure_columns": table.headings("measure"),
        "activity_columns": table.headings("activity"),
        "heads": table.heads(),
        "all_columns": len(section.form.columns) + 1,
        "faults": faults,
        "unsaved": unsaved,
        "deleted": page.deleted_row(request, f"section-{section.pk}"),
    }
    status = 409 if not_saved else 400 if unsaved else 200
    return render(request, "memos/edit_section.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def sections(request: MemberRequest, report: Report) -> HttpResponse:
    """The list of parts: add one (do=add), move one (do=up-12, down-12)."""
    on_offer = shipped.available_forms(report.organisation)
    adds = request.method == "POST" and request.POST.get("do") == "add"
    form = NewSectionForm(request.POST if adds else None, forms_on_offer=on_offer)
    if request.method != "POST":
        return _sections_page(request, report, form)
    revision = page.revision_of(request)
    try:
        if adds:
            if not form.is_valid():
                return _sections_page(request, report, form)
            facts = form.cleaned_data
            new = editing.add_section(
                request.membership, report.pk, revision, facts["form"], facts["heading"]
            )
            return HttpResponseRedirect(page.address(report, new))
        verb, _sep, number = request.POST.get("do", "").partition("-")
        if verb in {"up", "down"} and number.isascii() and number.isdigit() and len(number) <= 18:
            editing.move_section(request.membership, report.pk, revision, int(number), verb == "down")
    except editing.NotSaved as not_saved:
        return _sections_page(request, report, form, not_saved)
    return HttpResponseRedirect(_list_address(report))


def _sections_page(
    request: MemberRequest,
    report: Report,
    form: NewSectionForm,
    not_saved: editing.NotSaved | None = None,
) -> HttpResponse:
    shown = {**page.context(report, None, not_saved), "form": form, "here": _list_address(report)}
    status = 409 if not_saved else 400 if form.is_bound else 200
    return render(request, "memos/sections.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def delete_section(request: MemberRequest, report: Report, section: int) -> HttpResponse:
    """Asked first, with what would be lost: a whole table is too much for an undo."""
    found = editing.section_of(report, section)
    not_saved: editing.NotSaved | None = None
    if request.method == "POST":
        try:
            editing.delete_section(request.membership, report.pk, page.revision_of(request), found.pk)
            messages.success(request, _("ลบส่วนนี้แล้ว"))
            return HttpResponseRedirect(_list_address(report))
        except editing.NotSaved as refusal:
            not_saved = refusal
    shown = {**page.context(report, found, not_saved), "measures": found.measures.count()}
    return render(request, "memos/delete_section.html", shown, status=409 if not_saved else 200)


def _list_address(report: Report) -> str:
    return reverse("memos:sections", args=[report.organisation.slug, report.pk])
