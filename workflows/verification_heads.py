"""Does the chain still hold what was published of it? Finds a chain that was cut, rolled back or written anew.

A head that is gone is missed where another authority's of that day, or the worker's order, tells that heads were published;
one that names an act too early or too late, by the times that the acts carry. Whoever removes all of a day's heads with the
order is found out by those who kept them outside, and by nobody else.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from ita_core import thai
from ita_core.models import Organisation
from ita_core.outbox import Job
from workflows import chain
from workflows.models import Act, PublishedHead
from workflows.publishing_heads import KIND, KeptHead
from workflows.verification_rows import UNREADABLE, readable

_AT_ONCE = 500  # parameters of one query
# An act is dated before it is committed, and by another machine's clock than the head.
_SLACK = datetime.timedelta(hours=1)


def published(organisation: Organisation, acts: list[Act]) -> Iterator[tuple[str, str]]:
    """Every head that was published against the chain as it is."""
    by_number = {act.sequence: act for act in acts}
    latest = max(by_number, default=0)
    rows, broken = readable(PublishedHead.objects.of(organisation).order_by("day"))
    for pk in broken:
        yield f"{organisation.slug}/published_head/{pk}", "it cannot be read"
    for row in rows:
        place = f"{organisation.slug}/published_head/{row.pk}"
        last, following = by_number.get(row.sequence), by_number.get(row.sequence + 1)
        if wrong := _compared(row.sequence, row.hash, last.hash if last else None, latest):
            yield place, wrong
        if thai.bangkok_date(row.published_at) != row.day:
            yield place, "its day is not the one on which it was published"
        if last is not None and last.acted_at > row.published_at + _SLACK:
            yield place, f"it names act {last.sequence}, which is younger"
        if following is not None and following.acted_at < row.published_at - _SLACK:
            yield place, f"it leaves out act {following.sequence}, which is older"


def days_of_publishing() -> set[datetime.date]:
    """On which heads were published, of whatever authority: a row says so, or the worker's order done on its day."""
    done = Job.objects.filter(kind=KIND, done_at__isnull=False).values_list("key", "done_at")
    told = {day for day, at in done if at is not None and thai.bangkok_date(at).isoformat() == day}
    try:
        rows = set(PublishedHead.objects.across_organisations().values_list("day", flat=True).distinct())
    except UNREADABLE:
        rows = set()  # Told under the row's own place.
    return {datetime.date.fromisoformat(day) for day in told} | set(filter(None, rows))


def missing(
    organisation: Organisation, acts: list[Act], published_on: Collection[datetime.date]
) -> Iterator[tuple[str, str]]:
    """A day on which heads were published has one of every authority that had acted before it began."""
    if not acts or organisation.is_filler:
        return
    first = thai.bangkok_date(acts[0].acted_at + _SLACK)
    there = {row.day for row in readable(PublishedHead.objects.of(organisation).all())[0]}
    for day in sorted(published_on):
        if first < day and day not in there:
            yield (
                f"{organisation.slug}/published_head/{day}",
                "heads were published then, and this one is gone",
            )


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
