"""Who may do what leaves the state where it is: ask for a view and give it, prepare a decision, and, after the

signature, assign, circulate, acknowledge. permissions.py tells these rules' names too.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core.models import Appointment, Role
from workflows.models import Approval, ApprovalStep, Errand, State, View
from workflows.officers import (
    Actor,
    check_may_decide,
    check_present,
    check_serves,
    holder_first,
    last_act_sentence,
    sentence_of,
    writes_along,
)
from workflows.refusals import Conflict, NotAllowed

PREPARING_ROLES = frozenset({Role.REGISTRAR, Role.OFFICER})
"""Secretaries: those who lay papers before an officer."""


def check_may_ask_view(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    """Whoever may decide the step may ask somebody first; returns the appointment he decides by."""
    return check_may_decide(actor, approval, step)


def check_may_give_view(actor: Actor, approval: Approval, view: View) -> Appointment:
    """The person who was asked, while the step that asks is open."""
    check_serves(actor)
    if view.of_id != actor.user.pk:
        raise NotAllowed(_("ความเห็นนี้ขอจาก%(name)s") % {"name": view.of})
    check_present(actor)
    if view.given_id is not None:
        raise Conflict(_("ท่านให้ความเห็นนี้แล้ว"))
    if view.closed_at is not None:
        raise Conflict(
            _("ขั้นที่ขอความเห็นสิ้นสุดแล้ว จึงไม่ต้องให้ความเห็น %(why)s") % {"why": last_act_sentence(approval)}
        )
    return min(actor.appointments, key=holder_first)


def check_may_prepare(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    """A secretary who neither wrote the report nor may decide the step himself."""
    preparing = [a for a in actor.appointments if a.post.role in PREPARING_ROLES]
    if not preparing:
        raise NotAllowed(_("การเตรียมเสนอเป็นงานของธุรการหรือเจ้าหน้าที่ของหน่วยงาน"))
    check_present(actor)
    if approval.report.drafter_id == actor.user.pk or writes_along(actor, approval):
        raise NotAllowed(_("ท่านเป็นผู้จัดทำเรื่องนี้ จึงเตรียมความเห็นให้ผู้พิจารณาไม่ได้"))
    try:
        check_may_decide(actor, approval, step)
    except NotAllowed:
        return min(preparing, key=holder_first)
    raise NotAllowed(_("ขั้นนี้ท่านพิจารณาเองได้ จึงไม่ต้องเตรียมเสนอ"))


def check_may_assign(actor: Actor, approval: Approval) -> Appointment:
    """An officer of the round's steps, or the drafter who writes down what the order says; after the signature."""
    return _check_after_signing(actor, approval, frozenset())


def check_may_circulate(actor: Actor, approval: Approval) -> Appointment:
    """As for assigning, and the registrar."""
    return _check_after_signing(actor, approval, frozenset({Role.REGISTRAR}))


def check_may_acknowledge(actor: Actor, approval: Approval, errand: Errand) -> Appointment:
    """Whom it was assigned or circulated to, once."""
    check_serves(actor)
    if errand.to_id != actor.user.pk:
        raise NotAllowed(_("เรื่องนี้ส่งถึง%(name)s จึงรับทราบแทนไม่ได้") % {"name": errand.to})
    if errand.acknowledged_id is not None:
        raise Conflict(_("ท่านรับทราบเรื่องนี้แล้ว"))
    return min(actor.appointments, key=holder_first)


def _check_after_signing(actor: Actor, approval: Approval, roles: frozenset[str]) -> Appointment:
    check_serves(actor)
    if approval.state != State.MAYOR_SIGNED:
        raise Conflict(_("มอบหมายหรือเวียนได้เมื่อลงนามแล้ว"))
    steps = approval.steps.filter(round=approval.round).values_list("posts", flat=True)
    posts = set(steps)
    fitting = [
        a for a in actor.appointments if (a.post_id in posts and a.covers_memos) or a.post.role in roles
    ]
    if fitting:
        return min(fitting, key=holder_first)
    if approval.report.drafter_id == actor.user.pk:
        return min(actor.appointments, key=holder_first)
    if roles:
        raise NotAllowed(_("เฉพาะผู้พิจารณาเรื่องนี้ ผู้จัดทำ หรือธุรการเท่านั้น"))
    raise NotAllowed(_("เฉพาะผู้พิจารณาเรื่องนี้หรือผู้จัดทำเท่านั้น"))


may_ask_view = sentence_of(check_may_ask_view)
may_give_view = sentence_of(check_may_give_view)
may_prepare = sentence_of(check_may_prepare)
may_assign = sentence_of(check_may_assign)
may_circulate = sentence_of(check_may_circulate)
may_acknowledge = sentence_of(check_may_acknowledge)
