"""Numbers that lines of a text begin with: 1. or 1) or (1). Pure; a text is stored with them as its own words."""

from __future__ import annotations

import re
from typing import Final

_ITEM: Final = re.compile(
    r"^[ ]*(?:__)?(?:(?P<dot>\d{1,2})\.(?!\d)|(?P<open>\d{1,2})\)|\((?P<round>\d{1,2})\))", re.MULTILINE
)
_BULLET: Final = re.compile(r"[ \u00a0]*[-–•](?![-–•\d])")


def items(text: str) -> list[tuple[str, int]]:
    """(kind of marker, number) of every line that begins with one."""
    return [(str(found.lastgroup), int(found[str(found.lastgroup)])) for found in _ITEM.finditer(text)]


def own_number(text: str) -> tuple[str, int] | None:
    """The number that a text as a whole bears: at its very beginning, and the only one of its kind."""
    found = items(text)
    begins = _ITEM.match(text)
    alone = begins is not None and [kind for kind, _n in found].count(str(begins.lastgroup)) == 1
    return found[0] if alone else None


def renumbered(text: str, before: str) -> str:
    """``text`` under the number that the text ``before`` it bore, where a table numbers its rows down a column.

    Who wrote the new words saw none of the rows around them. A number of his own makes room; a list of his keeps its
    markers and stands below the number, but one that counts in the same way stays as it is: two lists would run together.
    """
    kept = _kept(before)
    if kept is None:
        return text
    kind, mark = kept
    begins = _ITEM.match(text)
    if begins is not None and begins.lastgroup == kind:
        underlined = "__" if begins[0].lstrip(" ").startswith("__") else ""
        return f"{underlined}{mark}{text[begins.end() :]}" if own_number(text) else text
    if begins is not None or _BULLET.match(text):
        return f"{mark}\n{text}"
    return f"{mark} {text.lstrip(' ')}"


def _kept(text: str) -> tuple[str, str] | None:
    """(kind, marker) of the number that a text bears; a list within it, which begins at 1, does not hide it."""
    begins = _ITEM.match(text)
    if begins is None:
        return None
    kind = str(begins.lastgroup)
    same = [number for one, number in items(text) if one == kind]
    if len(same) > 1 and same[1] != 1:
        return None
    return kind, begins[0].replace("_", "").strip()
