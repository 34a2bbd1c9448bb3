"""Last year's report read back: a file or a pasted table comes in, is looked at, and becomes rows of the draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ita_core import language
from ita_core.membership import MemberRequest
from memos import editing, shipped
from memos import editor_page as page
from memos.archives_in import PACKED
from memos.import_choices import Choices, without_nul
from memos.import_preview import Preview
from memos.importing import reading, storing
from memos.importing.foreign import ForeignFile
from memos.importing.grids import Source
from memos.models import ImportDraft, Report

PASTED = gettext_lazy("ตารางที่วาง")


class ImportForm(forms.Form):
    """A file, or what was pasted; ``html`` is the same with its cells, put there by the page's script."""

    file = forms.FileField(
        label=gettext_lazy("ไฟล์ของรายงานเดิม"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "ไฟล์ Word (.docx) Excel (.xlsx) .csv หรือไฟล์ตารางที่ส่งออกจากระบบนี้ (.xlsx .csv .json) ไม่เกิน ๑๐ เมกะไบต์"
        ),
    )
    pasted = forms.CharField(
        label=gettext_lazy("หรือวางตารางที่คัดลอกมา"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-paste": "id_html"}),
        help_text=gettext_lazy(
            "คัดลอกทั้งตารางพร้อมหัวคอลัมน์จาก Word Excel LibreOffice หรือ Google Sheets แล้ววางที่นี่"
        ),
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [bool(data.get("file")), bool((data.get("pasted") or "").strip() or data.get("html"))]
        if self.errors:
            return data
        if not any(given):
            self.add_error("file", _("โปรดเลือกไฟล์ หรือวางตารางในช่องด้านล่าง"))
        elif all(given):
            self.add_error("pasted", _("โปรดเลือกอย่างเดียว จะส่งไฟล์หรือวางตาราง"))
        elif given[0] and data["file"].size > PACKED:
            self.add_error("file", _("ไฟล์ใหญ่เกิน ๑๐ เมกะไบต์"))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def upload(request: MemberRequest, report: Report) -> HttpResponse:
    """A file that cannot be read leaves the page as it was, with a sentence."""
    if request.method != "POST":
        return _upload_page(request, report, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    try:
        editing.check_may_edit(request.membership, report)
    except editing.Closed as closed:
        return _upload_page(request, report, form, closed)
    if not form.is_valid():
        return _upload_page(request, report, form)
    file, pasted = form.cleaned_data["file"], form.cleaned_data["html"] or form.cleaned_data["pasted"]
    try:
        source = reading.read_file(file.name, file.read()) if file else reading.read_pasted(pasted)
        if not any(grid.rows for grid in source.grids):
            raise ForeignFile("no-table")
    except ForeignFile as refused:
        form.add_error("file" if file else "pasted", refused.sentence)
        return _upload_page(request, report, form)
    draft = _keep(request, report, source, file.name if file else str(PASTED))
    return HttpResponseRedirect(_mapping_address(report, draft))


def _keep(request: MemberRequest, report: Report, source: Source, name: str) -> ImportDraft:
    """In place of what the same person left waiting for the same report."""
    proposed = Choices.proposed(source, shipped.available_forms(report.organisation))
    _waiting(request, report).delete()
    draft = ImportDraft(
        organisation=report.organisation,
        report=report,
        user=request.user,
        source=name.replace("\0", "")[:200],
        tables=without_nul(source.to_json()),
        mapping=proposed.to_json(),
    )
    draft.save()
    return draft


def _waiting(request: MemberRequest, report: Report) -> Any:
    return ImportDraft.objects.of(report.organisation).filter(report=report, user=request.user)


def _upload_page(
    request: MemberRequest, report: Report, form: ImportForm, not_saved: editing.NotSaved | None = None
) -> HttpResponse:
    shown = {
        **page.context(report, None, not_saved),
        "form": form,
        "sentence": next((str(errors[0]) for errors in form.errors.values()), ""),
        "here": _address(report),
        "waiting": _waiting(request, report).defer("tables", "mapping").first(),
    }
    status = 409 if not_saved else 400 if form.is_bound else 200
    return render(request, "memos/import.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def mapping(request: MemberRequest, report: Report, draft: int) -> HttpResponse:
    """Which column is which field, and below it what would come of it; do=again, import or cancel."""
    found = _waiting(request, report).filter(pk=draft).first()
    if found is None:
        raise Http404
    choices = Choices.of(found, shipped.available_forms(report.organisation))
    if request.method != "POST":
        return _mapping_page(request, report, found, choices)
    do = request.POST.get("do", "")
    if do == "cancel":
        found.delete()
        messages.success(request, _("ยกเลิกการนำเข้าแล้ว ร่างของท่านไม่เปลี่ยนแปลง"))
        return HttpResponseRedirect(_address(report))
    changed = choices.take(request.POST)
    if faults := choices.faults():
        return _mapping_page(request, report, found, choices, faults=faults)
    if changed:
        found.mapping = choices.to_json()
        found.save(update_fields=["mapping"])
    if do != "import":
        return HttpResponseRedirect(f"{_mapping_address(report, found)}#dry-run")
    if changed:
        # What is taken over must have been seen first.
        faults = [_("ท่านเปลี่ยนการจับคู่คอลัมน์ ผลด้านล่างจึงเปลี่ยนไป โปรดตรวจอีกครั้งแล้วกดนำเข้า")]
        return _mapping_page(request, report, found, choices, faults=faults)
    return _import(request, report, found, choices)


def _import(request: MemberRequest, report: Report, draft: ImportDraft, choices: Choices) -> HttpResponse:
    tables = choices.found()
    replace = request.POST.get("mode") == "replace"
    if not tables.sections:
        faults = [_("ไม่มีตารางที่จะนำเข้า โปรดเลือกแบบตารางให้อย่างน้อยหนึ่งตาราง")]
        return _mapping_page(request, report, draft, choices, faults=faults)
    try:
        storing.write(request.membership, report.pk, page.revision_of(request), tables, replace=replace)
    except editing.NotSaved as not_saved:
        return _mapping_page(request, report, draft, choices, not_saved=not_saved)
    draft.delete()
    counts = tables.counts
    named = {"parts": counts["sections"] + counts["groups"], **counts}
    sentence = _("นำเข้าแล้ว %(parts)s ส่วน %(measures)s มาตรการ %(activities)s กิจกรรม โปรดตรวจทานทีละส่วน")
    messages.success(request, language.shown(sentence % named))
    return HttpResponseRedirect(reverse("memos:sections", args=[report.organisation.slug, report.pk]))


def _mapping_page(
    request: MemberRequest,
    report: Report,
    draft: ImportDraft,
    choices: Choices,
    *,
    faults: list[str] | None = None,
    not_saved: editing.NotSaved | None = None,
) -> HttpResponse:
    preview = Preview.of(choices.found(), choices.forms)
    measures = preview.stored(report)
    posted = request.POST.get("mode", "")
    shown = {
        **page.context(report, None, not_saved),
        "here": _mapping_address(report, draft),
        "draft": draft,
        "tables": choices.tables(),
        "is_own": choices.is_own,
        "left_out": choices.left_out,
        "preview": preview,
        "faults": faults or [],
        "stored_measures": measures,
        "replaces": posted == "replace" if posted else not measures,
    }
    status = 409 if not_saved else 400 if faults else 200
    return render(request, "memos/import_mapping.html", shown, status=status)


def _address(report: Report) -> str:
    return reverse("memos:import", args=[report.organisation.slug, report.pk])


def _mapping_address(report: Report, draft: ImportDraft) -> str:
    return reverse("memos:import_mapping", args=[report.organisation.slug, report.pk, draft.pk])
