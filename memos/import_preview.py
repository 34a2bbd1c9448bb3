"""What an import would make of its file, bounded for the page: counts, findings, and the first rows of each section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ita_core import thai
from memos.importing.found import Found, FoundSection, ImportFinding
from memos.models import FormVersion, Measure, Report

MOST_FINDINGS = 100
MOST_ROWS, MOST_ROWS_TOGETHER = 30, 240
"""Activities shown of each section, and of all: enough to see whether the columns are right."""
MOST_PARTS = 60
MOST_LETTERS = 240
_ORDER = ("doubtful", "joined", "split", "header", "group")


@dataclass(frozen=True)
class Row:
    """(heading, text) of each column; ``spans``: rows that the measure's cells cover, 0 where it goes on."""

    above: list[tuple[str, str]]
    below: list[tuple[str, str]]
    spans: int


@dataclass(frozen=True)
class Part:
    """One section or group as it would be."""

    heading: str
    is_group: bool
    form: str
    preamble: str
    closing: str
    columns: list[str]
    rows: list[Row]
    more: int
    measures: int
    activities: int


@dataclass(frozen=True)
class Finding:
    kind: str
    sentence: str
    place: str
    name: str


@dataclass(frozen=True)
class Preview:
    counts: dict[str, int]
    parts: list[Part]
    more_parts: int
    findings: list[Finding]
    more_findings: int
    doubtful: int

    @classmethod
    def of(cls, found: Found, forms: list[FormVersion]) -> Preview:
        ordered = sorted(found.findings, key=lambda finding: _ORDER.index(finding.kind))
        return cls(
            found.counts,
            list(_parts(found.sections[:MOST_PARTS], forms)),
            max(len(found.sections) - MOST_PARTS, 0),
            [_finding(finding) for finding in ordered[:MOST_FINDINGS]],
            max(len(ordered) - MOST_FINDINGS, 0),
            sum(finding.kind == "doubtful" for finding in ordered),
        )

    def stored(self, report: Report) -> int:
        """Measures of the draft that say something: they would go when the tables are replaced."""
        rows = Measure.objects.of(report.organisation).filter(section__report=report)
        return sum(_says(row) for row in rows.prefetch_related("activities"))


def _says(measure: Measure) -> bool:
    cells = [measure.cells, *(activity.cells for activity in measure.activities.all())]
    return any(str(text).strip() for texts in cells for text in texts.values())


def _finding(finding: ImportFinding) -> Finding:
    names = {
        "doubtful": _("โปรดตรวจ"),
        "joined": _("ต่อแถว"),
        "split": _("แยกแถว"),
        "header": _("หัวตาราง"),
        "group": _("กลุ่มย่อย"),
    }
    return Finding(finding.kind, finding.sentence, finding.place, names[finding.kind])


def _parts(sections: list[FoundSection], forms: list[FormVersion]) -> Iterator[Part]:
    by_slug = {form.slug: form for form in forms}
    room = MOST_ROWS_TOGETHER
    for section in sections:
        part = _part(section, by_slug[section.form], min(room, MOST_ROWS))
        room -= len(part.rows)
        yield part


def _part(section: FoundSection, form: FormVersion, room: int) -> Part:
    rows = list(_rows(section, form.columns))
    shown = _whole(rows, room)
    return Part(
        thai.printed(section.heading[:MOST_LETTERS]),
        section.is_group,
        form.title,
        _short(section.preamble),
        _short(section.closing),
        [thai.printed(column["heading"]) for column in form.columns],
        shown,
        len(rows) - len(shown),
        len(section.measures),
        sum(len(measure.activities) for measure in section.measures),
    )


def _whole(rows: list[Row], room: int) -> list[Row]:
    """The first rows; a measure that is cut spans only those that are shown."""
    shown = rows[:room]
    for place in range(len(shown) - 1, -1, -1):
        row = shown[place]
        if row.spans:
            shown[place] = Row(row.above, row.below, min(row.spans, len(shown) - place))
            break
    return shown


def _rows(section: FoundSection, columns: list[dict[str, Any]]) -> Iterator[Row]:
    for measure in section.measures:
        above = _cells(measure.cells, columns, "measure")
        activities = measure.activities or [{}]
        for place, activity in enumerate(activities):
            below = _cells(activity, columns, "activity")
            yield Row(above if place == 0 else [], below, len(activities) if place == 0 else 0)


def _cells(cells: dict[str, str], columns: list[dict[str, Any]], level: str) -> list[tuple[str, str]]:
    return [
        (
            thai.printed(column["heading"]),
            _short("\n".join(filter(None, (cells.get(key, "") for key in column["fields"])))),
        )
        for column in columns
        if column["level"] == level
    ]


def _short(text: str) -> str:
    return thai.printed(text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + "…")
