"""Covers, groups, headings in two rows, pages that turn, opinions side by side: what stands where in the file."""

from __future__ import annotations

import dataclasses

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from memos import documents
from memos.docx import DocumentProblem, TemplateProblem, compile_template
from memos.frozen import Activity, FrozenContent, Measure
from tests.memos import sample, shapes
from tests.memos import wordfiles as word

TABLE = word.template("measures")
TWO_COLUMNS, PREPRINTED = word.named("memo-two-columns"), word.named("memo-preprinted")


def made(content: FrozenContent) -> bytes:
    return documents.render_measures(TABLE, content)


def setups(data: bytes) -> list[tuple[bool, bool, str | None]]:
    """(lies across, its first page has no number, its pages count from) of each section of Word's."""
    return [
        (
            section.orientation == WD_ORIENT.LANDSCAPE,
            section.different_first_page_header_footer,
            section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")),
        )
        for section in word.opened(data).sections
    ]


def empty_paragraphs(data: bytes) -> int:
    """Paragraphs without words that take more than the one point between a table and what follows it."""
    paragraphs = word.opened(data).paragraphs
    return sum(
        not paragraph.text.strip() and paragraph.paragraph_format.line_spacing != 12700  # EMU: one point
        for paragraph in paragraphs
    )


def test_a_cover_is_upright_unnumbered_and_not_counted() -> None:
    data = made(shapes.COVERED)
    lines = word.lines(data)
    assert lines[:2] == ["รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายใน", "ประจำปี พ.ศ.\u00a0๒๕๖๕"]
    assert lines[2:4] == [sample.NAME, "อำเภอเคียนซา จังหวัดสุราษฎร์ธานี"]
    assert setups(data) == [(False, True, None), (True, True, "1")]
    frames = word.opened(data).element.body.findall(f".//{qn('w:framePr')}")
    assert len(frames) == 2, "the authority's two lines stand in the lower half"
    assert empty_paragraphs(data) == 0


def test_a_cover_before_an_upright_table_has_pages_of_its_own() -> None:
    assert setups(made(shapes.COVERED_UPRIGHT)) == [(False, True, None), (False, True, "1")]


@pytest.mark.parametrize("cover", [(), ("",), ("  ", "")])
def test_without_a_cover_nothing_is_left_of_it(cover: tuple[str, ...]) -> None:
    data = made(shapes.with_sections(shapes.PLAN, shapes.RESULT, cover=cover))
    assert data == made(sample.CONTENT)
    assert setups(data) == [(True, True, None)]
    assert "framePr" not in word.part(data)
    assert empty_paragraphs(data) == 0


def test_a_cover_without_an_empty_line_is_all_heading() -> None:
    data = made(shapes.with_sections(shapes.PLAN, cover=("หัวเรื่อง", "ปี 2565")))
    assert word.lines(data)[:2] == ["หัวเรื่อง", "ปี ๒๕๖๕"]
    assert "framePr" not in word.part(data)


def test_a_template_without_a_place_for_the_cover_says_so() -> None:
    bare = word.shipped("measures")
    for name in ("{{ปก}}", "{{ปกหน่วยงาน}}"):
        bare = word.with_xml(bare, name, "-")
    template = compile_template(bare, "measures")
    assert documents.render_measures(template, sample.CONTENT)
    with pytest.raises(DocumentProblem, match="หน้าปก"):
        documents.render_measures(template, shapes.COVERED)


def test_groups_go_on_below_their_section_with_tables_of_their_own() -> None:
    data = made(shapes.GROUPS)
    title = sample.CONTENT.report.title[0]
    lines = word.lines(data)
    assert lines.count(title) == 2  # the section with its groups, and the next section
    start = lines.index("๖. มาตรการส่งเสริมคุณธรรม")
    said = [line for line in lines[start : lines.index(title, start)] if line]
    assert said == [
        "๖. มาตรการส่งเสริมคุณธรรม", "คำนำของส่วนที่มีกลุ่ม", "๖.๑ ด้าน IIT", "ท้ายกลุ่มแรก", "๖.๒ ด้าน EIT", "คำปิดท้ายของส่วน",
    ]  # fmt: skip
    assert len(word.tables(data)) == 3, "no table for the section whose measures are its groups'"
    assert word.part(data).count("<w:pageBreakBefore/>") == 2
    assert setups(data) == [(False, True, None), (True, True, "1"), (False, False, None)]
    assert empty_paragraphs(data) == 0


