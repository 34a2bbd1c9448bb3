"""The administrator's pages of time: days off and the route with its deadlines."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core import workdays
from ita_core.models import Holiday
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go
from workflows.models import ApprovalStep, State
from workflows.officers import route_of
from workflows.time_forms import MOST_STEPS

pytestmark = pytest.mark.once

FAIR = {"day_0": "๑๒", "day_1": "3", "day_2": "๒๕๖๙", "name": "งานประจำปีของตำบล", "kind": "off", "source": ""}


def _typed(**other: str) -> dict[str, str]:
    names = {"day_0": "day_day", "day_1": "day_month", "day_2": "day_year"}
    return {names.get(key, key): value for key, value in {**FAIR, **other}.items()}


def test_own_days_come_and_go(go: Go, client: Client, home: Authority) -> None:
    shown = go("org_admin", "days_off", year="2569").content.decode()
    assert "วันสงกรานต์" in shown
    assert "งานประจำปี" not in shown
    go("org_admin", "days_off", data=_typed())
    fair = datetime.date(2026, 3, 12)
    assert workdays.is_off(fair, home.organisation)
    answer = go("org_admin", "days_off", data=_typed(name="อีกชื่อหนึ่ง"))
    assert answer.status_code == 400
    assert "กำหนดวันนี้ไว้แล้ว" in answer.content.decode()
    assert "อีกชื่อหนึ่ง" in answer.content.decode()
    row = Holiday.objects.of(home.organisation).get()
    address = reverse("workflows:remove_day", args=[home.organisation.slug, row.pk])
    assert client.post(address).status_code == 302
    assert not workdays.is_off(fair, home.organisation)
    assert client.post(address).status_code == 404


def test_public_holidays_are_not_the_authoritys_to_remove(go: Go, client: Client, home: Authority) -> None:
    go("org_admin", "days_off")
    row = Holiday.objects.across_organisations().filter(organisation=None).latest("pk")
    assert (
        client.post(reverse("workflows:remove_day", args=[home.organisation.slug, row.pk])).status_code == 404
    )


@pytest.mark.parametrize(
    "wrong", [{"day_0": "31", "day_1": "2"}, {"name": ""}, {"day_0": ""}, {"kind": "maybe"}]
)
def test_what_is_no_day_is_said_and_kept(go: Go, home: Authority, wrong: dict[str, str]) -> None:
    answer = go("org_admin", "days_off", data=_typed(source="ประกาศที่ 1", **wrong))
    assert answer.status_code == 400
    assert "ประกาศที่ 1" in answer.content.decode()
    assert not Holiday.objects.of(home.organisation).exists()


def test_a_year_that_nobody_knows_says_so(go: Go) -> None:
    assert "ยังไม่มีวันหยุดราชการของปีนี้" in go("org_admin", "days_off", year="2590").content.decode()
    assert go("org_admin", "days_off", year="ab").status_code == 200
    assert go("org_admin", "days_off", year="9999").status_code == 200


# --- the route


def _posted(go: Go, **changes: str | list[str]) -> dict[str, Any]:
    """The form as the page has it, with what the administrator changes."""
    forms = go("org_admin", "route").context["forms"]
    shown = go("org_admin", "route").context["shown"]
    data: dict[str, Any] = {"shown": shown, "count": str(len(forms)), "after": "3"}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False):
                data[f"{form.prefix}-{name}"] = value
    return {**data, **changes}


def test_deadlines_are_set_and_hold_for_what_is_submitted_next(go: Go, home: Authority) -> None:
    old = reports.begin(home)
    reports.submit(home, old)
    answer = go(
        "org_admin",
        "route",
        data=_posted(go, **{"s0-working_days": "๓", "s2-working_days": "2", "after": "5"}),
    )
    assert answer.status_code == 302
    assert [step.working_days for step in route_of(home.organisation)] == [3, None, 2]
    assert route_of(home.organisation)[0].heading == "ความเห็นของหัวหน้าสำนักปลัด"
    home.organisation.refresh_from_db()
    assert home.organisation.escalate_after == 5
    new = reports.begin(home)
    reports.submit(home, new)
    steps = ApprovalStep.objects.of(home.organisation).filter(opened_at__isnull=False)
    due = {step.approval.report_id: step.due_on for step in steps.select_related("approval")}
    assert due[old.pk] is None
    assert due[new.pk] is not None


def test_a_step_is_added_moved_and_taken_out(go: Go, home: Authority) -> None:
    registrar = str(home.posts["registrar"].pk)
    added: dict[str, str | list[str]] = {
        "s3-heading": "สารบรรณตรวจ",
        "s3-posts": [registrar],
        "s3-position": "1",
        "s0-position": "2",
    }
    moved = {"s1-position": "3", "s2-position": "4"}
    go("org_admin", "route", data=_posted(go, **added, **moved))
    assert route_of(home.organisation)[0].heading == "สารบรรณตรวจ"
    go("org_admin", "route", data=_posted(go, **{"s0-remove": "on"}))
    assert len(route_of(home.organisation)) == 3


@pytest.mark.parametrize("steps", [13, MOST_STEPS, MOST_STEPS + 3])
def test_a_long_route_is_shown_and_kept_whole(go: Go, home: Authority, steps: int) -> None:
    """The administration of the site takes as many as one likes; no page may lose what it does not show."""
    before = [(f"ตรวจชั้นที่ {n}", ["registrar"], "") for n in range(1, steps)]
    home.set_route(*before, ("คำสั่งของนายก", ["mayor"], State.MAYOR_SIGNED))
    shown = go("org_admin", "route").content.decode()
    assert f"ตรวจชั้นที่ {steps - 1}" in shown
    assert ("ไม่เกิน ๓๐ ขั้น" in shown) == (steps >= MOST_STEPS)
    assert go("org_admin", "route", data=_posted(go, **{"s1-working_days": "4"})).status_code == 302
    after = route_of(home.organisation)
    assert [step.heading for step in after] == [*(heading for heading, *_ in before), "คำสั่งของนายก"]
    assert after[1].working_days == 4


def test_a_broken_route_is_refused_in_words_and_kept_as_typed(go: Go, home: Authority) -> None:
    answer = go("org_admin", "route", data=_posted(go, **{"s2-remove": "on", "s0-heading": "พิมพ์ไว้แล้ว"}))
    assert answer.status_code == 400
    assert "ขั้นสุดท้ายต้องเป็นการลงนามของนายก" in answer.content.decode()
    assert "พิมพ์ไว้แล้ว" in answer.content.decode()
    assert len(route_of(home.organisation)) == 3


def test_two_administrators_do_not_write_over_each_other(go: Go, home: Authority) -> None:
    mine = _posted(go, **{"s0-working_days": "3"})
    home.organisation.route.filter(position=1).update(working_days=9)
    answer = go("org_admin", "route", data=mine)
    assert answer.status_code == 409
    assert route_of(home.organisation)[0].working_days == 9


@pytest.mark.parametrize(
    "wrong", [{"s0-working_days": "0"}, {"s0-working_days": "ก"}, {"after": ""}, {"after": "99"}]
)
def test_numbers_that_are_none(go: Go, home: Authority, wrong: dict[str, str]) -> None:
    assert go("org_admin", "route", data=_posted(go, **wrong)).status_code == 400


def test_forged_counts_and_posts(go: Go, home: Authority, stranger: Authority) -> None:
    for forged in ({"count": "99999999999999999999"}, {"count": "²"}, {"count": "-1"}):
        assert go("org_admin", "route", data=_posted(go, **forged)).status_code in (400, 409)
    foreign = {"s0-posts": str(stranger.posts["section_head"].pk)}
    assert go("org_admin", "route", data=_posted(go, **foreign)).status_code == 400
    assert len(route_of(home.organisation)) == 3
