"""The organisation's chain of acts: each act carries the hash of the one before it.

Format 1: the payload is the canonical JSON (memos.frozen.canonical_json) of every column of the act except ``payload``
and ``hash``, with instants as ISO 8601 in UTC and identifiers as text; the hash is the SHA-256 of those bytes. The
exact bytes are kept, so that a later format can still be checked against what was hashed at the time.

Format 2 has the columns of ``_SINCE`` besides: decisions with ink, and numbers.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import uuid
from typing import Any

from django.utils import timezone

from ita_core.models import Organisation
from memos.frozen import canonical_json
from workflows.models import Act, ChainHead

FORMAT = 2
_NOT_HASHED = {"payload", "hash"}
_SINCE = {2: {"recorded_by", "decided_on", "scan", "scan_sha256", "number"}}


def payload_of(act: Act) -> bytes:
    """The bytes that are hashed, made from the act's columns as they are now."""
    later = columns_since(act.format)
    columns = (field for field in act._meta.concrete_fields if field.name not in _NOT_HASHED | later)
    return canonical_json({field.attname: plain(getattr(act, field.attname)) for field in columns})


def columns_since(number: int) -> set[str]:
    """Columns that acts of this format do not hash, because they came later."""
    return set().union(*(names for later, names in _SINCE.items() if later > number))


def plain(value: Any) -> Any:
    """A column's value as it is hashed."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def facts_in(payload: bytes) -> dict[str, Any]:
    """The columns as they were hashed. ValueError when the bytes are not a JSON object."""
    facts = json.loads(payload)
    if not isinstance(facts, dict):
        raise ValueError("the payload is not a JSON object")
    return facts


def digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def append(organisation: Organisation, **facts: Any) -> Act:
    """Write the next act of the organisation's chain. The caller is in a transaction; the head stays locked until its end."""
    head = _locked_head(organisation)
    act = Act(
        organisation=organisation,
        sequence=head.sequence + 1,
        previous_hash=head.hash,
        format=FORMAT,
        acted_at=timezone.now(),
        **facts,
    )
    act.payload = payload_of(act)
    act.hash = digest(act.payload)
    act.save()
    head.sequence, head.hash = act.sequence, act.hash
    head.save(update_fields=["sequence", "hash"])
    return act


def _locked_head(organisation: Organisation) -> ChainHead:
    heads = ChainHead.objects.of(organisation).select_for_update()
    head = heads.first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(organisation=organisation)], ignore_conflicts=True)
        head = heads.get()
    return head
