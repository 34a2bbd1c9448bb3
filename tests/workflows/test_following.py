"""A report's page: with whom it is and for how many days, what to paste to remind them, and what became of it."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ita_core import thai
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go, text
from workflows import actions
from workflows.models import Act, Approval, ApprovalStep, Look, State
from workflows.pinning import Remark

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


def test_a_report_page_costs_the_same_however_long_its_history(go: Go, home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    go("clerk", "report", report)
    with CaptureQueriesContext(connection) as short:
        go("clerk", "report", report)
    for _round in range(3):
        reports.submit(home, report)
        reports.send_back(home, report, "section_head")
    go("clerk", "report", report)
    with CaptureQueriesContext(connection) as long:
        go("clerk", "report", report)
    assert Approval.objects.of(home.organisation).get(report=report).round == 4
    assert len(long) == len(short)


# After the signature


def test_an_order_tells_who_has_acknowledged_it_and_when(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    people = [home.people[key] for key in ("legal_officer", "registrar")]
    actions.assign(home.actor("mayor"), report.pk, to=[one.pk for one in people], order="ให้เผยแพร่ <ทันที>")
    page = go("reader", "report", report)
    (order,) = page.context["orders"]
    assert [errand.to for errand in order.open] == people
    assert "ให้เผยแพร่ &lt;ทันที&gt;" in text(page)
    assert "ยังไม่รับทราบ ๒ จาก ๒ คน" in text(page)

    found = page.context["whereabouts"]
    assert found.people == tuple(one.full_name for one in people)
    assert "รอท่านรับทราบ" in found.reminder
    assert "ให้เผยแพร่" not in found.reminder

    actions.acknowledge(home.actor("registrar"), report.pk, errand=order.open[1].pk)
    page = go("reader", "report", report)
    assert "ยังไม่รับทราบ ๑ จาก ๒ คน" in text(page)
    assert page.context["whereabouts"].people == (people[0].full_name,)
    actions.acknowledge(home.actor("legal_officer"), report.pk, errand=order.open[0].pk)
    page = go("reader", "report", report)
    assert page.context["whereabouts"] is None
    assert "รับทราบครบทุกคนแล้ว" in text(page)


def test_assigned_and_circulated_stand_apart(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    to = [home.people["registrar"].pk]
    actions.assign(home.actor("mayor"), report.pk, to=to, order="ให้เผยแพร่")
    actions.circulate(home.actor("clerk"), report.pk, to=to, note="เพื่อทราบ")
    kinds = [order.act.kind for order in go("reader", "report", report).context["orders"]]
    assert kinds == [Act.Kind.ASSIGN, Act.Kind.CIRCULATE]


# Views and remarks


def test_a_view_that_was_asked_for_is_said_while_it_waits(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    step, content = reports.shown(home, report)
    asked = home.people["deputy_clerk"]
    actions.ask_view(
        home.actor("clerk"), report.pk, step=step, content=content, of=asked.pk, question="ถูกต้องหรือไม่"
    )
    waiting = f"รอความเห็นของ {asked.full_name}"
    page = go("legal_officer", "report", report)
    assert waiting in text(page)
    actions.give_view(home.actor("deputy_clerk"), report.pk, view=page.context["views"][0].pk, text="ถูกต้อง")
    assert waiting not in text(go("legal_officer", "report", report))


def test_remarks_of_the_last_return_stand_with_their_answers(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    _return(home, report, "แก้ชื่อเรื่อง")
    (remark,) = go("clerk", "report", report).context["remarks"]
    actions.resolve_comment(home.actor("legal_officer"), report.pk, comment=remark.pk, answer="แก้แล้ว <ครบ>")
    page = text(go("clerk", "report", report))
    assert "แก้ชื่อเรื่อง" in page
    assert "แก้แล้ว &lt;ครบ&gt;" in page
    reports.submit(home, report)
    _return(home, report, "แก้อีกครั้ง")
    remarks = go("clerk", "report", report).context["remarks"]
    assert [remark.text for remark in remarks] == ["แก้อีกครั้ง"]


def _return(home: Authority, report: Report, text: str) -> None:
    step, content = reports.shown(home, report)
    remarks = [Remark("memo.subject", text)]
    actions.send_back(
        home.actor("section_head"), report.pk, step=step, content=content, reason="แก้ไข", remarks=remarks
    )


def test_a_reader_who_opens_the_report_has_seen_it(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    go("clerk", "report", report)
    look = Look.objects.of(home.organisation).get(approval__report=report)
    assert (look.user, look.content) == (home.people["clerk"], report.approval.content)
