"""What a page's end, a merged cell and a typist's habits do to rows, one shape at a time."""

from __future__ import annotations

import pytest

from memos.importing.found import Found
from memos.importing.grids import Cell, Source, laid_out
from memos.importing.splitting import activities_in
from memos.importing.texts import in_two, stored
from tests.memos.importing import files
from tests.memos.importing.files import HEADINGS, a_row

EMPTY = ["", "", "", "", "", ""]
ORDER = ["method", "responsible", "period", "result", "suggestion"]


def found_in(*parts: object) -> Found:
    """Grids of plain texts, and words, as a Word file."""
    made = [
        part if isinstance(part, str) else laid_out([[Cell(text) for text in row] for row in part])  # type: ignore[attr-defined]
        for part in parts
    ]
    return files.recognised(Source("word", made))


def rows_of(found: Found) -> list[list[str]]:
    """Methods by measure, section after section."""
    return [
        [activity["method"] for activity in measure.activities]
        for section in found.sections
        for measure in section.measures
    ]


def kinds(found: Found) -> list[str]:
    return [finding.kind for finding in found.findings]


def test_a_blank_first_cell_with_somebody_responsible_is_the_next_activity() -> None:
    found = found_in([HEADINGS, a_row(1), a_row(2, measure="")])
    assert rows_of(found) == [["ดำเนินการเรื่องที่ 1 ให้แล้วเสร็จ", "ดำเนินการเรื่องที่ 2 ให้แล้วเสร็จ"]]
    assert kinds(found) == ["joined"]


def test_a_blank_first_cell_and_nobody_responsible_after_a_page_is_the_rest_of_the_row() -> None:
    rest = ["", "และรายงานผล", "", "", "และรายงานแล้ว", ""]
    found = found_in([HEADINGS, a_row(1)], [HEADINGS, rest, a_row(2)])
    activity = found.sections[0].measures[0].activities[0]
    assert activity["method"] == "ดำเนินการเรื่องที่ 1 ให้แล้วเสร็จ และรายงานผล"
    assert activity["result"] == "ดำเนินการเรื่องที่ 1 แล้ว และรายงานแล้ว"
    assert kinds(found) == ["header", "joined"]


def test_a_row_that_is_but_a_name_is_doubtful() -> None:
    """A heading within the table that nobody merged across it."""
    found = found_in([HEADINGS, a_row(1), ["ด้านที่สอง", "", "", "", "", ""], a_row(2)])
    assert found.counts["measures"] == 3
    assert kinds(found) == ["doubtful"]
    assert "หัวข้อคั่น" in found.findings[0].sentence


def test_a_list_that_a_scan_ran_together_goes_on_in_lines() -> None:
    """Else its 5. would stand below its 1., and a check would miss 2. to 4."""
    rest = ["", "", "", "", "3. ประกาศ 4. รายงาน", ""]
    found = found_in([HEADINGS, a_row(1, result="1. ประชุม 2. อบรม")], [HEADINGS, rest, a_row(2)])
    result = found.sections[0].measures[0].activities[0]["result"]
    assert result == "1. ประชุม\n2. อบรม\n3. ประกาศ\n4. รายงาน"


def test_the_same_in_the_middle_of_a_page_is_joined_but_doubtful() -> None:
    found = found_in([HEADINGS, a_row(1), ["", "และรายงานผล", "", "", "", ""], a_row(2)])
    assert found.counts["activities"] == 2
    assert kinds(found) == ["doubtful"]


def test_more_bullets_and_a_list_that_resumes_are_the_rest_of_the_row() -> None:
    above = a_row(1, measure="1. หัวข้อ\n- ข้อแรก", result="1. ก\n2. ข")
    rest = ["- ข้อสอง", "", "", "", "3. ค\n4. ง", ""]
    found = found_in([HEADINGS, above], [HEADINGS, rest])
    measure = found.sections[0].measures[0]
    assert measure.cells["measure"] == "1. หัวข้อ\n- ข้อแรก\n- ข้อสอง"
    assert measure.activities[0]["result"] == "1. ก\n2. ข\n3. ค\n4. ง"


def test_a_repeated_label_goes_on_without_results_and_begins_an_activity_with_them() -> None:
    again = a_row(1, method="เรื่องอื่น")
    empty = [a_row(1)[0], *EMPTY[1:]]
    assert rows_of(found_in([HEADINGS, a_row(1)], [HEADINGS, again])) == [
        ["ดำเนินการเรื่องที่ 1 ให้แล้วเสร็จ", "เรื่องอื่น"]
    ]
    assert found_in([HEADINGS, a_row(1)], [HEADINGS, empty]).counts["activities"] == 1


