"""The parts that acts are made of: locks, the paper with its blocks, the row in the chain, the step that opens next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Appointment, User
from ita_core.unprintable import is_blank
from memos.models import DocumentSet, Report, StoredFile
from memos.rendering import pages
from workflows import chain, indexing, notifications, paper, permissions, rounds, sealed, tasks, vacancies
from workflows.models import Act, Approval, ApprovalStep
from workflows.permissions import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed


@dataclass(frozen=True)
class Ink:
    """A decision that was written on paper: who recorded it, the day on the paper, the scan."""

    recorded_by: User
    decided_on: datetime.date
    scan: StoredFile


LIMIT = 4_000  # characters of an opinion or a reason: more belongs in an enclosure


def locked(actor: Actor, report_id: int) -> Approval:
    """The approval under its lock, then its process; 404's kin for another authority's report is NotAllowed.

    Locked first and read then: PostgreSQL reads a locked row anew when it had to wait, but not the rows joined to it.
    """
    rows = Approval.objects.of(actor.organisation).filter(report=report_id)
    if rows.select_for_update().values_list("pk", flat=True).first() is None:
        raise NotAllowed(_("ไม่พบเรื่องนี้ในหน่วยงานของท่าน"))
    approval = rows.select_related("report__drafter", "content", "document_set__measures").get()
    approval.organisation = actor.organisation
    if approval.content is not None:
        approval.content.organisation = actor.organisation
    tasks.lock_process(approval)
    return approval


def decision(actor: Actor, approval: Approval, step: int, content: str) -> tuple[ApprovalStep, Appointment]:
    """The waiting step and the appointment that decides it; Conflict when either is no longer what the page showed."""
    waiting = shown_step(approval, step)
    appointment = permissions.check_may_decide(actor, approval, waiting)
    check_shown(approval, content)
    return waiting, appointment


def signature(actor: Actor, approval: Approval, step: int, content: str) -> tuple[ApprovalStep, Appointment]:
    """As ``decision``, for what is put under one's name for good: NotConfirmed without a fresh proof of who it is."""
    found = decision(actor, approval, step, content)
    permissions.check_confirmed(actor)
    return found


def shown_step(approval: Approval, step: int) -> ApprovalStep:
    """The step that the page showed, when it is one of this round."""
    waiting = next((one for one in rounds.steps_of(approval) if one.pk == step), None)
    if waiting is not None:
        return waiting
    if approval.steps.filter(pk=step).exists():
        raise Conflict(_("เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง"))
    raise Conflict(_("ขั้นตอนนี้ไม่ใช่ขั้นตอนของเรื่องนี้"))


def check_shown(approval: Approval, content: str) -> None:
    """``content`` is the hash of what the page showed."""
    if approval.content is None or approval.content.sha256 != content:
        raise Conflict(_("เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง"))


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
    reason: str = "",
    stance: str = Act.Stance.NONE,
    ink: Ink | None = None,
) -> Act:
    """A forward act: the paper with this block on it, then the act that carries its hashes."""
    position, heading = (step.position, step.heading) if step else (-1, "")
    block = paper.signing_block(actor.user, appointment, heading, opinion, ink.decided_on if ink else None)
    with paper.or_refused():
        blocks = paper.blocks(approval, steps, {position: block})
        issued, signature = paper.issue(approval, blocks, block.signature)
    approval.document_set = issued
    pages.want_stored(approval.organisation, [issued.memo, issued.measures])
    return record(
        actor,
        approval,
        appointment,
        kind,
        before,
        step=step,
        opinion=opinion,
        reason=reason,
        stance=stance,
        issued=issued,
        signature=signature,
        ink=ink,
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
    number: str = "",
    ink: Ink | None = None,
) -> Act:
    """Save the approval and write the act. Name, title and basis are frozen as they stand at this moment."""
    approval.save(update_fields=["state", "round", "is_returned", "content", "document_set", "changed_at"])
    return _append(
        actor,
        approval,
        appointment,
        kind,
        before,
        step,
        opinion,
        reason,
        stance,
        issued,
        signature,
        number,
        ink,
    )


def aside(
    actor: Actor,
    approval: Approval,
    appointment: Appointment,
    kind: Act.Kind,
    *,
    step: ApprovalStep | None = None,
    opinion: str = "",
    reason: str = "",
    stance: str = Act.Stance.NONE,
    number: str = "",
) -> Act:
    """An act that leaves the approval as it stands, the moment of its last change included."""
    return _append(
        actor, approval, appointment, kind, approval.state, step, opinion, reason, stance, None, None, number
    )


def _append(
    actor: Actor,
    approval: Approval,
    appointment: Appointment | None,
    kind: Act.Kind,
    before: str,
    step: ApprovalStep | None,
    opinion: str,
    reason: str,
    stance: str,
    issued: DocumentSet | None,
    signature: StoredFile | None,
    number: str,
    ink: Ink | None = None,
) -> Act:
    act = chain.append(
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
        number=number,
        medium=Act.Medium.INK if ink else Act.Medium.SCREEN,
        recorded_by=ink.recorded_by if ink else None,
        decided_on=ink.decided_on if ink else None,
        scan=ink.scan if ink else None,
        scan_sha256=ink.scan.sha256 if ink else "",
    )
    sealed.want(act)
    notifications.note(act, indexing.note(act))
    return act


def open_next(
    approval: Approval,
    steps: list[ApprovalStep],
    after: Act,
    serving: Sequence[Appointment] | None = None,
) -> None:
    """Open the round's next step after an act, and tell whose turn it is; the first of a round is open.

    One that is skipped gets its act in the drafter's name, and the next one opens. ``serving``: who could decide the
    round's steps today, where that is known.
    """
    for step in steps:
        if step.closed_at is not None or step.position == after.step_position:
            continue
        if not step.skip_reason:
            if step.opened_at is None:
                rounds.open_step(step)
            posts = {post.pk for post in step.posts.all()}
            here = [one for one in serving or permissions.officers(step) if one.post_id in posts]
            notifications.turn(approval, step, after, here)
            vacancies.tell_of(step, here)
            return
        drafter = Actor(approval.report.drafter, approval.organisation)
        hat = next((a for a in drafter.appointments if a.post_id in {p.pk for p in step.posts.all()}), None)
        act = record(
            drafter, approval, hat, Act.Kind.SKIP, approval.state, step=step, reason=step.skip_reason
        )
        rounds.close(step, act)


def end_views(approval: Approval, moment: datetime.datetime) -> None:
    """The step that asked for views is closed: what was not answered by then is not waited for."""
    approval.views.filter(closed_at__isnull=True).update(closed_at=moment)


def reopen(approval: Approval) -> None:
    Report.objects.of(approval.organisation).filter(pk=approval.report_id).update(is_open=True)


def retire(approval: Approval) -> None:
    """It no longer stands for its year: another report of the same year, item and period may be begun."""
    Report.objects.of(approval.organisation).filter(pk=approval.report_id).update(
        is_open=False, is_current=False, is_given_up=True
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
