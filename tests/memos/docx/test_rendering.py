"""Pages as they come from the printer, measured: the memo and the table of sample 002. Lengths in centimetres."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from memos import documents
from memos.docx.compile import compile_template
from tests import rendering
from tests.memos import sample
from tests.memos import wordfiles as word
from tests.memos.docx.test_schema import FULL, SIGNED, picture

pytestmark = [
    pytest.mark.rendering,
    pytest.mark.skipif(not rendering.available(), reason="LibreOffice or poppler is not installed"),
]
POINTS_PER_CM = 72 / 2.54
DOTS_PER_INCH = 200
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    memo, table = word.template("memo"), word.template("measures")
    made = {
        "memo": documents.render_memo(memo, sample.CONTENT, sample.GIVEN, "12"),
        "measures": documents.render_measures(table, sample.CONTENT),
        "full": documents.render_memo(memo, FULL, SIGNED, garuda=picture(500, 400)),
    }
    return rendering.to_pdf(made, tmp_path_factory.mktemp("pages"))


def words_of(pdf: Path) -> list[list[Word]]:
    """The words of every page with their boxes."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    said = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    pages = ElementTree.fromstring(said).iter(f"{XHTML}page")
    corners = ("xMin", "yMin", "xMax", "yMax")
    return [
        [
            Word(found.text or "", *(float(found.get(corner, 0)) / POINTS_PER_CM for corner in corners))
            for found in page.iter(f"{XHTML}word")
        ]
        for page in pages
    ]


