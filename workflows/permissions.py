"""Who may act. ``check_may_x`` raises the sentence, ``may_x`` returns it ("" when allowed).

Delegation is resolved here only: whoever holds an appointment in force today in a post of the step may decide it, in
the capacity of that appointment (holder, รักษาราชการแทน, ปฏิบัติราชการแทน, …); a role alone never suffices.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.membership import Membership
from ita_core.models import Appointment, Organisation, User
from workflows.models import ASIDES, UNDER_WAY, Act, Approval, ApprovalStep, RouteStep, State
from workflows.refusals import Conflict, NotAllowed, Refused
from workflows.route import PlannedStep, check_route


@dataclass(frozen=True)
class Actor:
    """Who acts, for which authority."""

    user: User
    organisation: Organisation

    @classmethod
    def of(cls, membership: Membership) -> Actor:
        actor = cls(membership.user, membership.organisation)
        actor.__dict__["appointments"] = list(membership.appointments)
        return actor

    @functools.cached_property
    def appointments(self) -> list[Appointment]:
        """In force today, in this authority."""
        rows = Appointment.objects.of(self.organisation).on(thai.today()).filter(user=self.user)
        return list(rows.select_related("post", "user"))


# One sentence for one rule


def check_may_draft(actor: Actor) -> Appointment:
    """Whoever holds a drafting post may begin a report; returns the appointment the drafter signs with."""
    drafting = [a for a in actor.appointments if a.post.role in Membership.DRAFTING_ROLES]
    if not drafting:
        raise NotAllowed(_("ท่านไม่มีตำแหน่งที่จัดทำรายงานได้ในหน่วยงานนี้"))
    return min(drafting, key=_holder_first)


def check_may_edit(actor: Actor, approval: Approval) -> None:
    _check_drafter(actor, approval)
    if approval.state != State.WRITING:
        raise Conflict(
            _("เรื่องนี้เสนอไปแล้ว จึงแก้ไขไม่ได้ หากต้องการแก้ไขให้ดึงเรื่องกลับก่อน %(why)s")
            % {"why": _last_act_sentence(approval)}
        )


def check_may_submit(
    actor: Actor, approval: Approval, route: Sequence[RouteStep] | None = None
) -> Appointment:
    """The appointment the drafter signs with. Every post of the route must have somebody who could act today."""
    check_may_edit(actor, approval)
    appointment = check_may_draft(actor)
    route = route_of(approval.organisation) if route is None else route
    _check_route(route)
    manned = {officer.post_id for officer in officers(*route)}
    for step in route:
        if not any(post.pk in manned for post in step.posts.all()):
            raise NotAllowed(vacant_sentence(step))
    return appointment


def check_may_decide(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    """The appointment by which the actor decides the waiting step."""
    step = step or current_step(approval)
    if step is None or approval.state not in UNDER_WAY:
        raise Conflict(_last_act_sentence(approval))
    if step.closed_at is not None or step.opened_at is None:
        raise Conflict(_last_act_sentence(approval))
    post_ids = {post.pk for post in step.posts.all()}
    matching = [a for a in actor.appointments if a.post_id in post_ids and a.covers_memos]
    if not matching:
        if not officers(step):
            raise NotAllowed(vacant_sentence(step))
        raise NotAllowed(_("ขั้นนี้เป็นของ%(posts)s") % {"posts": post_names(step)})
    if approval.report.drafter_id == actor.user.pk and not step.is_final:
        raise NotAllowed(_("ท่านเป็นผู้จัดทำเรื่องนี้ จึงลงความเห็นในขั้นนี้เองไม่ได้"))
    return min(matching, key=_holder_first)


def check_may_refuse(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    step = step or current_step(approval)
    appointment = check_may_decide(actor, approval, step)
    if step is None or not step.is_final:
        raise NotAllowed(_("การไม่อนุมัติเป็นอำนาจของผู้ลงนามขั้นสุดท้ายเท่านั้น"))
    return appointment


def check_may_recall(actor: Actor, approval: Approval) -> None:
    """Until somebody acted in this round; skipped steps do not count.

    Also when nobody but the drafter could decide the waiting step: he may not, and it would wait for ever.
    """
    _check_drafter(actor, approval)
    if approval.state not in UNDER_WAY:
        raise Conflict(_("ดึงเรื่องกลับไม่ได้ %(why)s") % {"why": _last_act_sentence(approval)})
    step = current_step(approval)
    if step is not None and not step.is_final and _only_drafter(officers(step), actor):
        return
    acted = approval.acts.filter(round=approval.round).exclude(
        kind__in=[Act.Kind.SUBMIT, Act.Kind.SKIP, *ASIDES]
    )
    if acted.exists():
        raise Conflict(_("ดึงเรื่องกลับไม่ได้ %(why)s") % {"why": _last_act_sentence(approval)})


def check_may_withdraw(actor: Actor, approval: Approval) -> None:
    """Before the signature, by the drafter; a draft never submitted is deleted instead."""
    _check_drafter(actor, approval)
    if approval.round == 0:
        raise Conflict(_("ร่างที่ยังไม่เคยเสนอให้ใช้การลบร่าง"))
    if approval.state != State.WRITING and approval.state not in UNDER_WAY:
        raise Conflict(_("เรื่องนี้สิ้นสุดแล้ว จึงถอนไม่ได้ %(why)s") % {"why": _last_act_sentence(approval)})


def check_may_discard(actor: Actor, approval: Approval) -> None:
    check_may_edit(actor, approval)
    if approval.round > 0:
        raise Conflict(_("เรื่องนี้เคยเสนอแล้ว จึงลบไม่ได้ ให้ใช้การถอนเรื่อง"))


def check_may_hand_over(actor: Actor, approval: Approval) -> None:
    """The drafter, or the authority's administrator when the drafter is gone; only while nobody reviews it."""
    if approval.report.drafter_id != actor.user.pk and not _is_admin(actor):
        raise NotAllowed(_("เฉพาะผู้จัดทำเรื่องหรือผู้ดูแลระบบของหน่วยงานเท่านั้น"))
    if approval.state != State.WRITING:
        raise Conflict(_("มอบให้ผู้อื่นจัดทำต่อได้เฉพาะเรื่องที่กำลังร่างหรือถูกส่งคืน"))


