"""Frozen content survives storage, and reading refuses what it does not know."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from memos.frozen import FrozenContent, canonical_json
from tests.memos import sample
from tests.memos.docx.test_schema import FULL


@pytest.mark.parametrize("content", [sample.CONTENT, FULL])
def test_content_survives_storage(content: FrozenContent) -> None:
    stored = canonical_json(content.to_dict())
    again = FrozenContent.from_dict(json.loads(stored))
    assert again == content
    assert canonical_json(again.to_dict()) == stored


def test_canonical_json_is_one_spelling() -> None:
    assert canonical_json({"ข": 1, "a": [None, "ก"]}) == '{"a":[null,"ก"],"ข":1}'.encode()
    assert canonical_json({"b": 1, "a": 2}) == canonical_json({"a": 2, "b": 1})
    for unspeakable in ("\ud800", float("nan")):
        with pytest.raises(ValueError, match="surrogate|not JSON compliant"):
            canonical_json({"a": unspeakable})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2), (("colour",), "red"), (("memo", "subject"), 3), (("memo", "date"), "1 เมษายน"), (("memo", "via"), "ก"),
        (("report", "fiscal_year"), "2565"), (("report", "fiscal_year"), True), (("sections", 0, "form", "orientation"), "round"),
        (("sections", 0, "measures", 0, "cells"), {"measure": 1}), (("organisation",), None), (("memo",), {"office": "ก"}),
    ],
)  # fmt: skip
def test_reading_refuses_what_it_does_not_know(path: tuple[Any, ...], value: object) -> None:
    data = copy.deepcopy(sample.CONTENT.to_dict())
    target: Any = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(ValueError, match="content|format|isoformat"):
        FrozenContent.from_dict(data)


def test_cells_cannot_be_changed_afterwards() -> None:
    content = FrozenContent.from_dict(sample.CONTENT.to_dict())
    with pytest.raises(TypeError):
        content.sections[0].measures[0].cells["measure"] = "อื่น"  # type: ignore[index]
