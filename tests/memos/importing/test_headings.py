"""Which column is which field: headings of forms, usual words, and the spellings of offices."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from memos.forms_data import FIELDS
from memos.importing import headings
from memos.importing.grids import Cell, Grid, Source, laid_out
from memos.importing.mapping import Mapping, TableMatch
from memos.importing.vocabulary import heading_of, squashed, usual_field
from tests.memos.importing import files


def match(titles: list[str], *extra: object) -> TableMatch:
    """The proposal for a table of these headings and one row."""
    grid = laid_out([[Cell(title) for title in titles], [Cell("ข้อมูล") for _ in titles]])
    return headings.match(Source("word", [grid]), [*files.forms(), *extra]).tables[0]  # type: ignore[list-item]


@pytest.mark.parametrize("form", files.forms(), ids=lambda form: form.slug)
def test_the_headings_of_every_shipped_form_are_its_own(form: SimpleNamespace) -> None:
    found = match([column["heading"] for column in form.columns])
    assert found.form == form.slug
    assert [list(column.fields) for column in found.columns] == [column["fields"] for column in form.columns]
    assert all(column.is_sure for column in found.columns)


@pytest.mark.parametrize("form", files.forms(), ids=lambda form: form.slug)
def test_headings_broken_into_lines_spaced_and_underlined_are_the_same(form: SimpleNamespace) -> None:
    spelt = [f"__{column['heading'][:6]} \n{column['heading'][6:]}__ :" for column in form.columns]
    assert match(spelt).form == form.slug


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("มาตรการ /กิจกรรม", "measure"),
        ("โครงการ/กิจกรรม", "measure"),
        ("มาตรการ/แนวทางการป้องกันการทุจริต", "measure"),
        ("ขั้นตอนการดำเนินงาน", "method"),
        ("วิธีดำเนินการ", "method"),
        ("หน่วยงานรับผิดชอบ", "responsible"),
        ("ผู้รับผิดชอบหลัก", "responsible"),
        ("ระยะเวลาในการดำเนินการ", "period"),
        ("ห้วงเวลา", "period"),
        ("การกำกับติดตาม", "monitoring"),
        ("ผลการดำเนินงาน", "result"),
        ("สรุปผลการดำเนินการ", "result"),
        ("ผลลัพธ์/ความสำเร็จ", "outcome"),
        ("ผลสัมฤทธิ์", "outcome"),
        ("ปัญหา/อุปสรรค/ข้อเสนอแนะ", "suggestion"),
        ("หลักฐาน (Link)", "evidence"),
        ("ประเดนที่ต้องพัฒนา", "issue"),
        ("หัวข้อการประเมิณ", "topic"),
    ],
)
def test_words_that_offices_use(heading: str, field: str) -> None:
    fields, sure = usual_field(squashed(heading))
    assert fields == (field,)
    assert sure >= 0.7


@pytest.mark.parametrize("heading", ["ที่", "ลำดับ", "ลำดับที่", "No."])
def test_a_column_that_only_counts_is_left_out_without_a_doubt(heading: str) -> None:
    found = match([heading, *files.HEADINGS])
    assert found.form == "result"
    assert (found.columns[0].fields, found.columns[0].is_sure) == ((), True)


def test_what_nobody_knows_is_left_out_and_said() -> None:
    column = match([*files.HEADINGS, "งบประมาณที่ใช้"]).columns[-1]
    assert (column.fields, column.confidence) == ((), 0.0)
    assert column.why


def test_a_form_of_the_authoritys_own_brings_fields_of_its_own() -> None:
    columns = [
        {"key": "measure", "heading": "เรื่อง", "fields": ["measure"], "level": "measure"},
        {"key": "budget", "heading": "งบประมาณที่ใช้", "fields": ["budget"], "level": "activity"},
        {"key": "target", "heading": "เป้าหมาย", "fields": ["target"], "level": "activity"},
    ]
    own = SimpleNamespace(slug="own", title="แบบของเรา", columns=columns)
    found = match(["เรื่อง", "งบประมาณที่ใช้", "เป้าหมาย"], own)
    assert found.form == "own"
    assert [column.fields for column in found.columns] == [("measure",), ("budget",), ("target",)]


def test_headings_in_two_rows_are_read_with_the_group_above() -> None:
    columns = [
        {"key": "a", "heading": "มาตรการ", "fields": ["measure"], "level": "measure"},
        {"key": "b", "heading": "จำนวน", "group": "แผน", "fields": ["planned"], "level": "activity"},
        {"key": "c", "heading": "จำนวน", "group": "ผล", "fields": ["done"], "level": "activity"},
    ]
    own = SimpleNamespace(slug="own", title="แบบของเรา", columns=columns)
    grid = laid_out(
        [
            [Cell("มาตรการ", rowspan=2), Cell("แผน"), Cell("ผล")],
            [Cell("จำนวน"), Cell("จำนวน")],
            [Cell("1. ก"), Cell("5"), Cell("4")],
        ],
        header_rows=2,
    )
    found = files.recognised(Source("word", [grid]), [own])
    assert found.sections[0].measures[0].activities == [{"planned": "5", "done": "4"}]


def test_pages_whose_headings_differ_a_little_are_one_table_other_columns_are_another() -> None:
    page = [files.HEADINGS, files.a_row(1)]
    renamed = [[*files.HEADINGS[:4], "ผลการปฏิบัติงาน", "ข้อเสนอแนะ"], files.a_row(2)]
    other = [["หัวข้อการประเมิน", "ประเด็นที่ต้องพัฒนา", "ผู้รับผิดชอบ"], ["ก", "ข", "ค"]]
    mapping = headings.match(files.read(files.word([page, "x", renamed, "y", other])), files.forms())
    assert [match.tables for match in mapping.tables] == [(0, 1), (2,)]


def test_a_choice_of_the_officer_is_kept_as_json() -> None:
    mapping = headings.match(files.read(files.word([[files.HEADINGS, files.a_row(1)]])), files.forms())
    mapping.chosen(0, "plan", [["measure"], ["method"], [], ["period"], ["monitoring"], []])
    again = Mapping.from_json(mapping.to_json())
    assert again == mapping
    found = files.recognised_by(files.read(files.word([[files.HEADINGS, files.a_row(1)]])), again)
    assert found.sections[0].form == "plan"
    assert found.sections[0].measures[0].activities[0]["monitoring"] == "ดำเนินการเรื่องที่ 1 แล้ว"
    assert found.sections[0].measures[0].activities[0]["responsible"] == ""


def test_a_table_without_headings_asks_for_every_column() -> None:
    long = "ดำเนินการตามแผนปฏิบัติการป้องกันการทุจริตขององค์การบริหารส่วนตำบล " * 3
    grid: Grid = laid_out([[Cell(long), Cell("ก")], [Cell("ข"), Cell(long)]])
    found = headings.match(Source("pasted", [grid]), files.forms()).tables[0]
    assert [(column.fields, column.is_sure) for column in found.columns] == [((), False)] * 2
    assert files.recognised(Source("pasted", [grid])).sections == []


def test_a_form_that_holds_every_column_is_chosen_before_one_that_fits_in_fewer() -> None:
    """The authority's own form is called just so, but would lose the method."""
    columns = [
        {"key": "measure", "heading": "มาตรการ", "fields": ["measure"], "level": "measure"},
        {"key": "result", "heading": "ผลการดำเนินการ", "fields": ["result"], "level": "measure"},
    ]
    own = SimpleNamespace(slug="own", title="แบบของเรา", columns=columns)
    found = match(["มาตรการ", "วิธีการดำเนินการ", "ผลการดำเนินการ"], own)
    assert found.form == "result"
    assert [column.fields for column in found.columns] == [("measure",), ("method",), ("result",)]
    assert match(["มาตรการ", "ผลการดำเนินการ"], own).form == "own"


