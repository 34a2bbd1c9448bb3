"""Working days: weekends, public holidays with their substitutes, an authority's own days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_core import holidays, workdays
from ita_core.models import Holiday
from tests.personas import Authority

pytestmark = pytest.mark.once

Day = datetime.date
# A week's end, a long weekend, the new year with its substitute, the fiscal year's end.
NAMED = {
    Day(2024, 12, 31): "วันสิ้นปี",
    Day(2025, 1, 1): "วันขึ้นปีใหม่",
    Day(2024, 12, 30): "พิเศษ",
    Day(2025, 5, 4): "วันฉัตรมงคล",  # a Sunday: counts once
    Day(2025, 5, 5): "ชดเชย",
}
plain = workdays.Calendar(NAMED, frozenset({2024, 2025}))
# Works on a Saturday and on two Sundays, one of which is the holiday itself.
busy = workdays.Calendar(
    {day: name for day, name in NAMED.items() if day != Day(2025, 5, 4)},
    frozenset({2024, 2025}),
    frozenset({Day(2025, 3, 8), Day(2025, 3, 16), Day(2025, 5, 4)}),
)


@pytest.mark.parametrize(
    ("day", "n", "due"),
    [
        (Day(2025, 3, 7), 1, Day(2025, 3, 10)),  # Friday → Monday
        (Day(2025, 3, 8), 1, Day(2025, 3, 10)),  # Saturday → Monday
        (Day(2024, 12, 27), 1, Day(2025, 1, 2)),  # over the new year
        (Day(2025, 1, 2), -1, Day(2024, 12, 27)),
        (Day(2025, 5, 2), 1, Day(2025, 5, 6)),  # over a substitute
        (Day(2025, 9, 30), 1, Day(2025, 10, 1)),  # the fiscal year's end is a day like others
        (Day(2025, 5, 5), 0, Day(2025, 5, 6)),
        (Day(2025, 3, 7), 0, Day(2025, 3, 7)),
    ],
)
def test_the_nth_working_day(day: Day, n: int, due: Day) -> None:
    assert plain.add(day, n) == due


@pytest.mark.parametrize(
    ("day", "n", "due"),
    [
        (Day(2025, 3, 7), 1, Day(2025, 3, 8)),  # Friday → the Saturday that is worked
        (Day(2025, 3, 8), 0, Day(2025, 3, 8)),
        (Day(2025, 3, 10), -1, Day(2025, 3, 8)),
        (Day(2025, 3, 14), 1, Day(2025, 3, 16)),  # past a Saturday to the Sunday that is worked
        (Day(2025, 5, 2), 1, Day(2025, 5, 4)),
    ],
)
def test_a_weekend_that_is_worked_counts(day: Day, n: int, due: Day) -> None:
    assert busy.add(day, n) == due
    assert not busy.is_off(due)


@given(st.sampled_from([plain, busy]), st.dates(Day(2024, 11, 1), Day(2025, 7, 1)), st.integers(1, 60))
def test_between_counts_what_add_passes(days: workdays.Calendar, day: Day, n: int) -> None:
    due = days.add(day, n)
    assert not days.is_off(due)
    assert days.between(day, due) == n
    assert days.between(due, day) == -n
    counted = sum(not days.is_off(day + datetime.timedelta(days=k)) for k in range(1, (due - day).days + 1))
    assert counted == n


def test_no_deadline_lies_beyond_all_calendars() -> None:
    with pytest.raises(ValueError, match="working days"):
        plain.add(Day(2025, 1, 1), workdays.LONGEST + 1)


def test_an_authority_closes_or_works_on_its_own_days(home: Authority, stranger: Authority) -> None:
    fair, songkran = Day(2025, 3, 12), Day(2025, 4, 14)
    own = {"organisation": home.organisation, "source": "ประกาศ"}
    Holiday.objects.bulk_create(
        [Holiday(day=fair, name="งานประจำปี", **own), Holiday(day=songkran, name="ทำการ", is_off=False, **own)]
    )
    assert workdays.is_off(fair, home.organisation) == "งานประจำปี"
    assert not workdays.is_off(songkran, home.organisation)
    assert not workdays.is_off(fair, stranger.organisation)
    assert workdays.is_off(songkran, stranger.organisation) == "วันสงกรานต์"
    assert workdays.is_off(songkran)
    assert workdays.add(fair, -1, home.organisation) == Day(2025, 3, 11)
    assert workdays.between(Day(2025, 3, 11), Day(2025, 3, 13), home.organisation) == 1


def test_an_authority_works_on_a_saturday(home: Authority, stranger: Authority) -> None:
    """Its own day counts in every question; a neighbour's, or one that it closes itself, does not."""
    friday, saturday, sunday = (Day(2025, 3, n) for n in (7, 8, 9))
    rows = [(home, saturday, False), (stranger, saturday, True), (stranger, sunday, False)]
    Holiday.objects.bulk_create(
        Holiday(organisation=one.organisation, day=day, name="ชดเชย", is_off=off) for one, day, off in rows
    )
    assert workdays.is_off(saturday, home.organisation) == ""
    assert workdays.add(friday, 1, home.organisation) == saturday
    assert workdays.between(friday, Day(2025, 3, 10), home.organisation) == 2
    assert workdays.is_off(saturday, stranger.organisation) == "ชดเชย"
    assert workdays.add(friday, 1, stranger.organisation) == sunday
    assert workdays.add(friday, 1) == Day(2025, 3, 10)


@pytest.mark.django_db
def test_the_shipped_days_are_whole_and_say_where_they_come_from() -> None:
    """Six calendar years; each weekday of the five-day new year and each substitute stands on a weekday."""
    rows = list(Holiday.objects.across_organisations().filter(organisation=None))
    assert holidays.load() == 0
    by_year = {year: [row for row in rows if row.day.year == year] for year in range(2022, 2028)}
    assert all(18 <= len(found) <= 32 for found in by_year.values())
    assert all(row.source for row in rows)
    assert {row.note for row in rows} == {"", "(?)"}
    substitutes = [row for row in rows if row.name.startswith("วันหยุดชดเชย")]
    assert substitutes
    assert all(row.day.weekday() < 5 for row in substitutes)
    found = workdays.calendar()
    assert found.knows(2027)
    assert not found.knows(2040)
    assert found.add(Day(2023, 12, 28), 1) == Day(2024, 1, 2)  # moved by a resolution of 24 October 2566
