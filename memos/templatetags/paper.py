"""Stored text on a page as it will stand on paper: lines, underlined words, labels of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from ita_core import thai
from memos import table
from memos.docx import text
from memos.forms_data import FIELDS

register = template.Library()
SIXTEEN_POINTS = 32
"""In half-points; only whether a line is indented is asked, not how far."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as (words, underlined); ``heads``: all of it is underlined; ``indent``: "", "item" or "item nested"."""

    words: list[tuple[str, bool]]
    heads: bool
    indent: str


@register.filter
def paper_lines(value: str) -> list[Line]:
    """The lines of a stored text, printed, cut and indented by the rules of the Word engine."""
    lines = thai.printed(value).split("\n")
    indents = text.hanging_indents(lines, SIXTEEN_POINTS)
    return [
        Line(
            [(words, underlined) for words, underlined in text.pieces(line) if words],
            text.is_heading(line),
            "" if not left else "item" if left == hanging else "item nested",
        )
        for line, (left, hanging) in zip(lines, indents, strict=True)
    ]


@register.filter
def shares(columns: Any) -> list[int]:
    """Each column's part of the page in twentieths, for the classes share-1 to share-10."""
    return table.shares([column.width for column in columns])


@register.filter
def cell(cells: dict[str, str], key: str) -> str:
    return cells.get(key, "")


@register.filter
def field_name(key: str) -> str:
    """The usual heading of a field, for columns that show two."""
    return FIELDS.get(key, key)


@register.filter
def at_level(columns: list[object], level: str) -> list[object]:
    return [column for column in columns if getattr(column, "level", "") == level]
