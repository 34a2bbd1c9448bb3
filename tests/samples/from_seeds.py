"""Makes recognised/<sample>.json from the five recognised reports: their pages as rows and cells, every fault left in.

    python -m tests.samples.from_seeds [FOLDER]

The reports come with three kinds of markup: rows parted by tabs, lists in HTML that are not always closed, and tables in
Markdown. What a reader of the paper sees as a line is a line here; nothing else is mended. Every letter is counted
against the source before anything is written.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

Table = list[list[str]]
Page = list[str | Table]

HERE = Path(__file__).parent / "recognised"

# Paragraphs before the enclosure's first page: the cover, in 002 the memo. A page's end leaves no mark in the source.
FRONT = {"000": 2, "001": 4, "002": 19, "003": 2, "004": 2}

_MONTHS = """ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค. มกราคม กุมภาพันธ์ มีนาคม เมษายน
    พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"""
_MONTH = "|".join(map(re.escape, _MONTHS.split()))
# Where an item begins that recognition ran on in one line. A dash before a month parts the halves of a period.
_ITEM = re.compile(rf"(?<=\S)[ \t]+(?=[๐-๙]{{1,2}}\.|\([๐-๙]{{1,2}}\)|-[ \t]*(?!{_MONTH})[ก-ฮเ-ไ])")
_BREAK = re.compile(r"</?(?:p|ul|ol|li)(?:\s[^>]*)?>|<br\s*/?>")
_MARKDOWN = re.compile(r"^#+\s+|\*\*")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")


def pages(sample: str, source: str) -> list[Page]:
    """The source's pages in order: a page ends after its table; words behind the last table stay on the last page."""
    found: list[Page] = [[]]
    texts = 0
    for block in _blocks(source):
        if texts == FRONT[sample] and isinstance(block, str):
            found.append([])
        texts += isinstance(block, str)
        if found[-1] and isinstance(found[-1][-1], list):
            found.append([])
        found[-1].append(block)
    if len(found) > 1 and all(isinstance(block, str) for block in found[-1]):
        found[-2:] = [found[-2] + found[-1]]
    return found


def _blocks(source: str) -> Iterator[str | Table]:
    """Paragraphs and tables: what stands between empty lines."""
    for part in re.split(r"\n(?:[ \t]*\n)+", source.strip("\n ")):
        lines = part.splitlines()
        if any("\t" in line for line in lines):
            yield [[cell_text(cell) for cell in line.split("\t")] for line in lines]
        elif lines[0].startswith("|"):
            yield [[cell_text(cell) for cell in row] for row in _markdown_rows(lines)]
        else:
            yield "\n".join(_plain(line) for line in lines)


def _plain(line: str) -> str:
    return _ADDRESS.sub(r"\1", _MARKDOWN.sub("", line)).strip()


def _markdown_rows(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        cells = line.strip()[1:-1].split("|")
        if not set("".join(cells)) <= {"-"}:
            yield cells


def cell_text(markup: str) -> str:
    """A cell's lines: paragraphs, list items, breaks; __…__ for an underline; an empty line where two breaks meet."""
    text = re.sub(r"<u>\s*(.*?)\s*</u>", r"__\1__", markup)
    text = re.sub(r"</p>\s*<br\s*/?>\s*<p>", "\n\n", text)
    text = re.sub(r"</p>\s*<(?:p|ul|ol)\b[^>]*>", "\n", text)
    text = _ITEM.sub("\n", _BREAK.sub("\n", text))
    text = "\n".join(line.strip() for line in text.split("\n")).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text)


def letters(source: str) -> str:
    """What must not be lost or added: everything but white space, markup and underlines."""
    kept = "\n".join(line for line in source.splitlines() if not re.fullmatch(r"[|\-\s]+", line))
    kept = _ADDRESS.sub(r"\1", kept)
    kept = re.sub(r"</?(?:p|ul|ol|li|br|u)(?:\s[^>]*|/)?>|\*\*|^#+ |__|\|", "", kept, flags=re.MULTILINE)
    return re.sub(r"\s+", "", kept)


def words(found: list[Page]) -> str:
    """The letters of pages, read row by row."""
    texts: list[str] = []
    for block in (block for page in found for block in page):
        texts += [block] if isinstance(block, str) else [cell for row in block for cell in row]
    return re.sub(r"\s+|__", "", "".join(texts))


def main(folder: Path) -> None:
    HERE.mkdir(exist_ok=True)
    for sample in FRONT:
        (path,) = folder.glob(f"{sample}*.txt")
        source = path.read_text(encoding="utf-8")
        made = pages(sample, source)
        if words(made) != letters(source):
            raise SystemExit(f"{sample}: letters were lost or added")
        text = json.dumps(made, ensure_ascii=False, indent=1)
        (HERE / f"{sample}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE.parent)
