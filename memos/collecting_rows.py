"""Rows of a report's tables as offices are asked for them: what a row says, what is to be filled, whose it probably is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Organisation, OrgUnit, Post
from memos import parts
from memos.collecting_words import FILLED
from memos.forms_data import field_label
from memos.models import Activity, FormVersion, Measure, Report, Section

READ: Final = ("topic", "issue", "measure", "method", "responsible", "period")
"""What a unit reads of its rows; results that stand in the table already are the drafter's own."""
# A post's title ends with its rank, which nobody writes into a table: นิติกรชำนาญการ is there as นิติกร.
_RANK: Final = re.compile("(?:ปฏิบัติการ|ปฏิบัติงาน|ชำนาญการพิเศษ|ชำนาญการ|ชำนาญงาน|อาวุโส|เชี่ยวชาญ)$")


@dataclass(frozen=True)
class TableRow:
    """A row that a unit can be asked for. ``name`` as everywhere: ``activity-12``.

    ``fields``: what there is to fill, with its heading. ``number`` and ``place`` say which row it is.
    """

    name: str
    section: Section
    measure: Measure
    activity: Activity | None
    fields: Mapping[str, str]
    place: str
    number: int
    first: bool
    span: int

    @property
    def cells(self) -> dict[str, str]:
        return {**self.measure.cells, **(self.activity.cells if self.activity else {})}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(heading, text) of what the row is about."""
        labels = labels_of(self.section.form)
        return [
            (labels[key], self.cells[key])
            for key in READ
            if key in labels and str(self.cells.get(key, "")).strip()
        ]

    @property
    def measure_text(self) -> str:
        found = (str(self.measure.cells.get(key, "")).strip() for key in ("measure", "topic", "issue"))
        return next(filter(None, found), "")

    @property
    def activity_text(self) -> str:
        """What tells it from its neighbours."""
        own = self.activity.cells if self.activity else self.measure.cells
        found = (str(own.get(key, "")).strip() for key in ("method", "period", "measure"))
        return next(filter(None, found), "")

    @property
    def spoken(self) -> str:
        return _("%(place)s แถวที่ %(n)s") % {"place": self.place, "n": language.shown(self.number)}


def labels_of(form: FormVersion) -> dict[str, str]:
    return {key: field_label(column, key) for column in form.columns for key in column["fields"]}


def filled_in(form: FormVersion) -> tuple[str, tuple[str, ...]]:
    """The level whose rows are filled, and the fields; ("", ()) where a form asks for no result (a plan)."""
    for level in ("activity", "measure"):
        keys = {key for column in form.columns if column["level"] == level for key in column["fields"]}
        fields = tuple(key for key in FILLED if key in keys)
        if fields:
            return level, fields
    return "", ()


def of(report: Report) -> list[TableRow]:
    """In the order of the paper. Four queries."""
    sections = report.sections.select_related("form").prefetch_related("measures__activities")
    return [row for section, place in parts.named(sections) for row in _of_section(section, place)]


def _of_section(section: Section, place: str) -> Iterator[TableRow]:
    level, fields = filled_in(section.form)
    labels, number = labels_of(section.form), 0
    asked = {key: labels[key] for key in fields}
    for measure in section.measures.all():
        below = list(measure.activities.all())
        if level == "measure":
            number += 1
            yield TableRow(f"measure-{measure.pk}", section, measure, None, asked, place, number, True, 1)
        for turn, activity in enumerate(below if level == "activity" else ()):
            number += 1
            yield TableRow(
                f"activity-{activity.pk}",
                section,
                measure,
                activity,
                asked,
                place,
                number,
                turn == 0,
                len(below),
            )


def by_name(report: Report) -> dict[str, TableRow]:
    return {row.name: row for row in of(report)}


# --- whose row it probably is


def proposals(organisation: Organisation, rows: Sequence[TableRow]) -> dict[str, OrgUnit]:
    """Row → the unit that its "responsible" names: by name, or by the title of a post in it. Two queries.

    Of several the one that is named first; of a unit and one within it ("งานพัสดุ กองคลัง") the inner one. Nothing is
    proposed for "ทุกส่วนงาน".
    """
    units = {unit.pk: unit for unit in OrgUnit.objects.of(organisation)}
    names = _names(organisation, units)
    found = {row.name: _named(_plain(str(row.cells.get("responsible", ""))), names, units) for row in rows}
    return {name: unit for name, unit in found.items() if unit is not None}


def _plain(text: str) -> str:
    return "".join(thai.normalise(text).split())


def _names(organisation: Organisation, units: Mapping[int, OrgUnit]) -> list[tuple[str, OrgUnit]]:
    """Words → unit. Officers write the short name of the clerk's office."""
    named = [(_plain(unit.name), unit) for unit in units.values()]
    offices = [unit for unit in units.values() if unit.kind == OrgUnit.Kind.CLERK_OFFICE]
    named += [("สำนักปลัด", unit) for unit in offices[:1]]
    posts = Post.objects.of(organisation).filter(unit__isnull=False).values_list("title", "unit")
    return [*named, *((_RANK.sub("", _plain(title)), units[unit]) for title, unit in posts)]


def _named(text: str, names: Iterable[tuple[str, OrgUnit]], units: Mapping[int, OrgUnit]) -> OrgUnit | None:
    places: dict[int, int] = {}
    for words, unit in names:
        place = text.find(words) if words else -1
        if place >= 0:
            places[unit.pk] = min(place, places.get(unit.pk, place))
    outer = {above for pk in places for above in _above(units[pk], units)}
    inner = [pk for pk in places if pk not in outer]
    return units[min(inner, key=lambda pk: places[pk])] if inner else None


def _above(unit: OrgUnit, units: Mapping[int, OrgUnit]) -> Iterator[int]:
    """Outwards; a ring, which no form lets through, ends."""
    seen = {unit.pk}
    above = units.get(unit.parent_id or 0)
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        yield above.pk
        above = units.get(above.parent_id or 0)
