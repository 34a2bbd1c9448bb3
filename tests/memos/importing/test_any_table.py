"""Tables of any shape, made of the pieces that decide: nothing fails, and no word of a column that is taken is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memos.importing import headings
from memos.importing.grids import Cell, Source, laid_out
from memos.importing.mapping import Mapping
from tests.memos.importing import files
from tests.volumes import volume

PIECES = st.sampled_from(
    [
        "", " ", "1. มาตรการแรก", "มาตรการแรก", "1. มาตรการแรก (ต่อ)", "2. มาตรการสอง", "- ข้อย่อย", "1. ก\n2. ข", "3. ค\n4. ง",
        "5. จ", "สำนักปลัด", "สำนักปลัด\nอบต.\n\nกองช่าง", "ต.ค. ๖๔\n-\nก.ย. ๖๕", "ม.ค. 66\nก.พ. 66", "ตัวชี้วัดที่ ๒\n- หนึ่ง", "6.1 ด้าน IIT",
        "__หัวข้อ__\n-ข้อ", "ผลการดำเนินการ", "ผู้รับผิดชอบ", "(1)", "\v", "หมายเหตุ",
    ]
)  # fmt: skip
CELLS = st.builds(Cell, PIECES, st.sampled_from([1, 1, 1, 2, 3]), st.sampled_from([1, 1, 1, 2, 6]))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=8)
HEADER = [Cell(text) for text in files.HEADINGS]
PARTS = st.lists(
    st.one_of(st.sampled_from(["1. ส่วนแรก", "1.1 กลุ่ม", "- ๒ -", "ดังนี้"]), ROWS), min_size=1, max_size=5
)
RANDOM = settings(max_examples=volume(300, 20_000), database=None, suppress_health_check=list(HealthCheck))


def source_of(parts: list[str | list[list[Cell]]], with_header: bool) -> Source:
    grids = [
        part if isinstance(part, str) else laid_out([HEADER, *part] if with_header else part)
        for part in parts
    ]
    return Source("word", grids)


@pytest.mark.sampled
@RANDOM
@given(PARTS, st.booleans())
def test_any_table_is_recognised_somehow(parts: list[str | list[list[Cell]]], with_header: bool) -> None:
    source = source_of(parts, with_header)
    assert Source.from_json(source.to_json()).to_json() == source.to_json()
    mapping = headings.match(source, files.forms())
    assert Mapping.from_json(mapping.to_json()) == mapping
    found = files.recognised_by(source, mapping)
    assert all(measure.activities for section in found.sections for measure in section.measures)
    assert all(finding.sentence and finding.place for finding in found.findings)


WORDS = st.sampled_from(["", "กา", "ไข่", "ขวด", "ควาย", "คน", "ระฆัง", "งู"])


@pytest.mark.sampled
@RANDOM
@given(st.lists(st.lists(WORDS, min_size=6, max_size=6), min_size=1, max_size=12), st.integers(0, 3))
def test_no_word_is_lost_wherever_a_page_ends(rows: list[list[str]], every: int) -> None:
    """Plain rows, cut into pages anywhere. A repeated label may stand once; everything else stands as often as it did."""
    step = len(rows) if every == 0 else every
    pages = [rows[n : n + step] for n in range(0, len(rows), step)]
    parts: list[str | list[list[Cell]]] = [[[Cell(text) for text in row] for row in page] for page in pages]
    found = files.recognised(source_of(parts, with_header=True))
    told: Counter[str] = Counter()
    for section in found.sections:
        for measure in section.measures:
            for cells in (measure.cells, *measure.activities):
                told.update(word for text in cells.values() for word in text.split())
    given_words = Counter(word for row in rows for word in row[1:] if word)
    labels = Counter(row[0] for row in rows if row[0])
    assert not given_words - told
    assert not told - given_words - labels
    assert set(labels) <= set(told)
