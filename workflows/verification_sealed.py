"""Do the final files hold? Seal, attachments and page of evidence against the act whose set was sealed.

A fault is told as (place, what), as verification.py has them. That a file's bytes are those of its row is looked at
there; here the seal is checked, and that what it covers is what was signed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from ita_core.models import Organisation
from ita_core.outbox import Job
from memos import archive
from memos.frozen import canonical_json
from memos.models import FinalFile, StoredFile
from memos.sealing import looking
from memos.sealing.final import EVIDENCE
from workflows import sealed
from workflows.models import Act
from workflows.verification_rows import readable

Found = Iterator[tuple[str, str]]


def finals(organisation: Organisation, acts: Sequence[Act]) -> Found:
    issuing = {act.document_set_id: act for act in acts if act.document_set_id is not None}
    stored = {row.pk: row for row in StoredFile.objects.of(organisation).defer("created_at")}
    kept: set[int] = set()
    finals, broken = readable(FinalFile.objects.of(organisation).order_by("pk"))
    for pk in broken:
        yield f"{organisation.slug}/final_file/{pk}", "it cannot be read"
    for final in finals:
        place = f"{organisation.slug}/final_file/{final.pk}"
        act, file = issuing.get(final.document_set_id), stored.get(final.pdf_id)
        kept.add(final.document_set_id)
        if act is None:
            yield place, "no act issued the set that it names"
        elif file is None:
            yield place, "its PDF is missing"
        else:
            for what in _faults(final, act, file):
                yield place, what
    if not broken:
        yield from _missing(organisation, issuing, kept)


def _faults(final: FinalFile, act: Act, file: StoredFile) -> Iterator[str]:
    try:
        seen = looking.look(archive.read(file))
    except archive.FileFault:
        return  # Told under the file's own place.
    if seen.fault:
        yield seen.fault
        return
    if seen.certificate_sha256 != final.certificate_sha256:
        yield "it is sealed with another certificate"
    attached = {name: hashlib.sha256(data).hexdigest() for name, data in seen.attached.items()}
    for name, sha256 in (
        ("memo.docx", act.memo_sha256),
        ("measures.docx", act.measures_sha256),
        ("content.json", act.content_sha256),
    ):
        if attached.get(name) != sha256:
            yield f"the attached {name} is not what the act carries"
    if not _tells_of(seen.attached.get("acts.json", b"[]"), act):
        yield "the attached acts.json does not end with the act that issued the set"
    yield from _evidence_faults(final, act, seen.attached.get(EVIDENCE, b""))


def _tells_of(acts: bytes, last: Act) -> bool:
    told: list[dict[str, Any]] = json.loads(acts)
    hashed = all(hashlib.sha256(one["payload"].encode()).hexdigest() == one["hash"] for one in told)
    return hashed and bool(told) and (told[-1]["sequence"], told[-1]["hash"]) == (last.sequence, last.hash)


def _evidence_faults(final: FinalFile, act: Act, attached: bytes) -> Iterator[str]:
    if canonical_json(final.evidence) != attached:
        yield "its evidence is not what was sealed"
    elif final.evidence.get("hash") != act.hash:
        yield "its evidence tells of another act"
    elif final.evidence.get("sealed_at") != _told(final.sealed_at):
        yield "it was sealed at another time than it says"


def _told(moment: datetime.datetime | None) -> str:
    """SQLite gives None for what is no date any more."""
    return moment.isoformat() if moment else ""


def _missing(organisation: Organisation, issuing: dict[int, Act], kept: set[int]) -> Found:
    """Only where the worker said that it was done: one on its way or given up is told on the pages."""
    done = Job.objects.filter(kind=sealed.KIND, done_at__isnull=False, payload__organisation=organisation.pk)
    for key in done.values_list("key", flat=True):
        act = issuing.get(int(key))
        if act is not None and int(key) not in kept:
            yield (
                f"{organisation.slug}/act/{act.sequence}/final_file",
                "its final file was made and is missing",
            )
