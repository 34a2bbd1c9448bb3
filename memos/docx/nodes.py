"""A compiled part: a tree of ready XML strings and the few nodes between them that a document's values decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from memos.docx.pages import Place
from memos.docx.pictures import Picture, Pictures
from memos.docx.tables import TableValues
from memos.docx.text import CLOSING, RunStyle, escaped, is_heading, is_plain, runs


@dataclass(frozen=True, slots=True)
class Blank:
    """The value of a signature not drawn: its paragraph stays, as room for ink."""


# Lines as printed, a picture, or room for one; an empty list and a missing name are nothing at all.
Value = list[str] | Picture | Blank
Values = Mapping[str, Value]
_KEEPS = {True: "<w:keepNext/>", False: '<w:keepNext w:val="0"/>'}


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
        self.turns: list[GroupValues] = []
        self.outer = values
        self.line = ""
        self.table: TableValues | None = None
        self.landscape: bool | None = None
        self.place: Place = "first"
        self.after_cover = False  # a cover is written whose pages have not been closed yet
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
            sheet.out.append(_KEEPS[sheet.keep])
        elif self.own:
            sheet.out.append(_KEEPS[True])


@dataclass(frozen=True, slots=True)
class OneSlot:
    """A paragraph with a single slot in ready pieces: up to the mark of keeping, `keep` by the template, the rest."""

    before: str
    keep: str
    to_words: str
    after: str

    def with_line(self, line: str, keep: bool | None) -> str:
        """For a line of plain words."""
        kept = self.keep if keep is None else _KEEPS[keep]
        return f"{self.before}{kept}{self.to_words}{escaped(line)}{self.after}"


def one_slot(nodes: Sequence[str | Node]) -> OneSlot | None:
    """The nodes of a paragraph as ready pieces, if one slot and the mark of keeping are all that varies in it."""
    match list(nodes):
        case [str(before), Keep(own), str(to_words), Slot(_name, style), str(after)]:
            keep = _KEEPS[True] if own else ""
            return OneSlot(before, keep, to_words + style.opening, CLOSING + after)
    return None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with slots. It goes when a value in `vanishing` is empty, and repeats for the lines of `lines`.

    `further` is its shape from the second line on: the label's letters are left out, its tabs stay. `single` is the
    name of its slot when it has one only, and `plain` and `plain_further` are then the quick way for plain words.
    """

    first: tuple[str | Node, ...]
    further: tuple[str | Node, ...]
    vanishing: tuple[str, ...]
    lines: str = ""
    clings: bool = False  # its last line stays on the page of what follows
    single: str = ""
    plain: OneSlot | None = None
    plain_further: OneSlot | None = None

    def gone(self, values: Values) -> bool:
        for name in self.vanishing:  # noqa: SIM110  # any() costs as much again as the look itself
            if not values.get(name):
                return True
        return False

    def write(self, sheet: Sheet) -> None:
        if not self.gone(sheet.values):
            self.put(sheet)

    def put(self, sheet: Sheet) -> None:
        """Written whatever `gone` says: its caller has asked."""
        value = sheet.values.get(self.lines, []) if self.lines else [""]
        lines = value if isinstance(value, list) else []
        end = len(lines) - 1
        for index, line in enumerate(lines):
            sheet.line = line
            sheet.keep = True if is_heading(line) or (index == end and self.clings) else None
            if index == end and sheet.closing is self:
                sheet.keep = False
            self._put_line(sheet, index)
        sheet.keep = None

    def _put_line(self, sheet: Sheet, index: int) -> None:
        shape = self.plain_further if index else self.plain
        if shape is not None:
            value = [sheet.line] if self.lines else sheet.values.get(self.single)
            if isinstance(value, list) and len(value) == 1 and is_plain(value[0]):
                sheet.out.append(shape.with_line(value[0], sheet.keep))
                return
        sheet.write(self.further if index else self.first)


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
