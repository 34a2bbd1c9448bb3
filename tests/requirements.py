"""The tools that marked tests need, and the sentence when one is missing."""

from __future__ import annotations

import os
import shutil

# Chromium without windows: the whole one draws those too, and takes a third more time.
_SHELL = shutil.which("chromium-headless-shell")
CHROMIUM = os.environ.get("CHROMIUM", _SHELL or "/usr/bin/chromium")

# Marker → the programs it needs, with the Debian package that brings each.
PROGRAMS = {
    "rendering": {
        "soffice": "libreoffice-writer-nogui",
        "pdftoppm": "poppler-utils",
        "pdftotext": "poppler-utils",
        "fc-list": "fontconfig",
    },
    "browser": {CHROMIUM: "chromium-headless-shell"},
    "screenshots": {CHROMIUM: "chromium-headless-shell"},
    "gettext": {"xgettext": "gettext", "msgfmt": "gettext"},
}


def missing_for(marker: str) -> str:
    """Why a test with this marker cannot run here; empty if it can."""
    for program, package in PROGRAMS.get(marker, {}).items():
        if shutil.which(program) is None:
            return f"{program} is missing: apt-get install {package}"
    return ""
