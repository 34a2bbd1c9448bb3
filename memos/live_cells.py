"""One text of one row is written when it still is what the writer's page showed; else nothing is, and both are told.

The memo's fields are named as in its form; a date is "1/4/2565", a list has a line for each entry.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ita_core import thai
from memos import removed
from memos.enclosures import LIMITS, EnclosureRow
from memos.fields import LONGEST_NUMBER, normalised
from memos.forms import PLACE, REPORT_FACTS, SAME_PLACE, MemoForm, SectionForm
from memos.live_rows import Hand
from memos.models import Activity, Enclosure, FormVersion, Measure, Memo, Report, Section

if TYPE_CHECKING:
    from memos.live import Cell, Told

Owner = Measure | Activity | Section | Enclosure | Memo
ENCLOSURE_FIELDS = ("title", "quantity", "pages")


class Fault(Exception):
    """Why this text cannot be stored."""


def save(hand: Hand, cells: Sequence[Cell], told: Told) -> None:
    """Writes what may be written, one row at a time; says of the others why not."""
    owners = _owners(hand.report, {cell.row for cell in cells})
    for row in dict.fromkeys(cell.row for cell in cells):
        owner = owners.get(row)
        by = str(owner.written_by) if owner and owner.written_by else ""
        for cell in cells:
            if cell.row == row:
                _save_one(hand, owner, by, cell, told)


def _save_one(hand: Hand, owner: Owner | None, by: str, cell: Cell, told: Told) -> None:
    place = {"row": cell.row, "field": cell.field}
    if owner is None:
        kept = removed.kept(hand.report, cell.row)
        told.gone.append({**place, "by": str(kept.removed_by) if kept else ""})
        return
    box = box_of(hand.report, owner, cell.field)
    if box is None:
        told.faults.append({**place, "sentence": _("แบบตารางนี้ไม่มีช่องนี้ โปรดโหลดหน้านี้ใหม่")})
        return
    try:
        text = box.cleaned(cell.text)
        before = box.text
        if before not in (cell.was, text, normalised(cell.was)):
            told.conflicts.append({**place, "theirs": before, "by": by})
            return
        if before != text:
            box.write(cell.text)
            hand.wrote(owner)
            owner.save()
    except Fault as fault:
        told.faults.append({**place, "sentence": str(fault)})
        return
    told.saved.append({**place, "text": text})


def _owners(report: Report, rows: Iterable[str]) -> dict[str, Owner]:
    """The rows that are there, by name; a query a level."""
    numbers: dict[str, list[int]] = {}
    found: dict[str, Owner] = {}
    for row in rows:
        level, _dash, number = row.partition("-")
        if number.isdigit():
            numbers.setdefault(level, []).append(int(number))
        elif row == "memo":
            found["memo"] = report.memo
    of, here = report.organisation_id, report
    wanted: dict[str, QuerySet[Any]] = {
        "measure": Measure.objects.of(of).filter(section__report=here).select_related("section__form"),
        "activity": Activity.objects.of(of)
        .filter(measure__section__report=here)
        .select_related("measure__section__form"),
        "section": Section.objects.of(of).filter(report=here).select_related("form"),
        "enclosure": Enclosure.objects.of(of).filter(memo__report=here),
    }
    for level, pks in numbers.items():
        for owner in wanted[level].filter(pk__in=pks).select_related("written_by") if level in wanted else ():
            found[f"{level}-{owner.pk}"] = owner
    return found


# --- a box: a field of a row, as the text that stands in it


@dataclass
class Box:
    """A cell of the table."""

    owner: Any
    field: str

    @property
    def text(self) -> str:
        return str(self.owner.cells.get(self.field, "") or "")

    def cleaned(self, text: str) -> str:
        """As it would be stored. Fault when it cannot be."""
        stored = normalised(text)
        if problem := thai.problem_in(stored):
            raise Fault(problem)
        return stored

    def write(self, text: str) -> None:
        self.owner.cells = {**self.owner.cells, self.field: self.cleaned(text)}


class WordsBox(Box):
    """The words around a section's table."""

    @property
    def text(self) -> str:
        return str(getattr(self.owner, self.field))

    def cleaned(self, text: str) -> str:
        return str(_clean(SectionForm.base_fields[self.field], text))

    def write(self, text: str) -> None:
        setattr(self.owner, self.field, self.cleaned(text))


