"""The archive of signed reports and its filters."""

from __future__ import annotations

from typing import Any

import pytest

from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go, text
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


def test_the_archive_holds_signed_reports_only(go: Go, home: Authority) -> None:
    by_state = reports.in_every_state(home)
    rows = list(go("reader", "archive").context["rows"])
    assert [row.report_id for row in rows] == [by_state[State.MAYOR_SIGNED].pk]
    assert (
        rows[0].signed_by_act
        == Act.objects.of(home.organisation)
        .get(kind=Act.Kind.SIGN, approval__report=by_state[State.MAYOR_SIGNED])
        .pk
    )


def test_a_trial_is_no_record(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    Report.objects.of(home.organisation).filter(pk=report.pk).update(is_trial=True, fiscal_year=2499)
    page = go("reader", "archive")
    assert not page.context["rows"].rows
    assert "๒๔๙๙" not in text(page)
    assert home.people["legal_officer"].full_name not in text(page)
    assert "รายงานทดลอง" in text(go("legal_officer", "inbox", tab="done"))
    assert "รายงานทดลอง" in text(go("reader", "report", report))


@pytest.mark.parametrize("words", ["รายงานผล ๒๕๖๖", "2566", "๒๕๖๖", "  มาตรการ 2566 "])
def test_words_find_a_title_with_either_digits(go: Go, home: Authority, words: str) -> None:
    signed = [reports.begin(home, fiscal_year=year) for year in (2565, 2566)]
    for report in signed:
        reports.submit(home, report)
        for key in ("section_head", "clerk", "mayor"):
            reports.forward(home, report, key)
    assert [row.report_id for row in go("reader", "archive", text=words).context["rows"]] == [signed[1].pk]


def test_filters_narrow_and_strange_ones_do_nothing(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)

    def found(**filters: Any) -> int:
        return len(go("reader", "archive", **filters).context["rows"])

    assert found(fiscal_year=report.fiscal_year, period="twelve_months", drafter=report.drafter_id) == 1
    assert found(period="six_months") == 0
    assert found(fiscal_year="x", drafter="0", page="y") == 1
    assert found(text="ไม่มีคำนี้") == 0
