"""Findings beside their boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(notes: Mapping[str, Sequence[Any]] | str, place: str) -> Sequence[Any]:
    """The findings whose box has this id; a page that shows none has no mapping at all."""
    return notes.get(place, ()) if isinstance(notes, Mapping) else ()
