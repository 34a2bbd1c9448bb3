"""Whatever is recorded of people's days, in whatever order: nobody is away twice, and one stands in for each post."""

from __future__ import annotations

import datetime
from contextlib import suppress
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from ita_core import thai
from ita_core.models import Absence, Appointment
from tests import clocks
from tests.personas import Authority
from tests.volumes import volume
from workflows import absences, appointing, stretches, substitutes
from workflows.appointing import Grant, Ranked
from workflows.refusals import Refused
from workflows.stretches import Span

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.sampled]
DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2026, 9, 25)  # the fiscal year ends among these days
LAST = 40  # days after it
HOLDER, RANKS = "clerk", ("deputy_clerk", "section_head")

_people = st.sampled_from([HOLDER, *RANKS])
_away = st.tuples(st.just("away"), _people, st.integers(-3, 12), st.none() | st.integers(0, 9))
_back = st.tuples(st.just("back"), st.integers(0, 5), st.none() | st.integers(0, 15))
_wait = st.tuples(st.just("wait"), st.integers(1, 4))
Step = tuple[str, str, int, int | None] | tuple[str, int, int | None] | tuple[str, int]


@example([("away", HOLDER, 0, 9), ("back", 0, 5), ("away", HOLDER, 5, 2), ("back", 0, 9)])
@example([("away", HOLDER, 5, 4), ("back", 0, None), ("away", HOLDER, 5, 4), ("back", 0, 8)])
@example([("away", HOLDER, 0, None), ("away", RANKS[0], 5, 4), ("wait", 4), ("wait", 1), ("back", 0, None)])
@example([("away", HOLDER, 0, None), ("away", RANKS[0], 3, 4), ("wait", 3), ("back", 1, None)])
@effort(
    max_examples=volume(8, 400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_away | _back | _wait, min_size=2, max_size=8))
def test_no_two_rows_have_a_day_in_common(
    home: Authority, monkeypatch: pytest.MonkeyPatch, steps: list[Step]
) -> None:
    with monkeypatch.context() as patch, transaction.atomic():
        clocks.put(patch, FIRST)
        ranks = [Ranked(home.people[key], home.posts[key].title, "acting_for") for key in RANKS]
        appointing.order(
            home.actor("org_admin"),
            home.posts[HOLDER],
            grant=Grant("คำสั่ง"),
            ranks=ranks,
            starts=FIRST - 9 * DAY,
        )
        for step in steps:
            with suppress(Refused):
                _take(home, patch, step)
            _check(home)
        transaction.set_rollback(True)


def _take(home: Authority, patch: pytest.MonkeyPatch, step: Step) -> None:
    today, admin = thai.today(), home.actor("org_admin")
    match step:
        case ("away", str(key), int(first), days):
            starts = today + first * DAY
            ends = None if days is None else starts + days * DAY
            with transaction.atomic():
                absences.record(admin, home.people[key], kind="leave", starts=starts, ends=ends)
        case ("back", int(which), on):
            rows = Absence.objects.of(home.organisation).order_by("pk")
            if (found := rows[which : which + 1].first()) is not None:
                with transaction.atomic():
                    absences.come_back(admin, found.pk, on=None if on is None else today + int(on) * DAY)
        case ("wait", int(days)):
            clocks.put(patch, today + days * DAY)


def _check(home: Authority) -> None:
    away = {key: _absent(home, key) for key in (HOLDER, *RANKS)}
    for key, spans in away.items():
        assert not [pair for pair in combinations(spans, 2) if stretches.common(*pair)], (
            f"{key} is away twice"
        )
    rows = Appointment.objects.of(home.organisation).filter(absence__isnull=False).select_related("user")
    acting = [(row.user.username, _whole_days(row)) for row in rows]
    assert not [pair for pair in combinations(acting, 2) if stretches.common(pair[0][1], pair[1][1])], acting
    for n in range(LAST):
        day = thai.today() + n * DAY
        there = [key for key in RANKS if not stretches.within(away[key], day)]
        wanted = there[:1] if stretches.within(away[HOLDER], day) else []
        assert [who for who, days in acting if stretches.within([days], day)] == wanted, day


def _absent(home: Authority, key: str) -> list[Span]:
    rows = Absence.objects.of(home.organisation).filter(user=home.people[key])
    return [days for row in rows if (days := substitutes.days_of(row)) is not None]


def _whole_days(row: Appointment) -> Span:
    """Without the day on which he was stood down: it is another's from then on."""
    first, last = stretches.span(row.starts, row.ends)
    return first, last - DAY if row.stood_down_at else last
