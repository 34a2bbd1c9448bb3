"""An example's report: begun like any other by its drafter, then filled with the sample's words."""

from __future__ import annotations

import datetime
from typing import Any

from ita_core.models import AssessmentItem, Organisation, User
from memos import shipped
from memos.models import Activity, Enclosure, Measure, Report, Section
from workflows import drafts
from workflows.permissions import Actor


def find(row: dict[str, Any]) -> Report | None:
    """The report that stands for the example's year, item and period, whoever changed it since."""
    organisation = Organisation.objects.filter(slug=row["authority"]).first()
    if organisation is None:
        return None
    found: Report | None = (
        Report.objects.of(organisation)
        .filter(fiscal_year=row["fiscal_year"], item=_item(row), period=row["period"])
        .filter(is_current=True, is_trial=False)
        .select_related("organisation", "drafter", "item")
        .first()
    )
    return found


def load(row: dict[str, Any]) -> Report:
    found = find(row)
    if found is not None:
        return found
    organisation = Organisation.objects.get(slug=row["authority"])
    report = drafts.begin(
        Actor(User.objects.get(username=row["drafter"]), organisation),
        assessed_year=row["assessed_year"],
        fiscal_year=row["fiscal_year"],
        item=_item(row),
        period=row["period"],
        title="\n".join(row["title"]),
        subject=row["memo"]["subject"],
    )
    report.cover = "\n".join(row.get("cover", []))
    report.save(update_fields=["cover"])
    _fill_memo(report, row["memo"])
    report.sections.all().delete()
    for position, section in enumerate(row["sections"]):
        _add_section(report, position, section)
    return report


def _item(row: dict[str, Any]) -> AssessmentItem:
    return AssessmentItem.objects.get(assessment_year=row["filed_year"], key=row["item"])


def _fill_memo(report: Report, row: dict[str, Any]) -> None:
    memo = report.memo
    memo.office, memo.recipients = row["office"], row["recipients"]
    memo.date = datetime.date.fromisoformat(row["date"])
    memo.body = "\n".join(row["body"])
    memo.save()
    memo.enclosures.all().delete()
    for position, enclosure in enumerate(row["enclosures"]):
        Enclosure(memo=memo, position=position, **enclosure).save()


def _add_section(report: Report, position: int, row: dict[str, Any]) -> None:
    section = Section(
        report=report,
        form=shipped.current_form(report.organisation, row["form"]),
        position=position,
        is_group=row.get("is_group", False),
        heading=row["heading"],
        preamble=row["preamble"],
        closing=row.get("closing", ""),
    )
    section.save()
    for place, measure_row in enumerate(row["measures"]):
        measure = Measure(section=section, position=place, cells=measure_row["cells"])
        measure.save()
        Activity.objects.bulk_create(
            Activity(measure=measure, position=number, cells=cells)
            for number, cells in enumerate(measure_row["activities"])
        )
