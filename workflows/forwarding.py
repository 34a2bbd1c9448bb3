"""What a decision does to the report, once it is known to be allowed: on screen (actions.py) or on paper (inking.py)."""

from __future__ import annotations

from collections.abc import Sequence

from ita_core.models import Appointment
from workflows import acting, correcting, retention, rounds, tasks
from workflows.acting import Ink
from workflows.models import Act, Approval, ApprovalStep
from workflows.officers import Actor
from workflows.remarks import Pinned, keep, reason_with


def forward(
    actor: Actor,
    approval: Approval,
    waiting: ApprovalStep,
    appointment: Appointment,
    kind: Act.Kind,
    opinion: str,
    stance: str,
    *,
    reason: str = "",
    ink: Ink | None = None,
) -> Act:
    """The step is passed with ``opinion`` as it is printed: state, paper, act, the next step."""
    before = approval.state
    old = correcting.locked_old(actor, approval) if waiting.is_final else None
    if waiting.reaches:
        getattr(approval, f"to_{waiting.reaches}")()
    steps = rounds.steps_of(approval)
    act = acting.sign(
        actor,
        approval,
        appointment,
        waiting,
        kind,
        before=before,
        steps=steps,
        opinion=opinion,
        reason=reason,
        stance=stance,
        ink=ink,
    )
    _close(approval, waiting, act)
    if waiting.is_final:
        retention.begin(approval, act)
    else:
        acting.open_next(approval, steps, act)
    if old is not None:
        correcting.replace(actor, appointment, old, act)
    tasks.move_on(approval)
    return act


def give_back(
    actor: Actor,
    approval: Approval,
    waiting: ApprovalStep,
    appointment: Appointment,
    reason: str,
    *,
    opinion: str = "",
    pinned: Sequence[Pinned] = (),
    ink: Ink | None = None,
) -> Act:
    """To the drafter for correction, with the remarks pinned to what they speak of."""
    before = approval.state
    approval.to_writing()
    approval.is_returned = True
    acting.reopen(approval)
    act = acting.record(
        actor,
        approval,
        appointment,
        Act.Kind.SEND_BACK,
        before,
        step=waiting,
        reason=reason_with(reason, pinned),
        opinion=opinion,
        ink=ink,
    )
    keep(approval, act, pinned)
    _close(approval, waiting, act)
    tasks.move_on(approval)
    return act


def end(
    actor: Actor,
    approval: Approval,
    waiting: ApprovalStep,
    appointment: Appointment,
    reason: str,
    *,
    ink: Ink | None = None,
) -> Act:
    """Refused: final, no new paper."""
    before = approval.state
    approval.to_refused()
    acting.retire(approval)
    act = acting.record(
        actor, approval, appointment, Act.Kind.REFUSE, before, step=waiting, reason=reason, ink=ink
    )
    _close(approval, waiting, act)
    tasks.move_on(approval)
    return act


def _close(approval: Approval, step: ApprovalStep, act: Act) -> None:
    rounds.close(step, act)
    acting.end_views(approval, act.acted_at)
