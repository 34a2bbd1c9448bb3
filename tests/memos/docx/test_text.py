"""Text reaches paper exactly as `thai.printed` gives it, or is refused in words."""

from __future__ import annotations

import dataclasses
import random
import time

import pytest
from docx.table import _Cell
from hypothesis import example, given
from hypothesis import strategies as st

from ita_core import thai
from memos import documents
from memos.docx import DocumentProblem, printed_lines
from memos.docx.text import RunStyle, hanging_indents, is_heading, runs, visible
from memos.frozen import Activity, Measure
from tests.memos import sample
from tests.memos import wordfiles as word
from tests.volumes import volume

HOSTILE = [
    "a & b <w:t>x</w:t> ]]> {{ชื่อ}} {% x %}",
    "</w:t></w:r></w:p><w:p>",
    "&amp; &#x0; &lt;",
    "<?ita end group?> \ufdd0docpr\ufdd1",
    "ก\u200bข\u200cค\u200d \u202eกลับ\u202c \u2066x\u2069 \ufeff",
    "ที่ี่ี่ ปั๊่้ กู้ํำ ฺฺ",
    "😀👩‍👩‍👧‍👦🇹🇭",
    "ก\u2028ข\u2029ค",
    "  หน้า  หลัง  ",
    "____ กรอก ____ _x_ ___",
    "\tแท็บ\tกลาง",
    "พ.ศ. 2565 โทร 077-123 456 O19 a@b.go.th https://x.go.th/2565",
]
FORBIDDEN = [
    *map(chr, range(9)),
    "\x0b",
    "\x0c",
    "\x1f",
    "\x7f",
    "\x85",
    "\x9f",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\uffff",
]
words = st.text(
    st.one_of(st.sampled_from("กำแี่้ ๑1.-()_&<>{}%]\t\u200b\u202e😀\n"), st.characters(codec="utf-8")),
    max_size=60,
)


def cells_lines(texts: list[str]) -> list[list[str]]:
    """The texts as python-docx reads them back from a column of the measure table."""
    section = sample.CONTENT.sections[0]
    measures = (Measure({"measure": "ม"}, tuple(Activity({"method": text}) for text in texts)),)
    content = dataclasses.replace(sample.CONTENT, sections=(dataclasses.replace(section, measures=measures),))
    (table,) = word.tables(documents.render_measures(word.template("measures"), content))
    cells = (_Cell(row.tc_lst[1], table) for row in table._tbl.tr_lst[1:])
    return [[paragraph.text for paragraph in cell.paragraphs] for cell in cells]


def cell_lines(text: str) -> list[str]:
    return cells_lines([text])[0]


