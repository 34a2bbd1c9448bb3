"""Whom each act is told to, and nobody else: forwards whose turn it is, backwards whoever had it, with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from ita_core.outbox import Job
from ita_core.telling_models import Notification
from memos.models import CoDrafter, Report
from tests import reports
from tests.ita_core import listeners
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows import asked, disposed, inked
from workflows import actions, drafts, vacancies
from workflows.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Told:
    """What was told since the last look: (person, kind), and the notices themselves."""

    def __init__(self, home: Authority) -> None:
        self._home, self._seen = home, set[Any]()
        self.new()

    def new(self) -> set[tuple[str, str]]:
        names = {user.pk: key for key, user in self._home.people.items()}
        rows = list(Notification.objects.of(self._home.organisation).exclude(pk__in=self._seen))
        self.notices = {names[one.user_id]: one for one in rows}
        self._seen |= {one.pk for one in rows}
        return {(names[one.user_id], one.kind) for one in rows}


@pytest.fixture
def told(home: Authority) -> Told:
    return Told(home)


def test_the_way_up(home: Authority, told: Told) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    assert told.new() == {("section_head", "turn"), ("acting_head", "turn")}
    notice = told.notices["section_head"]
    assert notice.title.startswith("รอท่านพิจารณา: รายงานผลการดำเนินการตามมาตรการ ประจำปีงบประมาณ")
    assert notice.path == f"/o/{home.organisation.slug}/reports/{report.pk}/decide/"
    assert "นางสาวพิมพ์ใจ ใฝ่สุจริต" in notice.text
    reports.forward(home, report, "acting_head")
    assert told.new() == {("clerk", "turn")}
    waiting = Notification.objects.of(home.organisation).filter(read_at=None)
    assert [one.user_id for one in waiting] == [home.people["clerk"].pk], "the step before is settled"
    reports.forward(home, report, "clerk")
    assert told.new() == {("mayor", "turn")}
    reports.forward(home, report, "mayor")
    assert told.new() == {("legal_officer", "told"), ("acting_head", "told"), ("clerk", "told")}
    assert told.notices["legal_officer"].title.startswith("ลงนามแล้ว: ")


def test_a_return_goes_back_to_all_who_had_it(home: Authority, told: Told) -> None:
    report = reports.begin(home)
    CoDrafter(organisation=home.organisation, report=report, user=home.people["second_legal_officer"]).save()
    reports.submit(home, report)
    reports.forward(home, report, "section_head", opinion="ความเห็นที่อยู่ในระบบเท่านั้น")
    told.new()
    reports.send_back(home, report, "clerk", "ผลการดำเนินการข้อ 2 ไม่ครบ")
    back = {("legal_officer", "returned"), ("second_legal_officer", "returned"), ("section_head", "returned")}
    assert told.new() == back
    for notice in told.notices.values():
        assert "เหตุผล: ผลการดำเนินการข้อ 2 ไม่ครบ" in notice.text
        assert "ความเห็นที่อยู่ในระบบเท่านั้น" not in notice.text
    assert told.notices["legal_officer"].title.startswith("ส่งคืนให้ท่านแก้ไข: ")
    assert told.notices["section_head"].title.startswith("เรื่องที่ท่านลงความเห็นไว้ถูกส่งคืนแก้ไข: ")
    # Anew: a round of its own.
    reports.submit(home, report)
    assert told.new() == {("section_head", "turn"), ("acting_head", "turn")}
    reports.send_back(home, report, "acting_head")
    assert told.new() == {("legal_officer", "returned"), ("second_legal_officer", "returned")}


def test_the_other_ends(home: Authority, told: Told) -> None:
    refused = reports.in_state(home, State.DEPUTY_APPROVED)
    told.new()
    reports.refuse(home, refused)
    assert told.new() == {("legal_officer", "returned"), ("section_head", "returned"), ("clerk", "returned")}
    withdrawn = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    told.new()
    actions.withdraw(home.actor("legal_officer"), withdrawn.pk, reason="จัดทำใหม่")
    assert told.new() == {("section_head", "returned")}
    assert "จัดทำใหม่" in told.notices["section_head"].text
    recalled = reports.in_state(home, State.DRAFTED)
    told.new()
    actions.recall(home.actor("legal_officer"), recalled.pk)
    assert told.new() == set()
    waiting = Notification.objects.of(home.organisation).filter(kind="turn", read_at=None)
    assert not waiting.exists(), "nobody is waited for"


def test_beside_the_way(home: Authority, told: Told) -> None:
    report = reports.in_state(home, State.DRAFTED)
    told.new()
    view = asked.ask_view(home, report, "ตรงหรือไม่")
    assert told.new() == {("deputy_mayor", "turn")}
    assert told.notices["deputy_mayor"].text.endswith(": ตรงหรือไม่")
    actions.give_view(home.actor("deputy_mayor"), report.pk, view=view.pk, text="ตรง")
    assert told.new() == {("section_head", "told")}
    drafter, other = home.actor("legal_officer"), home.people["second_legal_officer"].pk
    actions.hand_over(drafter, reports.begin(home).pk, to_user_id=other)
    assert told.new() == {("second_legal_officer", "told")}
    signed = reports.in_state(home, State.MAYOR_SIGNED)
    told.new()
    asked.assign(home, signed)
    assert told.new() == {("reader", "told")}
    clerk, reader = home.actor("clerk"), home.people["reader"].pk
    actions.circulate(clerk, signed.pk, to=[reader, home.people["clerk"].pk])
    assert told.new() == {("reader", "told")}, "not to himself"


def test_with_ink_neither_who_wrote_nor_who_recorded_is_told(home: Authority, told: Told) -> None:
    report = reports.in_state(home, State.DRAFTED)
    told.new()
    inked.record(home, report)
    assert told.new() == {("clerk", "turn")}


def test_who_serves_no_longer_is_not_told(home: Authority, told: Told) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    other = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    home.people["section_head"].appointments.update(ends="2020-01-01", starts="2019-01-01")
    told.new()
    reports.send_back(home, report, "clerk")
    assert told.new() == {("legal_officer", "returned")}
    home.people["legal_officer"].appointments.update(ends="2020-01-01", starts="2019-01-01")
    reports.send_back(home, other, "clerk")
    assert told.new() == {("org_admin", "returned")}, "somebody must give it to another"
    assert "โปรดมอบให้ผู้อื่นจัดทำต่อ" in told.notices["org_admin"].title


def test_who_comes_to_act_later_is_told_once(home: Authority, told: Told) -> None:
    """An order takes effect at midnight without anybody doing anything: the worker's hourly look tells."""
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    told.new()
    vacancies.hourly({})
    assert told.new() == set()
    home.stand_in("deputy_clerk", "clerk")
    vacancies.hourly({})
    assert told.new() == {("deputy_clerk", "turn")}
    assert told.notices["deputy_clerk"].path.endswith(f"/reports/{report.pk}/decide/")
    vacancies.hourly({})
    assert told.new() == set()
    reports.forward(home, report, "deputy_clerk")
    assert told.new() == {("mayor", "turn")}


