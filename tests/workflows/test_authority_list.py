"""The list of everything an authority has under way, and what the lists say about themselves."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go, text
from workflows import actions, inbox
from workflows.models import UNDER_WAY, ApprovalStep, State

pytestmark = pytest.mark.django_db


def test_everybody_sees_what_is_under_way_and_no_draft(home: Authority) -> None:
    made = reports.in_every_state(home)
    for key in ("reader", "registrar", "two_hats", "mayor", "legal_officer"):
        rows = inbox.LISTS["authority"].page(home.membership(key), 0, 1000)
        assert [row.report_id for row in rows] == [made[state].pk for state in UNDER_WAY], key


def test_whoever_waits_longest_stands_first_also_before_the_drafts(home: Authority) -> None:
    later, earlier = (reports.in_state(home, State.DRAFTED) for _number in range(2))
    draft = reports.begin(home)
    steps = ApprovalStep.objects.of(home.organisation).filter(approval__report=earlier, closed_at=None)
    steps.exclude(opened_at=None).update(opened_at=timezone.now() - datetime.timedelta(days=9))
    for key, drafts in (("reader", []), ("org_admin", [draft.pk])):
        found = [row.report_id for row in inbox.LISTS["authority"].page(home.membership(key), 0, 1000)]
        assert found == [earlier.pk, later.pk, *drafts]


def test_it_says_with_whom_and_since_when(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    steps = ApprovalStep.objects.of(home.organisation).filter(approval__report=report, closed_at=None)
    steps.exclude(opened_at=None).update(opened_at=timezone.now() - datetime.timedelta(days=9))
    page = text(go("reader", "inbox", tab="authority"))
    assert f"รอ{home.posts['clerk'].title}" in page
    assert "รอมาแล้ว ๙ วัน" in page
    assert home.people["legal_officer"].full_name in page


def test_the_administrator_is_led_to_the_hand_over_of_a_draft_not_to_its_editor(
    go: Go, home: Authority
) -> None:
    draft = reports.begin(home)
    page = text(go("org_admin", "inbox", tab="authority"))
    kwargs = {"org": home.organisation.slug, "pk": draft.pk}
    assert reverse("workflows:hand_over", kwargs=kwargs) in page
    assert reverse("memos:edit_memo", kwargs=kwargs) not in page
    assert home.people["legal_officer"].full_name in page


def test_a_report_sent_back_twice_stands_once(home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    reports.submit(home, report)
    actions.recall(home.actor("legal_officer"), report.pk)
    reports.submit(home, report)
    for key in ("reader", "org_admin"):
        assert [row.report_id for row in inbox.LISTS["authority"].page(home.membership(key), 0, 1000)] == [
            report.pk
        ]
        assert inbox.counts(home.membership(key))["authority"] == 1


def test_it_comes_in_pages(go: Go, home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_core.paging.PAGE", 2)
    made = [reports.in_state(home, State.DRAFTED).pk for _number in range(3)]
    found = [
        row.report_id
        for number in ("1", "2")
        for row in go("reader", "inbox", tab="authority", page=number).context["rows"]
    ]
    assert found == made


def test_the_lists_say_what_they_hold(go: Go, home: Authority) -> None:
    assert "หน่วยงานไม่มีเรื่องที่อยู่ระหว่างเสนอ" in text(go("reader", "inbox", tab="authority"))
    assert "ซึ่งท่านเป็นผู้จัดทำหรือมีส่วนพิจารณา" in text(go("section_head", "inbox", tab="done"))


def test_returned_wears_a_colour_of_warning_and_a_draft_does_not(go: Go, home: Authority) -> None:
    returned, recalled = reports.in_state(home, reports.RETURNED), reports.in_state(home, State.DRAFTED)
    actions.recall(home.actor("legal_officer"), recalled.pk)
    assert "state-returned" in text(go("legal_officer", "inbox", tab="returned"))
    assert "state-returned" not in text(go("legal_officer", "inbox", tab="mine"))
    assert "state-returned" in text(go("reader", "report", returned))
    assert "state-returned" not in text(go("reader", "report", recalled))
