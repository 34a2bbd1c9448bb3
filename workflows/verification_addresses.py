"""Do the posted addresses hold? Each is what its hash says and names the one before it; none is missing.

No act tells of them, so they are hashed in a row of their own; that the last ones are gone is told by the worker's
orders, which stay. A fault is told as (place, what), as verification.py has them.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError

from ita_core.models import Organisation
from ita_core.outbox import Job
from workflows import addressing
from workflows.addresses import FIRST, PostedAddress
from workflows.disposed import DisposedRow
from workflows.models import Publication

Found = Iterator[tuple[str, str]]
# As in verification.py: SQLite keeps dates and identifiers as text, and takes any other text for them.
UNREADABLE = (ValueError, TypeError, AttributeError, DatabaseError)


def posted(organisation: Organisation) -> Found:
    rows, broken = _rows(organisation)
    for number in broken:
        yield _place(organisation, number), "it cannot be read"
    published = set(Publication.objects.of(organisation).values_list("pk", flat=True))
    disposed = _disposed(organisation)
    sequence, previous = 0, FIRST
    for row in rows:
        place = _place(organisation, row.pk)
        # Those between that a signed list destroyed; the last of them is the one that this row names.
        gone = row.sequence - sequence - 1 if row.previous in disposed.values() else 0
        if not broken and (row.sequence != sequence + 1 + gone or not 0 <= gone <= len(disposed)):
            yield (
                place,
                f"the address after {sequence} should be {sequence + 1}: one is missing or was inserted",
            )
        if not broken and not gone and row.previous != previous:
            yield place, "previous is not the hash of the address before it"
        if _digest(row) != row.hash:
            yield place, "hash is not that of its columns"
        if row.publication_id not in published:
            yield place, "the publication that it names is missing"
        sequence, previous = row.sequence, row.hash
    if not broken:
        yield from _missing(organisation, {row.pk.hex for row in rows} | disposed.keys())


def _disposed(organisation: Organisation) -> dict[str, str]:
    """Hash by key of the addresses that signed lists destroyed."""
    rows = DisposedRow.objects.of(organisation).filter(table=PostedAddress._meta.db_table)
    return dict(rows.values_list("key", "sha256"))


def _digest(row: PostedAddress) -> str:
    """Nothing where a column is not of its kind any more: SQLite gives None for what is no date."""
    try:
        return row.digest()
    except UNREADABLE:
        return ""


def _rows(organisation: Organisation) -> tuple[list[PostedAddress], list[int]]:
    """The rows in order, and the sequence numbers of those that cannot be read as one."""
    rows = PostedAddress.objects.of(organisation).order_by("sequence")
    try:
        return list(rows), []
    except UNREADABLE:
        found, broken = [], []
        for sequence in rows.values_list("sequence", flat=True):
            try:
                found.append(rows.get(sequence=sequence))
            except UNREADABLE:
                broken.append(sequence)
        return found, broken


def _missing(organisation: Organisation, there: set[str]) -> Found:
    """An address was ordered to be looked at when it was posted; the order names it. ``there`` are keys as hex."""
    orders = Job.objects.filter(kind=addressing.KIND, payload__organisation=organisation.pk)
    named = {str(address) for address in orders.values_list("payload__address", flat=True) if address}
    for address in sorted(named):
        if address.replace("-", "") not in there:
            yield _place(organisation, address), "an address was posted and is missing"


def _place(organisation: Organisation, which: object) -> str:
    return f"{organisation.slug}/posted_address/{which}"
