"""The measure table: one prototype cell per row kind, repeated for the form's columns and the section's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from memos.docx.nodes import Sheet, TableCell, TableValues
from memos.docx.text import RunStyle, hanging_indents, printed_lines, runs

_MERGES = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}


@dataclass(frozen=True, slots=True)
class CellShape:
    """A prototype cell in pieces: up to its width, to its merge, to the paragraph, to the indent, to the words, the rest.

    `size` is the height of its letters in half-points, for the hanging indents; 0 for none.
    """

    to_width: str
    to_merge: str
    to_paragraph: str
    to_indent: str
    to_words: str
    after_words: str
    after_paragraph: str
    own_indent: str
    style: RunStyle
    size: int

    def cell(self, width: int, merge: str, lines: Sequence[str]) -> str:
        paragraphs = []
        indents = hanging_indents(lines, self.size) if self.size else [(0, 0)] * len(lines)
        for line, (left, hanging) in zip(lines, indents, strict=True):
            indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>' if left else self.own_indent
            words = runs(line, self.style)
            paragraphs.append(f"{self.to_indent}{indent}{self.to_words}{words}{self.after_words}")
        return (
            f'{self.to_width}<w:tcW w:w="{width}" w:type="dxa"/>{self.to_merge}{_MERGES[merge]}{self.to_paragraph}'
            f"{''.join(paragraphs)}{self.after_paragraph}"
        )


@dataclass(frozen=True, slots=True)
class RowShape:
    before: str
    cell: CellShape
    after: str


@dataclass(frozen=True, slots=True)
class Table:
    """The prototype. `room` is the text's width on a page in twentieths of a point, by orientation."""

    before_width: str
    after_width: str
    header: RowShape
    between: str
    body: RowShape
    after: str
    room: dict[bool | None, int]

    def write(self, sheet: Sheet) -> None:
        if sheet.table is None:
            return
        widths = shared_out(self.room[sheet.landscape], sheet.table.widths)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        sheet.out.append(f"{self.before_width}{sum(widths)}{self.after_width}<w:tblGrid>{grid}</w:tblGrid>")
        self._write_rows(sheet, sheet.table, widths)
        sheet.out.append(self.after)

    def _write_rows(self, sheet: Sheet, table: TableValues, widths: list[int]) -> None:
        shape, out = self.header, sheet.out
        cells = [
            shape.cell.cell(width, "", lines) for width, lines in zip(widths, table.headings, strict=True)
        ]
        out.append(f"{shape.before}{''.join(cells)}{shape.after}{self.between}")
        shape = self.body
        for row in table.rows:
            cells = [_body_cell(shape.cell, width, cell) for width, cell in zip(widths, row, strict=True)]
            out.append(f"{shape.before}{''.join(cells)}{shape.after}")


def _body_cell(shape: CellShape, width: int, cell: TableCell) -> str:
    return shape.cell(width, cell.merge, printed_lines(cell.text))


def shared_out(room: int, shares: Sequence[int]) -> list[int]:
    """`room` divided in the ratio of the shares; the parts are whole and their sum is exactly `room`."""
    total = sum(shares)
    ends = [room * part // total for part in accumulate(shares)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
