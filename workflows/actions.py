"""What may be done to a report: the only door to its state. READ SECOND.

Every act is one database transaction: lock the approval, then the viewflow process → permission → transition → render
→ files → DocumentSet → lock the chain's head → Act → the viewflow task moves on. Locks are always taken in this order.
Whatever is refused raises Refused with a sentence, and then nothing happened.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core.models import Appointment, User
from memos import checks
from memos import tree as trees
from memos.models import Report
from workflows import acting, forwarding, notifications, paper, permissions, rounds, tasks
from workflows.asides import acknowledge, ask_view, assign, circulate, give_view, prepare
from workflows.correcting import correct
from workflows.inking import record_ink
from workflows.models import Act
from workflows.numbering import number, void_number
from workflows.permissions import Actor
from workflows.pinning import Remark
from workflows.publishing import prepare as prepare_public
from workflows.publishing import publish, unpublish
from workflows.refusals import BadInput, Conflict
from workflows.remarks import pinned_to, reopen_comment, resolve_comment

# Acts that leave the state where it is have a module of their own; callers know them by this one's name.
__all__ = [
    "Remark",
    "acknowledge",
    "ask_view",
    "assign",
    "circulate",
    "correct",
    "give_view",
    "number",
    "prepare",
    "prepare_public",
    "publish",
    "record_ink",
    "reopen_comment",
    "resolve_comment",
    "unpublish",
    "void_number",
]


@transaction.atomic
def submit(actor: Actor, report_id: int, *, revision: int, skip_reason: str = "") -> Act:
    """Freeze the content and send it up: a new round. ``revision`` is the one the drafter checked.

    ``skip_reason`` is required when a step's post is the drafter's own.
    """
    approval = acting.locked(actor, report_id)
    report = Report.objects.of(actor.organisation).select_for_update().get(pk=report_id)
    report.organisation = actor.organisation
    route = permissions.route_of(actor.organisation)
    serving = permissions.officers(*route)
    appointment = permissions.check_may_submit(actor, approval, route, serving)
    if report.revision != revision:
        raise Conflict(_("เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง"))
    skipped = {step.position for step in permissions.steps_to_skip(actor, route)}
    reason = acting.text(skip_reason, _("โปรดระบุเหตุผลที่ข้ามขั้นตอนซึ่งเป็นตำแหน่งของท่านเอง") if skipped else "")
    tree = trees.read(report)  # one reading: what is checked is what is frozen
    if blocking := checks.blocking(report, tree):
        raise BadInput(blocking[0].sentence)
    before = approval.state
    approval.content = paper.freeze(report, tree)
    approval.content.organisation = actor.organisation
    approval.to_drafted()
    approval.is_returned = False
    approval.round += 1
    approval.document_set = None
    steps = rounds.copy_route(approval, route, dict.fromkeys(skipped, reason))
    report.is_open = False
    report.save(update_fields=["is_open"])
    act = acting.sign(actor, approval, appointment, None, Act.Kind.SUBMIT, before=before, steps=steps)
    acting.open_next(approval, steps, act, serving)
    if approval.process_id is None:
        approval.process = tasks.start(approval)
        approval.save(update_fields=["process"])
    else:
        tasks.move_on(approval)
    return act


@transaction.atomic
def endorse(
    actor: Actor, report_id: int, *, step: int, content: str, opinion: str, stance: str = Act.Stance.AGREES
) -> Act:
    """Give the opinion of the waiting step and forward; at the last step, sign.

    ``step`` and ``content`` (SHA-256) are what the page showed: acting on another one is refused.
    """
    approval = acting.locked(actor, report_id)
    waiting, appointment = acting.signature(actor, approval, step, content)
    if stance not in (Act.Stance.AGREES, Act.Stance.DIFFERS):
        raise BadInput(_("โปรดเลือกว่าเห็นชอบหรือเห็นต่าง"))
    text = acting.text(opinion, _("โปรดเลือกหรือพิมพ์ความเห็น"))
    kind = Act.Kind.SIGN if waiting.is_final else Act.Kind.ENDORSE
    printed = acting.printed_opinion(waiting, text, stance)
    return forwarding.forward(actor, approval, waiting, appointment, kind, printed, stance)


@transaction.atomic
def confirm(actor: Actor, report_id: int, *, step: int, content: str) -> Act:
    """Give one's own opinion of an earlier round again, in the same words, for the content of this one: one tap."""
    approval = acting.locked(actor, report_id)
    waiting, appointment = acting.signature(actor, approval, step, content)
    earlier = permissions.check_may_confirm(actor, approval, waiting)
    return forwarding.forward(
        actor, approval, waiting, appointment, Act.Kind.CONFIRM, earlier.opinion, earlier.stance
    )