def test_a_label_that_says_it_goes_on_is_the_same_label() -> None:
    again = a_row(1, measure=a_row(1)[0] + " (ต่อ)", method="เรื่องอื่น")
    found = found_in([HEADINGS, a_row(1)], [HEADINGS, again])
    assert found.counts == {"sections": 1, "groups": 0, "measures": 1, "activities": 2}
    assert found.sections[0].measures[0].cells == {"measure": a_row(1)[0]}


def test_a_row_that_counts_the_columns_belongs_to_the_headings() -> None:
    counting = [f"({n})" for n in ("๑", "๒", "๓", "๔", "๕", "๖")]
    found = found_in([HEADINGS, counting, a_row(1)], [HEADINGS, counting, a_row(2)])
    assert (found.counts["measures"], found.counts["activities"]) == (2, 2)


def test_cells_that_begin_like_headings_are_no_headings() -> None:
    rows = [a_row(n, measure=f"มาตรการที่ {n}", method="วิธีการที่กำหนด", result="ผลการดำเนินการดี") for n in (1, 2)]
    assert found_in([HEADINGS, *rows]).counts["measures"] == 2


def test_labels_alike_but_numbered_differently_are_two_measures() -> None:
    rows = [a_row(n, measure=f"{n}. ส่งเสริมความโปร่งใสในการปฏิบัติงาน") for n in (1, 2)]
    assert found_in([HEADINGS, *rows]).counts["measures"] == 2


def test_a_first_row_after_a_page_that_may_be_a_rest_is_said() -> None:
    lost = a_row(2, responsible="", period="", measure="5. เรื่องใหม่")
    found = found_in([HEADINGS, a_row(1)], [HEADINGS, lost])
    assert found.counts["measures"] == 2
    assert kinds(found)[-1] == "doubtful"


def test_cells_merged_over_several_activities_count_for_each() -> None:
    grid = laid_out(
        [
            [Cell(text) for text in HEADINGS],
            [Cell("1. ก", 2), Cell("วิธีหนึ่ง"), Cell("กองช่าง", 2), Cell("ม.ค. 66"), Cell("แล้ว"), Cell("")],
            [Cell("วิธีสอง"), Cell("ก.พ. 66"), Cell("แล้ว"), Cell("")],
        ]
    )
    found = files.recognised(Source("excel", [grid]))
    (measure,) = found.sections[0].measures
    assert [activity["responsible"] for activity in measure.activities] == ["กองช่าง", "กองช่าง"]
    assert [activity["method"] for activity in measure.activities] == ["วิธีหนึ่ง", "วิธีสอง"]


def test_a_row_over_the_whole_width_heads_a_group_and_one_below_the_table_closes_it() -> None:
    grid = laid_out(
        [
            [Cell(text) for text in HEADINGS],
            [Cell("1.1 ด้านแรก", 1, 6)],
            [Cell(text) for text in a_row(1)],
            [Cell("1.2 ด้านที่สอง", 1, 6)],
            [Cell(text) for text in a_row(2)],
            [Cell("หมายเหตุ ข้อมูล ณ วันที่รายงาน", 1, 6)],
        ]
    )
    found = files.recognised(Source("excel", [grid]))
    assert found.counts == {"sections": 1, "groups": 2, "measures": 2, "activities": 2}
    assert [section.heading for section in found.sections] == ["", "1.1 ด้านแรก", "1.2 ด้านที่สอง"]
    assert found.sections[-1].closing == "หมายเหตุ ข้อมูล ณ วันที่รายงาน"


def test_numbered_words_between_tables_begin_sections_and_groups() -> None:
    table = [HEADINGS, a_row(1)]
    found = found_in(
        "ชื่อรายงาน", "1. ส่วนแรก", "รายละเอียดดังนี้", table, "2. ส่วนสอง", "2.1 กลุ่ม", table, "ท้ายตาราง"
    )
    told = [(section.heading, section.preamble, section.is_group) for section in found.sections]
    assert told == [
        ("1. ส่วนแรก", "รายละเอียดดังนี้", False),
        ("2. ส่วนสอง", "", False),
        ("2.1 กลุ่ม", "", True),
    ]
    assert found.lines == ["ชื่อรายงาน"]
    assert found.sections[-1].closing == "ท้ายตาราง"


def test_page_numbers_and_titles_on_every_page_do_not_begin_a_section() -> None:
    found = found_in("รายงานผลประจำปี", [HEADINGS, a_row(1)], "- ๒ -", "รายงานผลประจำปี", [HEADINGS, a_row(2)])
    assert found.counts == {"sections": 1, "groups": 0, "measures": 2, "activities": 2}


