"""Nodes of what repeats in a body: covers, opinions and sections, each with its pages and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memos.docx.nodes import Node, Paragraph, Sheet
from memos.docx.pages import Pages
from memos.docx.tables import TableShape

# A table needs a paragraph behind it, or it would grow together with the next one; this one is 1 pt high.
_SEPARATOR = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that repeat together, once per opinion or section."""

    name: str
    children: tuple[str | Node, ...]
    pages: Pages | None = None

    def write(self, sheet: Sheet) -> None:
        outer = sheet.values
        for copy in sheet.groups.get(self.name, ()):
            if self.pages and (sheet.after_cover or sheet.landscape not in (None, copy.landscape)):
                _end_pages(sheet, self.pages)
            sheet.values = {**outer, **copy.values}
            sheet.table, sheet.landscape = copy.table, copy.landscape
            _write_copy(sheet, self.children)
            if sheet.out[-1].rstrip().endswith("</w:tbl>"):
                sheet.out.append(_SEPARATOR)
            sheet.after_cover = self.name == "cover"
        sheet.values, sheet.closing, sheet.table = outer, None, None


def _write_copy(sheet: Sheet, children: Sequence[str | Node]) -> None:
    kept = [n for n in children if not (isinstance(n, Paragraph) and n.gone(sheet.values))]
    last = next((n for n in reversed(kept) if not isinstance(n, str) or n.strip()), None)
    sheet.closing = last if isinstance(last, Paragraph) else None
    for node in kept:
        if isinstance(node, Paragraph):
            node.put(sheet)
        elif isinstance(node, str):
            sheet.out.append(node)
        else:
            node.write(sheet)


def _end_pages(sheet: Sheet, pages: Pages) -> None:
    """Ends the pages that lie as those so far; what separated a table from the next one does so no more."""
    if sheet.out[-1] is _SEPARATOR:
        sheet.out.pop()
    sheet.out.append(pages.ending(sheet.landscape, sheet.place))
    sheet.place = "covered" if sheet.after_cover else "later"


@dataclass(frozen=True, slots=True)
class Turns:
    """A table whose row holds a group once in each of several cells: they are filled in turn, the row repeats."""

    name: str
    children: tuple[str | Node, ...]

    def write(self, sheet: Sheet) -> None:
        copies, outer = list(sheet.groups.get(self.name, ())), sheet.values
        if not copies:
            return
        sheet.turns, sheet.outer = copies, outer
        sheet.write(self.children)
        sheet.out.append(_SEPARATOR)
        sheet.values, sheet.closing = outer, None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """The row of Turns, written until every copy has its cell."""

    children: tuple[str | Node, ...]

    def write(self, sheet: Sheet) -> None:
        while sheet.turns:
            sheet.write(self.children)


@dataclass(frozen=True, slots=True)
class Turn:
    """The paragraphs of one cell of a TurnRow: the next copy, or an empty cell behind the last."""

    children: tuple[str | Node, ...]

    def write(self, sheet: Sheet) -> None:
        if not sheet.turns:
            sheet.out.append("<w:p/>")
            return
        sheet.values = {**sheet.outer, **sheet.turns.pop(0).values}
        _write_copy(sheet, self.children)


@dataclass(frozen=True, slots=True)
class Table:
    """The table of the section at hand, if it has one."""

    shape: TableShape

    def write(self, sheet: Sheet) -> None:
        if sheet.table is not None:
            self.shape.write(sheet.out, sheet.table, sheet.landscape)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The section properties at the end of the body, as the last section's form wants them."""

    pages: Pages

    def write(self, sheet: Sheet) -> None:
        sheet.out.append(self.pages.setup(sheet.landscape, sheet.place))
