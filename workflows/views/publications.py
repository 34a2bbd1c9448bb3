"""What the authority has published: the list, and of each publication its pack, its addresses and its receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_core.membership import MemberRequest
from ita_core.paging import Slice
from memos import archive
from memos.models import Report
from workflows import addressing, explaining, packing, public_permissions, receipts
from workflows.address_form import AddressForm
from workflows.addressing import Place
from workflows.models import Publication
from workflows.officers import Actor
from workflows.receipts import Line, Receipt
from workflows.refusals import NoPaper, Refused
from workflows.views.documents import ZIP, download
from workflows.views.page import page


@dataclass(frozen=True)
class Row:
    """A standing publication with its own page and its newest posted address."""

    publication: Publication
    own: Line
    posted: Line | None

    @property
    def report(self) -> Report:
        return self.publication.act.approval.report

    @property
    def stopped(self) -> list[Line]:
        return [line for line in (self.own, self.posted) if line is not None and line.stopped]


@page
@require_safe
def publications(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    lines = {line.place.key: line for line in receipts.lines(addressing.places_of(organisation))}
    posted = {line.place.publication.pk: line for line in lines.values() if line.posted}
    rows = [
        Row(line.place.publication, line, posted.get(line.place.publication.pk))
        for line in lines.values()
        if line.posted is None
    ]
    context = {
        "stopped": [row for row in rows if row.stopped],
        "rows": Slice(lambda start, stop: rows[start:stop], request.GET),
        "unposted": sum(row.posted is None for row in rows),
        "organisation": organisation,
        "site_url": settings.SITE_URL,
    }
    return render(request, "workflows/publications.html", context)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: MemberRequest, pk: int) -> HttpResponse:
    """POST pastes the address on the main website back."""
    found = _found(request, pk)
    if request.method != "POST":
        return _page(request, found, AddressForm(initial={"url": _usual(found)}))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    actor = Actor.of(request.membership)
    try:
        posted = addressing.post(actor, pk, form.cleaned_data["url"])
    except Refused as refusal:
        form.add_error("url" if refusal.status == 400 else None, refusal.sentence)
        return _page(request, found, form, status=refusal.status)
    messages.success(request, _("บันทึกที่อยู่แล้ว ระบบกำลังตรวจว่าเปิดได้และเป็นไฟล์เดียวกัน"))
    if other := addressing.other_host(Place(found, posted)):
        messages.warning(
            request,
            _("ที่อยู่ก่อนหน้านี้อยู่ที่ %(host)s โปรดตรวจว่าที่อยู่ใหม่เป็นเว็บไซต์หลักของหน่วยงาน") % {"host": other},
        )
    return redirect("workflows:publication", org=actor.organisation.slug, pk=pk)


@page
@require_POST
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """Look again now: here, and at the newest posted address."""
    found = _found(request, pk)
    newest = addressing.newest_posted(request.membership.organisation, [found]).get(found.pk)
    addressing.want(Place(found, None))
    if newest is not None:
        addressing.want(Place(found, newest))
    return redirect("workflows:publication", org=request.membership.organisation.slug, pk=pk)


@page
@require_safe
def receipt(request: MemberRequest, pk: int) -> HttpResponse:
    """To be read and to be printed."""
    return _rendered(request, "workflows/receipt.html", receipts.of(_found(request, pk)))


@page
@require_safe
def receipt_json(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    name = _("ใบรับการเผยแพร่") + f"-{found.fiscal_year}-{found.slug}-{found.version}.json"
    text = f"{json.dumps(receipts.as_json(receipts.of(found)), ensure_ascii=False, indent=1)}\n".encode()
    return download(request, lambda: text, name, "application/json", archive.sha256(text))


@page
@require_safe
def pack(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    posted = addressing.newest_posted(request.membership.organisation, [found]).get(found.pk)
    made = packing.of(found, posted.url if posted else "")
    return download(request, lambda: made, packing.name(found), ZIP, archive.sha256(made))


def _found(request: MemberRequest, pk: int) -> Publication:
    """Any version that was ever published in this authority; 404 for others."""
    rows = Publication.objects.of(request.membership.organisation)
    related = ("organisation", "act__approval__report__item", "act__approval__organisation", "data", "pdf")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _usual(found: Publication) -> str:
    """The address of the version before: the same place, because a published address must not change."""
    before = Publication.objects.of(found.organisation_id).filter(
        fiscal_year=found.fiscal_year, slug=found.slug, version__lt=found.version
    )
    newest = addressing.newest_posted(found.organisation, list(before))
    return next((newest[row.pk].url for row in before.order_by("-version") if row.pk in newest), "")


def _page(request: MemberRequest, found: Publication, form: AddressForm, status: int = 200) -> HttpResponse:
    made = receipts.of(found)
    actor = Actor.of(request.membership)
    context = {
        "form": form,
        "why_not": public_permissions.may_handle(actor, found.act.approval),
        "explanation": _explanation(found, made),
        "is_standing": made.withdrawn is None and not _newer(found),
    }
    return _rendered(request, "workflows/publication.html", made, context, status)


def _newer(found: Publication) -> bool:
    rows = Publication.objects.of(found.organisation_id).filter(
        fiscal_year=found.fiscal_year, slug=found.slug
    )
    return rows.filter(version__gt=found.version).exists()


def _explanation(found: Publication, made: Receipt) -> str:
    """The words of explain.txt; "" when the data cannot be read, which the pack then says."""
    try:
        data = packing.data_of(found)
    except NoPaper:
        return ""
    links = [row.link for row in packing.evidence(data) if row.link]
    return explaining.explanation(found, data, links, made.posted[0].url if made.posted else "")


def _rendered(
    request: MemberRequest,
    template: str,
    made: Receipt,
    context: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {"receipt": made, "publication": made.publication, "report": made.publication.act.approval.report}
    return render(request, template, {**facts, **(context or {})}, status=status)
