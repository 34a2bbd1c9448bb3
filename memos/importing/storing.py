"""What was found goes into a draft, through the one door by which drafts change (editing.locked): all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.membership import Membership
from memos import editing, shipped
from memos.importing.found import Found, FoundMeasure, FoundSection
from memos.models import Activity, FormVersion, Measure, Report, Section
from memos.table import MOST_ROWS


def write(
    membership: Membership, report_id: int, revision: int, found: Found, *, replace: bool
) -> list[Section]:
    """The sections, stored: in the place of all that are there (``replace``), or behind them.

    Http404, PermissionDenied, NotSaved and its kinds as in ``editing.locked``; NotSaved also for what does not fit.
    """
    _check(found)
    with editing.locked(membership, report_id, revision) as report:
        if replace:
            report.sections.all().delete()
        taken = report.sections.count()
        if taken + len(found.sections) > editing.MOST_SECTIONS:
            raise editing.NotSaved(_("รายงานนี้มีส่วนมากเกินไปแล้ว"))
        forms = {form.slug: form for form in shipped.available_forms(membership.organisation)}
        last = max(report.sections.values_list("position", flat=True), default=-1)
        return [
            _store(report, section, forms, last + 1 + place) for place, section in enumerate(found.sections)
        ]


def _check(found: Found) -> None:
    if not found.sections:
        raise editing.NotSaved(_("ไม่พบตารางที่นำเข้าได้ โปรดตรวจว่าตารางมีหัวคอลัมน์"))
    for section in found.sections:
        rows = sum(1 + len(measure.activities) for measure in section.measures)
        if rows > MOST_ROWS:
            raise editing.NotSaved(
                _("ตารางหนึ่งมีได้ไม่เกิน %(most)s แถว แต่ตารางที่นำเข้ามี %(rows)s แถว โปรดแบ่งเป็นหลายส่วนก่อนนำเข้า")
                % {"most": language.shown(MOST_ROWS), "rows": language.shown(rows)}
            )
        for text in _texts(section):
            if problem := thai.problem_in(text):
                raise editing.NotSaved(
                    _("ข้อความ “%(text)s…”: %(problem)s") % {"text": text[:40], "problem": problem}
                )


def _texts(section: FoundSection) -> Iterator[str]:
    yield from (section.heading, section.preamble, section.closing)
    for measure in section.measures:
        for cells in (measure.cells, *measure.activities):
            yield from cells.values()


def _store(report: Report, found: FoundSection, forms: dict[str, FormVersion], position: int) -> Section:
    if found.form not in forms:
        raise editing.NotSaved(_("หน่วยงานไม่มีแบบตาราง “%(form)s” แล้ว โปรดเลือกแบบใหม่") % {"form": found.form})
    section = Section(
        report=report,
        form=forms[found.form],
        position=position,
        is_group=found.is_group,
        heading=found.heading,
        preamble=found.preamble,
        closing=found.closing,
    )
    section.save()
    _store_rows(section, found.measures)
    return section


def _store_rows(section: Section, found: list[FoundMeasure]) -> None:
    """Two statements, however long the table is."""
    pairs = [
        (row, Measure(section=section, position=place, cells=row.cells)) for place, row in enumerate(found)
    ]
    Measure.objects.bulk_create(measure for _row, measure in pairs)
    Activity.objects.bulk_create(
        Activity(measure=measure, position=place, cells=cells)
        for row, measure in pairs
        for place, cells in enumerate(row.activities)
    )
