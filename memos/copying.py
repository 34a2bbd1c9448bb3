"""A new working copy from an old one: all of its words, none of its history."""

from __future__ import annotations

from typing import Any

from ita_core.models import AssessmentItem, User
from memos.models import Activity, Enclosure, Measure, Memo, Report, Section

_HEAD = ("office", "subject", "recipients", "via", "references", "body", "speed", "secrecy")


def copy_report(report: Report, drafter: User, *, fiscal_year: int, period: str, trial: bool) -> Report:
    """The copy, saved, not yet with an approval. Its years move along with the fiscal year; the memo's date is open."""
    moved = fiscal_year - report.fiscal_year
    copy = Report(
        organisation=report.organisation,
        drafter=drafter,
        fiscal_year=fiscal_year,
        assessed_year=report.assessed_year + moved,
        item=_item_of_year(report.item, report.filed_year + moved),
        period=period,
        title=report.title,
        cover=report.cover,
        is_trial=trial,
        copied_from=report,
    )
    copy.save()
    _copy_memo(report.memo, copy, keep_date=moved == 0)
    for section in report.sections.prefetch_related("measures__activities"):
        _copy_section(section, copy)
    return copy


def _item_of_year(item: AssessmentItem, year: int) -> AssessmentItem:
    """The same item under that year's code; the old one when the year is not known yet."""
    found = AssessmentItem.objects.filter(assessment_year=year, key=item.key).first()
    return found or item


def _copy_memo(memo: Memo, report: Report, keep_date: bool) -> None:
    values: dict[str, Any] = {name: getattr(memo, name) for name in _HEAD}
    copy = Memo(report=report, date=memo.date if keep_date else None, **values)
    copy.save()
    Enclosure.objects.bulk_create(
        Enclosure(memo=copy, position=row.position, title=row.title, quantity=row.quantity, pages=row.pages)
        for row in memo.enclosures.all()
    )


def _copy_section(section: Section, report: Report) -> None:
    copy = Section(
        report=report,
        form_id=section.form_id,
        position=section.position,
        is_group=section.is_group,
        heading=section.heading,
        preamble=section.preamble,
        closing=section.closing,
    )
    copy.save()
    pairs = [
        (row, Measure(section=copy, position=row.position, cells=row.cells)) for row in section.measures.all()
    ]
    Measure.objects.bulk_create(new for _, new in pairs)
    Activity.objects.bulk_create(
        Activity(measure=new, position=activity.position, cells=activity.cells)
        for old, new in pairs
        for activity in old.activities.all()
    )
