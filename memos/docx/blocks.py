"""Marks what repeats in a body: the opinion block, the section, and the prototype table with its two cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree

from memos.docx.finding import token
from memos.docx.placeholders import Scope
from memos.docx.problems import TemplateProblem
from memos.docx.reading import SENTINELS
from memos.docx.words import place, properties, w

_GROUPS: dict[str, set[Scope]] = {
    "cover": {"cover"},
    "drafter": {"drafter"},
    "opinion": {"opinion"},
    "section": {"section", "header_cell", "body_cell"},
}


@dataclass(slots=True)
class Marks:
    """What was found in one part: placeholder names, its paragraphs, the scopes below each block of the body, cells."""

    names: set[str] = field(default_factory=set)
    paragraphs: list[etree._Element] = field(default_factory=list)
    scopes: dict[etree._Element, set[Scope]] = field(default_factory=dict)
    cells: dict[Scope, list[etree._Element]] = field(default_factory=dict)


def attribute_mark(what: str) -> str:
    return SENTINELS[0] + what + SENTINELS[1]


def enclose(first: etree._Element, last: etree._Element, what: str, name: str = "-") -> None:
    first.addprevious(token(what, name))
    last.addnext(token("end", what))


def mark_blocks(marks: Marks) -> None:
    """Encloses the consecutive blocks that hold one group's placeholders. TemplateProblem when they do not stand together."""
    for group, scopes in _GROUPS.items():
        blocks = [block for block, found in marks.scopes.items() if found & scopes]
        if not blocks:
            continue
        body = blocks[0].getparent()
        assert body is not None
        places = sorted(body.index(block) for block in blocks)
        together = body[places[0] : places[-1] + 1]
        for block in together:
            _check_block(group, block, marks.scopes.get(block, set()) - scopes)
        cells = list(dict.fromkeys(cell for scope in scopes for cell in marks.cells.get(scope, ())))
        if group == "opinion" and len(cells) > 1:
            _mark_turns(group, together, cells)
        else:
            enclose(together[0], together[-1], "group", group)
    _mark_table(marks)


def _check_block(group: str, block: etree._Element, strange: set[Scope]) -> None:
    if strange:
        raise TemplateProblem(
            _("ช่องข้อความที่ซ้ำเป็นชุด (%(group)s) มีช่องอื่นคั่นอยู่ โปรดจัดให้อยู่ติดกัน") % {"group": _group_title(group)}
        )
    if next(block.iter(w("sectPr")), None) is not None:
        raise TemplateProblem(
            _("มีตัวแบ่งส่วน (Section Break) อยู่ในชุด%(group)s โปรดลบออก") % {"group": _group_title(group)}
        )


def _mark_turns(group: str, together: list[etree._Element], cells: list[etree._Element]) -> None:
    """Cells of one row that each hold the group once are filled in turn, so that opinions stand side by side."""
    rows = {cell.getparent() for cell in cells}
    (row, *further) = rows
    if further or len(together) != 1 or row is None or row.getparent() is not together[0]:
        raise TemplateProblem(_("ชุดความเห็นที่อยู่หลายช่องของตาราง ต้องอยู่ในแถวเดียวกันทั้งหมด"))
    for cell in cells:
        start = 1 if cell[0].tag == w("tcPr") else 0
        cell.insert(start, token("turn", "-"))
        cell.append(token("end", "turn"))
    enclose(row, row, "turnrow")
    enclose(together[0], together[0], "turns", group)


def _group_title(group: str) -> str:
    titles = {
        "cover": _("หน้าปก"),
        "drafter": _("ผู้เสนอ"),
        "opinion": _("ความเห็น"),
        "section": _("ส่วนของรายงาน"),
    }
    return titles[group]


def _mark_table(marks: Marks) -> None:
    """The prototype table: a header row and a body row of one cell each, which become as many as the form has columns."""
    header, body = marks.cells.get("header_cell", []), marks.cells.get("body_cell", [])
    if not (header or body):
        return
    rows = [cell.getparent() for cell in (*header, *body)]
    table = rows[0].getparent() if rows and rows[0] is not None else None
    if table is None or len(header) != 1 or len(body) != 1 or table.findall(w("tr")) != rows:
        raise TemplateProblem(_("ตารางต้นแบบต้องมีสองแถว แถวละหนึ่งช่อง: {{หัวคอลัมน์}} และ {{ข้อมูล}}"))
    if any(row is None or len(row.findall(w("tc"))) != 1 for row in rows):
        raise TemplateProblem(_("ตารางต้นแบบต้องมีสองแถว แถวละหนึ่งช่อง: {{หัวคอลัมน์}} และ {{ข้อมูล}}"))
    _mark_width(table)
    for row, cell, what in zip(rows, (header[0], body[0]), ("headrow", "bodyrow"), strict=True):
        _mark_row(row, cell, what)
    enclose(table, table, "table")


def _mark_width(table: etree._Element) -> None:
    formatting = properties(table, "tblPr")
    width, layout = etree.Element(w("tblW")), etree.Element(w("tblLayout"))
    width.set(w("w"), attribute_mark("tablewidth"))
    width.set(w("type"), "dxa")
    layout.set(w("type"), "fixed")
    place(formatting, "tblW", width)
    place(formatting, "tblLayout", layout)
    for grid in table.findall(w("tblGrid")):
        table.remove(grid)
    formatting.addnext(token("grid"))


def _mark_row(row: etree._Element, cell: etree._Element, what: str) -> None:
    if what == "headrow":
        formatting = properties(row, "trPr")
        if formatting.find(w("tblHeader")) is None:
            formatting.append(etree.Element(w("tblHeader")))
    formatting = properties(cell, "tcPr")
    for name in ("gridSpan", "hMerge"):
        for old in formatting.findall(w(name)):
            formatting.remove(old)
    place(formatting, "vMerge", token("merge"))
    place(formatting, "tcW", token("cellwidth"))
    enclose(cell, cell, "cell")
    enclose(row, row, what)
