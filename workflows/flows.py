"""The whole process on one screen: READ FIRST.

viewflow says who must act; it never writes the state. Every authority has the same flow, because its route is data:
``decide`` comes again for each step of the round's snapshot, and ``where_next`` looks up in the database what the act
has made of the report.
"""

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow, lock

from workflows import tasks
from workflows.nodes import Waiting


class ReportApproval(flow.Flow):
    """The approval of a report and its memo."""

    process_title = _("การพิจารณาบันทึกข้อความ")
    lock_impl = lock.select_for_update_lock

    submit = flow.StartHandle().Annotation(title=_("เสนอตามลำดับชั้น")).Next(this.decide)

    decide = Waiting(tasks.step_permission).Annotation(title=_("พิจารณาตามลำดับชั้น")).Next(this.where_next)

    where_next = (
        flow.Switch()
        .Annotation(title=_("ไปต่อที่ใด"))
        .Case(this.decide, tasks.is_under_way)
        .Case(this.correct, tasks.is_back_with_drafter)
        .Default(this.end)
    )

    correct = Waiting(tasks.draft_permission).Annotation(title=_("แก้ไขตามที่ส่งคืน")).Next(this.where_next)

    end = flow.End().Annotation(title=_("สิ้นสุด"))
