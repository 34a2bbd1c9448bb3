"""The archive of signed reports and its filters."""

from __future__ import annotations

from typing import Any

import pytest

from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.numbered import here, number
from tests.workflows.visiting import Go, text
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


def test_the_archive_holds_signed_reports_only(go: Go, home: Authority) -> None:
    by_state = reports.in_every_state(home)
    rows = list(go("reader", "archive").context["rows"])
    assert [row.report_id for row in rows] == [by_state[State.MAYOR_SIGNED].pk]
    assert (
        rows[0].issued_by
        == Act.objects.of(home.organisation)
        .get(kind=Act.Kind.SIGN, approval__report=by_state[State.MAYOR_SIGNED])
        .pk
    )


def test_what_was_numbered_after_the_signature_is_opened_with_its_number(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    here(home)
    numbered = number(home, report)
    page = go("reader", "archive")
    assert [row.issued_by for row in page.context["rows"]] == [numbered.pk]


def test_a_trial_is_no_record(go: Go, home: Authority) -> None:
    report = reports.begin(home, fiscal_year=2499)
    Report.objects.of(home.organisation).filter(pk=report.pk).update(is_trial=True)
    reports.submit(home, report)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, key)
    page = go("reader", "archive", state="all")
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


def test_what_was_found_stands_marked_under_its_report(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    page = text(go("reader", "archive", text="เดือนมี"))
    assert "<mark>เดือนมี</mark>นาคม" in page
    assert str(report.fiscal_year) not in page.partition("<mark>")[2].partition("</p>")[0]


def test_what_somebody_typed_is_text_and_nothing_else(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    for key in ("section_head", "clerk"):
        reports.forward(home, report, key)
    reports.forward(home, report, "mayor", "ทราบ <script>alert(1)</script>")
    page = text(go("reader", "archive", text="<script>alert"))
    assert "<mark>&lt;script&gt;alert</mark>" in page
    assert "<script>alert" not in page


def test_what_is_under_way_is_found_when_it_is_asked_for(go: Go, home: Authority) -> None:
    """Whoever may read a report finds it; drafts that were never submitted are nobody's but their drafter's."""
    by_state = reports.in_every_state(home)

    def found(state: str) -> set[int]:
        rows = go("reader", "archive", state=state).context["rows"]
        return {row.report_id for row in rows}

    for state in (State.DRAFTED, State.DEPUTY_APPROVED, State.REFUSED, State.WITHDRAWN):
        assert found(state) == {by_state[state].pk}
    assert found(State.WRITING) == {by_state[reports.RETURNED].pk}
    assert found("all") == {report.pk for state, report in by_state.items() if state != State.WRITING}
    assert found("") == {by_state[State.MAYOR_SIGNED].pk}
    assert found("no such state") == found("")


def test_another_authority_is_not_searched(go: Go, home: Authority, stranger: Authority) -> None:
    reports.in_state(home, State.MAYOR_SIGNED)
    theirs = reports.in_state(stranger, State.MAYOR_SIGNED)
    rows = go("reader", "archive", text="มาตรการ", state="all").context["rows"]
    assert len(rows) == 1
    assert theirs.pk not in {row.report_id for row in rows}


@pytest.mark.parametrize(
    "typed", ['"', "%", "_", "* OR", "\\", "ก" * 200, "( )", "NEAR(ก)", "-", "“”", "\u200b"]
)
def test_no_sign_is_more_than_a_sign(go: Go, home: Authority, typed: str) -> None:
    reports.in_state(home, State.MAYOR_SIGNED)
    assert go("reader", "archive", text=typed, number=typed).status_code == 200
