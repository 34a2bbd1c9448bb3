"""A block of cells from the clipboard laid over a section's table: which text goes into which cell, which rows are added.

It fills to the right and downwards from the cell that it is pasted at. A row whose cells of the measure are covered from
above, or empty while its activity says something, is a further activity of the same measure; any other begins the next
measure. Nothing is stored here: the page saves what it was told, and can take all of it back at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ita_core import language
from memos.clipboard import Block, NotPasted, Spot
from memos.forms_data import field_label
from memos.importing.texts import in_two
from memos.importing.vocabulary import likeness, squashed
from memos.models import Section
from memos.table import MOST_ROWS as MOST_TABLE_ROWS

_HIDDEN = re.compile("#{2,}")
"""What Excel shows, and copies, of a number or a date in a column too narrow for it."""
_HEADING = 0.8
"""Cells on average so like the headings of the columns they would land in are the headings, copied along."""
_MOST_HEADINGS = 3


@dataclass(slots=True)
class Place:
    """A stored measure with the ids of its activities; an added one is known by the name that ``Plan.add`` gives it."""

    row: str
    activities: list[str]


@dataclass(slots=True)
class Plan:
    """``cells``: (row, field, text). ``add``: (new row's name, measure it stands under or "" for a measure).

    A measure is added with one activity, which is called by the measure's name and ``.activity`` (see live_rows).
    """

    cells: list[tuple[str, str, str]] = field(default_factory=list)
    add: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_json(self, section: Section) -> dict[str, Any]:
        """Operations and cells as the page's own requests have them (memos/live.py), and what was left out."""
        return {
            "ops": [
                {"op": "add-activity", "row": under, "as": name}
                if under
                else {"op": "add-measure", "row": f"section-{section.pk}", "as": name}
                for name, under in self.add
            ],
            "cells": [{"row": row, "field": key, "text": text} for row, key, text in self.cells],
            "notes": self.notes,
        }


def lay(section: Section, row: str, key: str, block: Block, *, words: bool = False) -> Plan:
    """``row`` is ``measure-12`` or ``activity-7`` of the section, ``key`` a field of its form. NotPasted.

    ``words``: some stood beside the tables, and are not pasted.
    """
    measures = section.measures.prefetch_related("activities")
    places = [
        Place(f"measure-{measure.pk}", [f"activity-{activity.pk}" for activity in measure.activities.all()])
        for measure in measures
    ]
    by_level = sorted(section.form.columns, key=lambda column: column["level"] != "measure")
    plan = _Laying(by_level, places, row, key).over(block)
    if words:
        plan.notes.append(_("ข้อความนอกตารางที่คัดลอกมาด้วยไม่ได้วาง"))
    return plan


class _Laying:
    def __init__(self, columns: Sequence[dict[str, Any]], places: list[Place], row: str, key: str) -> None:
        self._plan = Plan()
        self._places = places
        self._columns = list(columns)
        self._start = next((n for n, c in enumerate(columns) if key in c["fields"]), -1)
        self._measure, self._activity = self._found(row)
        self._key = key
        self._further = False
        if self._start < 0 or self._measure < 0:
            raise NotPasted(_("ไม่พบช่องที่จะวาง แถวนี้อาจถูกลบไปแล้ว โปรดเปิดหน้านี้ใหม่"))

    def _found(self, row: str) -> tuple[int, int]:
        for number, place in enumerate(self._places):
            if place.row == row:
                return number, 0
            if row in place.activities:
                return number, place.activities.index(row)
        return -1, -1

    def over(self, block: Block) -> Plan:
        columns = self._columns[self._start : self._start + len(block[0])]
        if len(block[0]) > len(columns):
            self._say(
                _("ตารางที่วางมีคอลัมน์มากกว่าที่เหลืออยู่ทางขวา จึงไม่ได้วาง %(n)s คอลัมน์สุดท้าย"),
                len(block[0]) - len(columns),
            )
        headings = _headings(block, columns)
        if headings:
            self._say(_("หัวตาราง %(n)s แถวที่คัดลอกมาด้วยไม่ได้วาง"), headings)
        of_measure = sum(column["level"] == "measure" for column in columns)
        self._activity = 0 if of_measure else self._activity
        for number, row in enumerate(block[headings:]):
            spots = row[: len(columns)]
            if number and not self._go_on(spots, of_measure):
                continue
            self._fill(columns, spots, of_measure)
        self._check_size()
        self._tell()
        return self._plan

    def _tell(self) -> None:
        counts = {"cells": language.shown(len(self._plan.cells)), "rows": language.shown(len(self._plan.add))}
        if self._plan.add:
            self._plan.notes.insert(0, _("วางแล้ว %(cells)s ช่อง เพิ่ม %(rows)s แถว") % counts)
        else:
            self._plan.notes.insert(0, _("วางแล้ว %(cells)s ช่อง") % counts)
        if any(_HIDDEN.fullmatch(text) for _row, _key, text in self._plan.cells):
            self._plan.notes.append(
                _("บางช่องแสดงเป็น #### เพราะคอลัมน์ในโปรแกรมต้นทางแคบ โปรดขยายคอลัมน์แล้วคัดลอกใหม่")
            )

    def _say(self, sentence: str, count: int) -> None:
        self._plan.notes.append(sentence % {"n": language.shown(count)})

    def _go_on(self, spots: Sequence[Spot | None], of_measure: int) -> bool:
        """To the row that these cells belong in, added when there is none; False when they belong in none."""
        self._further = False
        if not of_measure:
            self._next_activity()
            return True
        above, beside = spots[:of_measure], spots[of_measure:]
        if any(spot and not spot.below and spot.text for spot in above):
            self._next_measure()
        elif all(spot is None or spot.below for spot in above) or any(spot and spot.text for spot in beside):
            if not beside:
                return False
            self._further = True
            self._further_activity()
        else:
            self._next_measure()
        return True

    def _next_measure(self) -> None:
        self._measure, self._activity = self._measure + 1, 0
        if self._measure == len(self._places):
            name = f"new-{len(self._plan.add) + 1}"
            self._plan.add.append((name, ""))
            self._places.append(Place(name, [f"{name}.activity"]))

    def _further_activity(self) -> None:
        self._activity += 1
        place = self._places[self._measure]
        if self._activity >= len(place.activities):
            name = f"new-{len(self._plan.add) + 1}"
            self._plan.add.append((name, place.row))
            place.activities.append(name)

    def _next_activity(self) -> None:
        """The next row down the page, whosever measure it is; at the end of the table the last measure gets another."""
        following = self._measure + 1
        while following < len(self._places) and not self._places[following].activities:
            following += 1
        if self._activity + 1 < len(self._places[self._measure].activities) or following >= len(self._places):
            self._further_activity()
        else:
            self._measure, self._activity = following, 0

    def _fill(self, columns: Sequence[dict[str, Any]], spots: Sequence[Spot | None], of_measure: int) -> None:
        place = self._places[self._measure]
        for number, (column, spot) in enumerate(zip(columns, spots, strict=True)):
            if spot is None or (self._further and number < of_measure):
                continue
            if number >= of_measure and self._activity >= len(place.activities):
                self._activity -= 1
                self._further_activity()
            row = place.row if number < of_measure else place.activities[self._activity]
            keys = column["fields"][column["fields"].index(self._key) :] if not number else column["fields"]
            self._plan.cells += [(row, key, text) for key, text in _parted(column, keys, spot.text)]

    def _check_size(self) -> None:
        rows = len(self._places) + sum(len(place.activities) for place in self._places)
        if self._plan.add and rows > MOST_TABLE_ROWS:
            sentence = _("ตารางหนึ่งมีได้ไม่เกิน %(most)s แถว โปรดแบ่งเป็นหลายส่วน ยังไม่ได้วางข้อความใด")
            raise NotPasted(sentence % {"most": language.shown(MOST_TABLE_ROWS)})


def _parted(column: dict[str, Any], keys: Sequence[str], text: str) -> list[tuple[str, str]]:
    """A column of two fields takes a text apart where a sign of the second field stands in it, and nowhere else."""
    if len(keys) > 1:
        first, rest, sure = in_two(text, [field_label(column, key) for key in keys[1:]])
        if sure and first and rest:
            return [(keys[0], first), (keys[1], rest)]
    return [(keys[0], text)]


def _headings(block: Block, columns: Sequence[dict[str, Any]]) -> int:
    """How many rows the block begins with that say what the columns are called; one that is nothing else keeps its row."""
    count = 0
    while count < min(_MOST_HEADINGS, len(block) - 1) and _is_heading(block[count], columns):
        count += 1
    return count


def _is_heading(row: Sequence[Spot | None], columns: Sequence[dict[str, Any]]) -> bool:
    said = [(squashed(spot.text), c) for spot, c in zip(row, columns, strict=False) if spot and spot.text]
    if not said or (len(said) == 1 and len(columns) > 1):
        return False
    return sum(_like(text, column) for text, column in said) / len(said) >= _HEADING


def _like(text: str, column: dict[str, Any]) -> float:
    return max(likeness(text, squashed(column[name])) for name in ("heading", "group") if column.get(name))
