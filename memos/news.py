"""What happened to a page of the editor since a revision: texts by whose hand, the order of rows, findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from memos import checks_page, live_cells
from memos import editor_page as page
from memos.live_cells import Owner
from memos.live_rows import name_of
from memos.models import Activity, Report, Section


def since(report: Report, section: Section | None, revision: int) -> dict[str, Any]:
    """``changed``, ``order`` (None when it is as it was), and ``notes`` with ``panel`` when anything was written."""
    news = _of_memo(report, revision) if section is None else _of_section(report, section, revision)
    if report.revision > revision:
        news |= _found(report, section)
    return news


def _of_memo(report: Report, revision: int) -> dict[str, Any]:
    memo = report.memo
    rows = list(memo.enclosures.select_related("written_by"))
    fresh: list[Owner] = [row for row in rows if row.revision > revision]
    if memo.revision > revision:
        fresh.insert(0, memo)
    order = [name_of(row) for row in rows] if memo.revision > revision else None
    return {"changed": [text for owner in fresh for text in _texts(report, owner)], "order": order}


def _of_section(report: Report, section: Section, revision: int) -> dict[str, Any]:
    of = report.organisation_id
    measures = section.measures.filter(revision__gt=revision).select_related("section__form", "written_by")
    below = Activity.objects.of(of).filter(measure__section=section, revision__gt=revision)
    fresh: list[Owner] = [*measures, *below.select_related("measure__section__form", "written_by")]
    moved = section.revision > revision
    if moved:
        fresh.insert(0, section)
    return {
        "changed": [text for owner in fresh for text in _texts(report, owner)],
        "order": list(_order(section)) if moved else None,
    }


def _order(section: Section) -> Iterator[str]:
    for measure in section.measures.prefetch_related("activities"):
        yield name_of(measure)
        yield from map(name_of, measure.activities.all())


def _texts(report: Report, owner: Owner) -> Iterator[dict[str, str]]:
    row = "memo" if owner == report.memo else f"{owner._meta.model_name}-{owner.pk}"
    by = str(owner.written_by) if owner.written_by else ""
    for field in live_cells.fields_on(owner):
        box = live_cells.box_of(report, owner, field)
        if box is not None:
            yield {"row": row, "field": field, "text": box.text, "by": by}


def _found(report: Report, section: Section | None) -> dict[str, Any]:
    """What checks say of the page as it is stored now: by box, and as the list above it."""
    found = checks_page.beside(report, page.address(report, section))
    shown = {**found, "org": report.organisation.slug, "report": report}
    return {
        "notes": {
            place: [note.beside for note in notes] for place, notes in found["cell_notes"].items() if place
        },
        "panel": render_to_string("memos/_found_here.html", shown),
    }
