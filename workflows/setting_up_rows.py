"""Rows as they are typed when an authority is set up: on the pages, in a spreadsheet, in a file. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class UnitRow:
    """``key`` is what other rows of the same form call it by; ``pk`` names the row that is there already."""

    key: str
    kind: str
    name: str
    parent: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class PostRow:
    role: str
    title: str
    unit: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class PersonRow:
    """A person in a post, every field as typed. ``place``: the row of the sheet, 0 for what was typed on the page."""

    name: str = ""
    login: str = ""
    email: str = ""
    post: str = ""
    unit: str = ""
    capacity: str = ""
    own_title: str = ""
    legal_basis: str = ""
    scope: str = ""
    starts: str = ""
    place: int = 0


@dataclass(frozen=True)
class StepRow:
    """A step of the route: the role whose posts decide it, what stands on paper, and its working days (None: no limit)."""

    role: str
    heading: str
    addresses: str = ""
    days: int | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of one row."""

    place: int
    field: str
    sentence: str


@dataclass
class Made:
    """What was entered, by kind; what was there already is not counted."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, number: int = 1) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + number


class NotEntered(Exception):
    """Nothing was entered; ``faults`` say why, row by row."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.sentence for fault in faults))
        self.faults = faults


def problem(sentence: str, place: int = 0, field: str = "") -> NotEntered:
    return NotEntered([Fault(place, field, sentence)])
