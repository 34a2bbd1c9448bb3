"""Who may act. ``check_may_x`` raises the sentence, ``may_x`` returns it ("" when allowed).

Delegation is resolved here only: whoever holds an appointment in force today in a post of the step may decide it, in
the capacity of that appointment (holder, รักษาราชการแทน, ปฏิบัติราชการแทน, …); a role alone never suffices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import language
from ita_core.membership import Membership
from ita_core.models import Appointment
from workflows.aside_permissions import (
    check_may_acknowledge,
    check_may_ask_view,
    check_may_assign,
    check_may_circulate,
    check_may_give_view,
    check_may_prepare,
    may_acknowledge,
    may_ask_view,
    may_assign,
    may_circulate,
    may_give_view,
    may_prepare,
)
from workflows.models import ASIDES, FORWARD_ACTS, UNDER_WAY, Act, Approval, ApprovalStep, RouteStep, State
from workflows.officers import (
    Actor,
    check_confirmed,
    check_drafter,
    check_may_decide,
    check_writer,
    current_step,
    holder_first,
    is_admin,
    last_act_sentence,
    officers,
    post_names,
    route_of,
    sentence_of,
    vacant_sentence,
    viewable,
    writes_along,
)
from workflows.refusals import Conflict, NotAllowed
from workflows.route import PlannedStep, check_route

# What other modules know by this one's name.
__all__ = [
    "Actor",
    "check_confirmed",
    "check_may_acknowledge",
    "check_may_ask_view",
    "check_may_assign",
    "check_may_circulate",
    "check_may_decide",
    "check_may_give_view",
    "check_may_prepare",
    "current_step",
    "may_acknowledge",
    "may_ask_view",
    "may_assign",
    "may_circulate",
    "may_give_view",
    "may_prepare",
    "officers",
    "post_names",
    "route_of",
    "vacant_sentence",
    "viewable",
    "writes_along",
]


# One sentence for one rule


def check_may_draft(actor: Actor) -> Appointment:
    """Whoever holds a drafting post may begin a report; returns the appointment the drafter signs with."""
    drafting = [a for a in actor.appointments if a.post.role in Membership.DRAFTING_ROLES]
    if not drafting:
        raise NotAllowed(_("ท่านไม่มีตำแหน่งที่จัดทำรายงานได้ในหน่วยงานนี้"))
    return min(drafting, key=holder_first)


def check_may_edit(actor: Actor, approval: Approval) -> None:
    """The drafter, and those he let in; submitting, withdrawing and deleting stay his."""
    check_writer(actor, approval)
    if approval.state != State.WRITING:
        raise Conflict(
            _("เรื่องนี้เสนอไปแล้ว จึงแก้ไขไม่ได้ หากต้องการแก้ไขให้ดึงเรื่องกลับก่อน %(why)s")
            % {"why": last_act_sentence(approval)}
        )


def check_may_submit(
    actor: Actor,
    approval: Approval,
    route: Sequence[RouteStep] | None = None,
    serving: Sequence[Appointment] | None = None,
) -> Appointment:
    """The appointment the drafter signs with. Every post of the route must have somebody who could act today.

    ``route`` and ``serving`` (who could decide its steps) where they are in hand.
    """
    check_drafter(actor, approval)
    check_may_edit(actor, approval)
    _check_remarks_answered(approval)
    appointment = check_may_draft(actor)
    route = route_of(approval.organisation) if route is None else route
    _check_route(route)
    manned = {one.post_id for one in (officers(*route) if serving is None else serving)}
    for step in route:
        if not any(post.pk in manned for post in step.posts.all()):
            raise NotAllowed(vacant_sentence(step))
    return appointment


def check_may_refuse(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    step = step or current_step(approval)
    appointment = check_may_decide(actor, approval, step)
    if step is None or not step.is_final:
        raise NotAllowed(_("การไม่อนุมัติเป็นอำนาจของผู้ลงนามขั้นสุดท้ายเท่านั้น"))
    return appointment


def check_may_confirm(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Act:
    """The actor's own opinion of an earlier round, which he may give again for the content of this one.

    Never at the last step: an order is given on the words that stand there.
    """
    step = step or current_step(approval)
    check_may_decide(actor, approval, step)
    if step is None or step.is_final:
        raise NotAllowed(_("ขั้นสุดท้ายต้องลงนามในเนื้อหาของรอบนี้ จึงใช้การยืนยันความเห็นเดิมไม่ได้"))
    earlier = opinion_before(actor, approval, step)
    if earlier is None:
        raise NotAllowed(_("ท่านยังไม่เคยลงความเห็นในขั้นนี้ของรอบก่อน จึงไม่มีความเห็นเดิมให้ยืนยัน"))
    return earlier


def opinion_before(actor: Actor, approval: Approval, step: ApprovalStep) -> Act | None:
    """What the actor himself forwarded with last, at a step of the same posts in an earlier round. Two queries."""
    if step.round < 2:
        return None
    posts = {post.pk for post in step.posts.all()}
    decided = approval.steps.filter(
        round__lt=step.round, act__user=actor.user, act__kind__in=FORWARD_ACTS
    ).select_related("act")
    for earlier in decided.order_by("-round", "-position").prefetch_related("posts"):
        if {post.pk for post in earlier.posts.all()} == posts:
            return earlier.act
    return None


def check_may_resolve(actor: Actor, approval: Approval) -> None:
    """Remarks are answered by whoever writes, while the report is his to write."""
    check_writer(actor, approval)
    if approval.state != State.WRITING:
        raise Conflict(
            _("เรื่องนี้ไม่ได้อยู่ระหว่างแก้ไข จึงเปลี่ยนข้อสังเกตไม่ได้ %(why)s") % {"why": last_act_sentence(approval)}
        )


def check_may_recall(actor: Actor, approval: Approval) -> None:
    """Until somebody acted in this round; skipped steps do not count.

    Also when nobody but the drafter could decide the waiting step: he may not, and it would wait for ever.
    """
    check_drafter(actor, approval)
    if approval.state not in UNDER_WAY:
        raise Conflict(_("ดึงเรื่องกลับไม่ได้ %(why)s") % {"why": last_act_sentence(approval)})
    step = current_step(approval)
    if step is not None and not step.is_final and _only_drafter(officers(step), actor):
        return
    acted = approval.acts.filter(round=approval.round).exclude(
        kind__in=[Act.Kind.SUBMIT, Act.Kind.SKIP, *ASIDES]
    )
    if acted.exists():
        raise Conflict(_("ดึงเรื่องกลับไม่ได้ %(why)s") % {"why": last_act_sentence(approval)})


def check_may_withdraw(actor: Actor, approval: Approval) -> None:
    """Before the signature, by the drafter; a draft never submitted is deleted instead."""
    check_drafter(actor, approval)
    if approval.round == 0:
        raise Conflict(_("ร่างที่ยังไม่เคยเสนอให้ใช้การลบร่าง"))
    if approval.state != State.WRITING and approval.state not in UNDER_WAY:
        raise Conflict(_("เรื่องนี้สิ้นสุดแล้ว จึงถอนไม่ได้ %(why)s") % {"why": last_act_sentence(approval)})


def check_may_discard(actor: Actor, approval: Approval) -> None:
    check_drafter(actor, approval)
    check_may_edit(actor, approval)
    if approval.round > 0:
        raise Conflict(_("เรื่องนี้เคยเสนอแล้ว จึงลบไม่ได้ ให้ใช้การถอนเรื่อง"))


def check_may_hand_over(actor: Actor, approval: Approval) -> None:
    """The drafter, or the authority's administrator when the drafter is gone; only while nobody reviews it."""
    if approval.report.drafter_id != actor.user.pk and not is_admin(actor):
        raise NotAllowed(_("เฉพาะผู้จัดทำเรื่องหรือผู้ดูแลระบบของหน่วยงานเท่านั้น"))
    if approval.state != State.WRITING:
        raise Conflict(_("มอบให้ผู้อื่นจัดทำต่อได้เฉพาะเรื่องที่กำลังร่างหรือถูกส่งคืน"))