def test_a_row_of_several_activities_is_split_only_where_period_or_responsible_agree() -> None:
    cells = {
        "method": "1. ก\n2. ข",
        "responsible": "กองช่าง\nกองคลัง",
        "period": "ม.ค. 66\nก.พ. 66",
        "result": "1. ค\n2. ง",
        "suggestion": "",
    }
    split = activities_in(cells, ORDER)
    assert split is not None
    assert split.parts == [
        {"method": "1. ก", "responsible": "กองช่าง", "period": "ม.ค. 66", "result": "1. ค", "suggestion": ""},
        {"method": "2. ข", "responsible": "กองคลัง", "period": "ก.พ. 66", "result": "2. ง", "suggestion": ""},
    ]
    assert activities_in(cells | {"period": "ม.ค. 66", "responsible": "กองช่าง"}, ORDER) is None
    assert activities_in(cells | {"result": "1. ค\n2. ง\n3. จ"}, ORDER) is None


def test_as_many_periods_prove_it_where_a_cell_shows_no_parts() -> None:
    cells = {
        "method": "1. ก\n2. ข",
        "responsible": "สำนักปลัด",
        "period": "ม.ค. 66\n-\nก.พ. 66\nมี.ค. 66\n-\nเม.ย. 66",
        "result": "ทำแล้วทั้งหมด",
    }
    split = activities_in(cells, ORDER)
    assert split is not None
    assert [part["responsible"] for part in split.parts] == ["สำนักปลัด", "สำนักปลัด"]
    assert [part["result"] for part in split.parts] == ["ทำแล้วทั้งหมด", ""]
    assert split.unsure == ("responsible", "result")


@pytest.mark.parametrize(
    ("key", "text", "parts"),
    [
        ("responsible", "สำนักปลัด\nอบต.\nทุก ส่วน/กอง", ["สำนักปลัด\nอบต.", "ทุก ส่วน/กอง"]),
        ("responsible", "สำนักปลัด อบต. กองช่าง", ["สำนักปลัด อบต.", "กองช่าง"]),
        ("suggestion", "ควรกำชับ\nกองช่าง\nควรกำชับ\nกองคลัง", ["ควรกำชับ\nกองช่าง", "ควรกำชับ\nกองคลัง"]),
        ("result", "1. ก 2. ข", ["1. ก", "2. ข"]),
        ("period", "ม.ค. 66 - ก.พ. 66 มี.ค. 66 - เม.ย. 66", ["ม.ค. 66 - ก.พ. 66", "มี.ค. 66 - เม.ย. 66"]),
    ],
)
def test_signs_of_parts(key: str, text: str, parts: list[str]) -> None:
    usual = {"method": "1. ก\n2. ข", "period": "ม.ค. 66\nก.พ. 66"}
    split = activities_in(usual | {key: text}, ORDER)
    assert split is not None
    assert [part[key] for part in split.parts] == parts
    assert split.unsure == ()


def test_a_row_that_may_hold_several_activities_but_does_not_agree_is_doubtful() -> None:
    row = a_row(1, method="1. ก\n2. ข", period="ม.ค. 66\nก.พ. 66", result="1. ค\n2. ง\n3. จ")
    found = found_in([HEADINGS, row])
    assert found.counts["activities"] == 1
    assert kinds(found) == ["doubtful"]


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("ตัวชี้วัดที่ 2\n- หนึ่ง\n- สอง", ("ตัวชี้วัดที่ 2", "- หนึ่ง\n- สอง")),
        ("1. ก\n__หัวข้อ__\nข", ("1. ก", "__หัวข้อ__\nข")),
        ("1. ก __หัวข้อ__\n-ข", ("1. ก", "__หัวข้อ__\n-ข")),
        ("1. ก\nหัวข้อย่อย: ข", ("1. ก", "หัวข้อย่อย: ข")),
        ("1. ก - ข", ("1. ก - ข", "")),
        ("- มีแต่ข้อ", ("", "- มีแต่ข้อ")),
        ("ไม่มีข้อ", ("ไม่มีข้อ", "")),
    ],
)
def test_two_fields_in_one_column(text: str, two: tuple[str, str]) -> None:
    assert in_two(text, ["หัวข้อ"])[:2] == two


@pytest.mark.parametrize(
    ("foreign", "text"),
    [
        ("พ.ศ.\u00a0๒๕๖๖", "พ.ศ. 2566"),
        ("ก\vข", "ก\nข"),
        ("\u200fก\ufeff\x07ข", "กข"),
        ("ที\uf70aดี", "ที่ดี"),
        ("  - ข้อ\n\n", "- ข้อ"),
        ("นํา", "นำ"),
    ],
)
def test_foreign_text_as_it_is_stored(foreign: str, text: str) -> None:
    assert stored(foreign) == text
