"""Who may record what was signed on paper, and whose signature it may be."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Appointment
from workflows import away
from workflows.models import UNDER_WAY, Act, Approval, ApprovalStep
from workflows.officers import Actor, current_step, holder_first, last_act_sentence, sentence_of
from workflows.refusals import BadInput, Conflict, NotAllowed
from workflows.register_permissions import check_may_register


def check_may_record(actor: Actor, approval: Approval, step: ApprovalStep | None = None) -> Appointment:
    """The registrars, while a step waits that is not their own: whoever decides does not record it himself."""
    hat = check_may_register(actor)
    step = step or current_step(approval)
    if (
        step is None
        or approval.state not in UNDER_WAY
        or step.closed_at is not None
        or step.opened_at is None
    ):
        raise Conflict(
            _("เรื่องนี้ไม่มีขั้นที่รอพิจารณา จึงบันทึกการลงนามบนกระดาษไม่ได้ %(why)s") % {"why": last_act_sentence(approval)}
        )
    posts = {post.pk for post in step.posts.all()}
    if any(appointment.post_id in posts and appointment.covers_memos for appointment in actor.appointments):
        raise NotAllowed(_("ขั้นนี้เป็นของท่านเอง โปรดพิจารณาบนระบบ"))
    return hat


may_record = sentence_of(check_may_record)


def signers(approval: Approval, step: ApprovalStep) -> list[Appointment]:
    """Who could have signed the step on paper: in force on some day since it opened, holders first."""
    posts = {post.pk for post in step.posts.all()}
    opened = thai.bangkok_date(step.opened_at) if step.opened_at else thai.today()
    rows = Appointment.objects.of(approval.organisation).filter(post__in=posts, covers_memos=True)
    found = [row for row in rows.select_related("user", "post") if _serves_between(row, opened, thai.today())]
    if not step.is_final:
        found = [row for row in found if row.user_id != approval.report.drafter_id]
    return sorted(found, key=holder_first)


def _serves_between(row: Appointment, first: datetime.date, last: datetime.date) -> bool:
    return row.starts <= last and (row.ends is None or row.ends >= first)


def check_signed_by(
    actor: Actor, approval: Approval, step: ApprovalStep, officer: int, day: datetime.date, issuing: Act
) -> Appointment:
    """The appointment by which the officer decides the step on that day.

    BadInput for a day to come or before the paper, NotAllowed for somebody who could not decide then.
    """
    hat = next((row for row in signers(approval, step) if row.pk == officer), None)
    if hat is None or hat.user_id == actor.user.pk:
        raise NotAllowed(_("โปรดเลือกผู้ลงนามจากผู้มีอำนาจพิจารณาขั้นนี้"))
    check_day(day, issuing)
    if not _serves_between(hat, day, day):
        raise NotAllowed(
            _("%(name)sไม่ได้ดำรงตำแหน่งหรือรักษาราชการแทนในวันที่ %(day)s")
            % {"name": hat.user.full_name, "day": language.day(day)}
        )
    if away.covering(approval.organisation, hat.user, day, day).exists():
        raise NotAllowed(
            _("%(name)sถูกบันทึกว่าไม่อยู่ในวันที่ %(day)s") % {"name": hat.user.full_name, "day": language.day(day)}
        )
    return hat


def check_day(day: datetime.date, issuing: Act) -> None:
    if day > thai.today():
        raise BadInput(_("วันที่ลงนามบนกระดาษเป็นวันในอนาคต"))
    printed = thai.bangkok_date(issuing.acted_at)
    if day < printed:
        raise BadInput(_("วันที่ลงนามบนกระดาษอยู่ก่อนวันที่ออกเอกสารชุดนี้ (%(day)s)") % {"day": language.day(printed)})


def check_final(step: ApprovalStep) -> None:
    if not step.is_final:
        raise NotAllowed(_("การไม่อนุมัติเป็นอำนาจของผู้ลงนามขั้นสุดท้ายเท่านั้น"))
