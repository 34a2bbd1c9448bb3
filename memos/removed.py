"""Rows that were deleted while a draft was written: kept with their numbers, so that they come back as the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ita_core.models import User
from ita_core.unprintable import is_blank
from memos.models import Activity, Enclosure, Measure, RemovedRow, Report, Section

MOST = 200
"""Rows kept of one report; the oldest go first."""


def remove(report: Report, user: User, row: Measure | Activity | Enclosure) -> None:
    """Delete a row, with its activities, and keep what was in it."""
    name = f"{row._meta.model_name}-{row.pk}"
    RemovedRow.objects.of(report.organisation_id).update_or_create(
        report=report, row=name, defaults={"content": _content(row), "removed_by": user}
    )
    row.delete()
    for old in report.removed_rows.order_by("-pk")[MOST:]:
        old.delete()


def _content(row: Measure | Activity | Enclosure) -> dict[str, Any]:
    if isinstance(row, Enclosure):
        return {"position": row.position, "title": row.title, "quantity": row.quantity, "pages": row.pages}
    if isinstance(row, Activity):
        return {"position": row.position, "measure": row.measure_id, "cells": row.cells}
    activities = [{"pk": below.pk, "cells": below.cells} for below in row.activities.all()]
    return {
        "position": row.position,
        "section": row.section_id,
        "cells": row.cells,
        "activities": activities,
    }


def kept(report: Report, row: str) -> RemovedRow | None:
    return report.removed_rows.select_related("removed_by").filter(row=row).first()


def take(report: Report, row: str) -> set[str]:
    """The names under which a row and its activities come back, because somebody stores it again; empty if it never was."""
    found = kept(report, row)
    if found is None:
        return set()
    found.delete()
    return {row, *(f"activity-{one['pk']}" for one in found.content.get("activities", []))}


@dataclass(frozen=True)
class Listed:
    """A removed row as a page offers it: ``text`` begins what was in it; what its measure went with waits for that one."""

    kept: RemovedRow
    text: str
    waits: bool = False

    @property
    def level(self) -> str:
        return self.kept.row.partition("-")[0]


SHOWN = 200
"""Characters of a removed row that the list shows."""


def listed(report: Report, section: Section | None) -> list[Listed]:
    """What was removed from a section's table, or of the memo's enclosures, the last one first. Empty rows are not
    worth a line. One query; two where activities were removed.
    """
    rows = list(report.removed_rows.select_related("removed_by").order_by("-removed_at", "-pk"))
    found = [_listed_enclosure(row) for row in rows] if section is None else _of_table(rows, section)
    return [one for one in found if one is not None and not is_blank(one.text)]


def _listed_enclosure(row: RemovedRow) -> Listed | None:
    if not row.row.startswith("enclosure-"):
        return None
    return Listed(row, " ".join(filter(None, (row.content["title"], row.content["quantity"]))))


def _of_table(rows: list[RemovedRow], section: Section) -> Iterator[Listed | None]:
    gone = {row.row for row in rows if row.content.get("section") == section.pk}
    here: set[int] = set()
    if any("measure" in row.content for row in rows):
        here = set(section.measures.values_list("pk", flat=True))
    for row in rows:
        if row.row in gone:
            yield Listed(row, _text([row.content["cells"], *(a["cells"] for a in row.content["activities"])]))
        elif row.content.get("measure") in here:
            yield Listed(row, _text([row.content["cells"]]))
        elif f"measure-{row.content.get('measure')}" in gone:
            yield Listed(row, _text([row.content["cells"]]), waits=True)


def _text(cells: list[dict[str, str]]) -> str:
    words = " · ".join(" ".join(text.split()) for row in cells for text in row.values() if text.strip())
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()}…"


def rows_of(
    report: Report, removed: RemovedRow
) -> tuple[Measure | Activity | Enclosure | None, list[Activity]]:
    """The row, not yet stored, and its activities; None where what it stood in is gone."""
    level, _dash, number = removed.row.partition("-")
    content = removed.content
    pk, place = int(number), content["position"]
    if level == "enclosure":
        facts = {name: content[name] for name in ("title", "quantity", "pages")}
        return Enclosure(pk=pk, memo=report.memo, position=place, **facts), []
    if level == "activity":
        measures = Measure.objects.of(report.organisation_id).select_related("section")
        measure = measures.filter(pk=content["measure"], section__report=report).first()
        if measure is None:
            return None, []
        return Activity(pk=pk, measure=measure, position=place, cells=content["cells"]), []
    section = report.sections.filter(pk=content["section"]).first()
    if section is None:
        return None, []
    made = Measure(pk=pk, section=section, position=place, cells=content["cells"])
    below = [
        Activity(pk=one["pk"], measure=made, position=turn, cells=one["cells"])
        for turn, one in enumerate(content["activities"])
    ]
    return made, below
