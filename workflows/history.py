"""What was done to a report, as pages tell it: acts by rounds, and the documents that each of them left."""

from __future__ import annotations

from dataclasses import dataclass, field

from workflows.models import Act, Approval


@dataclass(frozen=True)
class Deed:
    """An act as shown. ``number`` counts the report's document sets; 0 when the act made none."""

    act: Act
    number: int = 0


@dataclass
class Round:
    number: int
    deeds: list[Deed] = field(default_factory=list)
    is_latest: bool = False


def deeds(approval: Approval) -> list[Deed]:
    """Every act of the report in order. One query."""
    acts = approval.acts.select_related(
        "user", "recorded_by", "document_set__memo", "document_set__measures"
    ).order_by("sequence")
    found, number = [], 0
    for act in acts:
        number += act.document_set_id is not None
        found.append(Deed(act, number if act.document_set_id is not None else 0))
    return found


def rounds(found: list[Deed]) -> list[Round]:
    """The latest round first; within a round in the order of the acts."""
    by_number: dict[int, Round] = {}
    for deed in found:
        by_number.setdefault(deed.act.round, Round(deed.act.round)).deeds.append(deed)
    latest_first = sorted(by_number.values(), key=lambda one: -one.number)
    if latest_first:
        latest_first[0].is_latest = True
    return latest_first


def latest_set(found: list[Deed]) -> Deed | None:
    """The act whose pair of documents is the newest."""
    return next((deed for deed in reversed(found) if deed.number), None)


def set_number(act: Act) -> int:
    """Which of the report's sets this act made: 1 for the first. One query."""
    earlier = act.approval.acts.filter(document_set__isnull=False, sequence__lte=act.sequence)
    return earlier.count()
