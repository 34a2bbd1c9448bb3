"""Deadlines of steps: set when a turn begins, reminded of once for each day that has one, escalated once."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from ita_core import outbox, thai, workdays
from ita_core.models import Appointment, Job, Notification
from memos.models import Collection, Report
from tests import reports
from tests.memos import collecting_hand
from tests.personas import Authority
from workflows import deadlines, reminding
from workflows.deadlines import What
from workflows.models import ApprovalStep

pytestmark = pytest.mark.once

Day = datetime.date
plain = workdays.Calendar({Day(2025, 4, 14): "สงกรานต์", Day(2025, 4, 15): "สงกรานต์"}, frozenset({2025}))
OPENED, DUE = Day(2025, 4, 8), Day(2025, 4, 11)  # Tuesday, Friday before the long holiday


@pytest.mark.parametrize(
    ("today", "what", "day"),
    [
        (Day(2025, 4, 9), None, None),
        (Day(2025, 4, 10), What.BEFORE, Day(2025, 4, 10)),
        (Day(2025, 4, 11), What.DUE, DUE),
        (Day(2025, 4, 15), What.DUE, DUE),  # days off are not late
        (Day(2025, 4, 16), What.DUE, DUE),
        (Day(2025, 4, 17), What.LATE, Day(2025, 4, 17)),
        (Day(2025, 4, 20), What.LATE, Day(2025, 4, 17)),  # a Sunday: Friday was no second day
        (Day(2025, 4, 21), What.LATE, Day(2025, 4, 21)),
        (Day(2026, 4, 21), None, None),  # so late that only the administrators care
    ],
)
def test_the_newest_reminder_alone(today: Day, what: What | None, day: Day | None) -> None:
    found = deadlines.newest(plain, DUE, today)
    assert (found.what, found.day) == (what, day) if found else what is None


def test_nobody_is_reminded_on_the_day_it_came() -> None:
    """One working day: the day before the last is the day on which its turn began."""
    due = plain.add(OPENED, 1)
    assert deadlines.newest(plain, due, OPENED, since=OPENED) is None
    assert deadlines.newest(plain, due, due, since=OPENED) == deadlines.Reminder(What.DUE, due)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[Day], list[tuple[str, tuple[str, ...]]]]:
    """Remind as of that day: (what, login names)."""

    def as_of(day: Day) -> list[tuple[str, tuple[str, ...]]]:
        monkeypatch.setattr(thai, "today", lambda: day)
        return [(one.what, one.people) for one in reminding.remind()]

    return as_of


@pytest.fixture
def waiting(home: Authority) -> Report:
    """With the section head since 8 April 2568, for three working days."""
    home.organisation.route.update(working_days=3)
    report = reports.begin(home)
    reports.submit(home, report)
    opened = datetime.datetime.combine(OPENED, datetime.time(9), thai.BANGKOK)
    ApprovalStep.objects.of(home.organisation).filter(opened_at__isnull=False).update(
        opened_at=opened, due_on=DUE
    )
    Appointment.objects.of(home.organisation).filter(ends=None).update(starts=Day(2024, 1, 1))
    return report


HEADS = ("section_head", "acting_head")
ADMIN = ("org_admin",)


def test_a_year_of_one_step(on: Any, waiting: Report) -> None:
    """Each day once, days that were missed not at all, and nothing twice."""
    assert on(Day(2025, 4, 9)) == []
    assert on(Day(2025, 4, 10)) == [("before", HEADS)]
    assert on(Day(2025, 4, 10)) == []
    assert on(Day(2025, 4, 12)) == [("due", HEADS)]  # a day late, because nobody looked on the 11th
    assert on(Day(2025, 4, 17)) == []  # the 16th is a substitute: one working day late
    assert on(Day(2025, 4, 21)) == [("late", HEADS), ("escalated", ADMIN)]
    assert on(Day(2025, 4, 18)) == []  # the clock jumps back
    assert on(Day(2025, 4, 10)) == []
    assert on(Day(2025, 4, 22)) == [("late", HEADS)]
    told = Notification.objects.across_organisations().filter(kind="deadline")
    assert told.count() == 4 * len(HEADS) + 1
    assert all("รายงานผล" in one.title and "ดำเนินการแล้ว เมื่อ" not in one.title for one in told)


def test_a_decision_ends_the_reminders(on: Any, waiting: Report, home: Authority) -> None:
    """The next step's turn begins on the day of the decision; its deadline is its own."""
    reports.forward(home, waiting, "section_head")
    assert on(Day(2025, 4, 18)) == []
    step = reports.waiting_step(home, waiting)
    assert step.due_on == workdays.add(thai.bangkok_date(timezone.now()), 3, home.organisation)


