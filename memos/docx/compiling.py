"""Turns a marked part into nodes: the serialised XML is cut at the marks, once per template version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from lxml import etree

from memos.docx.nodes import (
    Container,
    Drawing,
    Keep,
    Node,
    Paragraph,
    PictureLink,
    PictureWidth,
    Slot,
    one_slot,
)
from memos.docx.pages import Pages, read_pages
from memos.docx.placeholders import Placeholder
from memos.docx.problems import TemplateProblem
from memos.docx.repeating import Group, PageSetup, Table, Turn, TurnRow, Turns
from memos.docx.sizes import Sizes
from memos.docx.tables import CellShape, RowShape, TableShape
from memos.docx.text import RunStyle

_FORMATTING = r"<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|<w:rPr/>"
_SLOT = (
    rf"<w:r>(?P<plain>{_FORMATTING})?<\?ita slot (?P<slot>\S+?)\?></w:r>"
    rf"<w:r>(?P<underlined>{_FORMATTING})<\?ita line \S+?\?></w:r>"
)
_MARKS = re.compile(
    rf"{_SLOT}|<\?ita (?P<what>\S+) (?P<name>\S+?)\?>|\ufdd0(?P<attribute>[^\ufdd1]*)\ufdd1", re.DOTALL
)
_TABLE = re.compile(
    r"<\?ita table -\?>(?P<before>.*?)<\?ita grid 0\?>(?P<gap>.*?)<\?ita headrow -\?>(?P<head>.*?)<\?ita end headrow\?>"
    r"(?P<between>.*?)<\?ita bodyrow -\?>(?P<body>.*?)<\?ita end bodyrow\?>(?P<after>.*?)<\?ita end table\?>",
    re.DOTALL,
)
_ROW = re.compile(r"(?P<before>.*?)<\?ita cell -\?>(?P<cell>.*)<\?ita end cell\?>(?P<after>.*)", re.DOTALL)
_CELL = re.compile(
    r"(?P<to_width>.*?)<\?ita cellwidth 0\?>(?P<to_merge>.*?)<\?ita merge 0\?>(?P<to_paragraph>.*?)"
    r"<\?ita paragraph -\?>(?P<to_indent>.*?)"
    r"(?:<\?ita indent 0\?>|<\?ita indentfrom 0\?>(?P<own_indent>.*?)<\?ita indentto 0\?>)"
    rf"(?P<to_words>.*?){_SLOT}(?P<after_words>.*?)<\?ita end paragraph\?>(?P<after_paragraph>.*)",
    re.DOTALL,
)
_LAST_SECTION = re.compile(r"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.DOTALL)
_LETTERS = re.compile(r"<w:t(?: [^>]*)?>[^<]*</w:t>")
_EMPTY_RUN = re.compile(rf"<w:r>(?:{_FORMATTING})?</w:r>", re.DOTALL)
_PAGE_BREAK = re.compile(r'<w:pageBreakBefore(?: w:val="(?:1|true|on)")?/>')
_OPENINGS = ("paragraph", "container", "group", "turns", "turnrow", "turn")


def compile_part(
    root: etree._Element, known: dict[str, Placeholder], sizes: Sizes, turns: bool
) -> tuple[str | Node, ...]:
    """The nodes of one marked part. `turns`: its pages lie as each section's form wants."""
    text = etree.tostring(root, encoding="unicode")
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text
    tables: list[TableShape] = []
    page = None
    section = _LAST_SECTION.search(text)
    if turns and section:
        page = read_pages(section[0])
        text = f"{text[: section.start()]}<?ita page 0?>{text[section.end() :]}"

    def keep_table(match: re.Match[str]) -> str:
        if page is None:
            raise TemplateProblem(_("แม่แบบไม่มีขนาดกระดาษ โปรดตั้งค่าหน้ากระดาษใน Word แล้วบันทึกใหม่"))
        tables.append(_table(match, sizes, page))
        return f"<?ita tablenode {len(tables) - 1}?>"

    text = _TABLE.sub(keep_table, text)
    return _Reader(known, tables, page).read(_events(text))


