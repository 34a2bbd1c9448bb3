"""Numbers that are missing or stand twice: of measures in a table, of items in a cell and over a measure's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import language
from memos.checks.rule import Note, Rule, note
from memos.checks.view import Part, Text, View
from memos.item_numbers import items, own_number


def fault(numbers: Iterable[int], before: int = 0) -> tuple[str, int] | None:
    """("double" or "gap", number) of the first that does not follow; 1 begins a new list. ``before``: the last one."""
    for number in numbers:
        if number == before and number != 1:
            return "double", number
        if number not in (1, before + 1):
            return ("gap", before + 1) if number > before else ("double", number)
        before = number
    return None


def _said(found: tuple[str, int]) -> str:
    kind, number = found
    named = {"n": language.shown(number)}
    return _("เลขข้อ %(n)s ซ้ำ") % named if kind == "double" else _("เลขข้อข้ามไป ไม่มีข้อ %(n)s") % named


def _number_of(text: Text) -> int | None:
    """The measure's own number."""
    found = own_number(text.plain)
    return found[1] if found else None


def _numbered(part: Part) -> list[tuple[Text, int]]:
    """The measures' numbers where the table numbers its measures: in its first column, at least two of them."""
    first = part.columns[0]["fields"][0] if part.columns else ""
    cells = [measure.cells[first] for measure in part.measures if first in measure.cells]
    numbers = [(cell, number) for cell in cells if (number := _number_of(cell)) is not None]
    return numbers if len(numbers) > 1 else []


def measures(view: View) -> Iterator[Note]:
    """1, 2, 3, … in every table; a group may go on where the one before it ended."""
    last = 0
    for part in view.parts:
        numbers = _numbered(part)
        before = last if numbers and numbers[0][1] == last + 1 else 0
        for place, (cell, number) in enumerate(numbers):
            found = fault([number], before)
            if found is None and place and number == 1:
                found = "double", 1
            if found is not None:
                yield note(cell, _said(found))
            before = last = number


def in_cells(view: View) -> Iterator[Note]:
    """Items go on from row to row in a column, or begin anew in any of them."""
    for part in view.parts:
        own = {cell.place.url for cell, _number in _numbered(part)}
        last: dict[str, dict[str, int]] = {}
        for measure in part.measures:
            for cell in measure.cells.values():
                found = items(cell.plain)[1 if cell.place.url in own else 0 :]
                if (wrong := _wrong(found, {})) is not None:
                    yield note(cell, _said(wrong))
            for key in measure.activities[0].cells if measure.activities else ():
                cells = (activity.cells[key] for activity in measure.activities)
                yield from _down(cells, last.setdefault(key, {}))


def _down(cells: Iterable[Text], last: dict[str, int]) -> Iterator[Note]:
    """``last``: the last number of each kind of marker so far in the column; kept up to date."""
    for cell in cells:
        found = items(cell.plain)
        if (wrong := _wrong(found, last)) is not None:
            yield note(cell, _said(wrong))
        last.update(found)


def _wrong(found: list[tuple[str, int]], last: Mapping[str, int]) -> tuple[str, int] | None:
    """The first fault of any kind of marker, each kind by itself: (1) may begin anew under each 1."""
    for marker in ("dot", "open", "round"):
        numbers = (number for kind, number in found if kind == marker)
        if (wrong := fault(numbers, last.get(marker, 0))) is not None:
            return wrong
    return None


RULES = (
    Rule(
        "measure-numbers",
        "word",
        gettext_lazy("เลขมาตรการข้ามหรือซ้ำ"),
        gettext_lazy("เลขหน้ามาตรการในตารางหนึ่งควรเรียง 1 2 3 ต่อกัน"),
        measures,
    ),
    Rule(
        "item-numbers",
        "word",
        gettext_lazy("เลขข้อในช่องข้ามหรือซ้ำ"),
        gettext_lazy("เลขข้อในช่องหนึ่ง หรือในแถวของมาตรการเดียวกัน ควรเรียงต่อกัน"),
        in_cells,
    ),
)
