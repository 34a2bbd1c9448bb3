"""The report's parts on one page of the editor: sections and their groups are added, moved, turned into each other, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core import thai
from ita_core.membership import MemberRequest
from memos import editing, parts, shipped
from memos import editor_page as page
from memos.forms import NewSectionForm
from memos.models import FormVersion, Report, Section


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def sections(request: MemberRequest, report: Report) -> HttpResponse:
    """Add a part (do=add), move one (do=up-12, down-12), make it a group or a section (do=group-12, section-12)."""
    form = _form(request, report)
    if request.method != "POST":
        return _page(request, report, form)
    revision = page.revision_of(request)
    try:
        if form.is_bound:
            if not form.is_valid():
                return _page(request, report, form)
            return HttpResponseRedirect(page.address(report, _add(request, report, revision, form)))
        _change(request, report, revision)
    except editing.NotSaved as not_saved:
        return _page(request, report, form, not_saved)
    return HttpResponseRedirect(_list_address(report))


def _form(request: MemberRequest, report: Report) -> NewSectionForm:
    """Bound when a part is to be added; else ready for a group under the section that ``?under=`` names."""
    places = parts.placed(report.sections.select_related("form"))
    heads = {str(place.section.pk): place for place in places if not place.group}
    named = [
        (
            key,
            _("กลุ่มย่อยของ%(place)s %(heading)s") % {"place": place.name, "heading": _short(place.section)},
        )
        for key, place in heads.items()
    ]
    on_offer = shipped.available_forms(report.organisation)
    adds = request.method == "POST" and request.POST.get("do") == "add"
    under = request.GET.get("under", "")
    initial = {"under": under, "form": _alike(on_offer, heads[under].section)} if under in heads else {}
    return NewSectionForm(
        request.POST if adds else None, forms_on_offer=on_offer, places=named, initial=initial
    )


def _short(section: Section) -> str:
    return thai.printed(" ".join(section.heading.split())[:60])


def _alike(on_offer: list[FormVersion], section: Section) -> FormVersion | None:
    """Groups of one section have one form as a rule."""
    return next((form for form in on_offer if form.slug == section.form.slug), None)


def _add(request: MemberRequest, report: Report, revision: int, form: NewSectionForm) -> Section:
    facts = form.cleaned_data
    return editing.add_section(
        request.membership,
        report.pk,
        revision,
        facts["form"],
        facts["heading"],
        under=int(facts["under"]) if facts["under"] else None,
    )


def _change(request: MemberRequest, report: Report, revision: int) -> None:
    """What is no such action does nothing."""
    verb, _sep, number = request.POST.get("do", "").partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return
    if verb in {"up", "down"}:
        editing.move_section(request.membership, report.pk, revision, int(number), verb == "down")
    elif verb in {"group", "section"}:
        editing.set_group(request.membership, report.pk, revision, int(number), verb == "group")


def _page(
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
    shown = {**page.context(report, found, not_saved), "gone": _gone(report, found)}
    return render(request, "memos/delete_section.html", shown, status=409 if not_saved else 200)


def _gone(report: Report, section: Section) -> list[tuple[parts.Place[Section], int]]:
    """What goes when the section goes, with the number of its measures: itself, and its groups."""
    places = parts.placed(report.sections.all())
    own = next(place for place in places if place.section.pk == section.pk)
    going = [own] if own.group else [place for place in places if place.number == own.number]
    return [(place, place.section.measures.count()) for place in going]


def _list_address(report: Report) -> str:
    return reverse("memos:sections", args=[report.organisation.slug, report.pk])
