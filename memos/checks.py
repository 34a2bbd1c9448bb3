"""What is missing or doubtful in a draft. Each finding leads to its place in the editor.

``blocks``: it cannot go on paper like this. ``advice``: what a reviewer would ask about; the drafter decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from ita_core import fiscal, language, thai
from ita_core.unprintable import is_blank
from memos.forms_data import FIELDS
from memos.models import Activity, Measure, Report, Section


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Literal["blocks", "advice"]
    sentence: str
    url: str


def findings(report: Report) -> list[Finding]:
    """Blocking ones first, each kind in the order of the paper. Four queries, whatever the report's size."""
    sections = list(report.sections.select_related("form").prefetch_related("measures__activities"))
    found = [*_memo(report), *_sections(report, sections)]
    return sorted(found, key=lambda finding: finding.severity != "blocks")


def blocking(report: Report) -> list[Finding]:
    """What makes the paper void: it cannot be submitted like this."""
    return [finding for finding in findings(report) if finding.severity == "blocks"]


# --- the memo


def _memo(report: Report) -> Iterator[Finding]:
    memo, page = report.memo, _memo_address(report)
    if is_blank(memo.subject):
        yield Finding("blocks", _("ยังไม่ได้ใส่เรื่อง"), f"{page}#id_subject")
    if all(map(is_blank, memo.recipients)):
        yield Finding("blocks", _("ยังไม่ได้ใส่ผู้รับ (เรียน)"), f"{page}#id_recipients")
    if is_blank(memo.body):
        yield Finding("blocks", _("ยังไม่ได้เขียนเนื้อความของบันทึก"), f"{page}#id_body")
    if is_blank(memo.office):
        yield Finding("advice", _("ยังไม่ได้ใส่ส่วนราชการ"), f"{page}#id_office")
    for name, text in _memo_texts(report):
        if problem := thai.problem_in(text):
            yield Finding("blocks", problem, f"{page}#{name}")


def _memo_texts(report: Report) -> Iterator[tuple[str, str]]:
    """Every text of the memo's page with the id of its place."""
    memo = report.memo
    yield from (("id_office", memo.office), ("id_subject", memo.subject), ("id_body", memo.body))
    yield "id_title", report.title
    for name in ("recipients", "via", "references"):
        yield f"id_{name}", "\n".join(getattr(memo, name))
    for place, enclosure in enumerate(memo.enclosures.all()):
        yield f"enclosure-{place}", f"{enclosure.title}\n{enclosure.quantity}"


# --- the tables


def _sections(report: Report, sections: list[Section]) -> Iterator[Finding]:
    if not sections:
        page = reverse("memos:sections", args=[report.organisation.slug, report.pk])
        yield Finding("blocks", _("รายงานยังไม่มีส่วนใด"), page)
    for number, section in enumerate(sections, 1):
        place = _("ส่วนที่ %(n)s") % {"n": language.shown(number)}
        yield from _section(report, section, place, has_groups=_has_groups(sections, number))


def _has_groups(sections: list[Section], number: int) -> bool:
    """Whether groups stand under the section with this number: its own table may then be empty."""
    return not sections[number - 1].is_group and any(
        after.is_group for after in sections[number : number + 1]
    )


def _section(report: Report, section: Section, place: str, *, has_groups: bool) -> Iterator[Finding]:
    page = reverse("memos:edit_section", args=[report.organisation.slug, report.pk, section.pk])
    for name in ("heading", "preamble", "closing"):
        if problem := thai.problem_in(getattr(section, name)):
            yield Finding("blocks", f"{place}: {problem}", f"{page}#id_{name}")
    measures = list(section.measures.all())
    if not measures and not has_groups:
        yield Finding("blocks", _("%(place)s ยังไม่มีมาตรการ") % {"place": place}, page)
    for number, measure in enumerate(measures, 1):
        where = _("%(place)s มาตรการที่ %(n)s") % {"place": place, "n": language.shown(number)}
        yield from _row(section, measure, "measure", where, page)
        activities = list(measure.activities.all())
        if not activities:
            sentence = _("%(place)s ยังไม่มีกิจกรรม") % {"place": where}
            yield Finding("blocks", sentence, f"{page}#measure-{measure.pk}")
        for k, activity in enumerate(activities, 1):
            under = _("%(place)s กิจกรรมที่ %(n)s") % {"place": where, "n": language.shown(k)}
            yield from _row(section, activity, "activity", under, page)
            yield from _period(report, activity, under, page)


def _row(section: Section, row: Measure | Activity, level: str, place: str, page: str) -> Iterator[Finding]:
    """Cells that paper cannot carry, then the required ones that are empty, together in one sentence."""
    empty: list[tuple[str, str]] = []
    for column in section.form.columns:
        if column["level"] != level:
            continue
        for key in column["fields"]:
            text = str(row.cells.get(key, ""))
            heading = column["heading"] if len(column["fields"]) == 1 else FIELDS.get(key, key)
            if problem := thai.problem_in(text):
                yield Finding("blocks", f"{place} {heading}: {problem}", f"{page}#{level}-{row.pk}-{key}")
            if column["required"] and is_blank(text):
                empty.append((key, heading))
    if empty:
        headings = ", ".join(heading for _key, heading in empty)
        sentence = _("%(place)s ยังไม่ได้กรอก: %(headings)s") % {"place": place, "headings": headings}
        yield Finding("advice", sentence, f"{page}#{level}-{row.pk}-{empty[0][0]}")


def _period(report: Report, activity: Activity, place: str, page: str) -> Iterator[Finding]:
    """Whether the period can be read and lies in the fiscal year reported on."""
    text = str(activity.cells.get("period", ""))
    if not text.strip():
        return
    url = f"{page}#activity-{activity.pk}-period"
    try:
        within = fiscal.Period.parse(text).within(fiscal.FiscalYear(report.fiscal_year))
    except ValueError as error:
        yield Finding("advice", f"{place}: {error}", url)
        return
    if not within:
        sentence = _("%(place)s: ระยะเวลา “%(period)s” อยู่นอกปีงบประมาณ พ.ศ. %(year)s") % {
            "place": place,
            "period": thai.printed(" ".join(text.split())),
            "year": language.shown(report.fiscal_year),
        }
        yield Finding("advice", sentence, url)


def _memo_address(report: Report) -> str:
    return reverse("memos:edit_memo", args=[report.organisation.slug, report.pk])
