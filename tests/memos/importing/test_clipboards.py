"""What Excel, Word, LibreOffice and Google Sheets put on the clipboard, as HTML and as text, read exactly.

The samples of LibreOffice are what it really gives (25.2, asked for its transferable); the others follow what those
programs give, with words of our own. ``rows``: the cells, null where the cell to the left reaches over, ``below`` the text
of the cell that reaches down; a text alone where it is no block. ``plain``: what the text says without the HTML; null where
it is the clipboard of a program whose text no longer tells its cells apart.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from memos import clipboard
from memos.importing import tabbed

CLIPBOARDS = Path(__file__).resolve().parents[2] / "samples" / "clipboard"
SAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CLIPBOARDS.glob("*.json"))
}


def shown(read: clipboard.Clipboard) -> Any:
    """As the samples write it."""
    if read.block is None:
        return read.text
    return [
        [spot and ({"below": spot.text} if spot.below else spot.text) for spot in row] for row in read.block
    ]


def test_words_beside_the_tables_are_noticed() -> None:
    beside = {name for name, one in SAMPLES.items() if clipboard.read(one["html"], one["text"]).words}
    assert beside == {"word-two-pages"}


def test_there_is_one_of_each_kind() -> None:
    programs = {name.split("-")[0] for name in SAMPLES}
    assert programs == {"excel", "word", "calc", "writer", "sheets"}
    assert len(SAMPLES) == 20


@pytest.mark.parametrize("name", SAMPLES)
def test_html_is_read_exactly(name: str) -> None:
    sample = SAMPLES[name]
    assert shown(clipboard.read(sample["html"], sample["text"])) == sample["rows"]


@pytest.mark.parametrize("name", [name for name in SAMPLES if SAMPLES[name]["plain"]])
def test_text_alone_is_read_exactly(name: str) -> None:
    assert shown(clipboard.read("", SAMPLES[name]["text"])) == SAMPLES[name]["plain"]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("ประโยคเดียว", False),
        ("สองบรรทัด\nไม่มีช่อง", False),
        ("1.\tข้อแรก\n2.\tข้อสอง", False),
        ('"คำพูด" ของผู้แทน', False),
        ('"สองบรรทัด\nในช่องเดียว"', False),
        ('"สองบรรทัด\nในช่องเดียว"\nอีกช่อง', True),
        ("1.\tก\tข", True),
        ("ก\tข", True),
        ("ก\t", True),
    ],
)
def test_what_is_a_block(text: str, block: bool) -> None:
    assert tabbed.is_block(text) is block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"ก\t""ข"""\tค', [['ก\t"ข"', "ค"]]),
        ('"ไม่ปิด\tค\nง', [['"ไม่ปิด', "ค"], ["ง", ""]]),
        ('"ปิดแล้ว"ต่อ\tค', [['"ปิดแล้ว"ต่อ', "ค"]]),
        ("ก\tข\r\rค\tง", [["ก", "ข"], ["", ""], ["ค", "ง"]]),
        ("\t", [["", ""]]),
        ('"\r\n"\t', [["\n", ""]]),
    ],
)
def test_marks_of_quotation(text: str, rows: list[list[str]]) -> None:
    assert tabbed.cells_of(text).rows == rows
