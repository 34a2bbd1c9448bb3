"""Headings break between words: their columns grow a little for it, and no heading claims more than it may."""

from __future__ import annotations

import dataclasses
import itertools
import json

import pytest
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given
from hypothesis import strategies as st

from memos import documents, shipped
from memos.docx.headings import Headed, columns_for
from memos.docx.widths import PADDING, advance, fitted, longest_foreign_word, longest_word
from memos.frozen import Column
from tests import rendering
from tests.memos import sample, shapes
from tests.memos import wordfiles as word
from tests.memos.docx.test_rendering import words_of

SIZE, ROOM = 28, 14570
NA_KRATAM = (
    ("มาตรการ/กิจกรรมที่ดำเนินการ", 17),
    ("วิธีการดำเนินการ", 18),
    ("ระยะเวลาดำเนินการ", 9),
    ("หน่วยงานที่รับผิดชอบ", 10),
    ("ผลการดำเนินการ", 17),
    ("ผลลัพธ์หรือความสำเร็จ", 17),
    ("ข้อเสนอแนะ", 12),
)
KHUAN_KROT = (
    ("มาตรการ/กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", 17),
    ("วิธีการดำเนินการ", 25),
    ("ผู้รับผิดชอบ", 9),
    ("ระยะเวลา", 10),
    ("สรุปผลการดำเนินการหรือกิจกรรม", 20),
    ("ผลลัพธ์หรือความสำเร็จของการดำเนินการ", 19),
)


def columns(*headed: tuple[str, int], least: int = 0) -> list[int]:
    headings, shares = zip(*headed, strict=True)
    return columns_for(ROOM, shares, tuple(Headed(heading, 0, least) for heading in headings), SIZE)


def made(*headed: tuple[str, int], texts: dict[str, str] | None = None) -> bytes:
    form = dataclasses.replace(
        sample.RESULT,
        columns=tuple(
            Column(
                f"column{place}",
                heading,
                (f"field{place}",),
                width,
                "activity" if place else "measure",
                False,
            )
            for place, (heading, width) in enumerate(headed)
        ),
    )
    measures = shapes.RESULT.measures[:1]
    if texts:
        activity = dataclasses.replace(measures[0].activities[0], cells=texts)
        measures = (dataclasses.replace(measures[0], activities=(activity,)),)
    section = dataclasses.replace(shapes.RESULT, form=form, measures=measures)
    return documents.render_measures(word.template("measures"), shapes.with_sections(section))


def table_of(data: bytes) -> tuple[Table, list[int]]:
    (table,) = word.tables(data)
    return table, [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]


def test_a_column_grows_where_its_heading_would_break_inside_a_word() -> None:
    widths = columns(*NA_KRATAM)
    whole = advance(NA_KRATAM[0][0]) * SIZE // 100 + PADDING
    assert fitted(ROOM, [width for _heading, width in NA_KRATAM], [0] * 7)[0] < whole <= widths[0]
    assert sum(widths) == ROOM


def test_a_column_whose_heading_breaks_well_is_as_the_form_wants_it() -> None:
    assert columns(("มาตรการ", 1), ("วิธีการดำเนินการ", 2), ("ผล", 1)) == fitted(ROOM, [1, 2, 1], [0, 0, 0])


def test_a_column_grows_by_no_more_than_three_tenths() -> None:
    narrow = columns(("ผู้รับผิดชอบ", 1), ("ผล", 20))
    assert narrow[0] <= ROOM // 21 * 13 // 10 + 2


@pytest.mark.parametrize("width", [1, 5, 20])
def test_a_heading_without_end_gets_room_to_be_read_in_and_no_more(width: int) -> None:
    widths = columns(("ก" * 200, width), ("มาตรการ", 20), ("ผล", 20))
    assert (widths[0] - PADDING) * 100 // SIZE * 8 >= advance("ก" * 200)
    assert widths[0] <= ROOM // 3


