"""Does the chain still hold what was published of it? Finds a chain that was cut, rolled back or written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ita_core import thai
from ita_core.models import Organisation
from workflows import chain
from workflows.models import Act, PublishedHead
from workflows.publishing_heads import KeptHead

_AT_ONCE = 500  # parameters of one query


def published(organisation: Organisation, acts: list[Act]) -> Iterator[tuple[str, str]]:
    """Every head that was published against the chain as it is."""
    hashes = {act.sequence: act.hash for act in acts}
    for row in PublishedHead.objects.of(organisation).order_by("day"):
        place = f"{organisation.slug}/published_head/{row.pk}"
        if wrong := _compared(row.sequence, row.hash, hashes.get(row.sequence), max(hashes, default=0)):
            yield place, wrong
        if thai.bangkok_date(row.published_at) != row.day:
            yield place, "its day is not the one on which it was published"


def columns_of_later_formats(organisation: Organisation, acts: list[Act]) -> Iterator[tuple[str, str]]:
    """An act of an earlier format did not hash them, so whatever stands there was written by somebody else."""
    for act in acts:
        for name in sorted(chain.columns_since(act.format)):
            if getattr(act, name) not in (None, ""):
                place = f"{organisation.slug}/act/{act.sequence}/{name}"
                yield place, "an act of this format has no such column: it was written later"


def against(kept: Iterable[KeptHead]) -> Iterator[tuple[str, str]]:
    """Heads that somebody kept outside, against the chains and against what we say to have published ourselves."""
    in_order = sorted(kept, key=lambda head: (head.organisation, head.sequence, head.day))
    for slug, heads in groupby(in_order, key=lambda head: head.organisation):
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            yield f"{slug}/kept_head", "there is no such authority any more"
            continue
        yield from _kept_of(organisation, list(heads))


def _kept_of(organisation: Organisation, heads: list[KeptHead]) -> Iterator[tuple[str, str]]:
    acts = Act.objects.of(organisation)
    last = acts.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    ours = {
        str(day): (sequence, digest)
        for day, sequence, digest in PublishedHead.objects.of(organisation).values_list(
            "day", "sequence", "hash"
        )
    }
    for start in range(0, len(heads), _AT_ONCE):
        some = heads[start : start + _AT_ONCE]
        sequences = {head.sequence for head in some}
        hashes = dict(acts.filter(sequence__in=sequences).values_list("sequence", "hash"))
        for head in some:
            place = f"{organisation.slug}/kept_head/{head.day}"
            if wrong := _compared(head.sequence, head.hash, hashes.get(head.sequence), last):
                yield place, wrong
            elif ours.get(head.day, (head.sequence, head.hash)) != (head.sequence, head.hash):
                yield place, "another head is now said to have been published on that day"


def _compared(sequence: int, digest: str, now: str | None, last: int) -> str:
    """What is wrong with the act that a head names; "" when it is the one."""
    if sequence > last:
        return f"the chain ends at act {last} and had {sequence}: its end was cut off, or this is an older backup"
    if now != digest:
        return f"act {sequence} is not the one that was published: it or one before it was written anew"
    return ""
