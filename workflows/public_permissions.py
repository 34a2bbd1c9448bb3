"""Who may make a report public, and which report may be: signed, in force, not secret, no trial."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core.models import Appointment, Role
from memos import content
from workflows.models import Act, Approval, State
from workflows.officers import Actor, check_serves, holder_first, sentence_of
from workflows.refusals import Conflict, NotAllowed

PUBLISHING_ROLES = frozenset({Role.LEGAL_OFFICER, Role.REGISTRAR})


def check_may_handle(actor: Actor, approval: Approval) -> Appointment:
    """The drafter, a legal officer, a registrar; the appointment by which they publish."""
    check_serves(actor)
    serving = [a for a in actor.appointments if a.post.role in PUBLISHING_ROLES]
    if not serving and approval.report.drafter_id == actor.user.pk:
        serving = list(actor.appointments)
    if not serving:
        raise NotAllowed(_("เฉพาะผู้จัดทำเรื่อง นิติกร และธุรการ/สารบรรณของหน่วยงานเท่านั้นที่เผยแพร่รายงานได้"))
    return min(serving, key=holder_first)


def check_may_publish(actor: Actor, approval: Approval) -> Appointment:
    hat = check_may_handle(actor, approval)
    if approval.report.is_trial:
        raise Conflict(_("รายงานทดลองเผยแพร่ไม่ได้"))
    if approval.state != State.MAYOR_SIGNED or approval.content is None or approval.document_set_id is None:
        raise Conflict(_("เผยแพร่ได้เฉพาะรายงานที่ลงนามแล้ว"))
    if not approval.report.is_current:
        raise Conflict(_("รายงานนี้มีฉบับที่ใช้แทนแล้ว โปรดเผยแพร่ฉบับที่ใช้แทน"))
    secrecy = content.load(approval.content).memo.secrecy.strip()
    if secrecy:
        raise Conflict(_("รายงานนี้มีชั้นความลับ “%(secrecy)s” จึงเผยแพร่ไม่ได้") % {"secrecy": secrecy})
    return hat


def check_may_open(actor: Actor, approval: Approval) -> Appointment:
    """The page of it: to publish, or to look after what was published before it might not be any more."""
    hat = check_may_handle(actor, approval)
    if not approval.acts.filter(kind=Act.Kind.PUBLISH).exists():
        check_may_publish(actor, approval)
    return hat


def check_may_unpublish(actor: Actor, approval: Approval) -> Appointment:
    hat = check_may_handle(actor, approval)
    if approval.state == State.DISPOSED:
        raise Conflict(_("เรื่องนี้ทำลายแล้วตามบัญชีหนังสือขอทำลาย จึงไม่มีสำเนาสาธารณะให้ถอน"))
    last = approval.acts.filter(kind__in=[Act.Kind.PUBLISH, Act.Kind.UNPUBLISH]).order_by("sequence").last()
    if last is None:
        raise Conflict(_("รายงานนี้ยังไม่ได้เผยแพร่"))
    if last.kind == Act.Kind.UNPUBLISH:
        raise Conflict(_("ถอนการเผยแพร่รายงานนี้แล้ว"))
    return hat


may_handle = sentence_of(check_may_handle)
may_open = sentence_of(check_may_open)
may_publish = sentence_of(check_may_publish)
may_unpublish = sentence_of(check_may_unpublish)
