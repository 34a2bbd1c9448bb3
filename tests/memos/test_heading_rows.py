"""Headings in one row or two: every column has its own, and together they are as wide as the table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.content import form_values
from memos.forms_data import column_label, field_label
from memos.heading_rows import TWENTIETHS, heading_rows, paper_shares, readable_shares
from memos.models import FormVersion
from memos.templatetags import paper

COLUMNS = st.lists(
    st.tuples(st.sampled_from(["", "", "แผน", "ผล"]), st.text(min_size=1, max_size=4)),
    min_size=1,
    max_size=12,
)
WIDTHS = st.lists(st.integers(1, 100) | st.sampled_from([1, 100]), min_size=1, max_size=12)


@given(COLUMNS)
def test_every_column_keeps_its_heading_in_order(columns: list[tuple[str, str]]) -> None:
    rows = heading_rows(columns, [2] * len(columns))
    assert sum(heading.colspan for heading in rows.top) == len(columns)
    below = iter(rows.below)
    found = []
    for heading in rows.top:
        assert len(heading.shares) == heading.colspan
        if heading.scope == "colgroup":
            assert heading.rowspan == 1
            found += [(heading.text, next(below).text) for _column in range(heading.colspan)]
        else:
            assert heading.rowspan == (2 if rows.below else 1)
            found.append(("", heading.text))
    assert found == columns
    assert next(below, None) is None


def test_neighbours_of_one_group_stand_under_one_heading() -> None:
    columns = [("", "ก"), ("แผน", "ข"), ("แผน", "ค"), ("ผล", "ง"), ("แผน", "จ")]
    rows = heading_rows(columns, [4] * 5)
    assert [(heading.text, heading.colspan) for heading in rows.top] == [
        ("ก", 1), ("แผน", 2), ("ผล", 1), ("แผน", 1),
    ]  # fmt: skip


@given(WIDTHS)
def test_widths_on_paper_fit_the_page(widths: list[int]) -> None:
    shares = paper_shares(widths)
    assert sum(shares) <= TWENTIETHS
    assert all(1 <= share <= 10 for share in shares)
    assert all(2 <= share <= 10 for share in readable_shares(widths))


def test_widths_on_paper_are_as_near_as_twentieths_come() -> None:
    assert paper_shares([17, 18, 9, 10, 17, 17, 12]) == [4, 4, 2, 2, 3, 3, 2]
    assert paper_shares([1, 1]) == [10, 10]
    assert paper_shares([100, *[1] * 11]) == [9, *[1] * 11]


COLUMN = {
    "key": "a",
    "heading": "ผล",
    "fields": ["result", "budget"],
    "width": 9,
    "level": "activity",
    "required": True,
}


@pytest.mark.parametrize(
    ("column", "key", "expected"),
    [
        ({**COLUMN, "labels": ["ผลจริง", "วงเงิน"]}, "budget", "วงเงิน"),
        (COLUMN, "result", "ผลการดำเนินการ"),
        (COLUMN, "budget", "budget"),
        ({**COLUMN, "fields": ["budget"]}, "budget", "ผล"),
        ({**COLUMN, "fields": ["budget"], "group": "ปีนี้"}, "budget", "ปีนี้ – ผล"),
        ({**COLUMN, "fields": ["budget"], "group": "ปีนี้", "labels": ["วงเงิน"]}, "budget", "วงเงิน"),
    ],
)
def test_a_field_is_called_by_the_forms_own_words(column: dict[str, object], key: str, expected: str) -> None:
    assert field_label(column, key) == expected
    frozen = form_values(FormVersion(slug="x", number=1, title="x", columns=[column])).columns[0]
    assert paper.field_name(frozen, key) == expected
    assert paper.column_name(frozen) == column_label(column)
