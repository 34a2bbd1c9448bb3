"""Who may correct a signed report, and which one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core.models import Appointment
from memos.models import Report
from workflows.models import Approval, State
from workflows.officers import Actor, sentence_of
from workflows.permissions import check_may_draft
from workflows.refusals import Conflict


def check_may_correct(actor: Actor, approval: Approval) -> Appointment:
    """Whoever may draft; of a signed report that stands, and of which no correction is under way."""
    appointment = check_may_draft(actor)
    if approval.state != State.MAYOR_SIGNED:
        raise Conflict(_("แก้ไขเป็นฉบับใหม่ได้เฉพาะเรื่องที่ลงนามแล้ว"))
    if approval.report.is_trial:
        raise Conflict(_("รายงานทดลองไม่มีฉบับแก้ไข"))
    begun = Report.objects.of(approval.organisation_id).filter(corrects=approval.report_id, is_given_up=False)
    other = begun.select_related("drafter").first()
    if not approval.report.is_current:
        raise Conflict(_("เรื่องนี้มีฉบับแก้ไขแทนแล้ว ให้แก้ไขจากฉบับล่าสุด"))
    if other is not None:
        raise Conflict(_("%(name)sกำลังจัดทำฉบับแก้ไขของเรื่องนี้อยู่แล้ว") % {"name": other.drafter.full_name})
    return appointment


may_correct = sentence_of(check_may_correct)
