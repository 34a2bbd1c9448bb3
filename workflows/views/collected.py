"""A file that a unit gave as evidence: for the unit and who collects, and once it was taken for whoever reads the report."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest, Membership
from memos import collecting_people, collecting_taking
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
    """One that was taken into the table is read with the report: 403 for whom that is closed to.

    Until then it is the unit's own, and his who collects; for all others it is not there. One that was taken out before
    it was sent is gone for everybody.
    """
    organisation = request.membership.organisation
    rows = CollectedFile.objects.of(organisation).select_related("file", "report__drafter")
    found = get_object_or_404(rows, pk=file)
    if found.removed_at is not None and not _stands_in(found, CollectedEntry.Kind.SENT):
        raise Http404
    if not _is_of_those_who_fill_and_collect(request.membership, found):
        if not _stands_in(found, CollectedEntry.Kind.ACCEPTED):
            raise Http404
        approvals = Approval.objects.of(organisation).select_related("report__drafter")
        approval = get_object_or_404(approvals, report=found.report)
        permissions.check_may_view(Actor.of(request.membership), approval)
    return download(
        request, lambda: read_stored(found.file), found.name, TYPES[found.ending], found.file.sha256
    )


def _is_of_those_who_fill_and_collect(membership: Membership, found: CollectedFile) -> bool:
    if found.unit_id in collecting_people.units_of(membership):
        return True
    try:
        collecting_taking.check_may_collect(membership, found.report)
    except PermissionDenied:
        return False
    return True


def _stands_in(found: CollectedFile, kind: CollectedEntry.Kind) -> bool:
    """Whether it was among what was sent, or taken."""
    entries = CollectedEntry.objects.of(found.report.organisation_id).filter(
        report=found.report, row=found.row, kind=kind
    )
    return any(found.pk in content.get("files", ()) for content in entries.values_list("content", flat=True))
