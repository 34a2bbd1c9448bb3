"""Does what was published stand as its acts say? Address, version, hashes and what was masked, against the act's sentence.

A fault is told as (place, what), as verification.py has them; that a file's bytes are those of its row is looked at
there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from ita_core.models import Organisation
from memos import archive
from memos.models import StoredFile
from workflows import proofs, publishing
from workflows.models import Act, Publication

Found = Iterator[tuple[str, str]]
# As in verification.py: SQLite keeps dates and JSON as text, and takes any other text for them.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, DatabaseError)


def publications(organisation: Organisation, acts: Sequence[Act]) -> Found:
    by_pk = {act.pk: act for act in acts}
    stored = {row.pk: row for row in StoredFile.objects.of(organisation).defer("created_at")}
    missing = {act.pk: act for act in acts if act.kind == Act.Kind.PUBLISH}
    for pk in Publication.objects.of(organisation).order_by("pk").values_list("pk", flat=True):
        place = f"{organisation.slug}/publication/{pk}"
        try:
            row = Publication.objects.of(organisation).get(pk=pk)
            missing.pop(row.act_id, None)
            what = _fault(row, organisation, by_pk, stored)
        except UNREADABLE as error:
            missing = {}
            what = f"it cannot be read: {error}"
        if what:
            yield place, what
    for act in missing.values():
        yield (
            f"{organisation.slug}/act/{act.sequence}/publication",
            "the publication that the act made is missing",
        )


def _fault(
    row: Publication, organisation: Organisation, acts: Mapping[UUID, Act], stored: Mapping[int, StoredFile]
) -> str:
    act = acts.get(row.act_id)
    if act is None or act.kind != Act.Kind.PUBLISH:
        return "no act published it"
    data, pdf = stored.get(row.data_id), stored.get(row.pdf_id)
    if data is None or pdf is None:
        return "its data or its PDF is missing"
    row.organisation, row.data, row.pdf = organisation, data, pdf
    if row.published_at != act.acted_at:
        return "it was published at another time than its act says"
    if publishing.sentence(row) != act.reason:
        return "it is not what its act says"
    return _data_fault(row, data, pdf, _set_of(act, acts.values()))


def _set_of(published: Act, acts: Iterable[Act]) -> Act | None:
    """The act that issued the report's newest set before it was published."""
    earlier = [
        act
        for act in acts
        if act.approval_id == published.approval_id
        and act.document_set_id is not None
        and act.sequence < published.sequence
    ]
    return max(earlier, key=lambda act: act.sequence, default=None)


def _data_fault(row: Publication, data: StoredFile, pdf: StoredFile, issuing: Act | None) -> str:
    try:
        told: dict[str, Any] = json.loads(archive.read(data))
    except archive.FileFault:
        return ""  # Told under the file's own place.
    if (told["version"], told["pdf"]["sha256"]) != (row.version, pdf.sha256):
        return "its data tells of another version or another PDF"
    if issuing is None or told["code"] != proofs.code_of(issuing):
        return "its data tells of another set than the newest one of then"
    return ""