def test_a_channel_that_is_set_up_and_dead_blocks_no_act(home: Authority, told: Told, settings: Any) -> None:
    settings.NOTICES_BY_MAIL, settings.LINE_CHANNEL_TOKEN = True, "of-a-test"
    settings.EMAIL_PORT, settings.LINE_API_URL = 1, "http://127.0.0.1:1"
    listeners.reachable(home.people["section_head"])
    report = reports.begin(home)
    reports.submit(home, report)
    assert ("section_head", "turn") in told.new()
    assert Job.objects.filter(kind="tell", done_at=None).count() == 3
    reports.forward(home, report, "section_head")


def test_an_act_that_fails_tells_nobody(home: Authority, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reports.begin(home)

    def fail(*_args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr("workflows.tasks.start", fail)
    with pytest.raises(DatabaseError):
        reports.submit(home, report)
    assert told.new() == set()


def test_the_deep_link_opens_the_decision_after_the_login(home: Authority, client: Client) -> None:
    report = reports.in_state(home, State.DRAFTED)
    path = Notification.objects.of(home.organisation).filter(kind="turn")[0].path
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    page = log_in(client, home.people["section_head"]).get(path)
    assert page.status_code == 200
    assert report.title.splitlines()[0] in page.content.decode()


def test_the_words_of_what_is_destroyed_or_thrown_away_go(home: Authority) -> None:
    other = reports.in_state(home, State.DRAFTED)
    report = disposed.past(home, reports.in_state(home, State.MAYOR_SIGNED))
    thrown = reports.begin(home)
    listeners.tell(home, "clerk", path=f"/o/{home.organisation.slug}/collect/{thrown.pk}/1/", text="ก")
    disposed.destroyed(home, report)
    drafts.discard(home.actor("legal_officer"), thrown.pk)
    rows = Notification.objects.of(home.organisation)
    for gone in (report.pk, thrown.pk):
        assert rows.filter(report=gone).exists()
        assert set(rows.filter(report=gone).values_list("title", "text")) == {("", "")}
    assert not rows.filter(report=other.pk, title="").exists()
    assert Report.objects.of(home.organisation).filter(pk=other.pk).exists()
