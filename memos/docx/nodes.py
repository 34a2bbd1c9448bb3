"""A compiled part: a tree of ready XML strings and the few nodes between them that a document's values decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from memos.docx.pictures import Picture, Pictures
from memos.docx.text import RunStyle, is_heading, runs


@dataclass(frozen=True, slots=True)
class Blank:
    """The value of a signature not drawn: its paragraph stays, as room for ink."""


# Lines as printed, a picture, or room for one; an empty list and a missing name are nothing at all.
Value = list[str] | Picture | Blank
Values = Mapping[str, Value]
# A table needs a paragraph behind it, or it would grow together with the next one; this one is 1 pt high.
_SEPARATOR = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


@dataclass(frozen=True, slots=True)
class TableValues:
    """One section's table: columns as (heading lines, relative width), rows of cells."""

    headings: Sequence[Sequence[str]]
    widths: Sequence[int]
    rows: Sequence[Sequence[TableCell]]


@dataclass(frozen=True, slots=True)
class TableCell:
    """`merge` is "restart" where a cell begins to span rows, "continue" below it, "" for an ordinary one."""

    text: str
    merge: str = ""


@dataclass(frozen=True, slots=True)
class GroupValues:
    """One copy of a repeated group: its own values, its table, and whether the page lies landscape."""

    values: Values
    table: TableValues | None = None
    landscape: bool | None = None


class Sheet:
    """Where one part is written: the pieces so far, and what its nodes need to know of their surroundings."""

    def __init__(
        self, values: Values, groups: Mapping[str, Sequence[GroupValues]], pictures: Pictures
    ) -> None:
        self.out: list[str] = []
        self.values, self.groups, self.pictures = values, groups, pictures
        self.line = ""
        self.table: TableValues | None = None
        self.landscape: bool | None = None
        self.keep: bool | None = None
        self.closing: Paragraph | None = (
            None  # the last paragraph of a block must not cling to the next block
        )

    def write(self, nodes: Sequence[str | Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.out.append(node)
            else:
                node.write(self)


class Node(Protocol):
    def write(self, sheet: Sheet) -> None: ...


@dataclass(frozen=True, slots=True)
class Slot:
    """The runs of one value. In a paragraph that repeats, the line at hand."""

    name: str
    style: RunStyle
    repeats: bool = False

    def write(self, sheet: Sheet) -> None:
        value = [sheet.line] if self.repeats else sheet.values.get(self.name, [])
        if isinstance(value, Picture):
            sheet.out.append(f"<w:r>{self.style.plain}{sheet.pictures.inline(value)}</w:r>")
        elif isinstance(value, list):
            sheet.out.append("<w:r><w:br/></w:r>".join(runs(line, self.style) for line in value))


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep with next: as the template says, but headings do and the end of a block does not."""

    own: bool

    def write(self, sheet: Sheet) -> None:
        if sheet.keep is not None:
            sheet.out.append("<w:keepNext/>" if sheet.keep else '<w:keepNext w:val="0"/>')
        elif self.own:
            sheet.out.append("<w:keepNext/>")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with slots. It goes when a value in `vanishing` is empty, and repeats for the lines of `lines`.

    `further` is its shape from the second line on: the label's letters are left out, its tabs stay.
    """

    first: tuple[str | Node, ...]
    further: tuple[str | Node, ...]
    vanishing: tuple[str, ...]
    lines: str = ""
    clings: bool = False  # its last line stays on the page of what follows

    def gone(self, values: Values) -> bool:
        return any(values.get(name, []) == [] for name in self.vanishing)

    def write(self, sheet: Sheet) -> None:
        if self.gone(sheet.values):
            return
        value = sheet.values.get(self.lines, []) if self.lines else [""]
        lines = value if isinstance(value, list) else []
        for index, line in enumerate(lines):
            sheet.line = line
            last = index == len(lines) - 1
            sheet.keep = True if is_heading(line) or (last and self.clings) else None
            if sheet.closing is self and last:
                sheet.keep = False
            sheet.write(self.further if index else self.first)
        sheet.keep = None


@dataclass(frozen=True, slots=True)
class Container:
    """A cell, header or footer: Word demands that it ends with a paragraph."""

    children: tuple[str | Node, ...]

    def write(self, sheet: Sheet) -> None:
        start = len(sheet.out)
        sheet.write(self.children)
        if not "".join(sheet.out[start:]).rstrip().endswith(("</w:p>", "<w:p/>")):
            sheet.out.append("<w:p/>")


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that repeat together, once per opinion or section."""

    name: str
    children: tuple[str | Node, ...]
    breaks: Mapping[bool, str] | None = None  # landscape → a paragraph that ends a run of such pages

    def write(self, sheet: Sheet) -> None:
        outer = sheet.values
        for copy in sheet.groups.get(self.name, ()):
            if self.breaks and sheet.landscape not in (None, copy.landscape):
                sheet.out.append(self.breaks[bool(sheet.landscape)])
            sheet.values = {**outer, **copy.values}
            sheet.table, sheet.landscape = copy.table, copy.landscape
            kept = [n for n in self.children if not (isinstance(n, Paragraph) and n.gone(sheet.values))]
            last = next((n for n in reversed(kept) if not isinstance(n, str) or n.strip()), None)
            sheet.closing = last if isinstance(last, Paragraph) else None
            sheet.write(kept)
            if sheet.out[-1].rstrip().endswith("</w:tbl>"):
                sheet.out.append(_SEPARATOR)
        sheet.values, sheet.closing = outer, None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A fresh number for a drawing of the template."""

    def write(self, sheet: Sheet) -> None:
        sheet.out.append(str(sheet.pictures.next_id()))


@dataclass(frozen=True, slots=True)
class PictureLink:
    """The relationship of a picture in the template, or of the one that takes its place."""

    name: str
    own: str

    def write(self, sheet: Sheet) -> None:
        value = sheet.values.get(self.name)
        sheet.out.append(sheet.pictures.link(value) if isinstance(value, Picture) else self.own)


@dataclass(frozen=True, slots=True)
class PictureWidth:
    """The width in EMU that keeps a picture's shape at the template's height."""

    name: str
    own: int
    height: int

    def write(self, sheet: Sheet) -> None:
        value = sheet.values.get(self.name)
        fitted = value.width * self.height // value.height if isinstance(value, Picture) else self.own
        sheet.out.append(str(fitted))


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The section properties at the end of the body, turned as the last section's form wants."""

    own: str
    turned: Mapping[bool, str]

    def write(self, sheet: Sheet) -> None:
        sheet.out.append(self.own if sheet.landscape is None else self.turned[sheet.landscape])