def test_who_stands_in_on_the_day_is_reminded(on: Any, waiting: Report, home: Authority) -> None:
    Appointment.objects.of(home.organisation).filter(user=home.people["acting_head"]).update(
        ends=Day(2025, 4, 16)
    )
    assert on(Day(2025, 4, 18)) == [("late", ("section_head",))]
    Appointment.objects.of(home.organisation).filter(user=home.people["section_head"]).update(
        ends=Day(2025, 4, 18)
    )
    assert on(Day(2025, 4, 21)) == [("escalated", ADMIN)]
    told = Notification.objects.of(home.organisation).get(user=home.people["org_admin"])
    assert "ว่าง" in told.text


def test_the_administrator_sets_when_he_is_told(on: Any, waiting: Report, home: Authority) -> None:
    home.organisation.escalate_after = 1
    home.organisation.save(update_fields=["escalate_after"])
    assert on(Day(2025, 4, 16)) == [("due", HEADS)]
    assert on(Day(2025, 4, 17)) == [("escalated", ADMIN)]


def test_by_command_and_by_the_worker(
    on: Any, waiting: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(thai, "today", lambda: Day(2025, 4, 11))
    call_command("remind", "--json")
    said = json.loads(capsys.readouterr().out)
    assert [(one["what"], one["day"], one["people"]) for one in said] == [("due", "2025-04-11", list(HEADS))]
    nine = datetime.datetime(2025, 4, 11, 9, 59, tzinfo=thai.BANGKOK)
    for moment in (nine, nine, nine + datetime.timedelta(minutes=1), nine - datetime.timedelta(hours=5)):
        outbox.want_hourly(moment)
    keys = Job.objects.filter(kind=reminding.KIND).values_list("key", flat=True)
    assert sorted(keys) == ["2025-04-11T04", "2025-04-11T09", "2025-04-11T10"]
    before = Notification.objects.across_organisations().count()
    outbox.handlers[reminding.KIND].do({})
    assert Notification.objects.across_organisations().count() == before


def test_a_route_without_deadlines_has_none(on: Any, home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    assert reports.waiting_step(home, report).due_on is None
    assert reminding.remind() == []


def test_units_are_reminded_of_their_rows_and_the_drafter_told_once(on: Any, home: Authority) -> None:
    report = reports.begin(home)
    row = collecting_hand.rows(report)[0]
    collecting_hand.ask(home, report, {row: "finance"}, thai.today() + datetime.timedelta(days=9))
    asked = datetime.datetime.combine(OPENED, datetime.time(9), thai.BANGKOK)
    Collection.objects.of(home.organisation).update(due_on=DUE, asked_at=asked)
    Appointment.objects.of(home.organisation).filter(ends=None).update(starts=Day(2024, 1, 1))
    assert on(Day(2025, 4, 9)) == []
    assert on(Day(2025, 4, 10)) == [("before", ("acting_head",))]
    assert on(Day(2025, 4, 10)) == []
    assert on(Day(2025, 4, 21)) == [
        ("late", ("acting_head",)),
        ("escalated", ("legal_officer", *ADMIN)),
    ]
    assert on(Day(2025, 4, 17)) == [
        ("due", ("acting_head",))
    ]  # the clock jumps back: that day's own, not told yet
    assert on(Day(2025, 4, 21)) == []
    titles = Notification.objects.of(home.organisation).filter(user=home.people["acting_head"])
    assert all("มาตรการที่หนึ่ง" not in one.title + one.text for one in titles)
