"""The shipped facts of the assessment: complete, and honest about what was not confirmed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ita_core

FACTS: dict[str, Any] = json.loads(
    (Path(ita_core.__file__).parent / "data" / "assessment.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("year", "measures", "report", "confirmed"),
    [
        (2564, "O42", "O43", True),
        (2565, "O42", "O43", True),
        (2566, "O42", "O43", True),
        (2567, "O34", "O35", False),
        (2568, "O27", "O28", False),
        (2569, "O25", "O26", False),
    ],
)
def test_every_year_has_its_two_items(year: int, measures: str, report: str, confirmed: bool) -> None:
    (row,) = (row for row in FACTS["years"] if row["year"] == year)
    items = {item["key"]: item for item in row["items"]}
    assert {key: item["code"] for key, item in items.items()} == {"measures": measures, "report": report}
    assert {item["confirmed"] for item in items.values()} == {confirmed}
    assert all(item["title"] for item in items.values())


def test_windows_stand_in_their_year_and_one_is_confirmed() -> None:
    for row in FACTS["years"]:
        window = row["window"]
        start, end = date.fromisoformat(window["start"]), date.fromisoformat(window["end"])
        assert start.year == end.year == row["year"] - 543
        assert start < end
        assert window["confirmed"] is (row["year"] == 2565)


def test_ten_indicators_stand_under_three_instruments() -> None:
    rows = FACTS["indicators"]
    assert [row["number"] for row in rows] == list(range(1, 11))
    assert [row["instrument"] for row in rows] == ["IIT"] * 5 + ["EIT"] * 3 + ["OIT"] * 2
    assert {code["instrument"]: (code["first"], code["last"]) for code in FACTS["codes"]} == {
        "IIT": ("I1", "I30"),
        "EIT": ("E1", "E15"),
        "OIT": ("O1", "O43"),
    }
