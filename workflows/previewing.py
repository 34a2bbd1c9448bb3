"""A draft's papers before they are issued: the very Word files that submitting would make, and their pages as pictures.

The pictures are the worker's, kept by the files' hashes. A session remembers which ones it asked for: they are shown to
nobody else by this way, and those of an earlier text are forgotten when the text has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ita_core.outbox import Job
from memos import archive
from memos.documents import Pair
from memos.models import Rendering, StoredFile
from memos.rendering import pages
from workflows import paper, permissions
from workflows.models import Approval
from workflows.permissions import Actor

_ASKED = "previews"
_LONG = timedelta(seconds=30)
"""Without a first attempt for so long, nobody seems to be at work."""


@dataclass(frozen=True)
class Picture:
    number: int
    width: int
    height: int


@dataclass(frozen=True)
class Shown:
    """One paper. ``waits``: its pictures are still to come."""

    kind: str
    name: str
    sha256: str
    pictures: tuple[Picture, ...]
    problem: str
    waits: bool
    waits_long: bool


def pair(approval: Approval, actor: Actor, skip_reason: str = "") -> Pair:
    """As the drafter would issue it now, whoever of those who write along looks at it."""
    drafter = approval.report.drafter
    if actor.user != drafter:
        actor = Actor(drafter, approval.organisation)
    skipped = permissions.steps_to_skip(actor, permissions.route_of(approval.organisation))
    return paper.preview(
        approval.report,
        drafter,
        permissions.check_may_draft(actor),
        skips={step.position for step in skipped},
        skip_reason=skip_reason,
    )


def ask(approval: Approval, made: Pair, session: SessionBase, *, anew: bool) -> list[Shown]:
    """Pictures of the pair, there or on their way. ``anew``: what came to nothing is tried again."""
    files = {"memo": made.memo, "measures": made.measures}
    hashes = {kind: archive.sha256(data) for kind, data in files.items()}
    rows = {kind: _wanted(approval, files[kind], hashes[kind], anew=anew) for kind in files}
    _forget_earlier(approval, list(hashes.values()), session)
    return [_shown(kind, row) for kind, row in rows.items()]


def may_see(approval: Approval, sha256: str, session: SessionBase) -> bool:
    return sha256 in _asked(session).get(str(approval.report_id), ())


def _wanted(approval: Approval, data: bytes, sha256: str, *, anew: bool) -> Rendering:
    known = Rendering.objects.of(approval.organisation).filter(sha256=sha256).first()
    if known is not None and known.problem and not anew:
        return known
    return pages.wanted(approval.organisation, data)


def _asked(session: SessionBase) -> Mapping[str, Sequence[str]]:
    asked: Mapping[str, Sequence[str]] = session.get(_ASKED, {})
    return asked


@transaction.atomic
def _forget_earlier(approval: Approval, hashes: list[str], session: SessionBase) -> None:
    """Pictures of issued files stay, for they are others' as well."""
    asked = _asked(session)
    earlier = set(asked.get(str(approval.report_id), ())) - set(hashes)
    if set(asked.get(str(approval.report_id), ())) != set(hashes):
        session[_ASKED] = {**asked, str(approval.report_id): hashes}
    if not earlier:
        return
    issued = StoredFile.objects.of(approval.organisation).filter(sha256__in=earlier)
    earlier -= set(issued.values_list("sha256", flat=True))
    for row in Rendering.objects.of(approval.organisation).filter(sha256__in=earlier):
        pages.forget(row)


def _shown(kind: str, row: Rendering) -> Shown:
    pictures: list[Picture] = []
    for number in range(1, (row.pages or 0) + 1):
        pictures.append(Picture(number, *pages.size(row, number)))
    waits = row.pages is None and not row.problem
    problem = gettext(row.problem) if row.problem else ""
    return Shown(
        kind,
        paper.DOCUMENT_NAMES[kind],
        row.sha256,
        tuple(pictures),
        problem,
        waits,
        waits and _waits_long(row),
    )


def _waits_long(row: Rendering) -> bool:
    jobs = Job.objects.still_open().filter(kind=pages.KIND, key=pages.job_key(row), attempts=0)
    return jobs.filter(wanted_at__lt=timezone.now() - _LONG).exists()


def context(shown: Sequence[Shown]) -> dict[str, Any]:
    return {
        "papers": shown,
        "problems": list(dict.fromkeys(one.problem for one in shown if one.problem)),
        "waits": any(one.waits for one in shown),
        "waits_long": any(one.waits_long for one in shown),
    }
