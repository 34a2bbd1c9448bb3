"""A .docx as tables and words: document.xml itself, since python-docx hides what matters here (merges, lists, order).

Runs in the child. What Word shows is read: numbers of lists are counted, deleted and hidden words are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from memos.importing.grids import Cell, Grid, Source, Unreadable, check_size
from memos.importing.packages import parsed, parts_of
from memos.importing.word_footnotes import FOOTNOTES, Footnotes
from memos.importing.word_lists import VAL, Lists, W
from memos.importing.word_tables import grid_of

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = W[1:-1].encode()
# Elements that only wrap what a reader sees. A deletion or a moved-from is not among them: that text is gone.
_WRAPPERS = {
    W + name
    for name in (
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
    )
}
_UNREAD_COPY = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    W + "del",
    W + "moveFrom",
}
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_SYMBOLS = {
    "F0FC": "✓",
    "F050": "✓",
    "F0FE": "☑",
    "F052": "☑",
    "F0FB": "✗",
    "F0A8": "☐",
    "F06F": "☐",
    "F0B7": "•",
}
"""Letters of Wingdings and Symbol that officers tick and list with."""
_BREAK = "\v"
_LEADERS = re.compile(r"[\s._…-]*")


def read_word(data: bytes) -> Source:
    """Suspect, Unreadable."""
    parts = parts_of(data)
    document = parts.get("word/document.xml")
    if document is None:
        raise Unreadable("not-this-kind")
    lists = Lists(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    body = parsed(document.replace(_STRICT, _USUAL)).find(W + "body")
    if body is None:
        raise Unreadable("broken")
    notes = {name: part.replace(_STRICT, _USUAL) for name, part in parts.items() if name in FOOTNOTES}
    reader = _Reader(lists, Footnotes(notes))
    source = Source("word", list(reader.blocks(body)))
    if reader.footnotes.used:
        source.notes.append(["footnotes", str(reader.footnotes.used)])
    return check_size(source)


class _Reader:
    def __init__(self, lists: Lists, footnotes: Footnotes) -> None:
        self._lists = lists
        self.footnotes = footnotes

    def blocks(self, parent: etree._Element) -> Iterator[Grid | str]:
        """Tables, and paragraphs that say something. A table of one cell is a frame: its contents count."""
        for block in _children(parent):
            if block.tag == W + "p":
                text = self.paragraph(block)
                if text.strip():
                    yield text
            elif block.tag == W + "tbl":
                frame = _frame(block)
                if frame is not None:
                    yield from self.blocks(frame)
                else:
                    grid = grid_of(block, self._cell)
                    grid.pictures = sum(_is_read(picture) for picture in block.iter(*_PICTURES))
                    yield grid

    def _cell(self, cell: etree._Element) -> Cell:
        lines: list[str] = []
        for block in _children(cell):
            if block.tag == W + "p":
                lines += [self.paragraph(block), *self._boxed(block)]
            elif block.tag == W + "tbl":
                inner = grid_of(block, self._cell)
                lines += [" ".join(filter(None, inner.texts(row))) for row in range(len(inner.rows))]
        return Cell("\n".join(lines).strip("\n"))

    def _boxed(self, paragraph: etree._Element) -> Iterator[str]:
        """Words of the text boxes that hang on a cell's paragraph; Word keeps each box twice, for old readers too."""
        for box in paragraph.iter(W + "txbxContent"):
            if _is_read(box):
                yield from filter(None, map(self.paragraph, box.iterfind(W + "p")))

    def paragraph(self, paragraph: etree._Element) -> str:
        marker = self._lists.marker(paragraph.find(W + "pPr"))
        words = "".join(
            _underlined("".join(piece for piece, _under in pieces))
            if under
            else "".join(p for p, _u in pieces)
            for under, pieces in groupby(_pieces(paragraph), key=lambda piece: piece[1])
        )
        said = self.footnotes.behind(words, paragraph)
        return marker + said if said.strip() else ""


def _is_read(element: etree._Element) -> bool:
    return _UNREAD_COPY.isdisjoint(above.tag for above in element.iterancestors())


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif isinstance(child.tag, str):
            yield child


def _frame(table: etree._Element) -> etree._Element | None:
    """The only cell of a table, which somebody drew around other things."""
    rows = [row for row in _children(table) if row.tag == W + "tr"]
    if len(rows) != 1:
        return None
    cells = [cell for cell in _children(rows[0]) if cell.tag == W + "tc"]
    return cells[0] if len(cells) == 1 and cells[0].find(W + "tbl") is not None else None


def _pieces(parent: etree._Element) -> Iterator[tuple[str, bool]]:
    """(words, underlined) run by run."""
    for run in _children(parent):
        if run.tag != W + "r":
            continue
        properties = run.find(W + "rPr")
        if _is_on(properties, "vanish"):
            continue
        words = "".join(_words(run))
        if words:
            yield words, _is_on(properties, "u")


def _words(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag == W + "tab":
            yield "\t"
        elif child.tag == W + "noBreakHyphen":
            yield "-"
        elif child.tag == W + "sym":
            yield _SYMBOLS.get(child.get(W + "char", "").upper(), "")
        elif child.tag == W + "cr" or (
            child.tag == W + "br" and child.get(W + "type") in (None, "textWrapping")
        ):
            yield _BREAK


def _is_on(properties: etree._Element | None, name: str) -> bool:
    element = None if properties is None else properties.find(W + name)
    return element is not None and element.get(VAL) not in ("none", "0", "false")


def _underlined(words: str) -> str:
    """Each line between marks, spaces outside; a fill-in line of dots or blanks stays as it is."""
    return _BREAK.join(_marked(line) for line in words.split(_BREAK))


def _marked(line: str) -> str:
    if _LEADERS.fullmatch(line) or "__" in line:
        return line
    inner = line.strip()
    start = line.index(inner)
    return f"{line[:start]}__{inner}__{line[start + len(inner) :]}"
