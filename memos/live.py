"""What an open page of the editor says to the server and hears back (static/memos/desk): one request, one answer.

A cell is saved when the stored text is what the page had before; else both texts are told and nothing is overwritten.
Row operations of one request, with the cells that belong to them, are carried out together or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ita_core.membership import Membership
from memos import collecting, editing, live_cells, live_rows, present
from memos.models import Presence, Report, Section

MOST_CELLS = 5_000
MOST_OPS = 700
ROW = re.compile(r"memo|(?:measure|activity|section|enclosure)-[0-9]{1,18}")
_PAGE = re.compile(r"memo|section-[0-9]{1,18}")
_ALIAS = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
_WINDOW = re.compile(r"[0-9a-f]{8,40}")
_PLACE = re.compile(r"[\w-]{0,80}")
_FIELD = re.compile(r"[\w-]{1,80}")


class Malformed(ValueError):
    """No page of ours sends this."""


@dataclass(frozen=True)
class Cell:
    row: str
    field: str
    was: str
    text: str


@dataclass(frozen=True)
class Op:
    """``to``: a row's sibling to stand before, or its parent to stand last in; ``name``: what a new row is called."""

    op: str
    row: str
    to: str = ""
    name: str = ""


@dataclass(frozen=True)
class Asked:
    window: str
    user: int
    page: str
    place: str
    revision: int
    turn: int
    cells: tuple[Cell, ...]
    ops: tuple[Op, ...]
    leaves: bool = False


@dataclass
class Told:
    """The answer to one turn. ``refused`` says why the row operations, and the cells with them, were not done."""

    saved: list[dict[str, str]] = field(default_factory=list)
    conflicts: list[dict[str, str]] = field(default_factory=list)
    faults: list[dict[str, str]] = field(default_factory=list)
    gone: list[dict[str, str]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    refused: str = ""


def asked(data: Any) -> Asked:
    """Read what a page sent. Malformed for anything that none of ours would send."""
    if not isinstance(data, dict):
        raise Malformed
    cells = tuple(_cell(one) for one in _list(data.get("cells", []), MOST_CELLS))
    ops = tuple(_op(one) for one in _list(data.get("ops", []), MOST_OPS))
    return Asked(
        window=_text(data.get("window"), _WINDOW),
        user=_count(data.get("user")),
        page=_text(data.get("page"), _PAGE),
        place=_text(data.get("place", ""), _PLACE),
        revision=_count(data.get("revision")),
        turn=_count(data.get("turn", 0)),
        cells=cells,
        ops=ops,
        leaves=data.get("leaves") is True,
    )


def _list(value: Any, most: int) -> Iterable[Mapping[str, Any]]:
    if not isinstance(value, list) or len(value) > most or not all(isinstance(one, dict) for one in value):
        raise Malformed
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise Malformed
    return value


def _text(value: Any, pattern: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (pattern is not None and not pattern.fullmatch(value)):
        raise Malformed
    return value


def _name(value: Any) -> str:
    """A row by its number, or by the name that this request gives it."""
    text = _text(value)
    return text if ROW.fullmatch(text) else _text(text, _ALIAS)


def _cell(data: Mapping[str, Any]) -> Cell:
    return Cell(
        _name(data.get("row")),
        _text(data.get("field"), _FIELD),
        _text(data.get("was", "")),
        _text(data.get("text")),
    )


def _op(data: Mapping[str, Any]) -> Op:
    op, to, name = data.get("op"), data.get("to") or "", data.get("as") or ""
    if op not in live_rows.OPERATIONS:
        raise Malformed
    return Op(op, _name(data.get("row")), _name(to) if to else "", _text(name, _ALIAS) if name else "")


# --- carrying it out


def save(membership: Membership, report_id: int, wanted: Asked) -> tuple[Report, Told]:
    """Once, however often it is asked: the answer to a turn is kept with its window.

    Http404, PermissionDenied, Closed as in ``editing.held``.
    """
    with editing.held(membership, report_id) as report:
        window = present.window_of(report, membership.user, wanted.window)
        if wanted.turn and wanted.turn <= window.turn:
            return report, Told(**window.told)
        told = _carried_out(membership, report, wanted)
        _remember(window, wanted.turn, told)
    return report, told


def _carried_out(membership: Membership, report: Report, wanted: Asked) -> Told:
    revision = report.revision
    report.revision += 1
    hand = live_rows.Hand(report, membership.user, since=wanted.revision)
    try:
        with transaction.atomic():
            told = Told(ids=live_rows.carry_out(hand, wanted.ops))
            live_cells.save(hand, [_renamed(cell, told.ids) for cell in wanted.cells], told)
    except live_rows.Refused as refusal:
        report.revision = revision
        return Told(refused=refusal.sentence)
    if any(op.op == "delete" for op in wanted.ops):
        collecting.settle(report)
    if told.saved or wanted.ops:
        report.save(update_fields=["revision", "updated_at"])
    else:
        report.revision = revision
    return told


def _renamed(cell: Cell, ids: Mapping[str, str]) -> Cell:
    return Cell(ids.get(cell.row, cell.row), cell.field, cell.was, cell.text)


def _remember(window: Presence, turn: int, told: Told) -> None:
    if turn:
        window.turn, window.told = turn, vars(told)
        window.save(update_fields=["turn", "told"])


def restore(membership: Membership, report_id: int, row: str) -> None:
    """A removed row stands where it stood; for pages without scripts. NotSaved when there is no place for it any more."""
    with editing.held(membership, report_id) as report:
        report.revision += 1
        hand = live_rows.Hand(report, membership.user, report.revision)
        try:
            live_rows.carry_out(hand, [Op("restore", row)])
        except live_rows.Refused as refusal:
            raise editing.NotSaved(refusal.sentence) from refusal
        report.save(update_fields=["revision", "updated_at"])


def section_of_page(report: Report, page: str) -> Section | None:
    """The section that a page shows; None for the memo's page. Http404 when it is gone."""
    if page == "memo":
        return None
    return editing.section_of(report, int(page.removeprefix("section-")))
