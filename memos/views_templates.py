"""An authority's Word templates: what it uses, what it may take over, and a file on its way to the next version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import language
from ita_core.membership import MemberRequest
from ita_core.models import Organisation
from ita_core.views import refusal
from memos import archive, shipped, template_drafts, views_renderings
from memos.docx.placeholders import KINDS, TABLES
from memos.models import TemplateDraft, TemplateVersion
from memos.settings_page import administrator
from memos.template_drafts import NotTaken

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    """One for each kind, so that every control has its own id."""

    file = forms.FileField(
        label=gettext_lazy("ไฟล์แม่แบบ (.docx)"),
        allow_empty_file=True,
        help_text=gettext_lazy("ไม่เกิน ๒ เมกะไบต์ ระบบจะตรวจและแสดงหน้าเอกสารตัวอย่างให้ดูก่อนใช้จริง"),
        error_messages={"required": gettext_lazy("โปรดเลือกไฟล์ Word (.docx)")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            template_drafts.check_size(file.size)
        except NotTaken as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return file


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: MemberRequest) -> HttpResponse:
    """Both ways to the next version end on the page of the draft: a file sent, or a shipped one taken over."""
    if request.method != "POST":
        return _page(request)
    kind = _kind(request.POST.get("kind", ""))
    if taken := request.POST.get("take"):
        found = next(
            (one for one in template_drafts.ALTERNATIVES if (one.name, one.kind) == (taken, kind)), None
        )
        if found is None:
            raise Http404
        return _take(request, kind, f"{found.title}.docx", found.read(), None)
    form = TemplateForm(request.POST, request.FILES, prefix=kind)
    if not form.is_valid():
        return _page(request, kind, form)
    file = form.cleaned_data["file"]
    return _take(request, kind, file.name, file.read(), form)


def _take(
    request: MemberRequest, kind: str, name: str, data: bytes, form: TemplateForm | None
) -> HttpResponse:
    organisation = request.membership.organisation
    try:
        template_drafts.take(organisation, request.user, kind, name, data)
    except NotTaken as refused:
        if form is None:
            return refusal(request, 409, refused.sentence)
        form.add_error("file", refused.sentence)
        return _page(request, kind, form)
    return HttpResponseRedirect(reverse("memos:template_draft", args=[organisation.slug, kind]))


def _page(request: MemberRequest, kind: str = "", form: TemplateForm | None = None) -> HttpResponse:
    organisation = request.membership.organisation
    shown = {
        "org": organisation.slug,
        "kinds": [_shown(organisation, one, form if one == kind else None) for one in KINDS],
        "form": form,
    }
    return render(request, "memos/word_templates.html", shown, status=400 if form is not None else 200)


def _shown(organisation: Organisation, kind: str, form: TemplateForm | None) -> dict[str, Any]:
    current = shipped.current_template(organisation, kind)
    versions = TemplateVersion.objects.filter(Q(organisation=organisation) | Q(organisation=None), kind=kind)
    on_offer = [one for one in template_drafts.ALTERNATIVES if one.kind == kind]
    return {
        "name": kind,
        "title": TemplateVersion.Kind(kind).label,
        "current": current,
        "older": versions.exclude(pk=current.pk).order_by("-created_at", "-pk").defer("docx"),
        "draft": TemplateDraft.objects.of(organisation).filter(kind=kind).defer("docx").first(),
        "alternatives": [one for one in on_offer if archive.sha256(one.read()) != current.sha256],
        "placeholders": TABLES[KINDS[kind]].values(),
        "form": form or TemplateForm(prefix=kind),
    }


@administrator
@require_safe
def template_word(request: MemberRequest, template: int) -> HttpResponse:
    """A version to look at or to go on from in Word: the authority's own, or one that ships with the system."""
    organisation = request.membership.organisation
    versions = TemplateVersion.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    version = get_object_or_404(versions, pk=template)
    return _word(bytes(version.docx), f"{version.kind}-{version.number}.docx")


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def template_draft(request: MemberRequest, kind: str) -> HttpResponse:
    draft = _draft(request, kind)
    if request.method != "POST":
        return _draft_page(request, draft)
    organisation, do = request.membership.organisation, request.POST.get("do", "")
    try:
        if do == "accept":
            version = template_drafts.accept(organisation, kind, request.POST.get("shown", ""))
            said = _("รับแม่แบบแล้ว เป็นรุ่นที่ %(n)s เรื่องที่เสนอตั้งแต่นี้ไปใช้รุ่นนี้")
            messages.success(request, said % {"n": language.shown(version.number)})
        elif do == "discard":
            template_drafts.discard(organisation, kind)
            messages.success(request, _("ทิ้งไฟล์แล้ว แม่แบบที่ใช้อยู่ไม่เปลี่ยน"))
        else:
            template_drafts.order_pages(draft)
            return HttpResponseRedirect(reverse("memos:template_draft", args=[organisation.slug, kind]))
    except NotTaken as refused:
        return refusal(request, 409, refused.sentence)
    return HttpResponseRedirect(reverse("memos:templates", args=[organisation.slug]))


def _draft_page(request: MemberRequest, draft: TemplateDraft) -> HttpResponse:
    made = template_drafts.rendering(draft)
    shown = {
        **(views_renderings.shown(made) if made is not None else {}),
        "org": draft.organisation.slug,
        "draft": draft,
        "is_current": shipped.current_template(draft.organisation, draft.kind).sha256 == draft.sha256,
    }
    return render(request, "memos/template_draft.html", shown)


@administrator
@require_safe
def template_sample(request: MemberRequest, kind: str) -> HttpResponse:
    try:
        return _word(template_drafts.sample(_draft(request, kind)), f"ตัวอย่าง-{kind}.docx")
    except NotTaken as refused:
        return refusal(request, 409, refused.sentence)


def _draft(request: MemberRequest, kind: str) -> TemplateDraft:
    organisation = request.membership.organisation
    found = get_object_or_404(TemplateDraft.objects.of(organisation), kind=_kind(kind))
    found.organisation = organisation
    return found


def _kind(text: str) -> str:
    if text not in KINDS:
        raise Http404
    return text


def _word(data: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=DOCX, headers=headers)
