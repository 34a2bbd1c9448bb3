"""My work: what stands in whose list, in which order, and what it costs."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority, Personas
from workflows import actions, inbox
from workflows.models import Approval, ApprovalStep, State

pytestmark = pytest.mark.django_db


def lists(home: Authority, key: str) -> dict[str, list[int]]:
    membership = home.membership(key)
    pages = {tab: listing.page(membership, 0, 1000) for tab, listing in inbox.LISTS.items()}
    found = {"waiting": [step.approval.report_id for step in pages.pop("waiting")]}
    for tab, rows in pages.items():
        found[tab] = [approval.report_id for approval in rows]
    return found


def test_every_state_stands_in_the_right_list(home: Authority) -> None:
    by_state = {state: report.pk for state, report in reports.in_every_state(home).items()}
    mine = lists(home, "legal_officer")
    under_way = {State.WRITING, State.DRAFTED, State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED}
    assert set(mine["mine"]) == {by_state[state] for state in under_way}
    assert mine["returned"] == [by_state[reports.RETURNED]]
    assert set(mine["done"]) == {
        by_state[state] for state in (State.MAYOR_SIGNED, State.REFUSED, State.WITHDRAWN)
    }
    assert mine["waiting"] == []
    assert lists(home, "section_head")["waiting"] == [by_state[State.DRAFTED]]
    assert lists(home, "clerk")["waiting"] == [by_state[State.SECTION_HEAD_REVIEWED]]
    assert lists(home, "mayor")["waiting"] == [by_state[State.DEPUTY_APPROVED]]
    # The head had a part in what was signed and refused, none in what was withdrawn before his step.
    assert set(lists(home, "section_head")["done"]) == {by_state[State.MAYOR_SIGNED], by_state[State.REFUSED]}


def test_an_acting_officer_sees_the_work_of_the_post_while_the_order_lasts(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    assert lists(home, "acting_head")["waiting"] == [report.pk]
    assert lists(home, "expired_acting")["waiting"] == []


def test_an_appointment_that_does_not_cover_memos_brings_no_work(home: Authority) -> None:
    reports.in_state(home, State.DRAFTED)
    home.posts["section_head"].appointments.update(covers_memos=False)
    assert lists(home, "acting_head")["waiting"] == []


def test_two_posts_of_one_step_show_it_once(home: Authority) -> None:
    home.set_route(
        ("ความเห็นของรองนายก", ["mayor", "deputy_mayor"], ""), ("คำสั่งของนายก", ["mayor"], State.MAYOR_SIGNED)
    )
    home.appoint("mayor", "deputy_mayor", capacity="acting_for", own_title="นายก", legal_basis="คำสั่งที่ 9/2565")
    report = reports.in_state(home, State.DRAFTED)
    assert lists(home, "mayor")["waiting"] == [report.pk]
    assert inbox.counts(home.membership("mayor"))["waiting"] == 1


def test_waiting_is_oldest_first(home: Authority) -> None:
    later, earlier = (reports.in_state(home, State.DRAFTED) for _number in range(2))
    steps = ApprovalStep.objects.of(home.organisation).filter(approval__report=earlier, closed_at=None)
    steps.exclude(opened_at=None).update(opened_at=timezone.now() - datetime.timedelta(days=9))
    assert lists(home, "section_head")["waiting"] == [earlier.pk, later.pk]


def test_recalled_is_mine_and_handed_over_is_the_receivers(home: Authority) -> None:
    recalled = reports.in_state(home, State.DRAFTED)
    actions.recall(home.actor("legal_officer"), recalled.pk)
    returned = reports.in_state(home, reports.RETURNED)
    receiver = home.people["second_legal_officer"].pk
    actions.hand_over(home.actor("legal_officer"), returned.pk, to_user_id=receiver)
    assert lists(home, "legal_officer") == {
        "waiting": [],
        "mine": [recalled.pk],
        "shared": [],
        "returned": [],
        "asked": [],
        "done": [],
        "authority": [],
    }
    assert lists(home, "second_legal_officer")["returned"] == [returned.pk]


def test_another_authoritys_reports_are_in_no_list(personas: Personas) -> None:
    reports.in_every_state(personas.home)
    for key in ("mayor", "legal_officer", "two_hats"):
        assert not any(lists(personas.stranger, key).values())
        assert not any(inbox.counts(personas.stranger.membership(key)).values())


def test_counts_are_the_lists_lengths(home: Authority) -> None:
    reports.in_every_state(home)
    reports.in_state(home, State.DRAFTED)
    # A second post, a post that stands for another, none at all: each has SQL of its own, written once in a process.
    home.stand_in("mayor", "clerk")
    keys = (
        "legal_officer",
        "section_head",
        "mayor",
        "reader",
        "org_admin",
        "acting_head",
        "expired_acting",
        "section_head",
    )
    for key in keys:
        lengths = {tab: len(rows) for tab, rows in lists(home, key).items()}
        assert inbox.counts(home.membership(key)) == lengths


def test_counts_stop_at_the_limit(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(4):
        reports.in_state(home, State.DRAFTED)
    monkeypatch.setattr(inbox, "COUNT_LIMIT", 2)
    assert inbox.counts(home.membership("section_head"))["waiting"] == 3


def test_the_page_costs_three_queries_for_its_list_at_any_size(home: Authority, client: Client) -> None:
    address = reverse("workflows:inbox", kwargs={"org": home.organisation.slug})
    costs: list[dict[str, int]] = []
    for _size in range(2):
        reports.in_every_state(home)
        costs.append({})
        for tab in inbox.LISTS:
            log_in(client, home.people["section_head" if tab == "waiting" else "legal_officer"])
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address, {"tab": tab}).status_code == 200
            costs[-1][tab] = len([query for query in queries if not _of_the_login(query["sql"])])
    assert costs[0] == costs[1]
    assert max(costs[0].values()) <= 3, costs[0]


def _of_the_login(sql: str) -> bool:
    """Who is here, and the session kept for longer: the same on every page."""
    return "session" in sql or "SAVEPOINT" in sql or 'ita_core_user"."password"' in sql


def test_a_long_list_comes_in_pages(home: Authority, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_core.paging.PAGE", 2)
    for _number in range(3):
        reports.in_state(home, State.DRAFTED)
    log_in(client, home.people["section_head"])
    address = reverse("workflows:inbox", kwargs={"org": home.organisation.slug})
    first = client.get(address)
    second = client.get(address + first.context["rows"].next_address)
    assert (len(first.context["rows"]), len(second.context["rows"])) == (2, 1)
    assert second.context["rows"].next_address == ""
    assert second.context["rows"].previous_address
    for strange in ("x", "-1", "٣", "99999999999999999999"):
        assert client.get(address, {"page": strange}).status_code == 200


def test_an_empty_list_says_so(home: Authority, client: Client) -> None:
    log_in(client, home.people["reader"])
    page = client.get(reverse("workflows:inbox", kwargs={"org": home.organisation.slug}))
    assert "ไม่มีเรื่องรอท่านพิจารณา" in page.content.decode()
    assert Approval.objects.of(home.organisation).count() == 0


def test_what_the_drafter_may_not_decide_himself_does_not_wait_for_him(home: Authority) -> None:
    report = reports.begin(home, by="acting_head")
    reports.submit(home, report, by="acting_head")
    assert lists(home, "acting_head")["waiting"] == []
    assert lists(home, "section_head")["waiting"] == [report.pk]
