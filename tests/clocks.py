"""A clock that stands where a test puts it: at a moment in Thailand, for days and for stamps alike."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from ita_core import thai


def put(patch: pytest.MonkeyPatch, day: datetime.date, time: str = "09:00:00") -> None:
    """From now on it is this moment, Asia/Bangkok; what asks ``thai.today`` or ``timezone.now`` hears so."""
    moment = datetime.datetime.combine(day, datetime.time.fromisoformat(time), thai.BANGKOK)

    class Standing(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    patch.setattr(thai, "datetime", Standing)
    patch.setattr(timezone, "now", lambda: moment.astimezone(datetime.UTC))
