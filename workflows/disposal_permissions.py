"""Who draws up, judges, answers and approves a list of reports to be destroyed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core import language
from ita_core.models import Appointment, Role
from workflows.disposed import DisposalList, DisposalMember
from workflows.officers import Actor, check_present, check_serves, holder_first, sentence_of
from workflows.refusals import Conflict, NotAllowed
from workflows.retention_permissions import check_keeper

COMMITTEE = 3


def check_may_draw_up(actor: Actor) -> Appointment:
    return check_keeper(actor)


def check_open(found: DisposalList) -> None:
    if found.standing != DisposalList.Standing.OPEN:
        facts = {"list": language.shown(str(found)), "standing": found.get_standing_display()}
        raise Conflict(_("บัญชีที่ %(list)s สิ้นสุดแล้ว (%(standing)s)") % facts)


def check_may_judge(actor: Actor, found: DisposalList) -> DisposalMember:
    """A member of the committee who still serves, until the National Archives' answer is noted."""
    check_serves(actor)
    member = found.members.filter(user=actor.user).first()
    if member is None:
        raise NotAllowed(_("เฉพาะกรรมการทำลายหนังสือตามบัญชีนี้เท่านั้น"))
    check_open(found)
    if found.archives_number:
        raise Conflict(_("บันทึกคำตอบของหอจดหมายเหตุแห่งชาติแล้ว จึงเปลี่ยนความเห็นไม่ได้"))
    return member


def check_may_note_answer(actor: Actor, found: DisposalList) -> Appointment:
    """When each of the three has said what he thinks of every line: that is what the Archives were asked about."""
    hat = check_keeper(actor)
    check_open(found)
    silent = found.members.filter(said_at=None).select_related("user")
    if names := [member.user.full_name for member in silent]:
        raise Conflict(_("ยังรอความเห็นของกรรมการ: %(names)s") % {"names": ", ".join(names)})
    return hat


def check_may_approve(actor: Actor, found: DisposalList) -> Appointment:
    """The head of the authority, by an appointment in force today; never a member of the committee."""
    fitting = [a for a in actor.appointments if a.post.role == Role.MAYOR and a.covers_memos]
    if not fitting:
        raise NotAllowed(
            _("การอนุมัติทำลายเป็นอำนาจของ%(head)sหรือผู้รักษาราชการแทน") % {"head": actor.organisation.mayor_title}
        )
    check_present(actor)
    check_open(found)
    if found.members.filter(user=actor.user).exists():
        raise NotAllowed(_("ท่านเป็นกรรมการทำลายหนังสือตามบัญชีนี้ จึงอนุมัติเองไม่ได้"))
    if not found.archives_number:
        raise Conflict(_("ยังไม่ได้บันทึกคำตอบของหอจดหมายเหตุแห่งชาติ"))
    return min(fitting, key=holder_first)


def check_may_drop(actor: Actor, found: DisposalList) -> None:
    """Who keeps the archive, or the head who does not approve."""
    if not any(a.post.role == Role.MAYOR and a.covers_memos for a in actor.appointments):
        check_keeper(actor)
    check_open(found)


may_draw_up = sentence_of(check_may_draw_up)
may_judge = sentence_of(check_may_judge)
may_note_answer = sentence_of(check_may_note_answer)
may_approve = sentence_of(check_may_approve)
may_drop = sentence_of(check_may_drop)
