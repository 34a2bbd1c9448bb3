"""What was recognised: sections with their measures and activities, and a sentence for every decision taken on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

FindingKind = Literal["joined", "split", "header", "group", "doubtful"]


@dataclass(frozen=True, slots=True)
class ImportFinding:
    """``kind``: rows were joined, one was split, a header row was left out, a group begins, or somebody should look.

    ``sentence`` is whole, in the reader's language; ``place`` says where in the file, such as "ตารางที่ 2 แถวที่ 3".
    """

    kind: FindingKind
    sentence: str
    place: str


@dataclass(slots=True)
class FoundMeasure:
    """Stored texts by field key; each activity is such a mapping too."""

    cells: dict[str, str]
    activities: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class FoundSection:
    """``form`` is the slug of its form. A group goes on under the last section before it that is none."""

    form: str
    heading: str = ""
    preamble: str = ""
    closing: str = ""
    is_group: bool = False
    measures: list[FoundMeasure] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """``lines`` are the words before the first heading: cover, title, whatever stands there."""

    sections: list[FoundSection] = field(default_factory=list)
    findings: list[ImportFinding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """sections that are no groups, groups, measures, activities."""
        measures = [measure for section in self.sections for measure in section.measures]
        return {
            "sections": sum(not section.is_group for section in self.sections),
            "groups": sum(section.is_group for section in self.sections),
            "measures": len(measures),
            "activities": sum(len(measure.activities) for measure in measures),
        }

    def to_json(self) -> dict[str, Any]:
        """The counts, and the findings as objects with kind, sentence, place."""
        findings = [{"kind": f.kind, "sentence": f.sentence, "place": f.place} for f in self.findings]
        return {**self.counts, "findings": findings}
