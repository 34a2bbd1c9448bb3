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


def run(patch: pytest.MonkeyPatch, day: datetime.date, time: str = "09:00:00") -> None:
    """As ``put``, and the clock goes on from there: for a story in which one thing happens after another."""
    began = datetime.datetime.now(datetime.UTC)
    start = datetime.datetime.combine(day, datetime.time.fromisoformat(time), thai.BANGKOK)

    def now(zone: datetime.tzinfo) -> datetime.datetime:
        return (start + (datetime.datetime.now(datetime.UTC) - began)).astimezone(zone)

    class Running(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
            return now(tz or thai.BANGKOK)

    patch.setattr(thai, "datetime", Running)
    patch.setattr(timezone, "now", lambda: now(datetime.UTC))
