"""Where a report stands on its way to the public, for pages: the copy that is prepared, its pictures, what is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ita_core.outbox import Job
from memos.models import Rendering
from memos.rendering import pages
from workflows import public_places, publishing
from workflows.models import Act, Approval, PublicDraft
from workflows.public_places import Found

# Longer than this without a first attempt, and nobody seems to be at work.
_LONG = timedelta(seconds=30)


@dataclass(frozen=True)
class Copy:
    """A draft. ``pictures`` are (number, width, height); ``is_stale``: a newer set was issued since."""

    draft: PublicDraft
    is_stale: bool
    is_published: bool
    job: Job | None
    rendering: Rendering | None

    @property
    def is_made(self) -> bool:
        return self.draft.data_id is not None

    @property
    def failed(self) -> bool:
        """It came to nothing, or was never ordered: it may be asked for again."""
        return not self.is_made and (self.job is None or self.job.given_up_at is not None)

    @property
    def is_absent(self) -> bool:
        """Whether it is LibreOffice that is missing: the copy waits until somebody installs it."""
        return self.job is not None and "OfficeAbsent" in self.job.problem

    @property
    def waits_long(self) -> bool:
        job = self.job
        return job is not None and job.attempts == 0 and job.wanted_at < timezone.now() - _LONG

    @property
    def pictures_wait(self) -> bool:
        return self.rendering is not None and self.rendering.pages is None and not self.rendering.problem

    @property
    def waits(self) -> bool:
        """Whether the page should be asked for again."""
        return (not self.is_made and not self.failed) or (self.is_made and self.pictures_wait)

    @property
    def pictures(self) -> list[tuple[int, int, int]]:
        if self.rendering is None or self.rendering.pages is None:
            return []
        try:
            numbers = range(1, self.rendering.pages + 1)
            return [(number, *pages.size(self.rendering, number)) for number in numbers]
        except FileNotFoundError:
            return []

    @property
    def may_be_published(self) -> bool:
        return self.is_made and not self.is_stale and not self.is_published


def copy_of(approval: Approval, newest: Act) -> Copy | None:
    """What is prepared of the report; None when nobody did. ``newest`` issued its newest set. Four queries."""
    rows = PublicDraft.objects.of(approval.organisation).filter(approval=approval)
    draft = rows.select_related("data", "pdf", "prepared_by").first()
    if draft is None:
        return None
    job = rendering = None
    if draft.pdf is None:
        job = Job.objects.filter(kind=publishing.KIND, key=publishing.job_key(draft)).first()
    else:
        renderings = Rendering.objects.of(approval.organisation)
        rendering = renderings.filter(sha256=draft.pdf.sha256).first()
    published = approval.acts.filter(publication__isnull=False, publication__data=draft.data_id)
    is_published = draft.data_id is not None and published.exists()
    return Copy(draft, draft.act_id != newest.pk, is_published, job, rendering)


def at_its_address(approval: Approval) -> list[Found]:
    """Every version where the report is or would be published, those of what it corrects too; the newest first."""
    report = approval.report
    return public_places.versions(approval.organisation, report.fiscal_year, publishing.slug_of(report))


def own(approval: Approval, found: Sequence[Found]) -> list[Found]:
    """Those of this very report."""
    return [one for one in found if one.publication.act.approval_id == approval.pk]


def address_now(approval: Approval, acts: Sequence[Act]) -> str:
    """Where the report can be read by anybody now; "" where it cannot. ``acts`` are its own; two queries if published."""
    if all(act.kind != Act.Kind.PUBLISH for act in acts):
        return ""
    found = own(approval, at_its_address(approval))
    return publishing.address_of(approval) if found and found[0].withdrawn is None and found[0].newest else ""


def words_for_page(approval: Approval) -> str | Promise:
    """What the way to the page is called: to publish, to publish the next version, or to look after it. Two queries."""
    last: dict[str, int] = {}
    told = approval.acts.values_list("sequence", "kind", "memo_sha256")
    for sequence, kind, issued in told.order_by("sequence"):
        last["set" if issued else kind] = sequence
    public = last.get(Act.Kind.PUBLISH, 0)
    if public <= last.get(Act.Kind.UNPUBLISH, 0):
        return _("เผยแพร่ฉบับถัดไป") if at_its_address(approval) else _("เผยแพร่")
    return _("เผยแพร่ฉบับถัดไป") if last.get("set", 0) > public else _("การเผยแพร่")
