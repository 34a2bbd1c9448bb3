"""Dates and hours on pages stay whole: no line ends in the middle of one."""

from __future__ import annotations

import datetime

from django.utils import translation

from ita_core.templatetags.printing import thai_date, thai_date_short, thai_moment

MOMENT = datetime.datetime(2026, 11, 21, 17, 1, tzinfo=datetime.UTC)


def test_a_date_has_no_place_to_break() -> None:
    assert thai_date_short(MOMENT) == "๒๒\u00a0พ.ย.\u00a0๒๕๖๙"
    assert thai_date(MOMENT) == "๒๒\u00a0พฤศจิกายน\u00a0๒๕๖๙"
    with translation.override("en"):
        assert thai_date_short(MOMENT) == "22\u00a0Nov\u00a02569"


def test_a_moment_breaks_between_its_day_and_its_hour_alone() -> None:
    assert thai_moment(MOMENT).split(" ") == ["๒๒\u00a0พ.ย.\u00a0๒๕๖๙", "๐๐.๐๑\u00a0น."]
