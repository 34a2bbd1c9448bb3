"""The final file of a signed report: wanted in the act's transaction, made by the worker, told to pages.

A set that is issued on a signed report has one: the signature's, and that of a number given later. The newest counts,
the older ones are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone, translation

from ita_core import outbox
from ita_core.models import Organisation
from ita_core.outbox import Job
from memos.models import DocumentSet, FinalFile
from workflows.models import Act, Approval, State

KIND = "seal"
SECONDS = 90
# Longer than this without a first attempt, and nobody seems to be at work.
_LONG = timedelta(seconds=30)


def want(act: Act) -> None:
    """In the transaction of an act that issued a set, when the report is signed. Trial reports are nobody's records."""
    if act.document_set_id is None or act.state_after != State.MAYOR_SIGNED or act.approval.report.is_trial:
        return
    outbox.want(KIND, _key(act), _payload(act))


def want_again(act: Act) -> None:
    """Somebody asks for one that came to nothing, or of a report older than this feature."""
    outbox.want(KIND, _key(act), _payload(act), again=True)


def want_missing(organisation: Organisation) -> int:
    """Orders for every signed report whose newest set has no final file, those given up included; how many."""
    signed = Approval.objects.of(organisation).filter(state=State.MAYOR_SIGNED, report__is_trial=False)
    sets = signed.filter(document_set__isnull=False, document_set__final_file=None).values("document_set")
    acts = Act.objects.of(organisation).filter(document_set__in=sets).order_by("sequence")
    count = 0
    for act in acts.iterator(chunk_size=500):
        want_again(act)
        count += 1
    return count


def final_of(act: Act) -> FinalFile | None:
    rows = FinalFile.objects.of(act.organisation_id).filter(document_set=act.document_set_id)
    return rows.select_related("pdf").first()


def _key(act: Act) -> str:
    return str(act.document_set_id)


def _payload(act: Act) -> dict[str, Any]:
    return {"organisation": act.organisation_id, "set": act.document_set_id}


def make(payload: dict[str, Any]) -> None:
    """The worker's handler. Whatever stands in the way is raised: it is tried again, and then given up."""
    sets = DocumentSet.objects.of(payload["organisation"])
    rows = sets.select_related("organisation", "content", "memo", "measures")
    issued = rows.filter(pk=payload["set"]).first()
    if issued is None:
        return  # A signed list destroyed it meanwhile.
    act = Act.objects.of(payload["organisation"]).get(document_set=issued)
    # What seals takes half a second to load, and no page needs it.
    from memos.sealing import final
    from workflows import evidencing

    # The page is paper: Thai, whoever ordered it.
    with translation.override("th"):
        final.make(issued, evidencing.evidence_of(act), evidencing.acts_as_json(act))


# --- for pages


@dataclass(frozen=True)
class Standing:
    """Of a set's final file: there, on its way, or neither; ``tried`` when it came to nothing.

    ``newer`` is the act of a later set of the report that has a final file too.
    """

    act: Act
    file: FinalFile | None
    waits: bool
    waits_long: bool
    tried: bool
    newer: UUID | None

    @property
    def failed(self) -> bool:
        return self.file is None and not self.waits


def standing(act: Act) -> Standing | None:
    """None for a set that has none: of a report not signed, or on trial. Three queries."""
    if act.state_after != State.MAYOR_SIGNED or act.document_set_id is None or act.approval.report.is_trial:
        return None
    found = final_of(act)
    job = None if found else Job.objects.filter(kind=KIND, key=_key(act)).first()
    waits = job is not None and job.done_at is None and job.given_up_at is None
    long = waits and job is not None and job.attempts == 0 and job.wanted_at < timezone.now() - _LONG
    later = act.approval.acts.filter(sequence__gt=act.sequence, document_set__final_file__isnull=False)
    newer = later.order_by("-sequence").values_list("pk", flat=True).first()
    return Standing(act, found, waits, long, job is not None and not waits, newer)
