"""Making a report public: what is masked, the copy as everybody will see it, publishing it, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import language
from ita_core.membership import MemberRequest
from workflows import actions, gate, public_permissions, public_standing, publishing
from workflows.models import Approval, PublicDraft
from workflows.officers import Actor
from workflows.public_forms import GateForm, PublishForm, UnpublishForm
from workflows.public_standing import Copy
from workflows.refusals import Conflict, Refused
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.documents import download, read_stored
from workflows.views.page import approval_of, page
from workflows.views.pages import picture_of

_PDF = "application/pdf"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """The copy and what is masked in it; POST has a copy made with other choices. htmx asks for the copy's part alone."""
    approval, actor = approval_of(request, pk)
    public_permissions.check_may_open(actor, approval)
    why_not = public_permissions.may_publish(actor, approval)
    if why_not:
        return _page(request, approval, {"why_not": why_not})
    newest = gate.newest_set(approval)
    copy = public_standing.copy_of(approval, newest)
    if request.headers.get("HX-Request") == "true" and request.method != "POST":
        return render(request, "workflows/parts/public_copy.html", _context(request, approval, copy))
    form = _form(request, approval, copy)
    if request.method != "POST":
        return _page(request, approval, {"form": form, "copy": copy})
    if not form.is_valid():
        return _page(request, approval, {"form": form, "copy": copy}, 400)
    try:
        actions.prepare_public(actor, pk, revision=form.cleaned_data["revision"], kept=form.kept())
    except Refused as refusal:
        return _page(
            request, approval, {"form": form, "copy": copy, "sentence": refusal.sentence}, refusal.status
        )
    return _here(request, pk)


@page
@asking
def publish_now(request: MemberRequest, pk: int) -> HttpResponse:
    """Whoever comes back here by an address of before is led to the page with the button."""
    approval, actor = approval_of(request, pk)
    public_permissions.check_may_open(actor, approval)
    if request.method != "POST":
        return _here(request, pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise Conflict(_("หน้านี้ไม่ใช่หน้าที่แสดงอยู่แล้ว โปรดเปิดใหม่"))
    actions.publish(actor, pk, revision=form.cleaned_data["revision"])
    messages.success(request, _("เผยแพร่แล้ว ที่อยู่ของฉบับนี้จะไม่เปลี่ยน"))
    return _here(request, pk)


@page
@asking
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """A copy that came to nothing is asked for once more, as it was prepared."""
    approval, actor = approval_of(request, pk)
    public_permissions.check_may_publish(actor, approval)
    copy = public_standing.copy_of(approval, gate.newest_set(approval))
    if request.method == "POST" and copy is not None and copy.failed:
        publishing.want_again(copy.draft)
    return _here(request, pk)


@page
@asking
def unpublish(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        public_permissions.check_may_unpublish(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.unpublish(actor, pk, **typed)
        return back_to_report(request, pk, _("ถอนการเผยแพร่แล้ว ผู้ที่เปิดที่อยู่นี้จะเห็นวันที่และเหตุผล"))

    words = {
        "title": _("ถอนการเผยแพร่"),
        "question": _(
            "ทุกฉบับของรายงานนี้ที่เผยแพร่ไว้จะเปิดอ่านไม่ได้ ที่อยู่เดิมจะบอกวันที่และเหตุผลที่ถอน เผยแพร่ใหม่ได้ภายหลังเป็นฉบับถัดไป"
        ),
        "button": _("ถอนการเผยแพร่"),
        "grave": True,
    }
    return ask(request, approval, UnpublishForm(request.POST or None), act, words)


@page
@require_safe
def copy_pdf(request: MemberRequest, pk: int) -> HttpResponseBase:
    draft = _made(request, pk)
    stored = draft.pdf
    assert stored is not None
    name = _("สำเนาสาธารณะ") + f"-{draft.approval.report.fiscal_year}-{draft.revision}.pdf"
    return download(request, lambda: read_stored(stored), name, _PDF, stored.sha256)


@page
@require_safe
def copy_image(request: MemberRequest, pk: int, page: int) -> HttpResponseBase:
    draft = _made(request, pk)
    assert draft.pdf is not None
    return picture_of(request, draft.pdf.sha256, page)


def _made(request: MemberRequest, pk: int) -> PublicDraft:
    approval, actor = approval_of(request, pk)
    public_permissions.check_may_handle(actor, approval)
    rows = PublicDraft.objects.of(approval.organisation).filter(approval=approval, pdf__isnull=False)
    draft = rows.select_related("pdf__organisation").first()
    if draft is None:
        raise Http404
    draft.approval = approval
    return draft


def _form(request: MemberRequest, approval: Approval, copy: Copy | None) -> GateForm:
    source = gate.source_of(gate.newest_set(approval))
    return GateForm(
        request.POST if request.method == "POST" else None,
        findings=gate.findings(source),
        source=source,
        chosen=copy.draft.choices if copy else {},
        initial={"revision": copy.draft.revision if copy else 0},
    )


def _page(
    request: MemberRequest, approval: Approval, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = _context(request, approval, more.get("copy")) | more
    return render(request, "workflows/publish.html", context, status=status)


def _context(request: MemberRequest, approval: Approval, copy: Copy | None) -> dict[str, Any]:
    found = public_standing.at_its_address(approval)
    actor = Actor.of(request.membership)
    return {
        "org": request.membership.organisation.slug,
        "report": approval.report,
        "copy": copy,
        "versions": found,
        "published": public_standing.own(approval, found),
        "address": request.build_absolute_uri(publishing.address_of(approval)),
        "may_unpublish": not public_permissions.may_unpublish(actor, approval),
        "publish_form": PublishForm(initial={"revision": copy.draft.revision}) if copy else None,
        "next_version": language.shown(found[0].publication.version + 1 if found else 1),
    }


def _here(request: MemberRequest, pk: int) -> HttpResponse:
    return redirect("workflows:publish", org=request.membership.organisation.slug, pk=pk)
