"""A file that a unit gave as evidence: for the unit, and for whoever may read the report."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from memos import collecting_people
from memos.collecting_files import TYPES
from memos.models import CollectedEntry, CollectedFile
from workflows import permissions
from workflows.models import Approval
from workflows.permissions import Actor
from workflows.views.documents import download, read_stored
from workflows.views.page import page


@page
@require_safe
def collected_file(request: MemberRequest, file: int) -> HttpResponseBase:
    """One that was taken out before it was sent is gone for everybody. Strangers 404, others of the authority 403."""
    organisation = request.membership.organisation
    rows = CollectedFile.objects.of(organisation).select_related("file", "report")
    found = get_object_or_404(rows, pk=file)
    if found.removed_at is not None and not _was_sent(found):
        raise Http404
    if found.unit_id not in collecting_people.units_of(request.membership):
        approval = get_object_or_404(
            Approval.objects.of(organisation).select_related("report__drafter"), report=found.report
        )
        permissions.check_may_view(Actor.of(request.membership), approval)
    return download(
        request, lambda: read_stored(found.file), found.name, TYPES[found.ending], found.file.sha256
    )


def _was_sent(found: CollectedFile) -> bool:
    sent = CollectedEntry.objects.of(found.report.organisation_id).filter(
        report=found.report, row=found.row, kind=CollectedEntry.Kind.SENT
    )
    return any(found.pk in entry.content.get("files", ()) for entry in sent)
