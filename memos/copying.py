"""A new working copy from an old one: its words, carried into another year or round where asked; none of its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ita_core import language
from ita_core.models import AssessmentItem, User
from memos import shipped
from memos.carrying import Carrying
from memos.models import Activity, Enclosure, FormVersion, Measure, Memo, Report, Section

_PLAIN = ("office", "recipients", "via", "speed", "secrecy")
_MONTHS = {Report.Period.SIX_MONTHS: 6, Report.Period.TWELVE_MONTHS: 12}


@dataclass
class Copy:
    """The rows of a copy, not yet saved, and what was carried on the way; the pages show it before it is done."""

    report: Report
    memo: Memo
    enclosures: list[Enclosure]
    carrying: Carrying
    sections: list[tuple[Section, list[tuple[Measure, list[Activity]]]]] = field(default_factory=list)
    forms: list[tuple[FormVersion, FormVersion]] = field(default_factory=list)
    """Forms of which a newer version is taken, old and new."""


def copy_report(
    report: Report,
    drafter: User,
    *,
    fiscal_year: int,
    period: str,
    keep_results: bool = True,
    trial: bool = False,
) -> Report:
    """The copy, saved, not yet with an approval. Its years move along with the fiscal year; the memo's date is open."""
    return _saved(
        plan(report, drafter, fiscal_year=fiscal_year, period=period, keep_results=keep_results, trial=trial)
    )


def _saved(copy: Copy) -> Report:
    copy.report.save()
    copy.memo.report = copy.report
    copy.memo.save()
    for row in copy.enclosures:
        row.memo = copy.memo
    Enclosure.objects.bulk_create(copy.enclosures)
    for section, rows in copy.sections:
        section.report = copy.report
        section.save()
        for measure, activities in rows:
            measure.section = section
            for activity in activities:
                activity.measure = measure
        Measure.objects.bulk_create(measure for measure, _activities in rows)
        Activity.objects.bulk_create(activity for _measure, activities in rows for activity in activities)
    return copy.report


def correct(report: Report, drafter: User, reference: str) -> Report:
    """The draft of a correction, saved: the same words for the same year, item and period, not yet the year's report.

    ``reference`` names the paper that is corrected; the memo's date is open, because it is another day's.
    """
    copy = plan(report, drafter, fiscal_year=report.fiscal_year, period=report.period, keep_results=True)
    copy.report.corrects, copy.report.is_current = report, False
    copy.memo.date = None
    copy.memo.references.append(reference)
    return _saved(copy)


def plan(
    report: Report, drafter: User, *, fiscal_year: int, period: str, keep_results: bool, trial: bool = False
) -> Copy:
    """What ``copy_report`` would save; nothing is written."""
    moved = fiscal_year - report.fiscal_year
    carrying = Carrying(
        by=moved,
        years=frozenset({report.fiscal_year, report.assessed_year, report.filed_year}),
        months=_MONTHS[Report.Period(period)] if period != report.period else None,
        keep_results=keep_results,
    )
    copy = Report(
        organisation=report.organisation,
        drafter=drafter,
        fiscal_year=fiscal_year,
        assessed_year=report.assessed_year + moved,
        item=_item_of_year(report.item, report.filed_year + moved),
        period=period,
        title=carrying.words(report.title, _("หัวเรื่องของรายงาน")),
        cover=carrying.words(report.cover, _("หน้าปก")),
        is_trial=trial,
        copied_from=report,
    )
    made = Copy(copy, _memo(report.memo, carrying), _enclosures(report.memo, carrying), carrying)
    for number, section in enumerate(
        report.sections.select_related("form").prefetch_related("measures__activities"), 1
    ):
        _carry_section(section, number, made)
    return made


def _item_of_year(item: AssessmentItem, year: int) -> AssessmentItem:
    """The same item under that year's code; the old one when the year is not known yet."""
    found = AssessmentItem.objects.filter(assessment_year=year, key=item.key).first()
    return found or item


def _memo(memo: Memo, carrying: Carrying) -> Memo:
    values: dict[str, Any] = {name: getattr(memo, name) for name in _PLAIN}
    return Memo(
        **values,
        date=None if carrying.by else memo.date,
        subject=carrying.words(memo.subject, _("เรื่องของบันทึกข้อความ")),
        references=[carrying.words(line, _("อ้างถึง")) for line in memo.references],
        body=carrying.words(memo.body, _("เนื้อความของบันทึกข้อความ")),
    )


def _enclosures(memo: Memo, carrying: Carrying) -> list[Enclosure]:
    return [
        Enclosure(
            position=row.position,
            title=carrying.words(row.title, _("สิ่งที่ส่งมาด้วย")),
            quantity=row.quantity,
            pages=row.pages,
        )
        for row in memo.enclosures.all()
    ]


def _carry_section(section: Section, number: int, made: Copy) -> None:
    place = language.shown(_("ส่วนที่ %(n)s") % {"n": number})
    words = {
        name: made.carrying.words(getattr(section, name), place)
        for name in ("heading", "preamble", "closing")
    }
    form = _newest_that_fits(section.form, made.report)
    if form != section.form and (section.form, form) not in made.forms:
        made.forms.append((section.form, form))
    copy = Section(form=form, position=section.position, is_group=section.is_group, **words)
    made.sections.append((copy, list(_rows(section, place, made.carrying))))


def _rows(section: Section, place: str, carrying: Carrying) -> Iterator[tuple[Measure, list[Activity]]]:
    for n, measure in enumerate(section.measures.all(), 1):
        above = language.shown(_("%(place)s มาตรการที่ %(n)s") % {"place": place, "n": n})
        cells = carrying.cells(measure.cells, above)
        activities = []
        for k, activity in enumerate(measure.activities.all(), 1):
            below = language.shown(_("%(measure)s กิจกรรมที่ %(k)s") % {"measure": above, "k": k})
            row = Activity(position=activity.position, cells=carrying.cells(activity.cells, below))
            activities.append(row)
        yield Measure(position=measure.position, cells=cells), activities


def _newest_that_fits(form: FormVersion, report: Report) -> FormVersion:
    """The newest version of the same form, when every field of the old one stands in it at the same level."""
    newest = shipped.current_form(report.organisation, form.slug)
    return newest if _levels(form).items() <= _levels(newest).items() else form


def _levels(form: FormVersion) -> dict[str, str]:
    return {key: column["level"] for column in form.columns for key in column["fields"]}