def test_a_section_with_measures_keeps_its_table_and_closing_before_its_groups() -> None:
    head = dataclasses.replace(shapes.HEADED, measures=shapes.PLAN.measures)
    data = made(shapes.with_sections(head, shapes.IIT))
    lines = [line for line in word.lines(data) if line]
    assert lines.index("คำปิดท้ายของส่วน") < lines.index("๖.๑ ด้าน IIT")
    assert len(word.tables(data)) == 2


def test_a_first_section_that_calls_itself_a_group_has_the_title() -> None:
    assert sample.CONTENT.report.title[0] in word.lines(made(shapes.with_sections(shapes.IIT)))


def headings(table: Table) -> list[list[tuple[str, int, str | None]]]:
    """(words, columns, vertical merge) of the cells of each repeated row."""
    rows = [row._tr for row in table.rows if row._tr.xpath("w:trPr/w:tblHeader")]
    return [
        [(_Cell(cell, table).text.replace("\n", ""), cell.grid_span, cell.vMerge) for cell in row.tc_lst]
        for row in rows
    ]


def test_headings_in_two_rows_span_their_columns_and_both_repeat() -> None:
    (table,) = word.tables(made(shapes.TWO_ROWED))
    upper, lower = headings(table)
    assert upper == [
        ("มาตรการ/แนวทาง", 1, "restart"), ("วิธีการดำเนินงาน", 1, "restart"), ("ผู้รับผิดชอบ", 1, "restart"),
        ("การดำเนินการ", 2, None), ("ต่อไป", 1, None),
    ]  # fmt: skip
    assert [cell[0] for cell in lower] == ["", "", "", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"]
    assert [cell[2] for cell in lower] == ["continue"] * 3 + [None] * 3
    assert len(headings(word.tables(made(sample.CONTENT))[0])) == 1


def test_a_narrow_column_holds_its_longest_word() -> None:
    columns = tuple(
        dataclasses.replace(column, width=1 if column.key == "responsible" else 40)
        for column in sample.RESULT.columns
    )
    form = dataclasses.replace(sample.RESULT, columns=columns)
    (table,) = word.tables(made(shapes.with_sections(dataclasses.replace(shapes.RESULT, form=form))))
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
    assert widths[2] > 1100, "ผู้รับผิดชอบ in bold letters of 14 pt"
    assert sum(widths) == 14570
    assert len({widths[index] for index in (0, 1, 3, 4, 5)} - {widths[0], widths[0] + 1}) == 0


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("สั้น", True),
        ("\n".join("กขคงจฉชซฌญฎฏ"), True),
        ("\n".join("กขคงจฉชซฌญฎฏฐ"), False),
        ("\n".join(f"- {letter}" for letter in "กขคงจฉชซฌญฎฏ"), True),
        ("\n".join(f"- {letter}" for letter in "กขคงจฉชซฌญฎฏฐ"), False),
        ("ยาว" * 300, False),
    ],
)
def test_a_short_row_is_not_broken_across_pages(said: str, whole: bool) -> None:
    """The measure's own cell counts where it is in one row, not where it spans many."""
    alone = frozen_row("มาตรการ", said)
    (table,) = word.tables(made(shapes.with_sections(dataclasses.replace(shapes.RESULT, measures=(alone,)))))
    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in table.rows] == [True, whole]
    spanning = frozen_row("\n".join("กขคงจฉชซฌญฎฏฐฑ"), said, "สั้น")
    (table,) = word.tables(
        made(shapes.with_sections(dataclasses.replace(shapes.RESULT, measures=(spanning,))))
    )
    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in table.rows] == [True, whole, True]


