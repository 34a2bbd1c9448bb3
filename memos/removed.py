"""Rows that were deleted while a draft was written: kept with their numbers, so that they come back as the same rows."""

from __future__ import annotations

from typing import Any

from ita_core.models import User
from memos.models import Activity, Enclosure, Measure, RemovedRow, Report

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