def check_may_view(actor: Actor, approval: Approval) -> None:
    """Drafts are theirs who write them and the administrator's; what was submitted is the whole authority's."""
    if not viewable(actor, [approval]):
        raise NotAllowed(_("เรื่องนี้ยังเป็นร่างของผู้จัดทำ"))


def check_may_copy(actor: Actor, approval: Approval) -> None:
    check_may_view(actor, approval)
    check_may_draft(actor)
    if approval.state == State.DISPOSED:
        raise Conflict(_("เรื่องนี้ทำลายแล้วตามบัญชีหนังสือขอทำลาย จึงไม่มีเนื้อหาให้คัดลอก"))


may_draft = sentence_of(check_may_draft)
may_edit = sentence_of(check_may_edit)
may_submit = sentence_of(check_may_submit)
may_decide = sentence_of(check_may_decide)
may_refuse = sentence_of(check_may_refuse)
may_confirm = sentence_of(check_may_confirm)
may_resolve = sentence_of(check_may_resolve)
may_recall = sentence_of(check_may_recall)
may_withdraw = sentence_of(check_may_withdraw)
may_discard = sentence_of(check_may_discard)
may_hand_over = sentence_of(check_may_hand_over)
may_view = sentence_of(check_may_view)
may_copy = sentence_of(check_may_copy)


