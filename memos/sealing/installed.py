"""System check: whose key seals, said before somebody relies on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks


def seals(**kwargs: Any) -> list[checks.CheckMessage]:
    """With ``check --deploy`` only."""
    if settings.SEAL_PKCS11_MODULE:
        return []
    if not settings.SEAL_KEY_FILE:
        message = "Final files are sealed with a demo key, which vouches for nobody."
        hint = "Set SEAL_KEY_FILE to a PKCS#12 file, or SEAL_PKCS11_MODULE to the library of a token."
        return [checks.Info(message, hint=hint, id="memos.I005")]
    if not Path(settings.SEAL_KEY_FILE).is_file():
        return [checks.Error(f"SEAL_KEY_FILE is not there: {settings.SEAL_KEY_FILE}", id="memos.E005")]
    return []
