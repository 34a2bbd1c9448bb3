"""A table form while its administrator makes it: read from a version or from a page, changed column by column.

Nothing is stored until it is right, so the page posts the whole form, and whatever button was pressed it comes back
as it was typed. Names on the page: ``title``, ``orientation``, ``c0.heading``, ``c0.field1``, …; ``gone.*`` is the
column deleted last, for the undo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from memos.fields import LONGEST_NUMBER, normalised
from memos.forms_data import FIELDS, LEVELS, LONGEST_HEADING
from memos.models import FormVersion

MOST_COLUMNS = 12
NEW = "+"
"""In place of a key: a field that the authority has not had so far."""
_PARTS = ("heading", "group", "field1", "name1", "field2", "name2", "width", "level", "required")
_PLACE = re.compile(r"c([0-9]{1,3})\.(?:" + "|".join(_PARTS) + ")")
_ACTION = re.compile(r"column-(add|up|down|delete)(?:-([0-9]{1,3}))?")
USUAL_WIDTH = "10"


@dataclass
class FieldChoice:
    """``key`` is a field's, NEW, or "" for none; ``name`` what the form calls it, "" for its usual name."""

    key: str = ""
    name: str = ""


@dataclass
class ColumnRow:
    """One column as typed; ``faults`` by part. ``lay_out`` gives it its place."""

    heading: str = ""
    group: str = ""
    width: str = USUAL_WIDTH
    level: str = "activity"
    required: bool = False
    fields: list[FieldChoice] = field(default_factory=lambda: [FieldChoice(), FieldChoice()])
    faults: dict[str, str] = field(default_factory=dict)
    focus: str = ""

    @classmethod
    def of(cls, column: Mapping[str, Any]) -> ColumnRow:
        labels = column.get("labels") or [""] * len(column["fields"])
        chosen = [FieldChoice(key, label) for key, label in zip(column["fields"], labels, strict=True)]
        return cls(
            column["heading"],
            column.get("group", ""),
            str(column["width"]),
            column["level"],
            column["required"],
            [*chosen, FieldChoice()][:2],
        )

    @classmethod
    def posted(cls, data: Mapping[str, Any], prefix: str) -> ColumnRow:
        def typed(part: str, limit: int = LONGEST_HEADING) -> str:
            text = normalised(str(data.get(prefix + part, "")), limit)
            return " ".join(text.split("\n")).strip()

        level = typed("level")
        return cls(
            typed("heading"),
            typed("group"),
            typed("width", LONGEST_NUMBER),
            level if level in LEVELS else "activity",
            bool(data.get(prefix + "required")),
            [
                FieldChoice(typed("field1", 40), typed("name1")),
                FieldChoice(typed("field2", 40), typed("name2")),
            ],
        )

    @property
    def chosen(self) -> list[FieldChoice]:
        return [choice for choice in self.fields if choice.key]

    @property
    def column_name(self) -> str:
        return " – ".join(filter(None, (self.group, self.heading)))

    def name_of(self, choice: FieldChoice) -> str:
        """What a new field will be called: its own name, else its column's."""
        return choice.name or (self.column_name if len(self.chosen) == 1 else "")

    def as_json(self, key_of: Callable[[str], str], names: Mapping[str, str]) -> dict[str, Any]:
        """A column for forms_data.validate_columns; ``key_of`` gives a new field's key by its name."""
        keys = [key_of(self.name_of(choice)) if choice.key == NEW else choice.key for choice in self.chosen]
        width = int(self.width) if _is_number(self.width) else 0
        column: dict[str, Any] = {
            "key": keys[0] if keys else "",
            "heading": self.heading,
            "fields": keys,
            "width": width,
            "level": self.level,
            "required": self.required,
        }
        labels = [
            choice.name or FIELDS.get(key) or names.get(key) or key
            for key, choice in zip(keys, self.chosen, strict=True)
        ]
        wants_labels = any(choice.name for choice in self.chosen)
        own_in_pair = len(keys) == 2 and not set(keys) <= set(FIELDS)
        return {
            **column,
            **({"group": self.group} if self.group else {}),
            **({"labels": labels} if wants_labels or own_in_pair else {}),
        }


