"""The heads of the chains, made public once a day: whoever keeps them can tell a chain that was cut or written anew.

A head is the number and the hash of an authority's last act. Each hash covers the one before it, so the head of a day
covers every act until then.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ita_core import thai
from ita_core.models import Organisation
from memos import archive
from memos.frozen import canonical_json
from workflows.models import ChainHead, PublishedHead

KIND = "heads"
FORMAT = 1
_LARGEST = 2**63 - 1  # what a database can be asked for


@dataclass(frozen=True)
class KeptHead:
    """A head as somebody outside kept it; ``day`` is the ISO date on which it was published."""

    organisation: str
    day: str
    sequence: int
    hash: str


def publish() -> int:
    """Today's head (Asia/Bangkok) of every authority with acts; returns how many are new. Twice a day changes nothing."""
    day = thai.today()
    there = PublishedHead.objects.across_organisations().filter(day=day).values("organisation")
    heads = ChainHead.objects.across_organisations().filter(sequence__gt=0, organisation__is_filler=False)
    new = [
        PublishedHead(organisation_id=head.organisation_id, day=day, sequence=head.sequence, hash=head.hash)
        for head in heads.exclude(organisation__in=there)
    ]
    PublishedHead.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def daily(payload: dict[str, Any]) -> None:
    """The worker's piece. Late is today all the same: a head is published on the day on which anybody could see it."""
    publish()


def days(most: int) -> list[datetime.date]:
    """The days on which heads were published, the latest first."""
    rows = PublishedHead.objects.across_organisations().order_by("-day")
    return list(rows.values_list("day", flat=True).distinct()[:most])


def of_day(day: datetime.date) -> dict[str, Any] | None:
    """What ``/heads/YYYY-MM-DD.json`` says; None for a day on which nothing was published."""
    rows = PublishedHead.objects.across_organisations().filter(day=day).select_related("organisation")
    heads = [_plain(row) for row in rows.order_by("organisation__slug")]
    return {**_about(heads), "day": day.isoformat()} if heads else None


def of_organisation(organisation: Organisation) -> dict[str, Any]:
    """What ``/heads/SLUG.json`` says: every day of one authority."""
    rows = PublishedHead.objects.of(organisation).select_related("organisation").order_by("day")
    return {**_about([_plain(row) for row in rows]), "organisation": organisation.slug}


def _about(heads: list[dict[str, Any]]) -> dict[str, Any]:
    """``sha256`` is of the canonical JSON of the heads: the one line to print in a newspaper."""
    digest = archive.sha256(canonical_json({"heads": heads}))
    return {"format": FORMAT, "site": settings.SITE_URL, "sha256": digest, "heads": heads}


def _plain(row: PublishedHead) -> dict[str, Any]:
    return {
        "organisation": row.organisation.slug,
        "name": row.organisation.full_name,
        "day": row.day.isoformat(),
        "sequence": row.sequence,
        "hash": row.hash,
    }


def nothing(day: datetime.date) -> dict[str, Any]:
    """The same shape for a day on which no authority had an act."""
    return {**_about([]), "day": day.isoformat()}


def read_kept(data: bytes) -> list[KeptHead]:
    """The heads of a file that was downloaded here once. ValueError (a sentence) when it is none or was changed."""
    try:
        said = json.loads(data)
        heads = said["heads"]
        kept = [
            KeptHead(str(one["organisation"]), str(one["day"]), int(one["sequence"]), str(one["hash"]))
            for one in heads
        ]
        if not all(0 < head.sequence <= _LARGEST for head in kept):
            raise ValueError("an act's number")
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError("this is no file of published heads") from problem
    if said.get("format") != FORMAT:
        raise ValueError(f"heads of format {said.get('format')!r} are not known here")
    if archive.sha256(canonical_json({"heads": heads})) != said.get("sha256"):
        raise ValueError("the kept file itself was changed: its sha256 is not that of its heads")
    return kept
