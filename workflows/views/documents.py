"""Downloads: what an act left, byte by byte as stored, and previews of the working copy."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from memos import archive, exchange, exporting
from memos.frozen import FrozenContent, canonical_json
from memos.models import StoredFile
from workflows import acting, bundle, bundling, history, paper, permissions, previewing, reading
from workflows.models import Act, Approval, State
from workflows.refusals import Conflict, NoPaper, Refused
from workflows.views.page import approval_of, page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"


def _no_content(approval: Approval, problem: str) -> Refused:
    """Of a report that a list destroyed there will be none; of another, something keeps it from paper."""
    return Conflict(problem) if approval.state == State.DISPOSED else NoPaper(problem)


@page
@require_safe
def document(request: MemberRequest, pk: int, act: uuid.UUID, kind: str) -> HttpResponseBase:
    made = act_with_set(request, pk, act)
    assert made.document_set is not None
    stored = made.document_set.files()[kind]
    name = paper.document_name(made.approval.report, history.set_number(made), kind)
    return download(request, lambda: read_stored(stored), name, DOCX, stored.sha256)


@page
@require_safe
def set_zip(request: MemberRequest, pk: int, act: uuid.UUID) -> HttpResponseBase:
    made = act_with_set(request, pk, act)
    assert made.document_set is not None
    report, number = made.approval.report, history.set_number(made)
    files = made.document_set.files()
    named = {paper.document_name(report, number, kind): stored for kind, stored in files.items()}
    # The bundle follows from its files and their names alone.
    tag = archive.sha256("\n".join([*named, *(stored.sha256 for stored in files.values())]).encode())
    name = bundle.name(report, number)
    return download(
        request,
        lambda: bundle.of({name: read_stored(stored) for name, stored in named.items()}),
        name,
        ZIP,
        tag,
    )


@page
@require_safe
def evidence(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The bundle that proves the report to somebody without this system."""
    approval, _actor = approval_of(request, pk)
    data = bundling.of_report(approval)
    return download(request, lambda: data, bundling.name(approval.report), ZIP, archive.sha256(data))


@page
@require_safe
def preview(request: MemberRequest, pk: int, kind: str) -> HttpResponseBase:
    approval, actor = approval_of(request, pk)
    permissions.check_may_edit(actor, approval)
    pair = previewing.pair(approval, actor, acting.text(request.GET.get("skip_reason", "")))
    data = pair.memo if kind == "memo" else pair.measures
    name = f"ตัวอย่าง-{paper.DOCUMENT_NAMES[kind]}-{approval.report.fiscal_year}.docx"
    return download(request, lambda: data, name, DOCX, archive.sha256(data))


@page
@require_safe
def summary(request: MemberRequest, pk: int) -> HttpResponseBase:
    """One page of the same words that the report's page shows this reader."""
    approval, actor = approval_of(request, pk)
    content, problem = reading.content_for(approval, actor)
    if content is None:
        raise _no_content(approval, problem)
    data = paper.summary(content, approval.organisation)
    name = f"{paper.DOCUMENT_NAMES['summary']}-{approval.report.fiscal_year}.docx"
    return download(request, lambda: data, name, DOCX, archive.sha256(data))


_TABLES: dict[str, tuple[str, Callable[[FrozenContent], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exporting.as_xlsx),
    "csv": ("text/csv; charset=utf-8", exporting.as_csv),
    "json": ("application/json", exporting.as_json),
}


@page
@require_safe
def export(request: MemberRequest, pk: int, ending: str) -> HttpResponseBase:
    """The tables as data: the drafter's own draft, for everybody else what was submitted last."""
    approval, actor = approval_of(request, pk)
    content, problem = reading.content_for(approval, actor)
    if content is None:
        raise _no_content(approval, problem)
    content_type, write = _TABLES[ending]
    name = f"{paper.DOCUMENT_NAMES['measures']}-{approval.report.fiscal_year}.{ending}"
    # A workbook carries the time it was made; its words alone say whether it is another one.
    tag = archive.sha256(canonical_json(content.to_dict()) + f"{ending}{exchange.VERSION}".encode())
    return download(request, lambda: write(content), name, content_type, tag)


def act_with_set(request: MemberRequest, pk: int, act: uuid.UUID) -> Act:
    approval, _actor = approval_of(request, pk)
    acts = approval.acts.filter(document_set__isnull=False)
    made = get_object_or_404(acts.select_related("document_set__memo", "document_set__measures"), pk=act)
    made.approval = approval
    return made


def read_stored(stored: StoredFile) -> bytes:
    try:
        return archive.read(stored)
    except archive.FileFault as fault:
        raise NoPaper(_("ไฟล์ในคลังเสียหายหรือหายไป โปรดแจ้งผู้ดูแลระบบ")) from fault


def download(
    request: MemberRequest, data: Callable[[], bytes], name: str, content_type: str, tag: str
) -> HttpResponseBase:
    """Kept by the person's own browser only, and asked for again each time: an appointment may have ended."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "ETag": quote_etag(tag),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        for header, value in headers.items():
            unchanged.headers.setdefault(header, value)
        return unchanged
    return HttpResponse(data(), content_type=content_type, headers=headers)
