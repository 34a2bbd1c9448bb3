"""A Word table as a Grid: merged cells, and columns whose edges were drawn by hand and miss each other by millimetres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from lxml import etree

from memos.importing.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row, Unreadable
from memos.importing.word_lists import VAL, W

_NEAR = 250
"""Edges closer than this (twentieths of a point, 4.4 mm) are one edge."""
_Placed = tuple[int, int, etree._Element]
"""First and last column of the file's own grid (the last not included), and the cell."""


def grid_of(table: etree._Element, text_of: Callable[[etree._Element], Cell]) -> Grid:
    """``text_of`` is asked for every cell in order. Unreadable when it is too large."""
    rows = [row for row in _inside(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
    placed = [list(_placed(row)) for row in rows]
    if len(rows) > MOST_ROWS:
        raise Unreadable("too-many-rows")
    columns = _columns(table, placed)
    width = max((columns[end] for row in placed for _start, end, _cell in row), default=0)
    if width > MOST_COLUMNS:
        raise Unreadable("too-many-columns")
    grid = Grid([], header_rows=_header_rows(rows))
    for row in placed:
        grid.rows.append(
            _row(grid.rows, [(columns[a], columns[b], cell) for a, b, cell in row], width, text_of)
        )
    return grid


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also where content controls wrap them."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _inside(child, name)


def _placed(row: etree._Element) -> Iterator[_Placed]:
    column = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _inside(row, "tc"):
        end = column + _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        yield column, end, cell
        column = end


def _count(element: etree._Element | None, otherwise: int) -> int:
    text = "" if element is None else element.get(VAL, "")
    if not (text.isdecimal() and text.isascii()):
        return otherwise
    if len(text) > 4 or int(text) > 500:
        raise Unreadable("too-many-columns")
    return max(int(text), otherwise)


def _columns(table: etree._Element, rows: list[list[_Placed]]) -> dict[int, int]:
    """Column of the file's grid → column of ours. Rows with equally many cells have their columns by number."""
    edges = sorted({edge for row in rows for start, end, _cell in row for edge in (start, end)})
    at = _distances(table, edges[-1] if edges else 0)
    columns: dict[int, int] = {}
    last = None
    for edge in edges:
        near = last is not None and at is not None and at[edge] - at[last] < _NEAR
        columns[edge] = columns[last] if near and last is not None else len(set(columns.values()))
        last = edge if last is None or not near else last
    if any(columns[start] == columns[end] for row in rows for start, end, _cell in row):
        return {edge: number for number, edge in enumerate(edges)}  # a narrow column, not a crooked edge
    return columns


def _distances(table: etree._Element, columns: int) -> list[int] | None:
    """Where each grid line stands; None when the file does not say."""
    widths = [column.get(W + "w", "") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    if len(widths) < columns or not all(w.isdecimal() and w.isascii() and len(w) < 7 for w in widths):
        return None
    return list(accumulate(map(int, widths), initial=0))


def _header_rows(rows: list[etree._Element]) -> int:
    count = 0
    for row in rows:
        mark = row.find(f"{W}trPr/{W}tblHeader")
        if mark is None or mark.get(VAL) in ("0", "false"):
            break
        count += 1
    return count


def _row(
    above: list[Row], placed: list[_Placed], width: int, text_of: Callable[[etree._Element], Cell]
) -> Row:
    row: Row = [Cell() for _ in range(width)]
    for start, end, cell in placed:
        found = text_of(cell)
        row[start:end] = [None] * (end - start)
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(VAL, "continue") != "restart" and _stretch(above, start):
            continue
        row[start] = Cell(found.text, 1, end - start)
    return row


def _stretch(above: list[Row], column: int) -> bool:
    """Lengthen the cell that reaches down to here; False when there is none."""
    for row in reversed(above):
        cell = row[column]
        if cell is not None:
            number = len(above) - cell.rowspan
            if above[number] is not row:
                return False
            row[column] = Cell(cell.text, cell.rowspan + 1, cell.colspan)
            return True
    return False