def check_may_view(actor: Actor, approval: Approval) -> None:
    """Drafts are their drafter's and the administrator's; what was submitted is the whole authority's."""
    if approval.round == 0 and approval.report.drafter_id != actor.user.pk and not _is_admin(actor):
        raise NotAllowed(_("เรื่องนี้ยังเป็นร่างของผู้จัดทำ"))


def check_may_copy(actor: Actor, approval: Approval) -> None:
    check_may_view(actor, approval)
    check_may_draft(actor)


def _sentence(check: Callable[..., Any]) -> Callable[..., str]:
    @functools.wraps(check)
    def may(*args: Any, **kwargs: Any) -> str:
        try:
            check(*args, **kwargs)
        except Refused as refusal:
            return refusal.sentence
        return ""

    return may


may_draft = _sentence(check_may_draft)
may_edit = _sentence(check_may_edit)
may_submit = _sentence(check_may_submit)
may_decide = _sentence(check_may_decide)
may_refuse = _sentence(check_may_refuse)
may_recall = _sentence(check_may_recall)
may_withdraw = _sentence(check_may_withdraw)
may_discard = _sentence(check_may_discard)
may_hand_over = _sentence(check_may_hand_over)
may_view = _sentence(check_may_view)
may_copy = _sentence(check_may_copy)


# What the rules are made of


def route_of(organisation: Organisation) -> list[RouteStep]:
    return list(organisation.route.order_by("position").prefetch_related("posts"))


def current_step(approval: Approval) -> ApprovalStep | None:
    """The step that waits for a decision, if any."""
    return (
        approval.steps.filter(opened_at__isnull=False, closed_at__isnull=True)
        .prefetch_related("posts")
        .first()
    )


def officers(*steps: RouteStep | ApprovalStep) -> list[Appointment]:
    """Who could decide the steps today, holders before acting officers. One query when the posts are prefetched."""
    posts = {post.pk for step in steps for post in step.posts.all()}
    rows = Appointment.objects.across_organisations().on(thai.today())
    found = list(rows.filter(post__in=posts, covers_memos=True).select_related("user", "post"))
    return sorted(found, key=_holder_first)


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


def post_names(step: RouteStep | ApprovalStep) -> str:
    return " / ".join(post.title for post in step.posts.all())


def vacant_sentence(step: RouteStep | ApprovalStep) -> str:
    return _("ตำแหน่ง%(posts)sว่าง ยังไม่มีผู้รักษาราชการแทน โปรดแจ้งผู้ดูแลระบบให้บันทึกการแต่งตั้ง") % {
        "posts": post_names(step)
    }


def _last_act_sentence(approval: Approval) -> str:
    """Who was faster, and when: what the loser of a race reads."""
    act = approval.acts.order_by("-sequence").first()
    if act is None:
        return _("เรื่องนี้ยังไม่ได้เสนอ")
    when = language.clock(act.acted_at)
    day = language.day(thai.bangkok_date(act.acted_at))
    return _("เรื่องนี้มีผู้พิจารณาแล้วโดย%(name)s (%(kind)s) เมื่อ %(day)s เวลา %(when)s") % {
        "name": act.printed_name,
        "kind": act.get_kind_display(),
        "day": day,
        "when": when,
    }


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


def _check_drafter(actor: Actor, approval: Approval) -> None:
    """The drafter, while he serves the authority: an act names the post of whoever did it."""
    if not actor.appointments:
        raise NotAllowed(_("ท่านไม่มีตำแหน่งในหน่วยงานนี้ในวันนี้"))
    if approval.report.drafter_id != actor.user.pk:
        raise NotAllowed(_("เฉพาะผู้จัดทำเรื่อง (%(name)s) เท่านั้น") % {"name": approval.report.drafter})


def _is_admin(actor: Actor) -> bool:
    return any(appointment.post.role == "org_admin" for appointment in actor.appointments)


def _holder_first(appointment: Appointment) -> tuple[bool, int]:
    return (appointment.capacity != Appointment.Capacity.HOLDER, appointment.pk)