@transaction.atomic
def send_back(
    actor: Actor,
    report_id: int,
    *,
    step: int,
    content: str,
    reason: str,
    opinion: str = "",
    remarks: Sequence[Remark] = (),
) -> Act:
    """Return to the drafter for correction: the round's signatures are void and stay readable.

    ``remarks`` are pinned to what they speak of; the drafter answers each before he submits again. With one of them
    no further reason is needed.
    """
    approval = acting.locked(actor, report_id)
    waiting, appointment = acting.decision(actor, approval, step, content)
    pinned = pinned_to(approval, remarks)
    why = acting.text(reason, "" if pinned else _("โปรดระบุเหตุผลที่ส่งคืน"))
    text = acting.text(opinion)
    return forwarding.give_back(actor, approval, waiting, appointment, why, opinion=text, pinned=pinned)


@transaction.atomic
def refuse(actor: Actor, report_id: int, *, step: int, content: str, reason: str) -> Act:
    """The mayor does not approve: final, with a reason. What was produced stays; no new paper."""
    approval = acting.locked(actor, report_id)
    waiting, appointment = acting.signature(actor, approval, step, content)
    permissions.check_may_refuse(actor, approval, waiting)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่ไม่อนุมัติ"))
    return forwarding.end(actor, approval, waiting, appointment, why)


@transaction.atomic
def recall(actor: Actor, report_id: int, *, reason: str = "") -> Act:
    """The drafter takes it back to correct it, until somebody acted in this round."""
    approval = acting.locked(actor, report_id)
    permissions.check_may_recall(actor, approval)
    why = acting.text(reason)
    before = approval.state
    approval.to_writing()
    acting.reopen(approval)
    act = acting.record(actor, approval, _drafters_hat(actor), Act.Kind.RECALL, before, reason=why)
    rounds.close_open_steps(approval)
    acting.end_views(approval, act.acted_at)
    tasks.move_on(approval)
    return act


@transaction.atomic
def withdraw(actor: Actor, report_id: int, *, reason: str) -> Act:
    """The drafter withdraws the report before the signature: final, with a reason."""
    approval = acting.locked(actor, report_id)
    permissions.check_may_withdraw(actor, approval)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่ถอนเรื่อง"))
    before = approval.state
    approval.to_withdrawn()
    acting.retire(approval)
    act = acting.record(actor, approval, _drafters_hat(actor), Act.Kind.WITHDRAW, before, reason=why)
    rounds.close_open_steps(approval)
    acting.end_views(approval, act.acted_at)
    tasks.move_on(approval)
    return act


@transaction.atomic
def hand_over(actor: Actor, report_id: int, *, to_user_id: int) -> Act | None:
    """Another drafter goes on with it. An act of the chain once the report was submitted; before that nobody acted."""
    approval = acting.locked(actor, report_id)
    permissions.check_may_hand_over(actor, approval)
    receiver = User.objects.filter(pk=to_user_id, is_active=True).first()
    if receiver is None or permissions.may_draft(Actor(receiver, actor.organisation)):
        raise BadInput(_("ผู้รับมอบต้องมีตำแหน่งที่จัดทำรายงานได้ในหน่วยงานนี้"))
    report = Report.objects.of(actor.organisation).select_for_update().get(pk=report_id)
    report.drafter = receiver
    report.save(update_fields=["drafter"])
    report.co_drafters.filter(user=receiver).delete()  # It is his own now.
    notifications.handed_over(actor.organisation, report, actor.user, receiver)
    if approval.round == 0:
        return None
    appointment = actor.appointments[0] if actor.appointments else None
    reason = f"{actor.user.full_name} → {receiver.full_name}"
    return acting.record(actor, approval, appointment, Act.Kind.HAND_OVER, approval.state, reason=reason)


def _drafters_hat(actor: Actor) -> Appointment:
    """The post he drafts in; any that he still has when that one ended meanwhile."""
    return actor.appointments[0] if permissions.may_draft(actor) else permissions.check_may_draft(actor)
