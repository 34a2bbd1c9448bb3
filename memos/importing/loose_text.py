"""Plain text with tables in it, as scanners and chat programs give: rows parted by tabs or by bars, words between them.

Runs in the child.
"""

from __future__ import annotations

import re

from memos.importing.grids import Cell, Grid, Kind, Source, laid_out
from memos.importing.separated import table_rows

_RULE = re.compile(r"[|\-:\s]+")
_EMPHASIS = re.compile(r"^#+\s+|\*\*")


def has_bars(text: str) -> bool:
    """Whether at least two lines are rows between bars, as Markdown writes them."""
    return sum(line.startswith("|") and line.rstrip().endswith("|") for line in text.split("\n")) > 1


def read_loose(text: str, kind: Kind) -> Source:
    """Empty lines end a table; a line that parts nothing is a paragraph. Unreadable when it is too large."""
    source = Source(kind)
    rows: list[list[Cell]] = []
    for row in _rows(text):
        if len(row) > 1:
            rows.append(row)
            continue
        _end(source, rows)
        rows = []
        words = _EMPHASIS.sub("", row[0].text).strip() if row else ""
        if words:
            source.parts.append(words)
    _end(source, rows)
    return source


def _rows(text: str) -> list[list[Cell]]:
    if not has_bars(text):
        return table_rows(text, "\t")
    return [_between_bars(line.strip()) for line in text.split("\n") if not _is_rule(line.strip())]


def _is_rule(line: str) -> bool:
    """|---|---|"""
    return "-" in line and "|" in line and _RULE.fullmatch(line) is not None


def _between_bars(line: str) -> list[Cell]:
    if not line.startswith("|"):
        return [Cell(line)]
    return [Cell(cell.strip()) for cell in line.removeprefix("|").removesuffix("|").split("|")]


def _end(source: Source, rows: list[list[Cell]]) -> None:
    if rows:
        grid: Grid = laid_out(rows)
        source.parts.append(grid)
