"""The parts that acts are made of: the paper with its blocks, the row in the chain, the step that opens next."""

from __future__ import annotations

from ita_core import thai
from ita_core.models import Appointment
from ita_core.unprintable import is_blank
from memos.models import DocumentSet, Report, StoredFile
from workflows import chain, paper, rounds
from workflows.models import Act, Approval, ApprovalStep
from workflows.permissions import Actor
from workflows.refusals import BadInput

LIMIT = 4_000  # characters of an opinion or a reason: more belongs in an enclosure


def sign(
    actor: Actor,
    approval: Approval,
    appointment: Appointment,
    step: ApprovalStep | None,
    kind: Act.Kind,
    *,
    before: str,
    steps: list[ApprovalStep],
    opinion: str = "",
    stance: str = Act.Stance.NONE,
) -> Act:
    """A forward act: the paper with this block on it, then the act that carries its hashes."""
    position, heading = (step.position, step.heading) if step else (-1, "")
    block = paper.signing_block(actor.user, appointment, heading, opinion)
    with paper.or_refused():
        blocks = paper.blocks(approval, steps, {position: block})
        issued, signature = paper.issue(approval, blocks, block.signature)
    approval.document_set = issued
    return record(
        actor,
        approval,
        appointment,
        kind,
        before,
        step=step,
        opinion=opinion,
        stance=stance,
        issued=issued,
        signature=signature,
    )


def record(
    actor: Actor,
    approval: Approval,
    appointment: Appointment | None,
    kind: Act.Kind,
    before: str,
    *,
    step: ApprovalStep | None = None,
    opinion: str = "",
    reason: str = "",
    stance: str = Act.Stance.NONE,
    issued: DocumentSet | None = None,
    signature: StoredFile | None = None,
) -> Act:
    """Save the approval and write the act. Name, title and basis are frozen as they stand at this moment."""
    approval.save(update_fields=["state", "round", "is_returned", "content", "document_set", "changed_at"])
    return chain.append(
        approval.organisation,
        approval=approval,
        round=approval.round,
        step_heading=step.heading if step else "",
        step_position=step.position if step else None,
        kind=kind,
        stance=stance,
        user=actor.user,
        appointment=appointment,
        post=appointment.post if appointment else None,
        capacity=appointment.capacity if appointment else "",
        legal_basis=appointment.legal_basis if appointment else "",
        printed_name=actor.user.full_name,
        printed_title=list(appointment.title_lines) if appointment else [],
        signature=signature,
        opinion=opinion,
        reason=reason,
        state_before=before,
        state_after=approval.state,
        content_sha256=approval.content.sha256 if approval.content else "",
        document_set=issued,
        memo_sha256=issued.memo.sha256 if issued else "",
        measures_sha256=issued.measures.sha256 if issued else "",
    )


def open_next(approval: Approval, steps: list[ApprovalStep]) -> None:
    """Open the round's next step; one that is skipped gets its act in the drafter's name and the next one opens."""
    for step in steps:
        if step.closed_at is not None or step.opened_at is not None:
            continue
        if not step.skip_reason:
            rounds.open_step(step)
            return
        drafter = Actor(approval.report.drafter, approval.organisation)
        hat = next((a for a in drafter.appointments if a.post_id in {p.pk for p in step.posts.all()}), None)
        act = record(
            drafter, approval, hat, Act.Kind.SKIP, approval.state, step=step, reason=step.skip_reason
        )
        rounds.close(step, act)


def reopen(approval: Approval) -> None:
    Report.objects.of(approval.organisation).filter(pk=approval.report_id).update(is_open=True)


def retire(approval: Approval) -> None:
    """It no longer stands for its year: another report of the same year, item and period may be begun."""
    Report.objects.of(approval.organisation).filter(pk=approval.report_id).update(
        is_open=False, is_current=False
    )


def text(typed: str, required: str = "") -> str:
    """Normalised text; BadInput when it is needed and shows nothing, or cannot stand on paper."""
    text = thai.normalise(typed).strip()
    if problem := thai.problem_in(text, LIMIT):
        raise BadInput(problem)
    if not is_blank(text):
        return text
    if required:
        raise BadInput(required)
    return ""


def printed_opinion(step: ApprovalStep, text: str, stance: str) -> str:
    """An opinion opens with whom it addresses; one that differs says so. Thai, because it is paper."""
    lines = [text]
    if stance == Act.Stance.DIFFERS:
        lines.insert(0, "เห็นต่าง แล้วเสนอต่อ")
    if step.addresses and not text.startswith("เรียน"):
        lines.insert(0, step.addresses)
    return "\n".join(lines)
