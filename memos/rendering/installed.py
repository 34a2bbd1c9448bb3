"""System checks: what LibreOffice lacks here, said before somebody waits for a picture."""

from __future__ import annotations

import shutil
from typing import Any

from django.core import checks

from memos.rendering import office

PROGRAMS = {"soffice": "libreoffice-writer-nogui", "pdftoppm": "poppler-utils"}


def renders(**kwargs: Any) -> list[checks.CheckMessage]:
    """With ``check --deploy`` only. Information, no error: nothing else stops without it."""
    messages: list[checks.CheckMessage] = [
        checks.Info(
            f"{program} is missing: no pictures of pages are made.",
            hint=f"apt-get install {package}",
            id="memos.I001",
        )
        for program, package in PROGRAMS.items()
        if not shutil.which(program)
    ]
    if not office.isolation():
        messages.append(
            checks.Info(
                "LibreOffice cannot be kept off the network here: `unshare --net` is not permitted.",
                hint="Let the worker run where it may make namespaces, or behind a firewall.",
                id="memos.I002",
            )
        )
    return messages
