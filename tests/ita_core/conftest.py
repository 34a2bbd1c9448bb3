"""What tests of workers share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "marks"
