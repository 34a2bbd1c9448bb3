"""Placeholders are found however Word has cut them."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos import documents
from memos.docx import TemplateProblem
from memos.docx.compile import compile_template
from memos.docx.placeholders import canonical_name
from tests.memos import sample
from tests.memos import wordfiles as word

SUBJECT = "ขออนุมัติ"
CONTENT = dataclasses.replace(sample.CONTENT, memo=dataclasses.replace(sample.HEAD, subject=SUBJECT))
NOISE = (
    "",
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>',
    "<w:r><w:lastRenderedPageBreak/></w:r>",
    "<w:r><w:rPr><w:b/></w:rPr></w:r>",
)
RUN_STARTS = ("", "<w:rPr><w:b/><w:bCs/></w:rPr>", '<w:rPr><w:lang w:bidi="th-TH"/></w:rPr>')


def filled(paragraph: str) -> list[str]:
    template = compile_template(word.memo_with(paragraph), "memo")
    return word.lines(documents.render_memo(template, CONTENT, sample.GIVEN))


@st.composite
def cut_paragraph(draw: st.DrawFn) -> tuple[str, str]:
    """(XML, what it should read) of a paragraph in which the placeholder stands among words, cut anywhere."""
    spaces = st.sampled_from(["", " ", "\u00a0", "\u200b "])
    typed = f"{{{{{draw(spaces)}เรื่อง{draw(spaces)}}}}}"
    before, after = draw(st.sampled_from(["", "ก่อน ", "{ "])), draw(st.sampled_from(["", " หลัง", " }"]))
    whole = before + typed + after
    cuts = sorted(draw(st.sets(st.integers(1, len(whole) - 1), max_size=8)))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    xml = "".join(
        draw(st.sampled_from(NOISE)) + word.run(piece, draw(st.sampled_from(RUN_STARTS))) for piece in pieces
    )
    return word.paragraph(xml), before + SUBJECT + after


@given(cut_paragraph())
def test_a_placeholder_is_found_however_it_is_cut(case: tuple[str, str]) -> None:
    xml, expected = case
    assert expected in filled(xml)


@pytest.mark.parametrize(
    "xml",
    [
        word.paragraph('<w:hyperlink w:anchor="x">', word.run("{{เรื่"), "</w:hyperlink>", word.run("อง}}")),
        word.paragraph(
            "<w:sdt><w:sdtContent>", word.run("{{เรื่"), "</w:sdtContent></w:sdt>", word.run("อง}}")
        ),
        word.paragraph("<w:r><w:t>{{เรื่</w:t><w:t>อง}}</w:t></w:r>"),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{word.paragraph(word.run('{{เรื่อง}}'))}</w:sdtContent></w:sdt>",
    ],
)
def test_hyperlinks_and_content_controls_do_not_hide_it(xml: str) -> None:
    assert SUBJECT in filled(xml)


def test_two_in_one_paragraph_and_twice_the_same() -> None:
    text = "{{ที่}} และ {{เรื่อง}} และ {{เรื่อง}}"
    for cut in (1, 3, 10, 15, 22):
        xml = word.paragraph(word.run(text[:cut]), word.run(text[cut:]))
        assert f"สฎ ๗๒๗๐๑/ และ {SUBJECT} และ {SUBJECT}" in filled(xml)


def test_the_value_takes_the_formatting_of_the_first_brace() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    template = compile_template(
        word.memo_with(word.paragraph(word.run("{{", bold), word.run("เรื่อง}}"))), "memo"
    )
    found = word.opened(documents.render_memo(template, CONTENT, sample.GIVEN)).paragraphs
    (paragraph,) = [paragraph for paragraph in found if paragraph.text == SUBJECT]
    assert [run.bold for run in paragraph.runs] == [True]


@pytest.mark.parametrize("typed", ["คำนำ", " ค\u0e4d\u0e32นำ\u200b", "คำนํา"])
def test_a_decomposed_am_is_the_same_letter(typed: str) -> None:
    assert canonical_name(typed) == "คำนำ"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{เรือง}}", "เรือง"),
        ("{{เรื่อง}} {{ผู้ลงนาม}}", "ผู้ลงนาม"),
        ("{{เรื่อง}} {{ที่", "วงเล็บปีกกา"),
        ("{{เรื่อง}} ที่}}", "วงเล็บปีกกา"),
        ("{{เรียน}} {{ผ่าน}} {{เรื่อง}}", "รายการเดียว"),
        ("{{เรื่อง}} {{ชื่อ}}", "ต่างกลุ่ม"),
        ("เรื่อง", "{{เรื่อง}}"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(TemplateProblem, match=says):
        compile_template(word.memo_with(word.paragraph(word.run(text))), "memo")


def test_an_opinion_placeholder_away_from_its_block_is_refused() -> None:
    stray = word.paragraph(word.run("{{เรื่อง}}")) + word.paragraph(word.run("{{ชื่อ}}"))
    with pytest.raises(TemplateProblem, match="ติดกัน"):
        compile_template(word.memo_with(stray), "memo")


def test_values_that_look_like_placeholders_are_only_words() -> None:
    head = dataclasses.replace(sample.HEAD, subject="{{เรียน}} {% if %} {{", body="{{ชื่อ}}")
    found = word.lines(
        documents.render_memo(
            word.template("memo"), dataclasses.replace(sample.CONTENT, memo=head), sample.GIVEN
        )
    )
    assert "เรื่อง  {{เรียน}} {% if %} {{\t" in found
    assert "{{ชื่อ}}" in found
