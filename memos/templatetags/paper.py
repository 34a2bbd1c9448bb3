"""Stored text on a page as it will stand on paper: lines, underlined words, labels of cells."""

from __future__ import annotations

from django import template

from ita_core import thai
from memos.docx import text
from memos.forms_data import FIELDS

register = template.Library()


@register.filter
def paper_lines(value: str) -> list[list[tuple[str, bool]]]:
    """The lines of a stored text, printed, each cut into (words, underlined) by the rule of the Word engine."""
    return [
        [(words, underlined) for words, underlined in text.pieces(line) if words]
        for line in thai.printed(value).split("\n")
    ]


@register.filter
def heads_paragraph(line: list[tuple[str, bool]]) -> bool:
    """Whether the whole line is underlined, which heads the paragraph after it."""
    return bool(line) and all(underlined for words, underlined in line if words.strip())


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
