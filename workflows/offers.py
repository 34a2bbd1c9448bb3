"""What a person may do with a report now: buttons, and for those he may not press the rule's own sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.membership import Membership
from ita_core.models import Appointment, User
from workflows import (
    correction_permissions,
    ink_permissions,
    permissions,
    public_permissions,
    public_standing,
    register_permissions,
    retention,
    retention_permissions,
    starting,
)
from workflows.models import UNDER_WAY, Approval, State
from workflows.permissions import Actor


@dataclass(frozen=True)
class Offer:
    """``why_not`` is the sentence that pressing it would raise; "" when it may be pressed. ``href`` leads there."""

    address: str
    label: str | Promise
    why_not: str
    main: bool = False
    href: str = ""


_WRITER_MAIN: list[tuple[str, Promise, Callable[..., str]]] = [
    ("memos:edit_memo", _("แก้ไขร่าง"), permissions.may_edit),
    ("workflows:check", _("ตรวจทานก่อนเสนอ"), permissions.may_edit),
]
_WRITER: list[tuple[str, Promise, Callable[..., str]]] = [
    ("workflows:discard", _("ลบร่าง"), permissions.may_discard),
    ("workflows:recall", _("ดึงเรื่องกลับ"), permissions.may_recall),
    ("workflows:withdraw", _("ถอนเรื่อง"), permissions.may_withdraw),
]


def of(approval: Approval, actor: Actor) -> list[Offer]:
    """What may be done before what may not, and main ones first: the very first is the page's own button.

    Acts that make no sense in this state are left out rather than shown disabled.
    """
    found = _asked_of(approval, actor)
    if _stands_on_the_way(approval, actor):
        why_not = permissions.may_decide(actor, approval)
        found.append(_offer(approval, "workflows:decide", _("พิจารณาเรื่องนี้"), why_not, main=True))
        if not why_not:
            found.append(_offer(approval, "workflows:ask_view", _("ขอความเห็นก่อนพิจารณา")))
    if approval.state in UNDER_WAY and not permissions.may_prepare(actor, approval):
        found.append(_offer(approval, "workflows:prepare", _("เตรียมเสนอ")))
    found += _of_writers(approval, actor) + _after_signing(approval, actor) + _of_registrars(approval, actor)
    found += _of_publishers(approval, actor)
    found += _of_keepers(approval, actor)
    hand_over = permissions.may_hand_over(actor, approval)
    if not hand_over:
        found.append(_offer(approval, "workflows:hand_over", _("มอบให้ผู้อื่นจัดทำต่อ")))
    if not permissions.may_copy(actor, approval):
        found.append(_offer(approval, "workflows:copy", starting.words_for_next(approval.report)))
    return sorted(found, key=lambda offer: bool(offer.why_not))


def _offer(
    approval: Approval,
    address: str,
    label: str | Promise,
    why_not: str = "",
    *,
    main: bool = False,
    **rows: int,
) -> Offer:
    place = {"org": approval.organisation.slug, "pk": approval.report_id, **rows}
    return Offer(address, label, why_not, main, reverse(address, kwargs=place))


def _asked_of(approval: Approval, actor: Actor) -> list[Offer]:
    """What somebody waits for from this person: a view while it is under way, an acknowledgement after the signature."""
    me = actor.user.pk
    # All of the report's few, and then mine: asked by person, a database might read all that a person ever got.
    if approval.state in UNDER_WAY:
        views = approval.views.filter(closed_at__isnull=True).values_list("pk", "of")
        label = _("ให้ความเห็นที่ขอไว้")
        return [
            _offer(approval, "workflows:give_view", label, main=True, view=pk) for pk, of in views if of == me
        ]
    if approval.state == State.MAYOR_SIGNED:
        errands = approval.errands.filter(acknowledged__isnull=True).values_list("pk", "to")
        return [
            _offer(approval, "workflows:acknowledge", _("รับทราบ"), main=True, errand=pk)
            for pk, to in errands
            if to == me
        ]
    return []


def _of_writers(approval: Approval, actor: Actor) -> list[Offer]:
    """The drafter's own, and for those who write along what is theirs too."""
    found: list[Offer] = []
    drafts = approval.report.drafter_id == actor.user.pk
    if approval.state == State.WRITING and (drafts or permissions.writes_along(actor, approval)):
        if approval.round and approval.comments.exists():
            why_not = permissions.may_resolve(actor, approval)
            found.append(_offer(approval, "workflows:comments", _("ข้อสังเกตที่ต้องแก้ไข"), why_not, main=True))
        # The check page is open whenever the draft is: it tells what keeps it from being submitted.
        found += [
            _offer(approval, address, label, may(actor, approval), main=True)
            for address, label, may in _WRITER_MAIN
        ]
    if drafts:
        found += [
            _offer(approval, address, label, may(actor, approval))
            for address, label, may in _WRITER
            if _fits(address, approval)
        ]
    return found


def _after_signing(approval: Approval, actor: Actor) -> list[Offer]:
    if approval.state != State.MAYOR_SIGNED:
        return []
    after = [
        ("workflows:assign", _("มอบหมาย"), permissions.may_assign),
        ("workflows:circulate", _("เวียนให้ทราบ"), permissions.may_circulate),
        ("workflows:correct", _("แก้ไขเป็นฉบับใหม่"), correction_permissions.may_correct),
    ]
    return [_offer(approval, address, label) for address, label, may in after if not may(actor, approval)]


def _of_registrars(approval: Approval, actor: Actor) -> list[Offer]:
    """Left out for everybody else: nobody but a registrar expects to give numbers, or to record signatures."""
    if register_permissions.may_register(actor):
        return []
    acts = [
        ("workflows:number", _("ออกเลข"), register_permissions.may_number),
        ("workflows:void_number", _("ยกเลิกเลข"), register_permissions.may_void_number),
        ("workflows:ink_print", _("พิมพ์เพื่อลงนามบนกระดาษ"), ink_permissions.may_record),
        ("workflows:ink", _("บันทึกการลงนามบนกระดาษ"), ink_permissions.may_record),
    ]
    return [_offer(approval, address, label) for address, label, may in acts if not may(actor, approval)]


def _of_publishers(approval: Approval, actor: Actor) -> list[Offer]:
    """Left out for those who never publish; a classified report says to the others why it is not."""
    if approval.state != State.MAYOR_SIGNED or approval.report.is_trial:
        return []
    if public_permissions.may_handle(actor, approval):
        return []
    label = public_standing.words_for_page(approval)
    return [_offer(approval, "workflows:publish", label, public_permissions.may_open(actor, approval))]


def _of_keepers(approval: Approval, actor: Actor) -> list[Offer]:
    """How long it is kept: the registrar's and the administrator's."""
    if retention_permissions.may_keep(actor, approval):
        return []
    held = retention.of(approval)
    label, address = _("ระงับการทำลาย"), "workflows:hold"
    if held is not None and held.is_held:
        label, address = _("ยกเลิกการระงับการทำลาย"), "workflows:release"
    return [_offer(approval, "workflows:retain", _("กำหนดอายุการเก็บ")), _offer(approval, address, label)]


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
