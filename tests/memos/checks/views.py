"""Views made by hand: what a rule sees, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ita_core.models import Organisation
from memos.checks.registry import RULES
from memos.checks.view import Part, Place, Row, Text, View, Where, Years

YEARS = Years(assessed=2565, reported=2566, filed=2566)
HEAD: dict[str, tuple[Where, str]] = {
    "office": ("office", "สำนักปลัดองค์การบริหารส่วนตำบลบ้านสมมติสุข"),
    "subject": ("head", "รายงานผลการดำเนินการ"),
    "recipients": ("head", "นายกองค์การบริหารส่วนตำบลบ้านสมมติสุข"),
    "via": ("head", ""),
    "references": ("head", ""),
    "body": ("body", "ขอรายงานผล"),
    "title": ("title", "รายงานผลการดำเนินการ"),
    "cover": ("title", ""),
}
MEASURE_LEVEL = ("topic", "issue", "measure")


def organisation(**facts: str) -> Organisation:
    usual = {"kind": "sao", "name": "บ้านสมมติสุข", "district": "เมืองตัวอย่าง", "province": "นครสมมติธานี"}
    return Organisation(slug="made-up", **{**usual, **facts})


class Making:
    """Counts places as the real one does."""

    def __init__(self) -> None:
        self.texts: list[Text] = []

    def place(self, name: str) -> Place:
        return Place(name, f"/page/#{name}", len(self.texts))

    def text(self, where: Where, key: str, text: str, name: str) -> Text:
        made = Text(where, key, text, self.place(name))
        self.texts.append(made)
        return made

    def part(self, rows: Iterable[Mapping[str, str]], fields: Iterable[str], number: int) -> Part:
        """One measure a row; a row without any measure-level word goes on with the measure before."""
        columns = tuple(_column(key) for key in fields)
        measures: list[Row] = []
        for place, row in enumerate(rows):
            name = f"part{number}-row{place}"
            cells = {key: self.text("cell", key, row.get(key, ""), f"{name}-{key}") for key in fields}
            own = {key: cell for key, cell in cells.items() if key not in MEASURE_LEVEL}
            activity = Row(self.place(name), own)
            if measures and not any(row.get(key) for key in MEASURE_LEVEL):
                before = measures.pop()
                measures.append(Row(before.place, before.cells, (*before.activities, activity)))
            else:
                above = {key: cell for key, cell in cells.items() if key in MEASURE_LEVEL}
                measures.append(Row(self.place(f"{name}-measure"), above, (activity,)))
        return Part(self.place(f"part{number}"), columns, tuple(measures))


def _column(key: str) -> Mapping[str, Any]:
    level = "measure" if key in MEASURE_LEVEL else "activity"
    return {"key": key, "heading": key, "fields": [key], "width": 10, "level": level, "required": True}


def view(*tables: list[dict[str, str]], years: Years = YEARS, item: str = "report", **head: str) -> View:
    """``tables``: rows of cells by field; the fields of a table are those of its rows. ``head``: texts of the memo's page."""
    making = Making()
    memo = {
        key: making.text(where, key, head.get(key, text), f"id_{key}") for key, (where, text) in HEAD.items()
    }
    fields = [list(dict.fromkeys(key for row in rows for key in row)) for rows in tables]
    parts = tuple(
        making.part(rows, keys, number)
        for number, (rows, keys) in enumerate(zip(tables, fields, strict=True), 1)
    )
    return View(organisation(), years, item, memo, "/page/", "/sections/", tuple(making.texts), parts)


def places(rule: str, seen: View) -> list[str]:
    """The names of the places that this rule points at."""
    (found,) = (each for each in RULES if each.slug == rule)
    return [note.place.words for note in found.look(seen)]


def said(rule: str, **cells: str) -> bool:
    """Whether the rule says anything of a table of one row."""
    return bool(places(rule, view([{"measure": "1. มาตรการ", **cells}])))