class EnclosureBox(Box):
    @property
    def text(self) -> str:
        value = getattr(self.owner, self.field)
        return "" if value is None else str(value)

    def cleaned(self, text: str) -> str:
        stored = " ".join(normalised(text, LIMITS.get(self.field, LONGEST_NUMBER)).split("\n")).strip()
        pages = "" if self.owner.pages is None else str(self.owner.pages)
        row = EnclosureRow(None, self.owner.title, self.owner.quantity, pages)
        setattr(row, self.field, stored)
        row.find_faults()
        if self.field == "title" and not stored:
            row.faults.setdefault("title", _("โปรดใส่ชื่อสิ่งที่ส่งมาด้วย หรือลบรายการนี้"))
        if self.field in row.faults:
            raise Fault(row.faults[self.field])
        return stored

    def write(self, text: str) -> None:
        stored = self.cleaned(text)
        value: Any = (int(stored) if stored else None) if self.field == "pages" else stored
        setattr(self.owner, self.field, value)


@dataclass
class MemoBox(Box):
    """A field of the memo's page; ``owner`` is the memo, some of its fields are the report's."""

    report: Report

    @property
    def _home(self) -> Any:
        return self.report if self.field in REPORT_FACTS else self.owner

    @property
    def text(self) -> str:
        name = "item_id" if self.field == "item" else self.field
        return wire(getattr(self._home, name))

    def cleaned(self, text: str) -> str:
        return wire(self._value(text))

    def _value(self, text: str) -> Any:
        field: Any = MemoForm(report=self.report).fields[self.field]
        typed: Any = (text or "//").split("/", 2) if self.field == "date" else text
        return _clean(field, [*typed, "", ""][:3] if self.field == "date" else typed)

    def write(self, text: str) -> None:
        value = self._value(text)
        if self.report.corrects_id and self.field in PLACE and value != getattr(self.report, self.field):
            raise Fault(str(SAME_PLACE))
        setattr(self._home, self.field, value)
        if self.field not in REPORT_FACTS:
            return
        try:
            with transaction.atomic():
                self.report.save(update_fields=[self.field])
        except IntegrityError as error:
            self.report.refresh_from_db(fields=[self.field])
            raise Fault(_("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว")) from error


def wire(value: Any) -> str:
    """A stored fact as the text of its box."""
    if isinstance(value, datetime.date):
        return f"{value.day}/{value.month}/{value.year + thai.BE_OFFSET}"
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(getattr(value, "pk", value))


def _clean(field: Any, typed: Any) -> Any:
    try:
        return field.clean(typed)
    except ValidationError as error:
        raise Fault(" ".join(error.messages)) from error


def fields_of(form: FormVersion, level: str) -> list[str]:
    return [key for column in form.columns if column["level"] == level for key in column["fields"]]


def fields_on(owner: Owner) -> list[str]:
    """The boxes that a row has on its page."""
    if isinstance(owner, Measure):
        return fields_of(owner.section.form, "measure")
    if isinstance(owner, Activity):
        return fields_of(owner.measure.section.form, "activity")
    if isinstance(owner, Section):
        return list(SectionForm.base_fields)
    return list(ENCLOSURE_FIELDS) if isinstance(owner, Enclosure) else list(MemoForm.base_fields)


def box_of(report: Report, owner: Owner, field: str) -> Box | None:
    """None when the row has no such box."""
    if field not in fields_on(owner):
        return None
    if isinstance(owner, Memo):
        return MemoBox(owner, field, report)
    if isinstance(owner, Section):
        return WordsBox(owner, field)
    return EnclosureBox(owner, field) if isinstance(owner, Enclosure) else Box(owner, field)
