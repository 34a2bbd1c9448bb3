"""Rows of cells parted by one mark, quoted cells over several lines included; and which mark parts a text. In the child."""

from __future__ import annotations

import csv
import io
from collections import Counter

from memos.importing.grids import MOST_COLUMNS, MOST_ROWS, Cell, Unreadable

_SAMPLE = 64 * 1024


def table_rows(text: str, delimiter: str = "") -> list[list[Cell]]:
    """Rows without the empty ones at the end; quoted cells may hold line breaks."""
    # The limit is the whole process'; it is never made smaller for others.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text))
    rows: list[list[Cell]] = []
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS and any(cell.strip() for cell in row[MOST_COLUMNS:]):
                raise Unreadable("too-many-columns")
            rows.append([Cell(_lines(cell)) for cell in row[:MOST_COLUMNS]])
            if len(rows) > 2 * MOST_ROWS:
                raise Unreadable("too-many-rows")
    except csv.Error as error:
        raise Unreadable("broken") from error
    while rows and not any(cell.text.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def open_quotes(text: str, delimiter: str) -> list[str]:
    """``4`` or ``4–9``: the lines of every row in which a quotation mark is not closed as it should be.

    Such a cell swallows what follows, up to the next mark or to the end. ``"so" it goes`` in a row of one line, as wide
    as the others, does no harm.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines), delimiter=delimiter)
    widths: Counter[int] = Counter()
    found: list[tuple[int, int, int]] = []
    first = 1
    for row in reader:
        widths[len(row)] += 1
        if not _is_whole(lines[first - 1 : reader.line_num], delimiter):
            found.append((first, reader.line_num, len(row)))
        first = reader.line_num + 1
    usual = max(widths, key=lambda width: widths[width], default=0)
    harmful = [(start, end) for start, end, width in found if end > start or width < usual]
    return [str(start) if start == end else f"{start}–{end}" for start, end in harmful]


def _is_whole(lines: list[str], delimiter: str) -> bool:
    try:
        return bool(list(csv.reader(lines, delimiter=delimiter, strict=True)))
    except csv.Error:
        return False


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def delimiter_of(text: str) -> str:
    """The mark that parts the most cells equally in the first lines; csv.Sniffer is led astray by Thai prose."""
    reader_counts: Counter[str] = Counter()
    for mark in ("\t", ",", ";", "|"):
        rows = list(csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=mark))[:400]
        widths = Counter(len(row) for row in rows if row)
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        reader_counts[mark] = (width > 1) * times * 100 + width
    return reader_counts.most_common(1)[0][0]
