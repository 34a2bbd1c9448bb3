"""What a person may do with a report now: buttons, and for those he may not press the rule's own sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.membership import Membership
from ita_core.models import Appointment, User
from workflows import permissions, starting
from workflows.models import UNDER_WAY, Approval, State
from workflows.permissions import Actor


@dataclass(frozen=True)
class Offer:
    """``why_not`` is the sentence that pressing it would raise; "" when it may be pressed."""

    address: str
    label: str | Promise
    why_not: str
    main: bool = False


_WRITER_MAIN: list[tuple[str, Promise, Callable[..., str]]] = [
    ("memos:edit_memo", _("แก้ไขร่าง"), permissions.may_edit),
    ("workflows:check", _("ตรวจทานก่อนเสนอ"), permissions.may_submit),
]
_WRITER: list[tuple[str, Promise, Callable[..., str]]] = [
    ("workflows:discard", _("ลบร่าง"), permissions.may_discard),
    ("workflows:recall", _("ดึงเรื่องกลับ"), permissions.may_recall),
    ("workflows:withdraw", _("ถอนเรื่อง"), permissions.may_withdraw),
]


def of(approval: Approval, actor: Actor) -> list[Offer]:
    """Main ones first. Acts that make no sense in this state are left out rather than shown disabled."""
    found = []
    if _stands_on_the_way(approval, actor):
        found.append(
            Offer("workflows:decide", _("พิจารณาเรื่องนี้"), permissions.may_decide(actor, approval), main=True)
        )
    if approval.report.drafter_id == actor.user.pk:
        if approval.state == State.WRITING:
            # The check page is open whenever the draft is: it tells what keeps it from being submitted.
            found += [
                Offer(address, label, permissions.may_edit(actor, approval), True)
                for address, label, _may in _WRITER_MAIN
            ]
        found += [
            Offer(address, label, may(actor, approval))
            for address, label, may in _WRITER
            if _fits(address, approval)
        ]
    hand_over = permissions.may_hand_over(actor, approval)
    if not hand_over:
        found.append(Offer("workflows:hand_over", _("มอบให้ผู้อื่นจัดทำต่อ"), hand_over))
    if not permissions.may_copy(actor, approval):
        found.append(Offer("workflows:copy", starting.words_for_next(approval.report), ""))
    return found


def receivers(approval: Approval) -> list[tuple[User, str]]:
    """Who else in the authority may draft today, with a post of theirs; by name."""
    rows = Appointment.objects.of(approval.organisation).on(thai.today())
    rows = rows.filter(post__role__in=Membership.DRAFTING_ROLES).exclude(user=approval.report.drafter_id)
    found = {row.user: row.post.title for row in rows.select_related("user", "post").order_by("-pk")}
    return sorted(found.items(), key=lambda pair: pair[0].full_name)


def _stands_on_the_way(approval: Approval, actor: Actor) -> bool:
    """Whether a step of this round is the person's: others need not read that it is not their turn."""
    if approval.state not in UNDER_WAY:
        return False
    posts = {appointment.post_id for appointment in actor.appointments}
    return approval.steps.filter(round=approval.round, posts__in=posts).exists()


def _fits(address: str, approval: Approval) -> bool:
    if address == "workflows:discard":
        return approval.state == State.WRITING and approval.round == 0
    if address == "workflows:recall":
        return approval.state in UNDER_WAY
    return approval.state in [State.WRITING, *UNDER_WAY] and approval.round > 0
