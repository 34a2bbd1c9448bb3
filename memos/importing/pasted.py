"""A table from the clipboard: HTML of Word, Excel, LibreOffice or Google Sheets, or plain text with tabs. In the child."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from memos.importing.grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Grid,
    Source,
    Unreadable,
    check_size,
    laid_out,
)
from memos.importing.loose_text import read_loose

_IS_HTML = re.compile(r"<(?:table|tr|td|html)\b", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr"}
_SILENT = {"style", "script", "head", "title", "noscript", "template", "del"}
_ROWS = {"thead", "tbody", "tfoot"}
_SPACES = re.compile("[ \t\r\n\f]+")
_LINE_END = re.compile("[ \t\r\n\f]*\n[ \t\r\n\f]*")
# An item's marker and its words are one line, whatever blocks the words stand in; its end ends the line all the same.
_GLUE, _ITEM_END = "\ufdd0", "\ufdd1"
_GLUED = re.compile(f"{_GLUE}[ \t\r\n\f]*")
_UNDERLINED = re.compile(r"text-decoration[^;:]*:[^;]*underline", re.IGNORECASE)
_WORDS_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NO_SPAN = re.compile(r"mso-ignore:\s*colspan", re.IGNORECASE)
_REMARK = re.compile(r"mso-special-character:\s*comment|mso-element:\s*comment", re.IGNORECASE)
_LEADERS = re.compile(r"[\s._…-]*")


def read_pasted(text: str) -> Source:
    """Unreadable when there is no table in it."""
    if not _IS_HTML.search(text):
        return check_size(read_loose(text.replace("\0", ""), "pasted"))
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_with_body(text.replace("\0", "")), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken") from error
    if root is None:
        raise Unreadable("no-table")
    return check_size(Source("pasted", list(_blocks(root))))


def _with_body(text: str) -> str:
    """Google Sheets begins with a <meta> and has no body: the parser would put its table into a head."""
    return text if _BODY.search(text) else f"<body>{text}"


def _blocks(parent: etree._Element) -> Iterator[Grid | str]:
    """Tables, and the lines of text around them."""
    for kind, item in _parts(parent):
        if kind == "table":
            yield _grid(item)
        else:
            yield from (line for line in _lines(item) if line.strip())


def _parts(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _SILENT or _is_remark(child):
            continue
        if child.tag == "table":
            yield "table", child
        elif child.find(".//table") is not None:
            yield from _parts(child)
        else:
            yield "words", child


def _is_remark(element: etree._Element) -> bool:
    """What a reviewer wrote in Word's margin, and the sign that leads there."""
    return _REMARK.search(element.get("style", "")) is not None


def _grid(table: etree._Element) -> Grid:
    rows = list(_own_rows(table))
    if len(rows) > MOST_ROWS:
        raise Unreadable("too-many-rows")
    cells = [
        [cell for element in row if element.tag in ("td", "th") for cell in _cells(element)] for row in rows
    ]
    header = 0
    while header < len(rows) and _is_header(rows[header]):
        header += 1
    return laid_out(cells, header_rows=header)


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _ROWS:
            yield from (row for row in child if row.tag == "tr")


def _is_header(row: etree._Element) -> bool:
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return row.getparent().tag == "thead" or (bool(cells) and all(cell.tag == "th" for cell in cells))


def _cells(element: etree._Element) -> list[Cell]:
    """One cell; with Excel the empty ones beside it too, which it writes as a span that is none."""
    style = element.get("style", "")
    text = "\n".join(_lines(element, bool(_UNDERLINED.search(style)))).strip("\n")
    cell = Cell(text, _span(element, "rowspan"), _span(element, "colspan"))
    if not _NO_SPAN.search(style):
        return [cell]
    return [Cell(text, cell.rowspan)] + [Cell("", cell.rowspan)] * (cell.colspan - 1)


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    if not (text.isdecimal() and text.isascii()):
        return 1
    return min(int(text[:6]), MOST_ROWS if name == "rowspan" else MOST_COLUMNS + 1) or 1


def _lines(element: etree._Element, underlined: bool = False) -> list[str]:
    """The element's text in lines: blocks end a line, so does a break (U+000B); spaces run together as a browser shows."""
    text = _GLUED.sub("", "".join(_flow(element, underlined))).replace(_ITEM_END, "\n")
    return [_line(line) for line in _LINE_END.sub("\n", text).strip("\n").split("\n")]


def _line(text: str) -> str:
    """A break that ends a paragraph shows nothing; one that is all of it is an empty line."""
    parts = [_SPACES.sub(" ", part).strip(" ") for part in text.split("\v")]
    return "\v".join(parts if len(parts) == 1 or parts[-1] else parts[:-1])


def _flow(element: etree._Element, underlined: bool, depth: int = 0) -> Iterator[str]:
    """``depth``: how many numbered lists the element stands in."""
    yield from _said(element.text, underlined)
    number = _start(element) - 1
    depth += element.tag == "ol"
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SILENT and not _is_remark(child):
            number += child.tag == "li"
            yield from _inline(child, underlined, element.tag, number, depth)
        yield from _said(child.tail, underlined)


def _start(element: etree._Element) -> int:
    text = element.get("start", "") if element.tag == "ol" else ""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 3 else 1


def _inline(child: etree._Element, underlined: bool, parent: str, number: int, depth: int) -> Iterator[str]:
    if child.tag == "br":
        yield "\v"
        return
    if child.tag in _BLOCKS:
        yield "\n"
    if child.tag == "li":
        yield _numbered(number, depth) if parent == "ol" else "- "
        yield _GLUE
    style = child.get("style", "")
    if _WORDS_MARKER.search(style):
        yield _marker(child)
        return
    below = underlined or child.tag == "u" or bool(_UNDERLINED.search(style))
    yield from _flow(child, below and child.tag != "a", depth)
    if child.tag == "li":
        yield _ITEM_END
    elif child.tag in _BLOCKS:
        yield "\n"
    elif child.tag in ("td", "th"):
        yield " "


def _numbered(number: int, depth: int) -> str:
    """A list within a list takes the other marker, by which paper sets it in: 1. and under it (1)."""
    return f"{number}. " if depth % 2 else f"({number}) "


def _marker(element: etree._Element) -> str:
    """What Word draws before an item of a list: a number and a tab's worth of blanks, or a sign of its own fonts."""
    words = " ".join("".join(element.itertext()).split())
    return f"{words} " if words != "o" and any(letter.isalnum() for letter in words) else "- "


def _said(text: str | None, underlined: bool) -> Iterator[str]:
    if not text:
        return
    inner = _SPACES.sub(" ", text).strip(" ")
    if not underlined or _LEADERS.fullmatch(inner) or "__" in inner:
        yield _SPACES.sub(" ", text)
        return
    start = text.index(text.lstrip(" \t\r\n\f"))
    yield f"{' ' if start else ''}__{inner}__{' ' if text[-1:].isspace() else ''}"
