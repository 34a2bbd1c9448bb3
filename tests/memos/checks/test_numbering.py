"""Numbers that are missing or stand twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.checks.numbering import fault
from memos.item_numbers import items
from tests.memos.checks.views import places, view


def _measures(*names: str) -> list[str]:
    return places("measure-numbers", view([{"measure": name, "result": "จัดแล้ว"} for name in names]))


@given(st.integers(2, 40), st.integers(0, 38))
def test_a_list_without_one_of_its_numbers_or_with_one_twice_is_noticed(length: int, place: int) -> None:
    whole = list(range(1, length + 1))
    assert fault(whole) is None
    place = place % (length - 1)
    assert fault(whole[:place] + whole[place + 1 :]) == ("gap", place + 1)
    twice = place + 2
    assert fault(whole[:twice] + whole[twice - 1 :]) == (("double", twice) if twice > 1 else None)


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (("1. ก", "2.ข", "๓. ค"), []),
        (("1. ก", "2. ข", "2. ค"), ["part1-row2-measure"]),
        (("1. ก", "3. ข", "4. ค"), ["part1-row1-measure"]),
        (("1. ก", "1. ข", "2. ค"), ["part1-row1-measure"]),
        (("2. ก", "3. ข"), ["part1-row0-measure"]),
        (("ก", "ข", "5. ค"), []),
        (("1. ก\n2. ข", "1. ค\n2. ง"), []),
        (("6.1 ก", "6.3 ข"), []),
    ],
)
def test_numbers_of_measures(names: tuple[str, ...], wrong: list[str]) -> None:
    assert _measures(*names) == wrong


def test_a_later_table_goes_on_or_begins_anew() -> None:
    first = [{"measure": "1. ก"}, {"measure": "2. ข"}]
    onward = [{"measure": "3. ค"}, {"measure": "4. ง"}]
    assert places("measure-numbers", view(first, onward)) == []
    assert places("measure-numbers", view(first, first)) == []
    assert places("measure-numbers", view(first, [{"measure": "4. ค"}, {"measure": "5. ง"}])) == [
        "part2-row0-measure"
    ]


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (("1. ก\n2. ข\n3. ค",), []),
        (("1. ก\n3. ค",), [0]),
        (("1. ก\n2. ข\n2. ค",), [0]),
        (("ก\n2. ข",), [0]),
        (("1. ก\n(1) ข\n(2) ค\n2. ง\n(1) จ",), []),
        (("(1) ข\n(3) ค",), [0]),
        (("1. ก", "2. ข", "3. ค"), []),
        (("(1) ก", "(2) ข", "(4) ค"), [2]),
        (("1. ก", "2. ข", "3. ค", "3. ง", "4. จ"), [3]),
        (("1. ก\n2. ข", "1. ค\n2. ง"), []),
        (("1. ก", "", "2. ข"), []),
        (("เดือนละ 2.5 ครั้ง\n12.30 น.",), []),
    ],
)
def test_numbers_of_items_go_on_from_row_to_row(cells: tuple[str, ...], wrong: list[int]) -> None:
    rows = [
        {"measure": "1. มาตรการ" if place == 0 else "", "method": cell} for place, cell in enumerate(cells)
    ]
    assert places("item-numbers", view(rows)) == [f"part1-row{place}-method" for place in wrong]


def test_a_column_may_be_numbered_through() -> None:
    rows = [{"measure": f"{n}. มาตรการ", "method": f"{n}. จัดทำ"} for n in (1, 2, 3)]
    assert places("item-numbers", view(rows)) == []
    rows[1]["method"] = "3. จัดทำ"
    assert places("item-numbers", view(rows)) == ["part1-row1-method", "part1-row2-method"]


def test_markers_stand_at_the_beginning_of_a_line() -> None:
    assert items("ปี 1. ก 2. ข\n (2) ค\n3) ง\n4.5 จ") == [("round", 2), ("open", 3)]
    assert items("__1. ก__\n2.ข") == [("dot", 1), ("dot", 2)]
