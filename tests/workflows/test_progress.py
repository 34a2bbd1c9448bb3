"""Where a report stands, in the words of an office."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from ita_core import thai
from tests import reports
from tests.personas import Authority
from workflows import actions, progress
from workflows.models import Approval, ApprovalStep, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def approval_in(home: Authority, state: str) -> Approval:
    report = reports.in_state(home, state)
    return Approval.objects.of(home.organisation).select_related("organisation", "report").get(report=report)


WORDS = {
    State.WRITING: "กำลังร่าง",
    reports.RETURNED: "ส่งคืนแก้ไข",
    State.DRAFTED: "เสนอแล้ว รอหัวหน้าสำนักปลัด",
    State.SECTION_HEAD_REVIEWED: "หัวหน้าสำนักปลัดเสนอความเห็นแล้ว รอปลัดองค์การบริหารส่วนตำบลหนองตัวอย่าง",
    State.DEPUTY_APPROVED: (
        "ปลัดองค์การบริหารส่วนตำบลหนองตัวอย่างเสนอความเห็นแล้ว รอนายกองค์การบริหารส่วนตำบลหนองตัวอย่าง"
    ),
    State.MAYOR_SIGNED: "ลงนามแล้ว",
    State.REFUSED: "ไม่อนุมัติ",
    State.WITHDRAWN: "ถอนเรื่อง",
}


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_every_state_is_said_with_the_posts_of_the_route(home: Authority, state: str) -> None:
    assert progress.where(approval_in(home, state)) == WORDS[state]


STEPS = {
    State.WRITING: ["waiting", "waiting", "waiting"],
    reports.RETURNED: ["waiting", "waiting", "waiting"],
    State.DRAFTED: ["current", "waiting", "waiting"],
    State.SECTION_HEAD_REVIEWED: ["done", "current", "waiting"],
    State.DEPUTY_APPROVED: ["done", "done", "current"],
    State.MAYOR_SIGNED: ["done", "done", "done"],
    State.REFUSED: ["done", "done", "done"],
    State.WITHDRAWN: ["waiting", "waiting", "waiting"],
}


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_the_stepper_shows_the_reports_own_route(home: Authority, state: str) -> None:
    assert [step.state for step in progress.stepper(approval_in(home, state))] == STEPS[state]


def test_a_report_under_way_keeps_its_snapshot_when_the_route_changes(home: Authority) -> None:
    approval = approval_in(home, State.DRAFTED)
    home.set_route(("คำสั่งของนายก", ["mayor"], State.MAYOR_SIGNED))
    assert len(progress.stepper(approval)) == 3
    assert len(progress.stepper(approval_in(home, State.WRITING))) == 1


def test_a_vacant_post_is_named(home: Authority) -> None:
    approval = approval_in(home, State.SECTION_HEAD_REVIEWED)
    home.posts["clerk"].appointments.filter(ends=None).update(ends=thai.today() - datetime.timedelta(days=1))
    step = progress.stepper(approval)[1]
    assert step.state == "vacant"
    assert step.is_open
    assert "ว่าง ยังไม่มีผู้รักษาราชการแทน โปรดแจ้งผู้ดูแลระบบ" in progress.where(approval)
    assert home.posts["clerk"].title in step.vacancy


def test_an_appointment_that_does_not_cover_memos_fills_no_post(home: Authority) -> None:
    approval = approval_in(home, State.SECTION_HEAD_REVIEWED)
    home.posts["clerk"].appointments.update(covers_memos=False)
    assert progress.stepper(approval)[1].state == "vacant"


def test_a_skipped_step_is_shown_as_skipped(home: Authority) -> None:
    report = reports.begin(home, by="section_head")
    reports.submit(home, report, by="section_head", skip_reason="เป็นผู้จัดทำรายงานเอง")
    steps = progress.stepper(Approval.objects.of(home.organisation).get(report=report))
    assert [step.state for step in steps] == ["skipped", "current", "waiting"]


def test_days_are_counted_in_thailand(home: Authority) -> None:
    approval = approval_in(home, State.DRAFTED)
    opened = timezone.now() - datetime.timedelta(days=3)
    ApprovalStep.objects.of(home.organisation).filter(closed_at=None, opened_at__isnull=False).update(
        opened_at=opened
    )
    assert progress.stepper(approval)[0].days == 3


def test_a_recall_is_not_a_return(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    actions.recall(home.actor("legal_officer"), report.pk)
    assert progress.where(Approval.objects.of(home.organisation).get(report=report)) == "กำลังร่าง"
