"""The code on paper by which anybody may ask whether a set of documents is genuine: the beginning of its act's hash.

80 bits of a SHA-256 that covers the act and, through it, the documents: nobody can guess one or make one fit.
"""

from __future__ import annotations

import re

from workflows.models import Act

DIGITS = 20
_SHAPE = re.compile(rf"[0-9a-f]{{{DIGITS}}}\Z")


def code_of(act: Act) -> str:
    """``0F3A-91C0-77D2-4BE8-A651``: five groups of four, as it is printed and typed."""
    plain = act.hash[:DIGITS].upper()
    return "-".join(plain[at : at + 4] for at in range(0, DIGITS, 4))


def find(code: str) -> Act | None:
    """The act that issued a set under this code, however it was typed (spaces, hyphens, small letters)."""
    plain = re.sub(r"[\s-]+", "", code).lower()
    if not _SHAPE.match(plain):
        return None
    # Whoever holds the paper need not know the authority: the one question that names none.
    issued = Act.objects.across_organisations().filter(hash__startswith=plain, document_set__isnull=False)
    return issued.select_related("organisation", "approval__report", "document_set").first()
