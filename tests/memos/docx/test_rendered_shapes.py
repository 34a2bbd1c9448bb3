"""Pages of every shape as they come from the printer, measured in centimetres."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader

from memos import documents
from memos.frozen import FrozenContent
from tests import rendering
from tests.memos import sample, shapes
from tests.memos import wordfiles as word
from tests.memos.docx.test_rendering import Word, line_of, size_of, words_of
from tests.memos.docx.test_schema import FULL, with_head

pytestmark = [
    pytest.mark.rendering,
    pytest.mark.skipif(not rendering.available(), reason="LibreOffice or poppler is not installed"),
]
# How many measures the five samples have, and more than any page holds.
SIZES = (2, 6, 7, 11, 15, 16, 17, 18, 60)


def _wordy() -> FrozenContent:
    """The most that a summary must hold: an endless title, an endless request, results not filled in."""
    content = shapes.long_report(60)
    measures = tuple(dataclasses.replace(row, activities=()) for row in content.sections[0].measures)
    return dataclasses.replace(
        content,
        organisation=dataclasses.replace(content.organisation, name=f"{sample.NAME} อำเภอเคียนซา " * 2),
        report=dataclasses.replace(content.report, title=("รายงานผลการดำเนินการตามมาตรการ " * 20,)),
        memo=dataclasses.replace(content.memo, body="จึงเรียนมาเพื่อโปรดทราบและพิจารณา " * 40, secrecy="ลับ"),
        sections=(
            dataclasses.replace(
                content.sections[0], measures=(*content.sections[0].measures[:1], *measures[1:])
            ),
        ),
    )


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    urgent = with_head(speed="ด่วนที่สุด")
    table, summary = word.template("measures"), word.template("summary")
    made = {
        "memo": documents.render_memo(word.template("memo"), urgent, sample.GIVEN, "12"),
        "preprinted": documents.render_memo(word.named("memo-preprinted"), urgent, sample.GIVEN, "12"),
        "secret": documents.render_memo(word.named("memo-preprinted"), FULL, sample.GIVEN, "12"),
        "plain": documents.render_memo(word.named("memo-preprinted"), sample.CONTENT, sample.GIVEN, "12"),
        "columns": documents.render_memo(word.named("memo-two-columns"), sample.CONTENT, sample.GIVEN, "12"),
        "groups": documents.render_measures(table, shapes.GROUPS),
        "upright": documents.render_measures(table, shapes.COVERED_UPRIGHT),
        "wordy": documents.render_summary(summary, _wordy()),
        "sample": documents.render_summary(summary, sample.CONTENT),
        **{f"of {size}": documents.render_summary(summary, shapes.long_report(size)) for size in SIZES},
    }
    return rendering.to_pdf(made, tmp_path_factory.mktemp("shapes"))


def sides(pdf: Path) -> list[bool]:
    """Whether each page lies across."""
    return [page.mediabox.width > page.mediabox.height for page in PdfReader(pdf).pages]


def place(words: list[Word], beginning: str) -> Word:
    return next(found for found in words if found.text.startswith(beginning))


def page_numbers(pdf: Path) -> list[str]:
    """What stands at the top of each page; LibreOffice 7.4 prints the field in Arabic digits."""
    return [" ".join(found.text for found in words if found.top < 1.4) for words in words_of(pdf)]


@pytest.mark.parametrize("name", ["groups", "upright"])
def test_a_cover_has_its_heading_above_and_its_authority_below_the_middle(
    pdfs: Mapping[str, Path], name: str
) -> None:
    cover, first, *_rest = words_of(pdfs[name])
    assert sides(pdfs[name])[0] is False
    heading, authority = place(cover, "รายงานผล"), place(cover, sample.NAME)
    assert heading.bottom < 29.7 / 2 < authority.top
    for found in (heading, authority):
        assert (found.left + found.right) / 2 == pytest.approx(10.5, abs=0.15)
    assert size_of(pdfs[name], "รายงานผล") == 32
    assert place(first, "รายงานผล").top < 5, "the table begins on the next page, with no empty one between"


def test_pages_turn_with_the_form_and_are_numbered_from_the_table_on(pdfs: Mapping[str, Path]) -> None:
    across = sides(pdfs["groups"])
    assert across[0] is False
    assert across[1] is True
    assert across[-1] is False
    numbers = page_numbers(pdfs["groups"])
    assert numbers[:2] == ["", ""]
    assert numbers[2:] == [f"- {number} -" for number in range(2, len(numbers))]


def test_groups_stand_on_the_page_of_their_section(pdfs: Mapping[str, Path]) -> None:
    page = words_of(pdfs["groups"])[1]
    assert place(page, "๖.").top < place(page, "๖.๑").top
    titles = [
        found
        for words in words_of(pdfs["groups"])[1:]
        for found in words
        if found.text == sample.CONTENT.report.title[0]
    ]
    assert len(titles) == 2, "of the section with the groups, and of the next one"


def test_both_heading_rows_stand_on_every_page_of_their_table(pdfs: Mapping[str, Path]) -> None:
    pages = [
        words for words, across in zip(words_of(pdfs["groups"]), sides(pdfs["groups"]), strict=True) if across
    ]
    assert len(pages) > 1
    for words in pages:
        group, below = place(words, "การดำเนินการ"), place(words, "ผลการดำเนินการ")
        assert group.bottom <= below.top + 0.2
        assert group.left > place(words, "ผู้รับผิดชอบ").right


@pytest.mark.parametrize("beginning", ["สำนักปลัด", "สฎ", "๑", "รายงานผล"])
def test_values_stand_on_preprinted_paper_where_the_labels_end(
    pdfs: Mapping[str, Path], beginning: str
) -> None:
    ours, paper = (
        place(words_of(pdfs["memo"])[0], beginning),
        place(words_of(pdfs["preprinted"])[0], beginning),
    )
    assert (paper.left, paper.top) == pytest.approx((ours.left, ours.top), abs=0.12)


def test_the_speed_class_is_stamped_without_moving_anything(pdfs: Mapping[str, Path]) -> None:
    ours, paper = words_of(pdfs["memo"])[0], words_of(pdfs["preprinted"])[0]
    stamps = [place(words, "ด่วนที่สุด") for words in (ours, paper)]
    assert (stamps[1].left, stamps[1].top) == pytest.approx((stamps[0].left, stamps[0].top), abs=0.15)
    tops = [place(words_of(pdfs[name])[0], "สำนักปลัด").top for name in ("plain", "preprinted", "secret")]
    assert tops == pytest.approx([tops[0]] * 3, abs=0.02)


def test_two_opinions_stand_side_by_side_and_the_third_below(pdfs: Mapping[str, Path]) -> None:
    pages = words_of(pdfs["columns"])
    (page,) = [words for words in pages if any(found.text.startswith("ความเห็นหัวหน้า") for found in words)]
    head, clerk = place(page, "ความเห็นหัวหน้า"), place(page, "ความเห็นของปลัด")
    assert head.top == pytest.approx(clerk.top, abs=0.05)
    assert head.left == pytest.approx(3.0, abs=0.1)
    assert clerk.left == pytest.approx(11.0, abs=0.1)
    assert line_of(page, "(นายบุญส่ง")[-1].right < 19.05
    last = next(words for words in pages if any("ความเห็นของนายก" in found.text for found in words))
    assert place(last, "ความเห็นของนายก").left == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("name", ["sample", "wordy", *(f"of {size}" for size in SIZES)])
def test_a_summary_is_one_upright_page_in_large_letters(pdfs: Mapping[str, Path], name: str) -> None:
    assert sides(pdfs[name]) == [False]
    (words,) = words_of(pdfs[name])
    assert words[-1].bottom <= 29.7 and max(found.right for found in words) <= 19.1
    asked = [found for found in words if found.text.startswith("จึงเรียน")]
    assert asked and asked[-1].bottom < 27.8
    sizes: set[float] = set()
    PdfReader(pdfs[name]).pages[0].extract_text(
        visitor_text=lambda text, _cm, matrix, _font, size: (
            sizes.add(round(size * abs(matrix[3] or 1))) if text.strip() else None
        )
    )
    assert min(sizes) >= 20


@pytest.mark.parametrize("size", SIZES)
def test_each_measure_has_its_state_at_the_right_margin(pdfs: Mapping[str, Path], size: int) -> None:
    (words,) = words_of(pdfs[f"of {size}"])
    heading = place(words, "สถานะ")
    lines = [found for found in words if found.left < 2.1 and found.top > heading.top + 0.3]
    states = [found for found in words if found.text == "๒" and found.right == pytest.approx(19.0, abs=0.1)]
    left = [found for found in lines if found.text.startswith("และอีก")]
    assert bool(left) == (len(states) < size)
    assert len(lines) == len(states) + len(left) + 1
