"""The number that acts leave a report with."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.models import Act

KINDS = (Act.Kind.NUMBER, Act.Kind.VOID_NUMBER)


def after(acts: Iterable[Act]) -> str:
    """The last one given, unless it was taken away since; "" without one. ``acts`` are in order, others may be among them."""
    last = None
    for act in acts:
        if act.kind in KINDS:
            last = act
    return last.number if last is not None and last.kind == Act.Kind.NUMBER else ""
