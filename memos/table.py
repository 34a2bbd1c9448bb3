"""A section's table while it is edited: read from the database or from a form, changed row by row, written back.

A form posts the whole table, so that an action on a row carries along whatever was typed elsewhere. Names of the
form: ``m0.id``, ``m0.c.<field>``, ``m0.a1.id``, ``m0.a1.c.<field>``; numbers give the order, ids say which stored row
it was. An id that is not of this section makes a new row, never touches another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ita_core import language, thai
from memos.fields import normalised
from memos.forms_data import field_label
from memos.heading_rows import HeadingRows, heading_rows, readable_shares
from memos.models import FormVersion, Section
from memos.table_rows import Cell, Row

__all__ = ["MOST_ROWS", "Cell", "Change", "Row", "Table"]

MOST_ROWS = 600
"""Activities of one table: several times the longest report seen; beyond it a page could not be edited."""
_PLACE = re.compile(r"m([0-9]{1,4})\.(?:a([0-9]{1,4})\.)?(?:id|c\..*)", re.DOTALL)
_ACTION = re.compile(r"(measure|activity)-(add|copy|up|down|delete)(?:-([0-9]{1,4}))?(?:-([0-9]{1,4}))?")


@dataclass
class Table:
    form: FormVersion
    measures: list[Row]
    too_many: bool = False

    # --- reading

    @classmethod
    def of(cls, section: Section) -> Table:
        """As it is stored."""
        table = cls(section.form, [])
        for measure in section.measures.prefetch_related("activities"):
            activities = [table._row("activity", row.cells.get, row.pk) for row in measure.activities.all()]
            row = table._row("measure", measure.cells.get, measure.pk)
            row.activities = activities
            table.measures.append(row)
        return table

    @classmethod
    def posted(cls, form: FormVersion, data: Mapping[str, Any]) -> Table:
        """As it was typed: normalised, in the order of the form; of too many rows the first ones alone."""
        places: dict[int, set[int]] = {}
        for name in data:
            if found := _PLACE.fullmatch(name):
                activities = places.setdefault(int(found[1]), set())
                if found[2] is not None:
                    activities.add(int(found[2]))
        table = cls(form, [], too_many=len(places) + sum(map(len, places.values())) > MOST_ROWS)
        room = MOST_ROWS
        for number in sorted(places):
            if room <= 0:
                break
            shown = sorted(places[number])[: room - 1]
            room -= 1 + len(shown)
            row = table._posted_row("measure", data, f"m{number}.")
            row.activities = [table._posted_row("activity", data, f"m{number}.a{place}.") for place in shown]
            table.measures.append(row)
        return table

    def _posted_row(self, level: str, data: Mapping[str, Any], prefix: str) -> Row:
        def typed(key: str) -> str:
            return normalised(str(data.get(f"{prefix}c.{key}", "")))

        return self._row(level, typed, _number(data.get(f"{prefix}id")))

    def _row(self, level: str, value_of: Any, pk: int | None = None) -> Row:
        columns = [
            [
                Cell(
                    key,
                    field_label(column, key),
                    str(value_of(key) or ""),
                    column["required"],
                )
                for key in column["fields"]
            ]
            for column in self.headings(level)
        ]
        return Row(level, pk, columns)

    def headings(self, level: str) -> list[dict[str, Any]]:
        return [column for column in self.form.columns if column["level"] == level]

    # --- rows come and go

    def change(self, action: str) -> Change | None:
        """Carry out ``measure-add``, ``activity-up-0-1``, …; None when it is no such action, or none possible."""
        found = _ACTION.fullmatch(action)
        if found is None:
            return None
        measure, verb = _place(found[3], self.measures), found[2]
        if found[1] == "measure":
            return self._change_rows(self.measures, "measure", verb, measure, [])
        if measure is None:
            return None
        activities = self.measures[measure].activities
        return self._change_rows(activities, "activity", verb, _place(found[4], activities), [measure])

    def _change_rows(
        self, rows: list[Row], level: str, verb: str, place: int | None, above: list[int]
    ) -> Change | None:
        if verb == "add" and not self._has_room(2 if level == "measure" else 1):
            return None
        if verb == "add":
            rows.append(self._new(level))
            return Change([*above, len(rows) - 1])
        if place is None:
            return None
        if verb == "copy":
            return self._copy(rows, above, place)
        if verb == "delete":
            return Change([*above, place], removed=rows.pop(place))
        target = place + (-1 if verb == "up" else 1)
        if not 0 <= target < len(rows):
            return None
        rows.insert(target, rows.pop(place))
        return Change([*above, target], moved=verb)

    def _copy(self, rows: list[Row], above: list[int], place: int) -> Change | None:
        """Right behind the one that is copied, a measure with its activities; the copies are new rows."""
        found = rows[place]
        if not self._has_room(1 + len(found.activities)):
            return None
        made = self._row(found.level, found.cells.get)
        made.activities = [self._row("activity", activity.cells.get) for activity in found.activities]
        rows.insert(place + 1, made)
        return Change([*above, place + 1])

    def _has_room(self, rows: int) -> bool:
        """What was typed stays on the page as it is when no further row fits."""
        self.too_many = self.too_many or sum(1 for _row in self.rows()) + rows > MOST_ROWS
        return not self.too_many

    def _new(self, level: str) -> Row:
        row = self._row(level, {}.get)
        if level == "measure":
            row.activities.append(self._new("activity"))
        return row

    def put_back(self, path: list[int], kept: dict[str, Any]) -> Change | None:
        """Insert a row that was deleted, where it stood, as far as that place still exists."""
        if not self._has_room(1 + len(kept["activities"])):
            return None
        if len(path) == 1:
            row = self._row("measure", kept["cells"].get, kept["pk"])
            row.activities = [
                self._row("activity", one["cells"].get, one["pk"]) for one in kept["activities"]
            ]
            rows = self.measures
        elif path[0] < len(self.measures):
            row, rows = (
                self._row("activity", kept["cells"].get, kept["pk"]),
                self.measures[path[0]].activities,
            )
        else:
            return None
        place = min(path[-1], len(rows))
        rows.insert(place, row)
        return Change([*path[:-1], place])

    # --- is it right?

    def find_faults(self) -> list[str]:
        """Mark the cells that paper cannot carry; returns sentences about the table as a whole."""
        faulty = False
        for row in self.rows():
            for cell in row:
                cell.fault = thai.problem_in(cell.value) or ""
                faulty = faulty or bool(cell.fault)
        sentences = []
        if faulty:
            sentences.append(_("มีช่องในตารางที่พิมพ์ลงกระดาษไม่ได้ โปรดดูข้อความเตือนในช่องนั้น"))
        if self.too_many:
            sentences.append(
                _(
                    "ตารางหนึ่งมีได้ไม่เกิน %(most)s แถว โปรดแบ่งเป็นหลายส่วน ครั้งนี้ยังไม่ได้บันทึก และหน้านี้แสดงแถวที่ส่งมาเพียง %(most)s แถวแรก"
                )
                % {"most": language.shown(MOST_ROWS)}
            )
        return sentences

    def rows(self) -> Iterator[Row]:
        for measure in self.measures:
            yield measure
            yield from measure.activities

    def row_at(self, path: list[int]) -> Row:
        row = self.measures[path[0]]
        return row if len(path) == 1 else row.activities[path[1]]

    def near(self, path: list[int]) -> str:
        """The anchor of the row that follows a deleted one, else of the one before, else of its measure."""
        rows = self.measures if len(path) == 1 else self.measures[path[0]].activities
        if rows:
            return rows[min(path[-1], len(rows) - 1)].anchor
        return self.measures[path[0]].anchor if len(path) == 2 else ""

    # --- on the page

    @property
    def faulty(self) -> list[Cell]:
        return [cell for row in self.rows() for cell in row if cell.fault]

    def heads(self) -> HeadingRows:
        columns = self.form.columns
        headings = [(column.get("group", ""), column["heading"]) for column in columns]
        return heading_rows(headings, readable_shares([column["width"] for column in columns]))

    def lay_out(self, focus: str = "") -> Table:
        """Give rows and cells their names, ids and spoken labels; ``focus`` is a row's anchor or one of its buttons'."""
        seen: set[str] = set()
        for n, measure in enumerate(self.measures):
            title = _("มาตรการที่ %(n)s") % {"n": language.shown(n + 1)}
            _lay_out(measure, f"m{n}.", f"{n}", title, focus, seen)
            for k, activity in enumerate(measure.activities):
                under = _("%(measure)s กิจกรรมที่ %(k)s") % {"measure": title, "k": language.shown(k + 1)}
                _lay_out(activity, f"m{n}.a{k}.", f"{n}-{k}", under, focus, seen)
        return self


def _lay_out(row: Row, prefix: str, place: str, title: str, focus: str, seen: set[str]) -> None:
    row.prefix, row.place, row.title = prefix, place, title
    if row.anchor in seen:  # the same id posted twice: the second one is a new row
        row.pk = None
    seen.add(row.anchor)
    row.focus = focus.removeprefix(row.anchor + "-") if focus.startswith(row.anchor + "-") else ""
    cells = list(row)
    for cell in cells:
        cell.name, cell.id = f"{prefix}c.{cell.key}", f"{row.anchor}-{cell.key}"
        cell.spoken = f"{cell.label} {title}"
        cell.lines = min(max(3, cell.value.count("\n") + 1 + len(cell.value) // 40), 30)
    if cells and focus == row.anchor:
        cells[0].focus = True


@dataclass
class Change:
    """What an action did: the place of the row it left, and the row it took away."""

    path: list[int]
    removed: Row | None = None
    moved: str = ""

    def kept(self) -> dict[str, Any]:
        """The removed row as JSON, for the undo."""
        row = self.removed
        assert row is not None
        below = [{"pk": activity.pk, "cells": activity.cells} for activity in row.activities]
        return {"pk": row.pk, "cells": row.cells, "activities": below}


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _place(text: str | None, rows: list[Row]) -> int | None:
    if text is None or int(text) >= len(rows):
        return None
    return int(text)
