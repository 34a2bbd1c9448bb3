"""The fonts of the paper, and no others: Debian's fontconfig maps TH Sarabun to another, wider face."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

FAMILY = "TH Sarabun New"
# Names under which Thai offices have the same face; all break lines alike.
ALIASES = ("TH SarabunPSK", "TH SarabunIT๙", "TH Sarabun")


def folder() -> Path:
    """TH Sarabun New inside the wheel that brings it. RuntimeError when the package is missing."""
    spec = importlib.util.find_spec("odoo")
    for root in (spec.submodule_search_locations or []) if spec else []:
        found = Path(root) / "addons/l10n_th_base_utils/static/fonts/thai/THSarabunNew"
        if found.is_dir():
            return found
    raise RuntimeError("odoo-addon-l10n-th-base-utils is not installed: run `make setup`")


def environment(work: Path) -> dict[str, str]:
    """This process's environment for a LibreOffice that keeps to ``work``, with the fonts pinned."""
    configuration = work / "fonts.conf"
    configuration.write_text(_configuration(work / "cache"), encoding="utf-8")
    return os.environ | {
        "FONTCONFIG_FILE": str(configuration),
        "HOME": str(work),
        "TMPDIR": str(work),
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _configuration(cache: Path) -> str:
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{alias}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{FAMILY}</string></edit></match>'
        for alias in ALIASES
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{folder()}</dir><cachedir>{cache}</cachedir>{aliases}</fontconfig>"
    )
