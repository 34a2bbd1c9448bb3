"""The pages that sign ask who it is: proof and act in one press, five minutes for the session, nothing typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ita_core import confirming, pin
from ita_core.models import SecondProof
from memos.models import Report
from tests import reports
from tests.logging_in import log_in
from tests.personas import PIN, Authority
from tests.workflows import disposed
from tests.workflows.visiting import text
from workflows.models import Act, Approval, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRONG = "739164"
TYPED = "เห็นควรเสนอตามที่ได้พิมพ์ไว้ยาวมาก"
FIELD = f'name="{confirming.FIELD}"'


class Desk:
    def __init__(self, home: Authority, key: str, report: Report) -> None:
        self.client = log_in(Client(), home.people[key], confirmed=False)
        self.home, self.report = home, report
        self.here = reverse("workflows:decide", kwargs={"org": home.organisation.slug, "pk": report.pk})

    def page(self) -> str:
        return text(self.client.get(self.here))

    def press(self, code: str = "", decision: str = "forward", **typed: Any) -> Any:
        step, content = reports.shown(self.home, self.report)
        data = {"step": step, "content": content, "decision": decision, "opinion": TYPED, "stance": "agrees"}
        return self.client.post(self.here, data | {confirming.FIELD: code} | typed)

    @property
    def state(self) -> str:
        return str(Approval.objects.of(self.home.organisation).get(report=self.report).state)

    def age(self, seconds: int) -> None:
        """The session's proof, so many seconds older."""
        session = self.client.session
        moment = datetime.datetime.fromisoformat(session[confirming.SESSION_KEY]["at"])
        session[confirming.SESSION_KEY]["at"] = (moment - datetime.timedelta(seconds=seconds)).isoformat()
        session.save()


@pytest.fixture
def desk(home: Authority) -> Desk:
    return Desk(home, "section_head", reports.in_state(home, State.DRAFTED))


def test_proof_and_opinion_in_one_press(desk: Desk) -> None:
    assert FIELD in desk.page()
    assert desk.press(PIN).status_code == 302
    assert desk.state == State.SECTION_HEAD_REVIEWED


@pytest.mark.parametrize(("code", "words"), [(WRONG, "รหัสยืนยันตัวตนไม่ถูกต้อง"), ("", "โปรดยืนยันตัวตน")])
def test_without_it_nothing_happens_and_nothing_is_lost(code: str, words: str, desk: Desk) -> None:
    answer = desk.press(code)
    assert answer.status_code == 403
    page = text(answer)
    assert words in page and TYPED in page and FIELD in page
    assert WRONG not in page
    assert desk.state == State.DRAFTED
    assert desk.press(PIN).status_code == 302


def test_a_proof_serves_five_minutes_for_the_session(home: Authority, desk: Desk) -> None:
    assert desk.press(PIN, opinion="").status_code == 400
    desk.age(int(confirming.FRESH.total_seconds()) - 30)
    assert FIELD not in desk.page()
    desk.age(60)
    assert FIELD in desk.page()
    assert desk.press().status_code == 403
    desk.age(-60)
    assert desk.press().status_code == 302


def test_sending_back_asks_nobody(desk: Desk) -> None:
    assert desk.press(decision="send_back", reason="แก้ปี").status_code == 302


def test_who_has_no_second_proof_is_led_to_make_one(home: Authority, desk: Desk) -> None:
    SecondProof.objects.filter(user=home.people["section_head"]).delete()
    page = desk.page()
    assert "ท่านยังไม่มีวิธียืนยันตัวตน" in page
    assert f"/accounts/pin/?next={desk.here}" in page
    answer = desk.press("482915")
    assert answer.status_code == 403 and TYPED in text(answer)
    pin.keep(home.people["section_head"], WRONG)
    assert desk.press(WRONG).status_code == 302


def test_who_used_up_his_tries_is_led_to_the_password(home: Authority, desk: Desk) -> None:
    for _ in range(pin.TRIES):
        answer = desk.press(WRONG)
    assert "ถูกล็อก" in text(answer)
    assert "ปลดล็อก" in desk.page()
    assert desk.press(PIN).status_code == 403
    pin.unlock(home.people["section_head"])
    assert desk.press(PIN).status_code == 302


def test_many_reports_want_one_proof(home: Authority) -> None:
    first, second = (reports.in_state(home, State.DRAFTED) for _ in range(2))
    client = log_in(Client(), home.people["section_head"], confirmed=False)
    here = reverse("workflows:decide_many", kwargs={"org": home.organisation.slug})
    typed: dict[str, Any] = {"report": [first.pk, second.pk]}
    for report in (first, second):
        step, content = reports.shown(home, report)
        typed |= {f"r{report.pk}-{name}": value for name, value in
                  {"include": "on", "step": step, "content": content, "opinion": TYPED}.items()}  # fmt: skip
    for code in ("", WRONG):
        answer = client.post(here, typed | {confirming.FIELD: code})
        assert answer.status_code == 403
        assert text(answer).count(TYPED) == 2 and FIELD in text(answer)
    assert not Act.objects.of(home.organisation).filter(kind=Act.Kind.ENDORSE).exists()
    assert client.post(here, typed | {confirming.FIELD: PIN}).status_code == 302
    assert Act.objects.of(home.organisation).filter(kind=Act.Kind.ENDORSE).count() == 2


def test_the_heads_approval_of_a_list(home: Authority) -> None:
    found = disposed.ready(home, disposed.past(home))
    client = log_in(Client(), home.people["mayor"], confirmed=False)
    kwargs = {"org": home.organisation.slug, "pk": found.pk}
    here = reverse("workflows:disposal_approve", kwargs=kwargs)
    assert FIELD in text(client.get(reverse("workflows:disposal", kwargs=kwargs)))
    typed = {"shown": disposed.shown(home, found), "sure": "on"}
    for code in ("", WRONG):
        answer = client.post(here, typed | {confirming.FIELD: code})
        assert answer.status_code == 403 and "ยืนยันตัวตน" in text(answer)
    assert client.post(here, typed | {confirming.FIELD: PIN}).status_code == 302


def test_ink_wants_the_registrars_own(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    client = log_in(Client(), home.people["registrar"], confirmed=False)
    here = reverse("workflows:ink", kwargs={"org": home.organisation.slug, "pk": report.pk})
    assert FIELD in text(client.get(here))
    log_in(client, home.people["registrar"])
    assert FIELD not in text(client.get(here))


def test_a_role_taken_away_is_gone_at_the_next_request(home: Authority, desk: Desk) -> None:
    assert desk.press(PIN, opinion="").status_code == 400
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    home.people["section_head"].appointments.update(ends=yesterday)
    assert desk.client.get(desk.here).status_code == 404
    assert desk.press().status_code == 404
    assert desk.state == State.DRAFTED


class TestPasskeyByScript:
    HERE = "/accounts/confirm/passkey/"

    def test_nobody_logged_in(self) -> None:
        assert Client().get(self.HERE).status_code == 401

    @pytest.mark.parametrize(
        "body", ["", "x", "[]", "{}", '{"id": 1}', '{"response": {}, "rawId": "AA", "id": "AA"}']
    )
    def test_nonsense_confirms_nothing(self, body: str, home: Authority) -> None:
        client = log_in(Client(), home.people["mayor"], confirmed=False)
        client.get(self.HERE)
        answer = client.post(self.HERE, body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["sentence"]
        assert confirming.confirmed_at(client.session, home.people["mayor"]) is None