@pytest.mark.parametrize(
    "kept", ["<w:trPr/>", "<w:trPr><w:cantSplit/></w:trPr>", '<w:trPr><w:jc w:val="left"/></w:trPr>']
)
def test_a_template_row_with_settings_of_its_own_is_kept_whole_once(kept: str) -> None:
    changed = word.with_xml(word.shipped("measures"), "<w:tr><w:tc>", f"<w:tr>{kept}<w:tc>")
    (table, *_rest) = word.tables(
        documents.render_measures(compile_template(changed, "measures"), sample.CONTENT)
    )
    rows = [row._tr for row in table.rows]
    assert {len(row.xpath("w:trPr")) for row in rows} == {1}
    assert {len(row.xpath("w:trPr/w:cantSplit")) for row in rows} == {1}


def frozen_row(measure: str, *results: str) -> Measure:
    return Measure({"measure": measure}, tuple(Activity({"result": result}) for result in results))


def cells_of(data: bytes) -> list[list[list[str]]]:
    """The lines of each cell, row by row, of the table that opinions stand in."""
    (table,) = word.tables(data)
    return [[cell.text.split("\n") for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("opinions", [1, 2, 3, 4])
def test_opinions_stand_side_by_side_in_turn(opinions: int) -> None:
    data = documents.render_memo(TWO_COLUMNS, sample.CONTENT, (sample.GIVEN * 2)[: opinions + 1])
    found = [cell for row in cells_of(data) for cell in row]
    said = [cell[0] for cell in found if cell != [""]]
    expected = [block.heading for block in (sample.GIVEN * 2)[1 : opinions + 1] if block.heading]
    assert said[: len(expected)] == expected
    assert len(found) == opinions + opinions % 2
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in word.tables(data)[0].rows)


def test_an_acting_block_has_three_lines_in_half_a_page_too() -> None:
    data = documents.render_memo(TWO_COLUMNS, sample.CONTENT, sample.GIVEN)
    assert cells_of(data)[0][1][-4:] == [
        "รองปลัดองค์การบริหารส่วนตำบล", "รักษาราชการแทน", f"ปลัด{sample.NAME}", "๕ เมษายน ๒๕๖๕",
    ]  # fmt: skip


def test_without_opinions_no_table_is_left_behind() -> None:
    assert word.tables(documents.render_memo(TWO_COLUMNS, sample.CONTENT, (sample.DRAFTER,))) == []


def test_opinions_in_different_rows_are_refused() -> None:
    apart = word.with_xml(word.shipped("memo-two-columns"), "</w:tc><w:tc>", "</w:tc></w:tr><w:tr><w:tc>")
    with pytest.raises(TemplateProblem, match="แถวเดียวกัน"):
        compile_template(apart, "memo")


def test_a_section_break_among_opinions_is_refused() -> None:
    broken = word.with_xml(
        word.shipped("memo"),
        '<w:p><w:pPr><w:pStyle w:val="Opinion"/></w:pPr>',
        '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="Opinion"/></w:pPr>',
    )
    with pytest.raises(TemplateProblem, match="Section Break"):
        compile_template(broken, "memo")


def test_preprinted_paper_bears_the_head_already() -> None:
    data = documents.render_memo(PREPRINTED, sample.CONTENT, sample.GIVEN, "12")
    lines = word.lines(data)
    assert lines[:3] == [
        f"\t{sample.HEAD.office}",
        "\tสฎ ๗๒๗๐๑/๑๒\t๑ เมษายน ๒๕๖๕",
        "\t" + sample.HEAD.subject.replace("พ.ศ. 2565", "พ.ศ.\u00a0๒๕๖๕"),
    ]
    assert not any(label in "\n".join(lines) for label in ("บันทึกข้อความ", "ส่วนราชการ", "เรื่อง  "))
    assert not [name for name in word.names(data) if "media" in name]
