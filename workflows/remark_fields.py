"""The remarks of the decision's form: ``remark-<n>-place`` and ``remark-<n>-text``, as many as the page has grown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from memos.frozen import FrozenContent
from workflows import pinning
from workflows.pinning import Pin, Remark
from workflows.remarks import MOST

_NAME = re.compile(r"remark-([0-9]{1,4})-(?:place|text)")


@dataclass(frozen=True)
class Row:
    """One remark as the form shows it. ``pin`` is None while its place is still to be chosen."""

    number: int
    remark: Remark
    pin: Pin | None = None


def typed(posted: QueryDict) -> list[Remark]:
    """In the order of their numbers; rows that say nothing are left out, whatever place they name."""
    return [remark for _number, remark in _rows(posted) if remark.text.strip()]


def _rows(posted: QueryDict) -> Iterator[tuple[int, Remark]]:
    numbers = sorted({int(found[1]) for name in posted if (found := _NAME.fullmatch(name))})
    for number in numbers[: 2 * MOST]:
        yield (
            number,
            Remark(posted.get(f"remark-{number}-place", ""), posted.get(f"remark-{number}-text", "")),
        )


def shown(posted: QueryDict | None, content: FrozenContent, *, more: bool) -> list[Row]:
    """What was written, at its place or with a place to choose; ``more`` adds an empty row."""
    there = pinning.by_place(content) if posted is not None else {}
    rows = [
        Row(number, remark, there.get(remark.place))
        for number, remark in (_rows(posted) if posted is not None else ())
        if remark.text.strip() or remark.place
    ]
    if more:
        rows.append(Row(max((row.number for row in rows), default=0) + 1, Remark("", "")))
    return rows


def choices(rows: Sequence[Row], content: FrozenContent) -> Mapping[str, str]:
    """Place → label, only where somebody has to choose: a long report has thousands."""
    if all(row.pin for row in rows):
        return {}
    return {pin.place: pin.label for pin in pinning.places(content)}
