"""People are entered one after the other: of two with one login name or one address the second is told so.

Small and capital letters count for the same in both, which no constraint of the database says.
"""

from __future__ import annotations

from django.db import connection

from ita_core.models import User

_KEY = 0x17A_0001
"""Of PostgreSQL's own locks that stand for no row; any number that nobody else here uses."""


def lock() -> None:
    """Until the transaction ends. SQLite's transactions come one after the other by themselves (IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])


def is_name_taken(username: str) -> bool:
    return User.objects.filter(username__iexact=username).exists()


def is_address_taken(email: str, but: User | None = None) -> bool:
    """By anybody, in whichever authority: an address lets in, and tells who forgot his password."""
    others = User.objects.filter(email__iexact=email)
    if but is not None and but.pk is not None:
        others = others.exclude(pk=but.pk)
    return bool(email) and others.exists()
