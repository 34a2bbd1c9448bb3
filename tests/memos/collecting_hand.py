"""Rows of a report asked of units, filled and sent, for the tests of collecting and of access."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from ita_core import thai
from ita_core.models import OrgUnit
from memos import archive, collecting_asking, collecting_filling, collecting_rows, collecting_taking
from memos.collecting_filling import Typed
from memos.collecting_words import Words
from memos.models import Activity, CollectedFile, CollectedRow, Collection, Report
from tests.personas import Authority

PDF = b"%PDF-1.7\n% evidence\n"
OFFICERS = {"finance": "acting_head", "works": "expired_acting", "clerk_office": "registrar"}
"""Unit → one who fills for it."""


def in_days(days: int) -> datetime.date:
    return thai.today() + datetime.timedelta(days=days)


def rows(report: Report) -> list[str]:
    return [row.name for row in collecting_rows.of(report)]


def stored(home: Authority, report: Report) -> dict[str, CollectedRow]:
    found = (
        CollectedRow.objects.of(home.organisation).filter(report=report).select_related("collection__unit")
    )
    return {row.row: row for row in found}


def ask(
    home: Authority, report: Report, units: dict[str, str | None], due_on: datetime.date | None = None
) -> collecting_asking.Assigned:
    """Row → key of the unit, or None to take it back; the drafter's page shows what is there now."""
    there = stored(home, report)
    wanted = {
        row: (there[row].collection.unit_id if row in there else None, home.units[key].pk if key else None)
        for row, key in units.items()
    }
    return collecting_asking.assign(home.membership("legal_officer"), report.pk, wanted, due_on)


def save(
    home: Authority, report: Report, unit: str, words: dict[str, Words], by: str = ""
) -> collecting_filling.Filled:
    there = stored(home, report)
    typed = {row: Typed(said, there[row].turn) for row, said in words.items()}
    member = home.membership(by or OFFICERS[unit])
    return collecting_filling.save(member, report.pk, home.units[unit].pk, typed)


def send(home: Authority, report: Report, unit: str) -> dict[str, dict[str, str]]:
    return collecting_filling.send(home.membership(OFFICERS[unit]), report.pk, home.units[unit].pk)


def sent(home: Authority, report: Report, unit: str, result: str = "อบรมเจ้าหน้าที่ ๒๐ คน") -> list[str]:
    """Every row of the unit, filled and sent."""
    names = [row for row, one in stored(home, report).items() if one.collection.unit == home.units[unit]]
    save(home, report, unit, {row: Words(result=result, outcome="เจ้าหน้าที่เข้าใจ") for row in names})
    assert send(home, report, unit) == {}
    return names


def given(home: Authority, report: Report) -> tuple[Collection, CollectedFile]:
    """As the rows lie there, in whatever state the report is: one row of the finance division, and its file."""
    unit = OrgUnit.objects.of(home.organisation).get(name="กองคลัง")
    drafter = report.drafter
    found, made = Collection.objects.of(home.organisation).get_or_create(
        report=report,
        unit=unit,
        defaults={"organisation": home.organisation, "asked_by": drafter, "asked_at": timezone.now()},
    )
    if made:
        row = rows(report)[0]
        file = CollectedFile(
            report=report,
            unit=unit,
            row=row,
            file=archive.store(home.organisation, PDF + str(report.pk).encode()),
            name="ภาพถ่าย.pdf",
            ending="pdf",
            added_by=drafter,
        )
        file.save()
        words = Words(result="ดำเนินการแล้ว", files=(file.pk,))
        CollectedRow(report=report, collection=found, row=row, draft=words.to_json()).save()
    return found, CollectedFile.objects.of(home.organisation).get(report=report)


def places(home: Authority, report: Report) -> dict[str, dict[str, Any]]:
    """What the addresses of collecting need: rows that the finance division is asked for, and a file that it gave."""
    org = {"org": home.organisation.slug}
    found, file = given(home, report)
    of_unit = {**org, "pk": report.pk, "unit": found.unit_id}
    return {
        **dict.fromkeys(("memos:collect", "memos:main_website"), org),
        **dict.fromkeys(("memos:fill", "memos:collect_unit"), of_unit),
        "workflows:collected_file": {**org, "file": file.pk},
    }


def standings(home: Authority, report: Report) -> dict[str, str]:
    return {row: one.standing for row, one in stored(home, report).items()}


def cells(home: Authority, row: str) -> dict[str, str]:
    found = Activity.objects.of(home.organisation).get(pk=int(row.partition("-")[2]))
    return dict(found.cells)


def accept(home: Authority, report: Report, unit: str, chosen: list[str]) -> collecting_taking.Taken:
    was = {(row, field): text for row in chosen for field, text in cells(home, row).items()}
    who = home.membership("legal_officer")
    return collecting_taking.accept(who, report.pk, home.units[unit].pk, chosen, was)
