"""An authority's forms: the list, one form with its versions, and the page on which a form is made."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_core import language, thai
from ita_core.membership import MemberRequest
from ita_core.models import Organisation
from ita_core.rows import may_be_a_row
from ita_core.views import refusal
from memos import editor_page, form_faults, form_versions, forms_page, own_fields, shipped
from memos.form_draft import FormDraft
from memos.forms_page import EditedForm
from memos.models import FormVersion
from memos.settings_page import administrator

# A form's name is content, Thai whatever the reader's language, so this is not translated.
COPIED = " ของหน่วยงาน"


@administrator
@require_safe
def forms(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    shown = {"org": organisation.slug, "forms": form_versions.listed(organisation)}
    return render(request, "memos/forms.html", shown)


@administrator
@require_safe
def form(request: MemberRequest, form: int) -> HttpResponse:
    organisation = request.membership.organisation
    version = version_of(organisation, form)
    versions = form_versions.versions_of(organisation, version)
    shown = {
        "org": organisation.slug,
        "form": version,
        "preview": forms_page.preview_of_version(version),
        "columns": forms_page.described(version),
        "warning": forms_page.warning_about(version),
        "versions": versions,
        "is_newest": next(kept for kept, _uses in versions if kept.columns) == version,
        "is_withdrawn": not versions[0][0].columns,
    }
    return render(request, "memos/form.html", shown)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def new_form(request: MemberRequest) -> HttpResponse:
    """A form begun with three columns, or as a copy of the one named by ``?source=``."""
    organisation = request.membership.organisation
    edited = EditedForm(organisation, "", reverse("memos:new_form", args=[organisation.slug]))
    if request.method == "POST":
        return _posted(request, edited)
    source = request.GET.get("source", "")
    draft = FormDraft.blank()
    if source.isascii() and source.isdigit() and may_be_a_row(source):
        original = version_of(organisation, int(source))
        draft = FormDraft.of(original)
        draft.title = f"{original.title}{COPIED}"
    return _page(request, edited, draft, base=0)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def edit_form(request: MemberRequest, form: int) -> HttpResponse:
    """The next version of a form; of a shipped one the authority's first, which takes its place here."""
    organisation = request.membership.organisation
    version = version_of(organisation, form)
    current = shipped.current_form(organisation, version.slug)
    if version.organisation_id is not None and current.organisation_id is None:
        current = version  # A withdrawn one is brought back from any version of it.
    here = reverse("memos:edit_form", args=[organisation.slug, current.pk])
    edited = EditedForm(organisation, version.slug, here, current)
    if request.method == "POST":
        return _posted(request, edited)
    if current != version:
        return HttpResponseRedirect(here)
    base = form_versions.newest_number(organisation, version.slug)
    return _page(request, edited, FormDraft.of(current), base)


@administrator
@require_POST
def withdraw_form(request: MemberRequest, form: int) -> HttpResponse:
    organisation = request.membership.organisation
    version = version_of(organisation, form)
    if version.organisation_id is None:
        return refusal(request, 409, _("แบบมาตรฐานของระบบเลิกเสนอไม่ได้ ทำแบบของหน่วยงานใช้แทนได้"))
    if form_versions.withdraw(version):
        said = _("เลิกเสนอ “%(title)s” แล้ว รายงานที่ใช้อยู่ไม่เปลี่ยน") % {"title": thai.printed(version.title)}
        messages.success(request, said)
    return HttpResponseRedirect(reverse("memos:forms", args=[organisation.slug]))


def version_of(organisation: Organisation, pk: int) -> FormVersion:
    """One of the authority's own or of the shipped ones; Http404 for another authority's, and for one without columns."""
    found = FormVersion.objects.filter(Q(organisation=organisation) | Q(organisation=None), pk=pk).first()
    if found is None or not found.columns:
        raise Http404
    return found


def _posted(request: MemberRequest, edited: EditedForm) -> HttpResponse:
    """Every button sends the whole form; only ``save`` keeps anything."""
    draft, do = FormDraft.posted(request.POST), request.POST.get("do", "")
    base = _base(request)
    if do != "save":
        focus = draft.change(do)
        faults = [] if not draft.too_many else [forms_page.too_many()]
        return _page(request, edited, draft, base, focus=focus, faults=faults)
    faults = form_faults.find_faults(draft, own_fields.known_to(edited.organisation))
    if faults or draft.is_faulty:
        return _page(request, edited, draft, base, faults=faults)
    try:
        version, is_new = form_versions.keep(edited.organisation, edited.slug, base, draft)
    except form_versions.NotKept as not_kept:
        return _page(request, edited, draft, not_kept.newest, not_kept=not_kept)
    except ValidationError as error:
        return _page(request, edited, draft, base, faults=list(error.messages))
    said = _("บันทึก “%(title)s” เป็นรุ่นที่ %(n)s แล้ว") if is_new else _("“%(title)s” รุ่นที่ %(n)s ไม่มีอะไรเปลี่ยน")
    named = {"title": thai.printed(version.title), "n": language.shown(version.number)}
    messages.success(request, said % named)
    return editor_page.onward(request, reverse("memos:form", args=[edited.organisation.slug, version.pk]))


def _base(request: MemberRequest) -> int:
    """The number of the newest version as the page showed it; -1, which none has, for anything that is no number."""
    text = request.POST.get("base", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1


def _page(
    request: MemberRequest,
    edited: EditedForm,
    draft: FormDraft,
    base: int,
    *,
    focus: str | None = None,
    faults: list[str] | None = None,
    not_kept: form_versions.NotKept | None = None,
) -> HttpResponse:
    own = own_fields.known_to(edited.organisation)
    shown = {
        **forms_page.context(edited, draft.lay_out(focus), own),
        "base": base,
        "faults": faults,
        "not_kept": not_kept,
        "focus": focus,
        "unsaved": request.method == "POST",
    }
    status = 409 if not_kept else 400 if faults or draft.is_faulty else 200
    return render(request, "memos/edit_form.html", shown, status=status)
