"""The code on paper by which anybody may ask whether a set of documents is genuine: the beginning of its act's hash.

80 bits of a SHA-256 that covers the act and, through it, the documents: nobody can guess one or make one fit.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.db.models import Q

from workflows.models import Act

DIGITS = 20
# What is asked of an act that was found: whose, of which report, and its two papers.
RELATED = (
    "organisation",
    "approval__organisation",
    "approval__report",
    "document_set__memo",
    "document_set__measures",
)
_SHAPE = re.compile(rf"[0-9a-f]{{{DIGITS}}}\Z")


def code_of(act: Act) -> str:
    """``0F3A-91C0-77D2-4BE8-A651``: five groups of four, as it is printed and typed."""
    return _grouped(act.hash[:DIGITS])


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + 4] for at in range(0, DIGITS, 4)).upper()


def as_printed(typed: str) -> str:
    """A code however it was typed, as it stands on paper; what is none stays as it is."""
    plain = re.sub(r"[\s-]+", "", typed).lower()
    return _grouped(plain) if _SHAPE.match(plain) else typed


def address_of(act: Act) -> str:
    """What the QR on paper holds: where anybody reads whether this set is genuine."""
    return f"{settings.SITE_URL}/v/{code_of(act)}"


def find(code: str) -> Act | None:
    """The act that issued a set under this code, however it was typed (spaces, hyphens, small letters)."""
    plain = re.sub(r"[\s-]+", "", code).lower()
    if not _SHAPE.match(plain):
        return None
    # Whoever holds the paper need not know the authority: the one question that names none.
    # Between two hashes, because SQLite reads every row for a LIKE.
    named = Act.objects.across_organisations().filter(hash__gte=plain, hash__lte=plain.ljust(64, "f"))
    # Of a report that a list destroyed the sets are gone, and their hashes stay.
    issued = named.filter(Q(document_set__isnull=False) | ~Q(memo_sha256=""))
    return issued.select_related(*RELATED).first()
