"""The memo's enclosures while they are edited; posted whole like a section's table (table.py).

Names of the form: ``e0.id``, ``e0.title``, ``e0.quantity``, ``e0.pages``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import language
from memos.fields import LONGEST_NUMBER, normalised, paper_problem
from memos.models import Memo

MOST = 60
"""Enclosures of one memo: more would not fit under สิ่งที่ส่งมาด้วย."""
LIMITS = {"title": 500, "quantity": 60}
_PLACE = re.compile(r"e([0-9]{1,3})\.(?:id|title|quantity|pages)")
_ACTION = re.compile(r"enclosure-(add|up|down|delete)(?:-([0-9]{1,3}))?")


@dataclass
class EnclosureRow:
    """Text as typed; ``pages`` too, until it is found to be a number."""

    pk: int | None = None
    title: str = ""
    quantity: str = ""
    pages: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.title.strip() or self.quantity.strip() or self.pages.strip())

    @property
    def page_count(self) -> int | None:
        return int(self.pages) if self.pages else None

    def find_faults(self) -> None:
        self.faults = {}
        for name, limit in LIMITS.items():
            try:
                paper_problem(limit)(getattr(self, name))
            except ValidationError as error:
                self.faults[name] = error.messages[0]
        if not self.title and not self.is_empty:
            self.faults.setdefault("title", _("โปรดใส่ชื่อสิ่งที่ส่งมาด้วย หรือลบรายการนี้"))
        if self.pages and not (self.pages.isascii() and self.pages.isdigit() and 1 <= len(self.pages) <= 4):
            self.faults["pages"] = _("จำนวนหน้าต้องเป็นตัวเลข ๑ ถึง ๙๙๙๙")


@dataclass
class Enclosures:
    rows: list[EnclosureRow]
    too_many: bool = False

    @classmethod
    def of(cls, memo: Memo) -> Enclosures:
        return cls(
            [
                EnclosureRow(row.pk, row.title, row.quantity, "" if row.pages is None else str(row.pages))
                for row in memo.enclosures.all()
            ]
        )

    @classmethod
    def posted(cls, data: Mapping[str, Any]) -> Enclosures:
        """As typed, on one line each, in the order of the form."""
        places = sorted({int(found[1]) for name in data if (found := _PLACE.fullmatch(name))})
        rows = [_posted_row(data, f"e{place}.") for place in places[:MOST]]
        return cls(rows, too_many=len(places) > MOST)

    def change(self, action: str) -> int | None:
        """Carry out ``enclosure-add``, ``enclosure-up-1``, …; the place of the row meant, None when there is none."""
        found = _ACTION.fullmatch(action)
        if found is None:
            return None
        if found[1] == "add" and not self._has_room():
            return None
        if found[1] == "add":
            self.rows.append(EnclosureRow())
            return len(self.rows) - 1
        place = int(found[2]) if found[2] else len(self.rows)
        target = place + {"up": -1, "down": 1, "delete": 0}[found[1]]
        if place >= len(self.rows) or not 0 <= target < len(self.rows):
            return None
        row = self.rows.pop(place)
        if found[1] != "delete":
            self.rows.insert(target, row)
        return target

    def put_back(self, place: int, kept: dict[str, str]) -> int | None:
        if not self._has_room():
            return None
        place = min(place, len(self.rows))
        row = EnclosureRow(None, kept["title"], kept["quantity"], kept["pages"])
        self.rows.insert(place, row)
        return place

    def _has_room(self) -> bool:
        """What was typed stays on the page as it is when no further row fits."""
        self.too_many = self.too_many or len(self.rows) >= MOST
        return not self.too_many

    def find_faults(self) -> list[str]:
        """Mark the rows' faults; returns sentences about the list as a whole."""
        for row in self.rows:
            row.find_faults()
        if self.too_many:
            return [_("สิ่งที่ส่งมาด้วยมีได้ไม่เกิน %(most)s รายการ") % {"most": language.shown(MOST)}]
        if any(row.faults for row in self.rows):
            return [_("มีรายการสิ่งที่ส่งมาด้วยที่ต้องแก้ไข")]
        return []


def _posted_row(data: Mapping[str, Any], prefix: str) -> EnclosureRow:
    def typed(name: str) -> str:
        text = normalised(str(data.get(prefix + name, "")), LIMITS.get(name, LONGEST_NUMBER))
        return " ".join(text.split("\n")).strip()

    pk = typed("id")
    known = int(pk) if pk.isascii() and pk.isdigit() and len(pk) <= 18 else None
    return EnclosureRow(known, typed("title"), typed("quantity"), typed("pages"))
