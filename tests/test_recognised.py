"""The recognised samples hold every letter of their source, on the pages and in the rows that the paper has."""

from __future__ import annotations

import pytest

from tests import recognised
from tests.samples import from_seeds

# Columns, and rows per page with the header: counted on the paper.
SHAPES = {
    "000": (6, [2, 3, 3, 4, 4, 4, 2]),
    "001": (5, [2, 2, 2, 2, 2, 2, 2]),
    "003": (5, [2, 2, 3, 3, 3]),
    "004": (7, [2, 3, 4, 3, 3, 3]),
}


@pytest.mark.parametrize("sample", recognised.SAMPLES)
def test_the_files_are_what_the_source_makes(sample: str) -> None:
    source = (from_seeds.HERE.parent / f"{sample}.txt").read_text(encoding="utf-8")
    assert list(recognised.pages(sample)) == from_seeds.pages(sample, source)
    assert from_seeds.words(list(recognised.pages(sample))) == from_seeds.letters(source)


@pytest.mark.parametrize(("sample", "columns", "rows"), [(name, *shape) for name, shape in SHAPES.items()])
def test_the_tables_have_the_papers_rows(sample: str, columns: int, rows: list[int]) -> None:
    tables = recognised.tables(sample)
    assert [len(table) for table in tables] == rows
    assert {len(row) for table in tables for row in table} == {columns}


def test_the_memos_report_has_two_tables_and_one_header_row_that_is_empty() -> None:
    tables = recognised.tables("002")
    assert [(len(table), len(table[0])) for table in tables] == [(4, 5), (3, 5), (2, 6), (2, 6), (2, 6)]
    assert tables[3][0] == [""] * 6


def test_lists_are_lines_and_faults_stay() -> None:
    first = recognised.tables("001")[0][1]
    assert first[0].splitlines()[0] == "ตัวชี้วัดที่ ๒ __การใช้งบประมาณ__"
    assert [len(cell.splitlines()) for cell in first] == [4, 4, 2, 4, 2]
    assert recognised.tables("001")[4][1][2] == ""
    assert "ประพฤตินิยมชอบ" in recognised.tables("001")[4][1][1]
    assert recognised.tables("002")[0][1][3] == "ต.ค. ๖๔\n-\nเม.ย. ๖๕"
    assert recognised.tables("000")[0][1][3] == "กันยายน - ธันวาคม ๒๕๖๗"