# What the rules are made of


def steps_to_skip(actor: Actor, route: Iterable[RouteStep]) -> list[RouteStep]:
    """Steps whose post is the drafter's own: skipped with a written reason, never silently.

    His own is a step all of whose posts he holds, or that nobody but he could decide today: a drafter who only stands
    in does not take the holder's opinion away. The last step is never skipped: a report is not finished without the
    signature.
    """
    held = {a.post_id for a in actor.appointments if a.capacity == Appointment.Capacity.HOLDER}
    own = {a.post_id for a in actor.appointments if a.covers_memos}
    candidates = [
        step for step in route if not step.is_final and own & {post.pk for post in step.posts.all()}
    ]
    return [
        step
        for step in candidates
        if {post.pk for post in step.posts.all()} <= held or _only_drafter(officers(step), actor)
    ]


def _only_drafter(found: Sequence[Appointment], actor: Actor) -> bool:
    return bool(found) and all(appointment.user_id == actor.user.pk for appointment in found)


def _check_remarks_answered(approval: Approval) -> None:
    """Whoever sent it back asked for each of them; a report never submitted has none."""
    if approval.round == 0:
        return
    count = approval.comments.filter(resolved_at__isnull=True).count()
    if count:
        raise Conflict(
            _("ยังมีข้อสังเกตที่ยังไม่ได้แก้ไข %(count)s ข้อ โปรดแก้ไขหรือชี้แจงให้ครบก่อนเสนอ")
            % {"count": language.shown(count)}
        )


def _check_route(route: Sequence[RouteStep]) -> None:
    """It is checked when saved; what reached the database another way must not end in the middle of a round."""
    if not route:
        raise NotAllowed(_("หน่วยงานยังไม่ได้กำหนดขั้นตอนการเสนอ โปรดแจ้งผู้ดูแลระบบ"))
    try:
        check_route(PlannedStep.of(step) for step in route)
    except ValidationError as problem:
        faults = " ".join(problem.messages)
        raise NotAllowed(
            _("ขั้นตอนการเสนอของหน่วยงานไม่ถูกต้อง โปรดแจ้งผู้ดูแลระบบ: %(faults)s") % {"faults": faults}
        ) from problem