def test_a_column_that_no_form_on_offer_has_is_said() -> None:
    columns = [
        {"key": "measure", "heading": "มาตรการ", "fields": ["measure"], "level": "measure"},
        {"key": "result", "heading": "ผลการดำเนินการ", "fields": ["result"], "level": "measure"},
    ]
    own = SimpleNamespace(slug="own", title="แบบของเรา", columns=columns)
    titles = ["มาตรการ", "วิธีการดำเนินการ", "ผลการดำเนินการ"]
    grid = laid_out([[Cell(title) for title in titles], [Cell("1. ก"), Cell("ข"), Cell("ค")]])
    found = files.recognised(Source("word", [grid]), [own])
    assert [finding.kind for finding in found.findings] == ["doubtful"]
    assert "“วิธีการดำเนินการ” ไม่มีในแบบ “แบบของเรา”" in found.findings[0].sentence


@pytest.mark.parametrize("counted", ["({}) {}", "{}. {}", "{}) {}", "{1} ({0})"])
def test_headings_may_be_counted(counted: str) -> None:
    titles = [
        counted.format(n, title) for n, title in enumerate(("มาตรการ", "วิธีการ", "กอง", "ระยะเวลา", "ผล"), 1)
    ]
    found = match(titles)
    assert [column.fields for column in found.columns[3:]] == [("period",), ("result",)]
    assert found.columns[4].is_sure
    assert heading_of("(5)") == "5"


@pytest.mark.parametrize(
    ("titles", "field"),
    [
        (["มาตรการ", "การดำเนินงาน", "ผู้รับผิดชอบ", "ระยะเวลา", "ผล"], "method"),
        (["มาตรการ", "การดำเนินการ", "ผลการดำเนินการ"], "method"),
        (["มาตรการ", "การดำเนินงาน", "ผู้รับผิดชอบ", "ผลลัพธ์"], "result"),
        (["มาตรการ", "วิธีการ", "การดำเนินงาน"], "result"),
        (["มาตรการ", "การดำเนินการ"], "result"),
    ],
)
def test_what_was_done_or_how_is_told_by_the_other_columns_and_to_be_looked_at(
    titles: list[str], field: str
) -> None:
    either = next(column for column in match(titles).columns if column.heading.startswith("การดำเนิน"))
    assert (either.fields, either.is_sure) == ((field,), False)


def test_a_form_that_calls_its_column_so_is_sure_of_it() -> None:
    columns = [
        {"key": "measure", "heading": "เรื่อง", "fields": ["measure"], "level": "measure"},
        {"key": "monitoring", "heading": "การดำเนินงาน", "fields": ["monitoring"], "level": "activity"},
    ]
    own = SimpleNamespace(slug="own", title="แบบของเรา", columns=columns)
    assert match(["เรื่อง", "การดำเนินงาน"], own).columns[1].fields == ("monitoring",)


@pytest.mark.parametrize("number", range(2, 6))
def test_a_usual_heading_is_never_taken_for_another_field(number: int) -> None:
    """ผลการดำเนินการ is half like ระยะเวลาดำเนินการ of a form that has no result."""
    others = [key for key in FIELDS if key != "measure"]
    for keys in itertools.combinations(others, number):
        found = match([FIELDS["measure"], *(FIELDS[key] for key in keys)])
        for key, column in zip(keys, found.columns[1:], strict=True):
            assert column.fields in ((key,), ())