@given(
    st.lists(
        st.tuples(st.text("กดำเนินการ/ -xรับผิดชอบ\n", max_size=200), st.integers(1, 100)),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 3000),
)
def test_whatever_the_headings_are_columns_fill_the_room(headed: list[tuple[str, int]], least: int) -> None:
    widths = columns(*headed, least=least)
    assert sum(widths) == ROOM
    assert all(width > 0 for width in widths)
    if least * len(widths) <= ROOM and all(len(heading) < 40 for heading, _width in headed):
        assert all(width >= min(least, ROOM // len(widths)) for width in widths)


def test_no_letter_is_added_to_a_heading() -> None:
    table, _widths = table_of(made(*KHUAN_KROT))
    assert [cell.text for cell in table.rows[0].cells] == [heading for heading, _width in KHUAN_KROT]


@pytest.mark.parametrize(("columns_wide", "repeated"), [(2, True), (12, False)])
def test_headings_as_high_as_a_page_are_not_repeated(columns_wide: int, repeated: bool) -> None:
    """They would leave a line or two of each page to the rows."""
    table, _widths = table_of(made(*((letter * 200, 1) for letter in "กขคงจฉชซฌญฎฏ"[:columns_wide])))
    row = table.rows[0]._tr
    assert bool(row.xpath("w:trPr/w:tblHeader")) is repeated
    assert bool(row.xpath("w:trPr/w:cantSplit")) is repeated
    assert not row.xpath("w:trPr[not(*)]"), "an empty list of properties is against the schema"


ADDRESS = "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789?usp=sharing&resourcekey=0-aB"


def test_a_long_part_of_an_address_is_no_word() -> None:
    token = "a1B2" * 40
    assert longest_word(token) == longest_foreign_word(token) == 7000
    assert longest_word(f"https://example.go.th/{token}") == 7000
    assert longest_word("Accountability") == advance("Accountability")
    assert longest_word("www.phuangphromkhon.go.th") <= 7000


def test_an_address_squeezes_no_neighbour() -> None:
    plain = table_of(made(*NA_KRATAM))[1]
    widths = table_of(made(*NA_KRATAM, texts={"field6": f"ไม่มี\n{ADDRESS}"}))[1]
    assert widths[6] <= 2200, "a seventh of the page"
    assert all(width >= 0.78 * before for width, before in zip(widths[:6], plain, strict=False))


SHIPPED = json.loads(shipped.FORMS.read_text(encoding="utf-8"))
# Where dictionaries break words that a reader takes for one.
WORDS = "ดำเนิน|การ ดำเนิน|งาน ส่ง|เสริม หน่วย|งาน รับผิด|ชอบ รับ|ผิดชอบ ข้อ|เสนอ เสนอ|แนะ ระยะ|เวลา วิธี|การ ขั้น|ตอน จุด|อ่อน หลัก|ฐาน"
WORDS += " ความ|สำเร็จ ความ|โปร่งใส ข้อ|บกพร่อง ผู้|รับ"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The name of each shipped form → for each of its headings the lines that it is printed in."""
    headed = {form["slug"]: [(c["heading"], c["width"]) for c in form["columns"]] for form in SHIPPED}
    documents_made = {slug: made(*columns, texts={"field1": "-"}) for slug, columns in headed.items()}
    pdfs = rendering.to_pdf(documents_made, tmp_path_factory.mktemp("headings"))
    return {
        slug: [_lines_of(heading, [found.text for page in words_of(pdf) for found in page])
               for heading, _width in headed[slug]]
        for slug, pdf in pdfs.items()
    }  # fmt: skip


def _lines_of(heading: str, words: list[str]) -> list[str]:
    """The printed pieces that make up the heading; they are told from top to bottom within their column only."""
    lines, rest = [], heading.replace("\n", "").replace(" ", "")
    while rest:
        line = max((word for word in words if rest.startswith(word)), key=len, default="")
        assert line, f"{rest} of {heading} is not printed"
        lines.append(line)
        rest = rest.removeprefix(line)
    return lines


@pytest.mark.rendering
@pytest.mark.skipif(not rendering.available(), reason="LibreOffice or poppler is not installed")
@pytest.mark.parametrize("slug", [form["slug"] for form in SHIPPED])
def test_printed_headings_end_their_lines_with_words(printed: dict[str, list[list[str]]], slug: str) -> None:
    broken = [
        (before, after)
        for lines in printed[slug]
        for before, after in itertools.pairwise(lines)
        for left, right in (word.split("|") for word in WORDS.split())
        if before.endswith(left) and after.startswith(right)
    ]
    assert not broken
