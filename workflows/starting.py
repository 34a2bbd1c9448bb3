"""What a new report begins with: the usual years and words, and whether it already exists.

The words go on paper, so they are Thai whatever the reader's language.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.models import AssessmentItem, Organisation
from memos.models import Report

EXISTS = _("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว")
OWN_YEAR_UNTIL = (
    2565  # until then a report was filed in the assessment of its own year, later in the next one's (?)
)
_PERIOD_WORDS = {Report.Period.SIX_MONTHS: " รอบ 6 เดือน", Report.Period.TWELVE_MONTHS: ""}
_REPORT_ITEM = "report"  # the key of the item this report answers, whatever its code in a year


def usual(organisation: Organisation, day: datetime.date | None = None) -> dict[str, Any]:
    """Initial values of the form. In the first half of a fiscal year the finished one is usually reported."""
    day = day or thai.today()
    running = day.year + thai.BE_OFFSET + (day.month >= 10)
    year = running - 1 if day.month >= 10 or day.month <= 3 else running
    item = item_of(year)
    period = Report.Period.TWELVE_MONTHS
    return {
        "fiscal_year": year,
        "assessed_year": year - 1,
        "period": period,
        "item": item.pk if item else None,
    }


def item_of(fiscal_year: int) -> AssessmentItem | None:
    """The report's item in the assessment that the year is usually filed in, or in the latest one known before it."""
    filed = fiscal_year if fiscal_year <= OWN_YEAR_UNTIL else fiscal_year + 1
    reports = AssessmentItem.objects.filter(key=_REPORT_ITEM)
    return (
        reports.filter(assessment_year__lte=filed).order_by("-assessment_year_id").first() or reports.first()
    )


def title(organisation: Organisation, fiscal_year: int, period: str) -> str:
    return (
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส\n"
        f"ของ{organisation.full_name}\n"
        f"ประจำปีงบประมาณ พ.ศ. {fiscal_year}{_PERIOD_WORDS[Report.Period(period)]}"
    )


def subject(fiscal_year: int, period: str) -> str:
    words = _PERIOD_WORDS[Report.Period(period)]
    return f"รายงานผลการดำเนินการมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {fiscal_year}{words}"


def existing(
    organisation: Organisation, fiscal_year: int, item: AssessmentItem, period: str
) -> Report | None:
    """The report that already stands for this year, item and period."""
    current = Report.objects.of(organisation).filter(is_current=True, is_trial=False)
    return current.filter(fiscal_year=fiscal_year, item=item, period=period).first()


def existing_copy(report: Report, fiscal_year: int, period: str) -> Report | None:
    """The report that a copy for this year would clash with: the copy's item moves along with its year."""
    year = report.filed_year + fiscal_year - report.fiscal_year
    item = AssessmentItem.objects.filter(assessment_year=year, key=report.item.key).first() or report.item
    return existing(report.organisation, fiscal_year, item, period)


def next_of(report: Report) -> dict[str, Any]:
    """What usually follows a report: twelve months after six of the same year, with its results; else the next year."""
    if report.period == Report.Period.SIX_MONTHS:
        return {
            "fiscal_year": report.fiscal_year,
            "period": Report.Period.TWELVE_MONTHS,
            "results": "keep",
        }
    return {"fiscal_year": report.fiscal_year + 1, "period": report.period, "results": "empty"}


def words_for_next(report: Report) -> str:
    """The name of the way there."""
    if report.period == Report.Period.SIX_MONTHS:
        return gettext("ทำรายงานรอบ ๑๒ เดือนจากเรื่องนี้")
    return gettext("เริ่มรายงานปีถัดไปจากเรื่องนี้")
