"""The people and reports that other tests stand on are what their names say."""

from __future__ import annotations

import pytest

from ita_core.membership import memberships
from ita_core.models import Role
from tests import reports
from tests.personas import PEOPLE, Authority, Personas
from workflows.models import Approval, State


def test_everybody_serves_here_today_except_who_left(home: Authority) -> None:
    serving = {key for key, user in home.people.items() if memberships(user)}
    assert set(home.people) - serving == {"former"}


def test_roles_are_those_of_the_posts_held(home: Authority) -> None:
    for key, (_name, role) in PEOPLE.items():
        assert role in home.membership(key).roles


def test_only_todays_orders_count(home: Authority) -> None:
    assert Role.SECTION_HEAD in home.membership("acting_head").roles
    assert Role.SECTION_HEAD not in home.membership("expired_acting").roles


def test_two_hats_are_two_memberships(personas: Personas) -> None:
    served = memberships(personas.home.people["two_hats"])
    assert {one.organisation for one in served} == {
        personas.home.organisation,
        personas.stranger.organisation,
    }


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_a_report_in_each_state(home: Authority, state: str) -> None:
    approval = reports.in_state(home, state).approval
    expected = State.WRITING if state == reports.RETURNED else state
    assert approval.state == expected
    assert approval.round == (0 if state == State.WRITING else 1)


def test_reports_do_not_stand_in_each_others_way(home: Authority) -> None:
    made = reports.in_every_state(home)
    assert len({report.pk for report in made.values()}) == len(reports.EVERY_STATE)
    assert Approval.objects.of(home.organisation).count() == len(reports.EVERY_STATE)
