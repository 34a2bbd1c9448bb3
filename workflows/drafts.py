"""Drafts: begun, copied, thrown away. A report has its approval, in state ``writing``, from its first moment."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ita_core import telling, thai
from ita_core.models import AssessmentItem, Organisation
from memos import shipped
from memos.copying import copy_report
from memos.models import Enclosure, Memo, Report, Section
from workflows import permissions
from workflows.models import Approval
from workflows.permissions import Actor
from workflows.refusals import BadInput, Conflict

# A new report starts with the two tables of the usual report: what was planned, what came of it (sample 002).
USUAL_FORMS = ("plan", "result")


def begin(
    actor: Actor,
    *,
    assessed_year: int,
    fiscal_year: int,
    item: AssessmentItem,
    period: str,
    title: str,
    subject: str,
    trial: bool = False,
) -> Report:
    """A new report with the memo's usual words and a section for each form that the authority begins with.

    Conflict when the authority already has one for this fiscal year, item and period.
    """
    permissions.check_may_draft(actor)
    title, subject = thai.normalise(title), thai.normalise(subject)
    for text in (title, subject):
        if problem := thai.problem_in(text):
            raise BadInput(problem)
    report = Report(
        organisation=actor.organisation,
        drafter=actor.user,
        assessed_year=assessed_year,
        fiscal_year=fiscal_year,
        item=item,
        period=period,
        title=title,
        is_trial=trial,
    )
    with _one_per_year(report), transaction.atomic():
        report.save()
        _usual_memo(report, subject)
        for position, form in enumerate(shipped.usual_forms(actor.organisation)):
            Section(
                report=report, form=form, position=position, heading=f"{position + 1}. {form.title}"
            ).save()
        Approval(organisation=actor.organisation, report=report).save()
    return report


def copy_as_new(
    actor: Actor,
    report: Report,
    *,
    fiscal_year: int | None = None,
    period: str | None = None,
    keep_results: bool = True,
    trial: bool = False,
) -> Report:
    """The words of a report of this authority as a new draft of the actor's, moved to its year and round."""
    permissions.check_may_copy(actor, report.approval)
    year, part = fiscal_year or report.fiscal_year, period or report.period
    with _one_per_year(report), transaction.atomic():
        copy = copy_report(
            report, actor.user, fiscal_year=year, period=part, keep_results=keep_results, trial=trial
        )
        Approval(organisation=actor.organisation, report=copy).save()
    return copy


@transaction.atomic
def discard(actor: Actor, report_id: int) -> None:
    """Delete a draft that was never submitted. What was submitted once is withdrawn instead."""
    approval = Approval.objects.of(actor.organisation).select_for_update().filter(report=report_id).first()
    if approval is None:
        raise Conflict(_("ร่างนี้ถูกลบไปแล้ว"))
    permissions.check_may_discard(actor, approval)
    approval.delete()
    approval.report.delete()
    telling.forget(actor.organisation, report_id)


class _one_per_year:
    """Turns the database's refusal of a second report into a sentence."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError):
            raise Conflict(_("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว")) from error


def _usual_memo(report: Report, subject: str) -> None:
    organisation, year = report.organisation, report.fiscal_year
    memo = Memo(
        report=report,
        office=_office(organisation),
        subject=subject,
        recipients=[organisation.mayor_title],
        body=(
            f"ตามที่{organisation.full_name} ได้ดำเนินการรายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส"
            f"ในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and Transparency Assessment: ITA) ของ{organisation.full_name} "
            f"ประจำปีงบประมาณ พ.ศ. {report.assessed_year} และได้กำหนดมาตรการ/แนวทางในการส่งเสริมคุณธรรมและความโปร่งใส"
            f"ของ{organisation.full_name} ในปีงบประมาณ พ.ศ. {year} นั้น\n"
            f"{organisation.clerk_office_name} ขอรายงานผลการดำเนินการมาตรการส่งเสริมคุณธรรมและความโปร่งใส "
            f"ประจำปีงบประมาณ พ.ศ. {year} รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วยนี้\n"
            "จึงเรียนมาเพื่อโปรดทราบและพิจารณา"
        ),
    )
    memo.save()
    title = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"
    Enclosure(memo=memo, title=title, quantity="1 ชุด").save()


def _office(organisation: Organisation) -> str:
    place = [
        f"อำเภอ{organisation.district}" if organisation.district else "",
        f"จังหวัด{organisation.province}",
    ]
    words = " ".join([f"สำนักปลัด{organisation.full_name}", *filter(None, place)])
    longest = Memo._meta.get_field("office").max_length
    return words[:longest]  # The drafter sees it, and may shorten it better.