def sizes_of(pdf: Path, page: int = 0) -> dict[str, set[float]]:
    """Words → the sizes in points they are set in: pdftotext knows the words, pdftohtml the font at their place."""
    number = str(page + 1)
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", "-f", number, "-l", number, str(pdf)]
    said = ElementTree.fromstring(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    fonts = {font.get("id"): float(font.get("size", 0)) for font in said.iter("fontspec")}
    runs = [
        (*(float(text.get(edge, 0)) / POINTS_PER_CM for edge in ("left", "top", "width", "height")), fonts[text.get("font")])
        for text in said.iter("text")
    ]  # fmt: skip
    found: dict[str, set[float]] = {}
    for one in words_of(pdf)[page]:
        x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        here = [
            (abs(top + height / 2 - y), size)
            for left, top, width, height, size in runs
            if left <= x <= left + width
        ]
        found.setdefault(one.text, set()).add(min(here)[1])
    return found


def size_of(pdf: Path, beginning: str) -> float:
    """Of the word itself, or of those that begin with it."""
    words = sizes_of(pdf)
    sizes = words.get(beginning) or set().union(
        *(words[text] for text in words if text.startswith(beginning))
    )
    assert len(sizes) == 1, (beginning, sizes)
    return sizes.pop()


def line_of(words: list[Word], text: str) -> list[Word]:
    """The words on the line on which a word with this text stands, from left to right."""
    anchor = next(found for found in words if text in found.text)
    middle = (anchor.top + anchor.bottom) / 2
    return sorted(
        (found for found in words if found.top < middle < found.bottom), key=lambda found: found.left
    )


def ink(pdf: Path, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    """The box of everything dark inside a window of the first page."""
    first = rendering.to_pictures(pdf, DOTS_PER_INCH)[0]
    scale = DOTS_PER_INCH / 2.54
    with Image.open(first) as page:
        window = page.convert("L").crop(tuple(round(edge * scale) for edge in (left, top, right, bottom)))  # type: ignore[arg-type]
    box = window.point(lambda tone: 255 if tone < 200 else 0).getbbox()
    assert box, "nothing printed there"
    return tuple(edge / scale + origin for edge, origin in zip(box, (left, top, left, top), strict=True))  # type: ignore[return-value]


def test_text_stands_inside_the_margins(pdfs: Mapping[str, Path]) -> None:
    for words in words_of(pdfs["memo"]):
        body = [found for found in words if found.top > 1.5]
        assert min(found.left for found in body) == pytest.approx(3.0, abs=0.05)
        assert max(found.right for found in body) <= 19.05
        assert max(found.bottom for found in body) <= 29.7 - 2.0 + 0.1
    box = ink(pdfs["memo"], 0, 0, 21, 29.7)
    assert box[1] == pytest.approx(1.5, abs=0.05)
    assert box[2] == pytest.approx(19.0, abs=0.05)


def test_the_garuda_is_a_centimetre_and_a_half_high(pdfs: Mapping[str, Path]) -> None:
    for name, shape in (("memo", 168 / 177), ("full", 5 / 4)):
        left, top, right, bottom = ink(pdfs[name], 2.5, 0.5, 4.95, 3.08)
        assert top == pytest.approx(1.5, abs=0.05)
        assert bottom - top == pytest.approx(1.5, abs=0.05)
        assert left == pytest.approx(3.0, abs=0.12)
        assert right - left == pytest.approx(1.5 * shape, abs=0.2)


def test_letters_have_the_guides_sizes(pdfs: Mapping[str, Path]) -> None:
    pdf = pdfs["memo"]
    assert size_of(pdf, "บันทึกข้อความ") == 29
    for label in ("ส่วนราชการ", "ที่", "วันที่", "เรื่อง"):
        assert size_of(pdf, label) == 20
    for text in ("เรียน", "สำนักปลัด", "สฎ"):
        assert size_of(pdf, text) == 16
    assert set().union(*sizes_of(pdf, 1).values()) == {16}
    said = subprocess.run(
        ["pdffonts", str(pdf)], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    fonts = [line.split()[0] for line in said.splitlines()[2:]]
    assert fonts
    assert all("THSarabunNew" in font for font in fonts)


def test_the_title_is_centred_between_the_margins(pdfs: Mapping[str, Path]) -> None:
    for name in ("memo", "full"):
        (title,) = [found for found in words_of(pdfs[name])[0] if found.text == "บันทึกข้อความ"]
        assert (title.left + title.right) / 2 == pytest.approx(11.0, abs=0.1)


def test_head_values_stand_on_dotted_leaders(pdfs: Mapping[str, Path]) -> None:
    (first, *_rest) = words_of(pdfs["memo"])
    for label in ("ส่วนราชการ", "ที่", "เรื่อง"):
        line = line_of(first, label)
        if label == "เรื่อง":  # the subject runs over to a second line, and the dots follow its end
            line = line_of(first, "๒๕๖๕...")
        assert re.search(r"\.{5}$", line[-1].text)
        assert line[-1].right == pytest.approx(19.0, abs=0.15)
    number = line_of(first, "สฎ")
    (dated,) = [found for found in number if "วันที่" in found.text]
    assert dated.left == pytest.approx(11.0, abs=0.3)


def test_paragraphs_begin_two_and_a_half_centimetres_in(pdfs: Mapping[str, Path]) -> None:
    (first, *_rest) = words_of(pdfs["memo"])
    starts = [line_of(first, text)[0].left for text in ("ตามที่องค์การ", "จึงเรียน")]
    assert starts == pytest.approx([5.5, 5.5], abs=0.05)


def test_lines_are_20_point_8_apart_and_three_stand_empty_above_the_name(pdfs: Mapping[str, Path]) -> None:
    (first, *_rest) = words_of(pdfs["memo"])
    name, post, end = (
        next(f for f in first if f.text.startswith(t)) for t in ("(นางสาวมะลิ", "นิติกรชำนาญการ", "จึงเรียน")
    )
    pitch = 20.8 / POINTS_PER_CM
    assert post.top - name.top == pytest.approx(pitch, abs=0.03)
    assert name.top - end.top == pytest.approx(4 * pitch, abs=0.1)
    assert (post.left + post.right) / 2 == pytest.approx(15.0, abs=0.1)


def test_opinion_blocks_are_not_torn_apart(pdfs: Mapping[str, Path]) -> None:
    pages = [" ".join(found.text for found in words) for words in words_of(pdfs["memo"])]
    for heading, last in (
        ("ความเห็นหัวหน้า", "๔ เมษายน"),
        ("ความเห็นของปลัด", "๕ เมษายน"),
        ("ความเห็นของนายก", "(......"),
    ):
        (page,) = [number for number, text in enumerate(pages) if heading in text]
        assert last in pages[page]


def test_later_pages_are_numbered_at_the_top(pdfs: Mapping[str, Path]) -> None:
    first, second = words_of(pdfs["memo"])
    assert not [found for found in first if found.top < 1.4]
    number = sorted((found for found in second if found.top < 1.4), key=lambda found: found.left)
    # LibreOffice 7.4 prints the field in Arabic digits where Word prints Thai ones.
    assert re.fullmatch("- [2๒] -", " ".join(found.text for found in number))
    assert (number[0].left + number[-1].right) / 2 == pytest.approx(11.0, abs=0.1)
    assert 'w:fmt="thaiNumbers"' in word.part(word.shipped("memo"))


def test_speed_stands_between_garuda_and_title_and_secrecy_above_and_below(pdfs: Mapping[str, Path]) -> None:
    (first, *_rest) = words_of(pdfs["full"])
    (speed,) = [found for found in first if found.text == "ด่วนที่สุด"]
    (title,) = [found for found in first if found.text == "บันทึกข้อความ"]
    assert 3.0 + 1.5 * 5 / 4 < speed.left < speed.right < title.left
    assert size_of(pdfs["full"], "ด่วนที่สุด") == 32
    secrecy = [found for found in first if found.text == "ลับ"]
    assert [found.top < 1.5 or found.bottom > 27.5 for found in secrecy] == [True, True]
    assert [(found.left + found.right) / 2 for found in secrecy] == pytest.approx([11.0, 11.0], abs=0.1)


def test_the_table_lies_across_and_repeats_its_header(pdfs: Mapping[str, Path]) -> None:
    pages = words_of(pdfs["measures"])
    size = PdfReader(pdfs["measures"]).pages[0].mediabox
    assert float(size.width) / POINTS_PER_CM == pytest.approx(29.7, abs=0.05)
    assert len(pages) >= 4
    for words in pages:
        headings = [found for found in words if found.text == "มาตรการ/แนวทาง"]
        assert headings
        assert all(found.right <= 29.7 - 2.0 + 0.05 and found.left >= 2.0 - 0.05 for found in words)
    assert {
        size for text, found in sizes_of(pdfs["measures"]).items() for size in found if text.strip("- ")
    } == {14, 16}


def test_all_digits_are_thai(pdfs: Mapping[str, Path]) -> None:
    for name in ("memo", "measures"):
        for words in words_of(pdfs[name]):
            body = " ".join(found.text for found in words if found.top > 1.4)
            assert not re.findall("[0-9]", body)
            assert re.findall("[๐-๙]", body)


def test_templates_saved_again_by_another_program_still_work(tmp_path: Path) -> None:
    """LibreOffice cuts every pair of braces into runs of its own and names the styles anew."""
    again = rendering.saved_again(
        {"memo": word.shipped("memo"), "measures": word.shipped("measures")}, tmp_path
    )
    assert "{{เรื่อง}}" not in word.part(again["memo"])
    memo, table = compile_template(again["memo"], "memo"), compile_template(again["measures"], "measures")
    for given in ((sample.CONTENT, sample.GIVEN), (FULL, SIGNED)):
        ours, theirs = (documents.render_memo(template, *given) for template in (word.template("memo"), memo))
        assert word.lines(ours) == word.lines(theirs)
    ours, theirs = (documents.render_measures(t, sample.CONTENT) for t in (word.template("measures"), table))
    assert word.lines(ours) == word.lines(theirs)
    cells = [
        [[c.text for c in r.cells] for t in word.tables(data) for r in t.rows] for data in (ours, theirs)
    ]
    assert cells[0] == cells[1]
