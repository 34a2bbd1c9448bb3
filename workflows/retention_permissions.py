"""Who may say how long a report is kept, and hold it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core.models import Appointment, Role
from workflows.models import Approval, Retention, State
from workflows.officers import Actor, holder_first, sentence_of
from workflows.refusals import Conflict, NotAllowed


def check_keeper(actor: Actor) -> Appointment:
    """The registrars of the authority and its administrator; returns the appointment by which they act."""
    serving = [a for a in actor.appointments if a.post.role in (Role.REGISTRAR, Role.ORG_ADMIN)]
    if not serving:
        raise NotAllowed(_("เฉพาะธุรการ/สารบรรณหรือผู้ดูแลระบบของหน่วยงานเท่านั้นที่กำหนดอายุการเก็บได้"))
    return min(serving, key=holder_first)


def check_may_keep(actor: Actor, approval: Approval) -> Appointment:
    hat = check_keeper(actor)
    if approval.report.is_trial:
        raise Conflict(_("รายงานทดลองไม่มีอายุการเก็บ"))
    if approval.state != State.MAYOR_SIGNED:
        raise Conflict(_("กำหนดอายุการเก็บและระงับการทำลายได้เฉพาะเรื่องที่ลงนามแล้ว"))
    return hat


def check_may_hold(actor: Actor, approval: Approval, row: Retention | None) -> None:
    check_may_keep(actor, approval)
    if row is not None:
        check_not_held(row)


def check_may_release(actor: Actor, approval: Approval, row: Retention | None) -> None:
    check_may_keep(actor, approval)
    if row is None:
        raise Conflict(_("เรื่องนี้ไม่ได้ถูกระงับการทำลาย"))
    check_held(row)


def check_not_held(row: Retention) -> None:
    if row.is_held:
        raise Conflict(_("เรื่องนี้ถูกระงับการทำลายอยู่แล้ว"))


def check_held(row: Retention) -> None:
    if not row.is_held:
        raise Conflict(_("เรื่องนี้ไม่ได้ถูกระงับการทำลาย"))


may_keep = sentence_of(check_may_keep)
may_hold = sentence_of(check_may_hold)
may_release = sentence_of(check_may_release)