def _events(text: str) -> Iterator[str | re.Match[str]]:
    position = 0
    for match in _MARKS.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        yield match
        position = match.end()
    yield text[position:]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the marks of a part into nodes; marks that enclose are read recursively from the one iterator."""

    known: dict[str, Placeholder]
    tables: list[TableShape]
    page: Pages | None

    def read(self, events: Iterator[str | re.Match[str]]) -> tuple[str | Node, ...]:
        nodes: list[str | Node] = []
        for event in events:
            if isinstance(event, str):
                nodes.append(event)
            elif event["slot"]:
                nodes.append(Slot(event["slot"], RunStyle(event["plain"] or "", event["underlined"])))
            elif event["attribute"] is not None:
                nodes.append(_attribute(event["attribute"]))
            elif event["what"] == "end":
                break
            elif event["what"] in _OPENINGS:
                if event["name"] == "drafter":
                    _cling(nodes)
                nodes.append(self._enclosed(event["what"], event["name"], self.read(events)))
            else:
                nodes += self._single(event["what"], event["name"])
        return tuple(nodes)

    def _enclosed(self, what: str, name: str, children: tuple[str | Node, ...]) -> Node:
        if what == "container":
            return Container(children)
        if what == "group":
            return Group(name, children, self.page)
        if what == "turns":
            return Turns(name, children)
        if what in ("turnrow", "turn"):
            return TurnRow(children) if what == "turnrow" else Turn(children)
        return _paragraph(children, self.known)

    def _single(self, what: str, name: str) -> list[str | Node]:
        if what == "keep":
            return [Keep(name == "1")]
        if what == "tablenode":
            return [Table(self.tables[int(name)])]
        if what == "page" and self.page:
            return [PageSetup(self.page)]
        return []  # indent marks say something in the cells of the prototype table only


def _cling(nodes: list[str | Node]) -> None:
    """A signature never stands on a page without words above it: the paragraph before it stays with it."""
    if nodes and isinstance(nodes[-1], Paragraph):
        nodes[-1] = replace(nodes[-1], clings=True)


def _attribute(mark: str) -> Node:
    what, *rest = mark.split(":")
    if what == "picture":
        return PictureLink(rest[0], rest[1])
    if what == "width":
        return PictureWidth(rest[0], int(rest[1]), int(rest[2]))
    return Drawing()


def _paragraph(children: tuple[str | Node, ...], known: dict[str, Placeholder]) -> Paragraph:
    names = [child.name for child in children if isinstance(child, Slot)]
    lines = next((name for name in names if known[name].kind == "lines"), "")
    first = tuple(
        Slot(child.name, child.style, repeats=True)
        if isinstance(child, Slot) and child.name == lines
        else child
        for child in children
    )
    further: list[str | Node] = []
    for index, child in enumerate(first):
        if isinstance(child, Slot) and child.repeats:
            further += first[index:]
            break
        if isinstance(child, str):
            further.append(_PAGE_BREAK.sub("", _EMPTY_RUN.sub("", _LETTERS.sub("", child))))
        elif not isinstance(child, Slot):
            further.append(child)
    alone = not any(isinstance(child, str) and _LETTERS.search(child) for child in children)
    vanishing = tuple(
        name for name in names if known[name].vanishes in ("with label", "alone" if alone else "")
    )
    beyond = tuple(further) if lines else ()
    single = names[0] if len(names) == 1 else ""
    return Paragraph(
        first, beyond, vanishing, lines, single=single, plain=one_slot(first), plain_further=one_slot(beyond)
    )


def _table(match: re.Match[str], sizes: Sizes, page: Pages) -> TableShape:
    before, _mark, after = match["before"].partition("\ufdd0tablewidth\ufdd1")
    header, body = _row(match["head"], sizes), _row(match["body"], sizes)
    gap, between, rest = _plain(match["gap"]), _plain(match["between"]), _plain(match["after"])
    return TableShape(
        before,
        after,
        RowShape(gap + header.before, header.cell, header.after),
        between,
        body,
        rest,
        page.room,
    )


def _row(text: str, sizes: Sizes) -> RowShape:
    row = _ROW.fullmatch(text)
    cell = _CELL.fullmatch(row["cell"]) if row else None
    if row is None or cell is None:
        raise TemplateProblem(_("ตารางต้นแบบต้องมีสองแถว แถวละหนึ่งช่อง: {{หัวคอลัมน์}} และ {{ข้อมูล}}"))
    pieces = {
        name: _plain(cell[name] or "")
        for name in (
            "to_width",
            "to_merge",
            "to_paragraph",
            "to_indent",
            "own_indent",
            "to_words",
            "after_words",
            "after_paragraph",
        )
    }
    style = RunStyle(cell["plain"] or "", cell["underlined"])
    size = sizes.half_points(style.plain, pieces["to_indent"])
    return RowShape(_plain(row["before"]), CellShape(**pieces, style=style, size=size), _plain(row["after"]))


def _plain(text: str) -> str:
    """The text without marks; what a mark of keeping together stood for is put back."""
    return _MARKS.sub(
        lambda mark: "<w:keepNext/>" if mark["what"] == "keep" and mark["name"] == "1" else "", text
    )
