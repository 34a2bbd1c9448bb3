"""Who stands where: the person who acts, the posts of a step and who holds them today, and what the rules say of it.

The rules themselves are permissions.py's, which tells this module's names too.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ita_core import confirming, language, thai
from ita_core.membership import Membership
from ita_core.models import Appointment, Organisation, Role, User
from memos.passing import CoDrafter
from workflows import away
from workflows.models import ASIDES, UNDER_WAY, Approval, ApprovalStep, RouteStep
from workflows.refusals import Conflict, NotAllowed, NotConfirmed, Refused


@dataclass(frozen=True)
class Actor:
    """Who acts, for which authority, and when he last proved who he is."""

    user: User
    organisation: Organisation
    confirmed_at: datetime.datetime | None = None

    @classmethod
    def of(cls, membership: Membership) -> Actor:
        actor = cls(membership.user, membership.organisation, membership.confirmed_at)
        actor.__dict__["appointments"] = list(membership.appointments)
        return actor

    @functools.cached_property
    def appointments(self) -> list[Appointment]:
        """In force today, in this authority."""
        rows = Appointment.objects.of(self.organisation).on(thai.today()).filter(user=self.user)
        return list(rows.select_related("post", "user"))


def sentence_of(check: Callable[..., Any]) -> Callable[..., str]:
    @functools.wraps(check)
    def may(*args: Any, **kwargs: Any) -> str:
        try:
            check(*args, **kwargs)
        except Refused as refusal:
            return refusal.sentence
        return ""

    return may


def check_confirmed(actor: Actor) -> None:
    """A signature wants a fresh proof: an open session alone may be somebody else's who passed by the desk."""
    if not confirming.is_fresh(actor.confirmed_at):
        raise NotConfirmed(_("โปรดยืนยันตัวตนก่อนลงนาม การยืนยันใช้ได้ห้านาที"))


def check_present(actor: Actor) -> None:
    """Who is recorded absent decides nothing: somebody else may be acting for him. He ends the absence himself."""
    if any(appointment.is_away for appointment in actor.appointments):
        raise NotAllowed(away.sentence(actor.organisation, actor.user))


def check_may_decide(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    """The appointment by which the actor decides the waiting step."""
    step = step or current_step(approval)
    if step is None or approval.state not in UNDER_WAY:
        raise Conflict(last_act_sentence(approval))
    if step.closed_at is not None or step.opened_at is None:
        raise Conflict(last_act_sentence(approval))
    post_ids = {post.pk for post in step.posts.all()}
    matching = [a for a in actor.appointments if a.post_id in post_ids and a.covers_memos]
    if matching:
        check_present(actor)
    if not matching:
        if not officers(step):
            raise NotAllowed(vacant_sentence(step))
        raise NotAllowed(_("ขั้นนี้เป็นของ%(posts)s") % {"posts": post_names(step)})
    if approval.report.drafter_id == actor.user.pk and not step.is_final:
        raise NotAllowed(_("ท่านเป็นผู้จัดทำเรื่องนี้ จึงลงความเห็นในขั้นนี้เองไม่ได้"))
    return min(matching, key=holder_first)


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
    """Who could decide the steps today and is there, holders before acting officers. One query when the posts are prefetched."""
    posts = {post.pk for step in steps for post in step.posts.all()}
    rows = Appointment.objects.across_organisations().present(thai.today())
    found = list(rows.filter(post__in=posts, covers_memos=True).select_related("user", "post"))
    return sorted(found, key=holder_first)


def post_names(step: RouteStep | ApprovalStep) -> str:
    return " / ".join(post.title for post in step.posts.all())


def vacant_sentence(step: RouteStep | ApprovalStep) -> str:
    """That nobody can act in the step's posts today, and whom to ask. One query."""
    facts = {"posts": post_names(step)}
    names = ", ".join(user.full_name for user in administrators(step.organisation_id))
    if not names:
        return _("ตำแหน่ง%(posts)sว่าง ยังไม่มีผู้รักษาราชการแทน โปรดแจ้งผู้ดูแลระบบให้บันทึกการแต่งตั้ง") % facts
    return _("ตำแหน่ง%(posts)sว่าง ยังไม่มีผู้รักษาราชการแทน โปรดแจ้งผู้ดูแลระบบ (%(names)s) ให้บันทึกการแต่งตั้ง") % {
        **facts,
        "names": names,
    }


def administrators(organisation: Organisation | int) -> list[User]:
    """Who administers the authority today, whether present or not. One query."""
    rows = Appointment.objects.of(organisation).on(thai.today()).filter(post__role=Role.ORG_ADMIN)
    return list({row.user: None for row in rows.select_related("user").order_by("pk")})


def last_act_sentence(approval: Approval) -> str:
    """Who was faster, and when: what the loser of a race reads. Of acts that left the state they need not know."""
    act = approval.acts.exclude(kind__in=ASIDES).order_by("-sequence").first()
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


def check_serves(actor: Actor) -> None:
    if not actor.appointments:
        raise NotAllowed(_("ท่านไม่มีตำแหน่งในหน่วยงานนี้ในวันนี้"))


def check_drafter(actor: Actor, approval: Approval) -> None:
    """The drafter, while he serves the authority: an act names the post of whoever did it."""
    check_serves(actor)
    if approval.report.drafter_id != actor.user.pk:
        raise NotAllowed(_("เฉพาะผู้จัดทำเรื่อง (%(name)s) เท่านั้น") % {"name": approval.report.drafter})


def writes_along(actor: Actor, approval: Approval) -> bool:
    """Whether the drafter let the person in to write with him."""
    return (
        CoDrafter.objects.of(approval.organisation)
        .filter(report=approval.report_id, user=actor.user)
        .exists()
    )


def is_admin(actor: Actor) -> bool:
    return any(appointment.post.role == "org_admin" for appointment in actor.appointments)


def viewable(actor: Actor, approvals: Iterable[Approval]) -> frozenset[int]:
    """Numbers of those that the actor may open, as ``check_may_view`` says. One query where there are others' drafts."""
    found, drafts = set(), {}
    for one in approvals:
        if one.round > 0 or one.report.drafter_id == actor.user.pk or is_admin(actor):
            found.add(one.pk)
        else:
            drafts[one.report_id] = one.pk
    if drafts:
        along = CoDrafter.objects.of(actor.organisation).filter(report__in=drafts, user=actor.user)
        found |= {drafts[report] for report in along.values_list("report", flat=True)}
    return frozenset(found)


def check_writer(actor: Actor, approval: Approval) -> None:
    """The drafter or a co-drafter of his."""
    if approval.report.drafter_id == actor.user.pk or not writes_along(actor, approval):
        check_drafter(actor, approval)
    check_serves(actor)


def holder_first(appointment: Appointment) -> tuple[bool, int]:
    return (appointment.capacity != Appointment.Capacity.HOLDER, appointment.pk)
