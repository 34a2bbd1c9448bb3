"""Who may write in the registers, and which report may have a number when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core import language
from ita_core.models import Appointment, Role
from memos import register as registers
from memos.models import Register, RegisterEntry
from workflows.models import UNDER_WAY, Approval, State
from workflows.officers import Actor, holder_first, last_act_sentence, sentence_of
from workflows.refusals import Conflict, NotAllowed


def check_may_register(actor: Actor) -> Appointment:
    """The registrars of the authority; returns the appointment by which they write."""
    serving = [a for a in actor.appointments if a.post.role == Role.REGISTRAR]
    if not serving:
        raise NotAllowed(_("เฉพาะผู้มีตำแหน่งธุรการ/สารบรรณของหน่วยงานเท่านั้นที่ลงทะเบียนและออกเลขได้"))
    return min(serving, key=holder_first)


def check_may_number(actor: Actor, approval: Approval, register: Register | None = None) -> Appointment:
    """While it is under way or signed, as the register's setting has it; never while it is being written."""
    hat = check_may_register(actor)
    if approval.report.is_trial:
        raise Conflict(_("รายงานทดลองไม่มีเลขในทะเบียน"))
    if approval.state == State.WRITING:
        raise Conflict(_("เรื่องนี้ยังอยู่กับผู้จัดทำ ออกเลขได้เมื่อเสนอแล้ว"))
    if approval.state not in [*UNDER_WAY, State.MAYOR_SIGNED]:
        raise Conflict(_("เรื่องนี้สิ้นสุดแล้ว จึงออกเลขไม่ได้ %(why)s") % {"why": last_act_sentence(approval)})
    _check_has_none(approval)
    if register is not None:
        _check_moment(approval, register)
    return hat


def _check_has_none(approval: Approval) -> None:
    entry = registers.in_use(approval.organisation, approval.report_id)
    if entry is not None:
        raise Conflict(_("เรื่องนี้มีเลขแล้ว: %(text)s") % {"text": language.shown(entry.text)})


def _check_moment(approval: Approval, register: Register) -> None:
    signed = approval.state == State.MAYOR_SIGNED
    if register.moment == Register.Moment.AFTER and not signed:
        raise Conflict(_("ทะเบียนนี้ออกเลขหลังลงนาม เรื่องนี้ยังไม่ได้ลงนาม"))
    if register.moment == Register.Moment.BEFORE and signed:
        raise Conflict(_("ทะเบียนนี้ออกเลขก่อนลงนาม เรื่องนี้ลงนามแล้ว ผู้ดูแลระบบเปลี่ยนการตั้งค่าทะเบียนได้"))


def check_may_void_number(actor: Actor, approval: Approval) -> Appointment:
    """A report that was withdrawn or refused may lose its number too; one that a list destroyed keeps what the list says."""
    hat = check_may_register(actor)
    if approval.state == State.DISPOSED:
        raise Conflict(_("เรื่องนี้ทำลายแล้วตามบัญชีหนังสือขอทำลาย เลขในทะเบียนจึงคงอยู่ตามเดิม"))
    if registers.in_use(approval.organisation, approval.report_id) is None:
        raise Conflict(_("เรื่องนี้ไม่มีเลขที่จะยกเลิก"))
    return hat


def check_may_void_entry(actor: Actor, entry: RegisterEntry) -> Appointment:
    """A line that is no report of ours: reserved, or typed by hand. A report's number is taken away from its own page."""
    hat = check_may_register(actor)
    if entry.standing == RegisterEntry.Standing.VOID:
        raise Conflict(_("เลข %(text)s ยกเลิกแล้ว") % {"text": language.shown(entry.text)})
    if entry.report_id is not None:
        raise Conflict(_("เลขนี้เป็นของรายงานในระบบ โปรดยกเลิกเลขจากหน้ารายงาน"))
    return hat


may_register = sentence_of(check_may_register)
may_number = sentence_of(check_may_number)
may_void_number = sentence_of(check_may_void_number)
may_void_entry = sentence_of(check_may_void_entry)
