"""What tests of workers share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "marks"


@pytest.fixture
def by_mail(settings: Any) -> None:
    """Notices go out by mail."""
    settings.NOTICES_BY_MAIL = True
