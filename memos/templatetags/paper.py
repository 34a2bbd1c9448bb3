"""Stored text on a page as it will stand on paper: lines, underlined words, labels of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template

from ita_core import thai
from memos import column_help as helps
from memos import parts
from memos.docx import text
from memos.forms_data import column_label, field_label
from memos.frozen import Column, Section
from memos.heading_rows import HeadingRows, heading_rows, readable_shares
from memos.parts import Place

register = template.Library()


@dataclass(frozen=True, slots=True)
class Line:
    """A line as (words, underlined); ``heads``: all of it is underlined.

    ``indent``: "", or "item" with "nested" below another item and "dash" behind a dash, whose hang is narrower.
    """

    words: list[tuple[str, bool]]
    heads: bool
    indent: str


@register.filter
def paper_lines(value: str) -> list[Line]:
    """The lines of a stored text, printed, cut and indented by the rules of the Word engine."""
    lines = thai.printed(value).split("\n")
    indents = text.hanging_indents(lines)
    return [
        Line(
            [(words, underlined) for words, underlined in text.pieces(line) if words],
            text.is_heading(line),
            _indent_class(indent, line),
        )
        for line, indent in zip(lines, indents, strict=True)
    ]


def _indent_class(indent: tuple[int, int] | None, line: str) -> str:
    left, hanging = indent or (0, 0)
    if not left:
        return ""
    return "item" + " nested" * (left != hanging) + " dash" * line.startswith("-")


@register.filter
def heads(columns: Sequence[Column]) -> HeadingRows:
    """A table's headings, their columns' widths in twentieths for the classes share-1 to share-10."""
    shares = readable_shares([column.width for column in columns])
    return heading_rows([(column.group, column.heading) for column in columns], shares)


@register.filter
def cell(cells: dict[str, str], key: str) -> str:
    return cells.get(key, "")


@register.filter
def placed(sections: Sequence[Section]) -> list[Place[Section]]:
    """Each section with its number, groups counted within their section."""
    return parts.placed(sections)


@register.filter
def column_name(column: Column) -> str:
    """The heading with its group's, for where neighbours are not in sight."""
    return column_label({"group": column.group, "heading": column.heading})


@register.filter
def field_name(column: Column, key: str) -> str:
    """What a field is called in a column that shows two."""
    named = {"group": column.group, "heading": column.heading, "fields": column.fields}
    return field_label({**named, "labels": column.labels}, key)


@register.filter
def at_level(columns: Sequence[Column], level: str) -> list[Column]:
    return [column for column in columns if column.level == level]


@register.filter
def column_help(columns: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What belongs into each field of a form's columns (their stored JSON)."""
    return helps.of_columns(columns)
