"""Are the scans of what was signed on paper there, and those that the acts carry?

A fault is told as (place, what), as verification.py has them; that a scan's bytes are those of its row is looked at
there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_core.models import Organisation
from memos.models import StoredFile
from workflows.models import Act

Found = Iterator[tuple[str, str]]


def scans(organisation: Organisation, acts: Sequence[Act]) -> Found:
    inked = [
        act for act in acts if act.medium == Act.Medium.INK or act.scan_id is not None or act.scan_sha256
    ]
    named = [act.scan_id for act in inked if act.scan_id is not None]
    kept = dict(StoredFile.objects.of(organisation).filter(pk__in=named).values_list("pk", "sha256"))
    for act in inked:
        place = f"{organisation.slug}/act/{act.sequence}/scan"
        if act.medium != Act.Medium.INK:
            yield place, "a decision on screen carries a scan"
        elif act.scan_id is None or act.recorded_by_id is None or act.decided_on is None:
            yield place, "a decision on paper without its scan, its day or who recorded it"
        elif act.scan_id not in kept:
            yield place, "the scan that the act names is missing"
        elif kept[act.scan_id] != act.scan_sha256:
            yield place, "the scan is not the one that the act carries"
