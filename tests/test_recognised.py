"""The recognised samples hold every letter of their source, on the pages and in the rows that the paper has."""

from __future__ import annotations

import pytest

from memos.models import Activity, Measure
from tests import recognised, recognised_drafts
from tests.samples import from_seeds, scans

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


@pytest.mark.parametrize("sample", recognised.SAMPLES)
def test_a_draft_of_the_recognised_words_has_the_samples_parts(sample: str, db: None) -> None:
    report = recognised_drafts.load(sample)
    measures = Measure.objects.of(report.organisation).filter(section__report=report)
    assert scans.scan(sample).counts == {
        "sections": report.sections.filter(is_group=False).count(),
        "groups": report.sections.filter(is_group=True).count(),
        "measures": measures.count(),
        "activities": Activity.objects.of(report.organisation).filter(measure__in=measures).count(),
    }


@pytest.mark.parametrize("sample", recognised.SAMPLES)
def test_a_draft_has_every_recognised_word_in_its_column(sample: str) -> None:
    """The first column apart: its label is repeated on later pages."""
    stored: dict[int, list[str]] = {}
    for section in recognised_drafts.facts(sample)["sections"]:
        columns = recognised_drafts.columns(section["form"])
        texts = stored.setdefault(len(columns), [""] * len(columns))
        for measure in section["measures"]:
            for number, column in enumerate(columns):
                rows = [measure["cells"]] if column["level"] == "measure" else measure["activities"]
                texts[number] += scans.letters("".join(row[f] for row in rows for f in column["fields"]))
    read = {width: [""] * width for width in stored}
    for table in recognised.tables(sample):
        for row in table[1:]:
            texts = read[len(row)]
            texts[:] = [text + scans.letters(cell) for text, cell in zip(texts, row, strict=True)]
    assert {width: texts[1:] for width, texts in stored.items()} == {
        width: texts[1:] for width, texts in read.items()
    }