@dataclass
class FormDraft:
    title: str = ""
    orientation: str = "landscape"
    rows: list[ColumnRow] = field(default_factory=list)
    gone: ColumnRow | None = None
    gone_place: int = 0
    too_many: bool = False
    title_fault: str = ""

    @classmethod
    def of(cls, version: FormVersion) -> FormDraft:
        return cls(version.title, version.orientation, [ColumnRow.of(column) for column in version.columns])

    @classmethod
    def blank(cls) -> FormDraft:
        """A measure and what came of it: where most forms begin."""
        return cls(
            rows=[
                ColumnRow(
                    FIELDS["measure"], "", "20", "measure", True, [FieldChoice("measure"), FieldChoice()]
                ),
                ColumnRow(
                    FIELDS["method"], "", "40", "activity", True, [FieldChoice("method"), FieldChoice()]
                ),
                ColumnRow(
                    FIELDS["result"], "", "40", "activity", True, [FieldChoice("result"), FieldChoice()]
                ),
            ]
        )

    @classmethod
    def posted(cls, data: Mapping[str, Any]) -> FormDraft:
        """As typed, normalised, in the order of the page; of too many columns the first ones alone."""
        places = sorted({int(found[1]) for name in data if (found := _PLACE.fullmatch(name))})
        orientation = str(data.get("orientation", ""))
        gone_place = str(data.get("gone.place", ""))
        return cls(
            " ".join(normalised(str(data.get("title", "")), LONGEST_HEADING).split()),
            orientation if orientation in FormVersion.Orientation else "landscape",
            [ColumnRow.posted(data, f"c{place}.") for place in places[:MOST_COLUMNS]],
            ColumnRow.posted(data, "gone.") if _is_number(gone_place) else None,
            int(gone_place) if _is_number(gone_place) else 0,
            too_many=len(places) > MOST_COLUMNS,
        )

    def change(self, action: str) -> str | None:
        """Carry out ``column-add``, ``column-up-2``, …, ``undo``; what has the focus then, None when nothing was done."""
        if action == "undo":
            return self._put_back()
        found = _ACTION.fullmatch(action)
        if found is None:
            return None
        verb, place = found[1], int(found[2]) if found[2] else len(self.rows)
        if verb == "add":
            return self._insert(len(self.rows), ColumnRow())
        target = place + {"up": -1, "down": 1, "delete": 0}[verb]
        if place >= len(self.rows) or not 0 <= target < len(self.rows):
            return None
        row = self.rows.pop(place)
        if verb == "delete":
            self.gone, self.gone_place = row, place
            return "undo"
        self.rows.insert(target, row)
        return f"{target}-{verb}"

    def _put_back(self) -> str | None:
        if self.gone is None:
            return None
        focus = self._insert(min(self.gone_place, len(self.rows)), self.gone)
        if focus is not None:
            self.gone = None
        return focus

    def _insert(self, place: int, row: ColumnRow) -> str | None:
        """What was typed stays on the page as it is when no further column fits."""
        self.too_many = self.too_many or len(self.rows) >= MOST_COLUMNS
        if self.too_many:
            return None
        self.rows.insert(place, row)
        return f"{place}-heading"

    def columns(self, key_of: Callable[[str], str], names: Mapping[str, str]) -> list[dict[str, Any]]:
        return [row.as_json(key_of, names) for row in self.rows]

    @property
    def is_faulty(self) -> bool:
        return bool(self.title_fault) or any(row.faults for row in self.rows)

    def lay_out(self, focus: str | None) -> FormDraft:
        for place, row in enumerate(self.rows):
            row.focus = focus.partition("-")[2] if focus and focus.startswith(f"{place}-") else ""
        return self


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4
