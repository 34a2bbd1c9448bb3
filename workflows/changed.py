"""What changed in a report, told to one reader: against what he saw last, or what he gave his opinion on.

Places are called as remarks call them (pinning.py); long texts are shortened to what stands around their changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils.translation import gettext as _

from ita_core import thai
from memos import comparing, content, words
from memos.frozen import FrozenContent
from memos.models import ContentVersion
from memos.words import Piece
from workflows import looking, pinning
from workflows.models import FORWARD_ACTS, Act, Approval
from workflows.permissions import Actor
from workflows.pinning import Pin

MOST_SHOWN = 40
"""Changes told word by word; the others are one link away."""
LAST_LOOK = "look"


@dataclass(frozen=True)
class Base:
    """What is compared with: ``key`` stands in the address, ``number`` is the round whose content it is, or 0."""

    key: str
    number: int
    content_id: int


@dataclass(frozen=True)
class Told:
    """One change as it is read. ``kind`` is ``cell`` or what happened to a row; a cell has its pieces, a row its text."""

    kind: Literal["cell", "added", "removed", "moved", "form"]
    label: str
    place: str
    pieces: Sequence[Piece] = ()
    text: str = ""
    came_from: str = ""


@dataclass
class Comparison:
    """``bases`` are all that the reader may choose from; ``told`` are the first ``MOST_SHOWN`` unless he wants all."""

    base: Base
    bases: list[Base]
    count: int
    told: list[Told] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.told) - len(self.facts)


def comparison(
    approval: Approval,
    actor: Actor,
    acts: Sequence[Act],
    *,
    earlier: Act | None = None,
    since: str = "",
    everything: bool = False,
) -> Comparison | None:
    """None when the reader can have seen nothing else: in the first round, or when every round said the same.

    ``acts`` are the report's, in order; ``earlier`` is the opinion that he may confirm, told against what it was given
    on. ``since`` is the key of a base, an unknown one means the usual. Four queries.
    """
    found = _bases(approval, actor, acts, earlier)
    if not found:
        return None
    assert approval.content is not None
    base = next((one for one in found if one.key == since), found[0])
    before = ContentVersion.objects.of(approval.organisation_id).get(pk=base.content_id)
    old, new = content.load(before), content.load(approval.content)
    changes = comparing.compare(old, new)
    if _is_dated_by_itself(before, old) and _is_dated_by_itself(approval.content, new):
        changes = replace(changes, cells=tuple(c for c in changes.cells if c.place != "memo.date"))
    told = _told(changes, old, new)
    return Comparison(
        base,
        found,
        len(changes),
        list(told if everything else itertools.islice(told, MOST_SHOWN)),
        [_fact(name) for name in changes.facts],
    )


def _is_dated_by_itself(version: ContentVersion, frozen: FrozenContent) -> bool:
    """A memo without a date takes the day on which it is submitted: another one each round, which nobody wrote."""
    return frozen.memo.date == thai.bangkok_date(version.created_at)


def _bases(approval: Approval, actor: Actor, acts: Sequence[Act], earlier: Act | None) -> list[Base]:
    """The usual one first: his earlier opinion, his last look, his last round, the round before; then every round."""
    submitted = {act.round: act.content_sha256 for act in acts if act.kind == Act.Kind.SUBMIT}
    if len(submitted) < 2:
        return []
    versions = ContentVersion.objects.of(approval.organisation_id).filter(report=approval.report_id)
    ids = dict(versions.values_list("sha256", "pk"))
    rounds = {
        number: Base(str(number), number, ids[sha256])
        for number, sha256 in sorted(submitted.items())
        if ids.get(sha256) not in (None, approval.content_id)
    }
    mine = [act.round for act in acts if act.user_id == actor.user.pk and act.kind in _DECISIONS]
    looked = looking.seen_before(approval, actor.user)
    look = Base(LAST_LOOK, 0, looked) if looked and looked != approval.content_id else None
    usual = [
        rounds.get(earlier.round) if earlier else None,
        look,
        *(rounds.get(number) for number in reversed(mine)),
        *(rounds[number] for number in reversed(rounds)),
    ]
    found: dict[str, Base] = {}
    for base in usual:
        if base is not None:
            found.setdefault(base.key, base)
    return list(found.values())


_DECISIONS = [*FORWARD_ACTS, Act.Kind.SEND_BACK]


def _told(changes: comparing.Changes, old: FrozenContent, new: FrozenContent) -> Iterator[Told]:
    """Rows first, then cells; words are looked for only in what is asked for."""
    was, now = pinning.by_place(old), pinning.by_place(new)
    for row in changes.rows:
        gone = row.kind == "removed"
        yield Told(
            row.kind,
            _row_label(was if gone else now, row.place),
            "" if gone else _first_place(now, row.place),
            text="" if row.kind in ("moved", "form") else row.text,
            came_from=_row_label(was, row.was_place) if row.kind == "moved" else "",
        )
    for cell in changes.cells:
        pin = now.get(cell.place) or was.get(cell.was_place)
        label = pin.label if pin else _OTHER_LABELS.get(cell.place, cell.place)
        yield Told(
            "cell", label, cell.place if cell.place in now else "", words.shortened(cell.pieces, AROUND)
        )


# Kept in Thai like the labels of pinning.py.
_OTHER_LABELS = {"memo.number_prefix": "บันทึกข้อความ – ที่"}
AROUND = 80
"""Letters shown before and after a change in a long text."""


def _first_place(pins: Mapping[str, Pin], row: str) -> str:
    """A place that can be led to: the row's own, or its first cell's."""
    return row if row in pins else next((place for place in pins if place.startswith(f"{row}.")), "")


def _row_label(pins: Mapping[str, Pin], row: str) -> str:
    """``มาตรการที่ 1 กิจกรรมที่ 2``: what its cells are called, without the column."""
    pin = pins.get(_first_place(pins, row))
    if pin is None:
        return ""
    return pin.label if pin.place == row else pin.label.partition(" – ")[0]


def _fact(name: str) -> str:
    return {
        "years": _("ปีงบประมาณ ปีการประเมิน ข้อ หรือรอบของรายงาน"),
        "organisation": _("ชื่อหรือตราของหน่วยงาน"),
        "templates": _("แม่แบบเอกสาร Word"),
    }[name]
