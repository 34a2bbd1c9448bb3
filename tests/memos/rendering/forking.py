"""A LibreOffice that leaves a child behind in a session of its own, as crash reporters and updaters do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

FORKED = "sleep 98765"


def put_forking_office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First on the PATH of whoever starts one. The child's command line names the folder of its lane."""
    real = shutil.which("soffice")
    script = folder / "soffice"
    script.write_text(f'#!/bin/sh\nsetsid sh -c "{FORKED}; true" "$HOME" &\nexec {real} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
