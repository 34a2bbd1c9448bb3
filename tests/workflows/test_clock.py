"""The clock of the house: midnights in Thailand, the ends of the year and of the fiscal year, long holidays, a clock set back.

Nothing runs at midnight for an order to begin or to end; what the worker looks for every hour it tells once.
"""

from __future__ import annotations

import datetime

import pytest

from ita_core.models import Appointment
from ita_core.telling_models import Notification
from memos.models import Report
from tests import clocks, reports
from tests.personas import Authority
from workflows import permissions, reminding, vacancies
from workflows.models import Approval
from workflows.refusals import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Day = datetime.date
DAY = datetime.timedelta(days=1)
EVE = "23:59:59"
MIDNIGHT = "00:00:00"
TURNS = [Day(2026, 10, 1), Day(2027, 1, 1), Day(2028, 2, 29), Day(2028, 3, 1)]


@pytest.fixture
def lasting(home: Authority) -> Authority:
    """Everybody holds his own post since long ago, and nobody stands in: the tests choose their own days."""
    rows = Appointment.objects.of(home.organisation)
    rows.exclude(ends=None).delete()
    rows.filter(capacity=Appointment.Capacity.ACTING_FOR).delete()
    rows.update(starts=Day(2020, 1, 1))
    return home


def begin(home: Authority) -> Report:
    report = reports.begin(home)
    reports.submit(home, report)
    return report


def may(home: Authority, report: Report, key: str) -> bool:
    approval = Approval.objects.of(home.organisation).select_related("report").get(report=report)
    return not permissions.may_decide(home.actor(key), approval)


def replaced_on(home: Authority, turn: Day) -> None:
    """An acting head until the eve, by an order; the head himself from the day on."""
    home.stand_in("acting_head", "section_head", starts=turn - 30 * DAY, ends=turn - DAY)
    own = Appointment.objects.of(home.organisation).filter(user=home.people["section_head"])
    own.update(starts=turn)


@pytest.mark.parametrize("turn", TURNS)
def test_an_order_ends_at_midnight_in_thailand(
    lasting: Authority, monkeypatch: pytest.MonkeyPatch, turn: Day
) -> None:
    """Seventeen o'clock of the day before where the server's clock may stand: acts on both sides of it, and back again."""
    replaced_on(lasting, turn)
    clocks.put(monkeypatch, turn - 2 * DAY)
    first, second = begin(lasting), begin(lasting)
    clocks.put(monkeypatch, turn - DAY, EVE)
    with pytest.raises(NotAllowed):
        reports.forward(lasting, first, "section_head")
    act = reports.forward(lasting, first, "acting_head")
    assert act.printed_title[0].endswith("รักษาราชการแทน")
    clocks.put(monkeypatch, turn, MIDNIGHT)
    with pytest.raises(NotAllowed):
        reports.forward(lasting, second, "acting_head")
    assert may(lasting, second, "section_head")
    clocks.put(monkeypatch, turn - DAY, EVE)  # The clock is set back.
    assert may(lasting, second, "acting_head")
    assert not may(lasting, second, "section_head")
    clocks.put(monkeypatch, turn, MIDNIGHT)
    act = reports.forward(lasting, second, "section_head")
    assert act.printed_title == [lasting.posts["section_head"].title]


@pytest.mark.parametrize(
    ("day", "time", "due"),
    [
        (Day(2025, 12, 29), EVE, Day(2026, 1, 6)),  # then three holidays and a weekend
        (Day(2025, 12, 30), MIDNIGHT, Day(2026, 1, 7)),
        (Day(2025, 12, 31), "12:00:00", Day(2026, 1, 7)),  # on a holiday
        (Day(2026, 9, 30), EVE, Day(2026, 10, 5)),
        (Day(2026, 10, 1), MIDNIGHT, Day(2026, 10, 6)),
        (Day(2026, 12, 4), EVE, Day(2026, 12, 11)),  # over a substitute and the day of the constitution
        (Day(2026, 12, 5), MIDNIGHT, Day(2026, 12, 11)),
        (Day(2028, 2, 28), EVE, Day(2028, 3, 2)),  # the leap day works
    ],
)
def test_a_turn_of_three_working_days(
    lasting: Authority, monkeypatch: pytest.MonkeyPatch, day: Day, time: str, due: Day
) -> None:
    """Counted from the day in Thailand on which it began, by the holidays that the system came with."""
    lasting.organisation.route.update(working_days=3)
    clocks.put(monkeypatch, day, time)
    assert reports.waiting_step(lasting, begin(lasting)).due_on == due


def test_hourly_looks_over_the_new_year_tell_each_thing_once(
    lasting: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the first look of its day, though after every look the clock jumps back, by an hour and by days."""
    lasting.organisation.route.update(working_days=3)
    clocks.put(monkeypatch, Day(2025, 12, 29), "15:00:00")
    begin(lasting)
    told = []
    for number in range(15):
        day = Day(2025, 12, 29) + number * DAY
        for time in (MIDNIGHT, "08:00:00", EVE) if number else ("16:00:00", EVE):
            for moment in ((day, time), (day - DAY, EVE), (day - 4 * DAY, "12:00:00")):
                clocks.put(monkeypatch, *moment)
                told += [(one.what, *moment) for one in reminding.remind()]
    assert told == [
        ("before", Day(2026, 1, 5), MIDNIGHT),
        ("due", Day(2026, 1, 6), MIDNIGHT),
        ("late", Day(2026, 1, 8), MIDNIGHT),
        ("escalated", Day(2026, 1, 9), MIDNIGHT),
        ("late", Day(2026, 1, 12), MIDNIGHT),
    ]
    kept = Notification.objects.of(lasting.organisation).filter(key__startswith="step-").values_list("key")
    assert len(kept) == len(set(kept)) == len(told)


@pytest.mark.parametrize("turn", TURNS[:2])
def test_who_administers_is_told_at_midnight_that_nobody_follows(
    lasting: Authority, monkeypatch: pytest.MonkeyPatch, turn: Day
) -> None:
    """The order ends and nobody does anything; the worker's next look says so, once a day."""
    replaced_on(lasting, turn)
    Appointment.objects.of(lasting.organisation).filter(user=lasting.people["section_head"]).delete()
    clocks.put(monkeypatch, turn - 2 * DAY)
    begin(lasting)
    told = Notification.objects.of(lasting.organisation).filter(
        user=lasting.people["org_admin"], key__startswith="vacant:"
    )
    seen = []
    for day, time in [
        (turn - DAY, EVE), (turn, MIDNIGHT), (turn, "01:00:00"), (turn - DAY, EVE), (turn, "02:00:00"),
        (turn, EVE), (turn + DAY, MIDNIGHT),
    ]:  # fmt: skip
        clocks.put(monkeypatch, day, time)
        vacancies.hourly({})
        seen.append(told.count())
    assert seen == [0, 1, 1, 1, 1, 1, 2]
