"""What the pages of the process say about rows of their lists."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from workflows import deadlines, progress, proofs
from workflows.models import Act, Approval, State

register = template.Library()

_CLASSES = {
    State.WRITING: "",
    State.MAYOR_SIGNED: "state-good",
    State.REFUSED: "state-bad",
    State.WITHDRAWN: "state-warn",
    State.DISPOSED: "state-warn",
}


@register.filter
def days_since(moment: datetime.datetime | None) -> int:
    """Whole days in Thailand; 0 for today and for no moment."""
    return progress.days_since(moment) if moment else 0


@register.filter
def days_left(due: datetime.date) -> int:
    """Whole days in Thailand until a deadline; negative when it is past."""
    return deadlines.days_left(due)


@register.filter
def state_class(approval: Approval) -> str:
    """The colour of a state's badge; the words say the same."""
    if approval.state == State.WRITING and approval.is_returned:
        return "state-returned"
    return _CLASSES.get(State(approval.state), "")


@register.filter
def row_state(row: Any) -> str:
    """The state of a row of inbox.py in words, from its annotations alone."""
    return progress.in_words(
        row.state,
        returned=row.is_returned,
        waiting_for=getattr(row, "waiting_for", None) or "",
        last=getattr(row, "decided_by", None) or "",
    )


@register.filter
def deed(act: Act) -> str:
    """What an act did, with its stance where the officer differed."""
    if act.stance == Act.Stance.DIFFERS:
        return _("เห็นต่าง แล้วเสนอต่อ")
    return str(act.get_kind_display())


@register.filter
def proof_code(act: Act) -> str:
    """The code by which anybody may ask about the act's documents."""
    return proofs.code_of(act)


@register.filter
def is_adverse(act: Act) -> bool:
    """Whether the act held the report up or ended it: its reason is what somebody has to mend or to know."""
    return act.kind in (
        *(Act.Kind.SEND_BACK, Act.Kind.REFUSE, Act.Kind.RECALL, Act.Kind.WITHDRAW),
        Act.Kind.UNPUBLISH,
    )
