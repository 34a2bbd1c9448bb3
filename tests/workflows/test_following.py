"""A report's page: with whom it is and for how many days, what to paste to remind them, and what became of it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from ita_core import thai
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go, text
from workflows.models import Act, Approval, ApprovalStep, State

pytestmark = pytest.mark.django_db


def wait(home: Authority, report: Report, days: int) -> None:
    """The open step was opened that many days ago."""
    opened = timezone.now() - datetime.timedelta(days=days)
    steps = ApprovalStep.objects.of(home.organisation).filter(approval__report=report, closed_at=None)
    assert steps.filter(opened_at__isnull=False).update(opened_at=opened) == 1


def test_the_post_its_officers_and_the_days_are_told(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    wait(home, report, 3)
    found = go("legal_officer", "report", report).context["whereabouts"]
    assert found.place == home.posts["section_head"].title
    assert found.days == 3
    assert found.people[0] == home.people["section_head"].full_name
    acting = f"{home.people['acting_head'].full_name} (ผู้อำนวยการกองคลัง รักษาราชการแทน {found.place})"
    assert acting in found.people
    page = text(go("reader", "report", report))
    assert "๓ วัน" in page
    assert home.people["section_head"].full_name in page


def test_the_reminder_holds_title_days_and_address_and_no_content(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    wait(home, report, 12)
    page = go("legal_officer", "report", report)
    reminder = page.context["whereabouts"].reminder
    greeting, what, where = reminder.split("\n")
    assert greeting == f"เรียน {home.posts['section_head'].title}"
    assert f"“{thai.printed(str(report))}” รอท่านพิจารณา" in what
    assert what.endswith("(๑๒ วันแล้ว)")
    assert where == f"เปิดเรื่องได้ที่ http://testserver/o/{home.organisation.slug}/reports/{report.pk}/"
    assert "มาตรการที่หนึ่ง" not in reminder
    assert 'id="reminder"' in text(page)


def test_today_is_not_called_zero_days(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = go("legal_officer", "report", report)
    assert "ตั้งแต่วันนี้" in page.context["whereabouts"].reminder
    assert "๐ วัน" not in text(page)


def test_what_was_sent_back_is_with_its_drafter(go: Go, home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    found = go("clerk", "report", report).context["whereabouts"]
    assert found.people == (home.people["legal_officer"].full_name,)
    assert "ส่งคืนให้ท่านแก้ไข" in found.reminder
    assert found.since == Act.objects.of(home.organisation).get(kind=Act.Kind.SEND_BACK).acted_at


def test_nobody_is_reminded_of_a_draft_of_his_own(go: Go, home: Authority) -> None:
    page = go("legal_officer", "report", reports.begin(home))
    assert page.context["whereabouts"].reminder == ""
    assert 'id="reminder"' not in text(page)


@pytest.mark.parametrize("state", [State.MAYOR_SIGNED, State.REFUSED, State.WITHDRAWN])
def test_what_has_ended_waits_for_nobody(go: Go, home: Authority, state: str) -> None:
    page = go("legal_officer", "report", reports.in_state(home, state))
    assert page.context["whereabouts"] is None
    assert "อยู่ที่" not in text(page).split('class="steps"')[0].split("<main")[1]


def test_a_vacant_post_is_reminded_of_nothing(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    home.posts["clerk"].appointments.update(covers_memos=False)
    found = go("legal_officer", "report", report).context["whereabouts"]
    assert (found.people, found.reminder) == ((), "")


def test_who_may_not_decide_his_own_report_is_not_reminded_of_it(go: Go, home: Authority) -> None:
    report = reports.begin(home, by="acting_head")
    reports.submit(home, report, by="acting_head")
    found = go("acting_head", "report", report).context["whereabouts"]
    assert found.people == (home.people["section_head"].full_name,)


def test_days_of_each_step_are_told(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    wait(home, report, 5)
    reports.forward(home, report, "section_head")
    steps = go("legal_officer", "report", report).context["steps"]
    assert [step.took for step in steps] == [5, None, None]
    assert "ใช้เวลา ๕ วัน" in text(go("legal_officer", "report", report))


def test_each_act_names_the_papers_it_left(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    page = text(go("reader", "report", report))
    for act in Act.objects.of(home.organisation).filter(approval__report=report, document_set__isnull=False):
        assert page.count(f"/acts/{act.pk}/memo.docx") >= 1
    assert "เอกสารชุดที่ ๒" in page


def test_a_report_page_costs_the_same_however_long_its_history(
    go: Go, home: Authority, django_assert_max_num_queries: object
) -> None:
    report = reports.in_state(home, reports.RETURNED)
    for _round in range(3):
        reports.submit(home, report)
        reports.send_back(home, report, "section_head")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        go("clerk", "report", report)
    assert Approval.objects.of(home.organisation).get(report=report).round == 4