def expected(text: str) -> list[str]:
    return [
        visible(line) for line in thai.printed(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stands_on_paper_as_printed(text: str) -> None:
    assert cell_lines(text) == [thai.printed(text)]


@given(words)
@example("__ก__ข__")
@example("a\r\nb\rc")
def test_any_text_is_refused_or_stands_as_printed(text: str) -> None:
    try:
        printed_lines(text)
    except DocumentProblem:
        with pytest.raises(DocumentProblem):
            cell_lines(text)
        return
    assert cell_lines(text) == expected(text)


def _random_text(chance: random.Random) -> str:
    """Hostile pieces, Thai letters and marks in any order, and any code point at all, in short lines."""
    kinds = (
        lambda: chance.choice(HOSTILE),
        lambda: chr(chance.randrange(0x0E01, 0x0E5C)),
        lambda: chance.choice("__ \t\n()-.&<>{}%]0123456789๑๒๓"),
        lambda: chr(chance.choice((chance.randrange(0x20, 0xD800), chance.randrange(0xE000, 0x110000)))),
    )
    return "".join(chance.choice(kinds)() for _letter in range(chance.randint(0, 12)))


@pytest.mark.sampled
def test_many_strings_stand_as_printed() -> None:
    chance = random.Random(42)
    for _document in range(volume(20, 1_000)):
        texts = [_random_text(chance) for _text in range(100)]
        allowed = []
        for text in texts:
            try:
                printed_lines(text)
            except DocumentProblem:
                continue
            allowed.append(text)
        assert cells_lines(allowed) == [expected(text) for text in allowed]


@pytest.mark.parametrize("letter", FORBIDDEN)
def test_control_characters_never_reach_the_file(letter: str) -> None:
    with pytest.raises(DocumentProblem, match=f"U\\+{ord(letter):04X}"):
        cell_lines(f"ก่อน{letter}หลัง")
    with pytest.raises(DocumentProblem, match="ก่อนหลัง"):
        documents.render_memo(
            word.template("memo"),
            dataclasses.replace(
                sample.CONTENT, memo=dataclasses.replace(sample.HEAD, body=f"ก่อน{letter}หลัง")
            ),
            sample.GIVEN,
        )


@pytest.mark.parametrize(
    ("line", "shown", "underlined"),
    [
        ("__เรื่องเดิม__", "เรื่องเดิม", ["เรื่องเดิม"]),
        ("ก __ข ค__ ง", "ก ข ค ง", ["ข ค"]),
        ("__ก__ และ __ข__", "ก และ ข", ["ก", "ข"]),
        ("ลงชื่อ ____ วันที่ ____", "ลงชื่อ ____ วันที่ ____", []),
        ("__ ก __", "__ ก __", []),
        ("__ก", "__ก", []),
        ("____________", "____________", []),
    ],
)
def test_underlining_hugs_its_words(line: str, shown: str, underlined: list[str]) -> None:
    xml = runs(line, RunStyle("", "<U/>"))
    assert visible(line) == shown
    assert [piece.partition(">")[2].partition("<")[0] for piece in xml.split("<U/>")[1:]] == underlined


def test_only_a_wholly_underlined_line_is_a_heading() -> None:
    assert is_heading("__ข้อเท็จจริง__")
    assert not is_heading("__ก__ ข")
    assert not is_heading("")
    assert not is_heading("____")


@pytest.mark.parametrize(
    ("lines", "nested"),
    [
        (["๑. ก", "๒. ข"], [1, 1]),
        (["๑. ก", "- ข", "- ค", "๒. ง"], [1, 2, 2, 1]),
        (["๑. ก", "(๑) ข", "- ค", "(๒) ง", "๒. จ"], [1, 2, 3, 2, 1]),
        (["๑. ก", "๑.๑ ข"], [1, 0]),
        (["๑. ก", "๑.๑. ข", "๑.๒. ค"], [1, 2, 2]),
        (["-แสดง", "๒.มาตรการ"], [1, 2]),
        (["ต.ค. ๖๔", "-", "ก.ย. ๖๕"], [0, 0, 0]),
        (["๒.๕ ล้าน", "๒๕๖๕. ก", "--ก", "-๕ องศา", ""], [0, 0, 0, 0, 0]),
    ],
)
def test_line_markers_hang(lines: list[str], nested: list[int]) -> None:
    indents = hanging_indents(lines)
    assert [indent is not None for indent in indents] == [depth > 0 for depth in nested]
    by_depth = [
        [indent[0] for indent, depth in zip(indents, nested, strict=True) if indent and depth == d]
        for d in (1, 2, 3)
    ]
    assert all(
        max(upper) < min(lower)
        for upper, lower in zip(by_depth, by_depth[1:], strict=False)
        if upper and lower
    )


def test_a_hundred_thousand_characters_take_linear_time() -> None:
    """Quadratic matching of any of these would take minutes."""
    for seed in ("__a ", "_", "1.", "(1) ", "a__b ", "๑-", " "):
        text = seed * (100_000 // len(seed))
        started = time.perf_counter()
        assert cell_lines(text) == expected(text)
        assert time.perf_counter() - started < 5
