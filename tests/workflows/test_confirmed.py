"""Whatever is put under one's name for good wants a proof, five minutes old at most, of who it is: acts × proofs."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from ita_core import confirming
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows import disposed, inked
from workflows import actions, disposing
from workflows.models import State
from workflows.officers import Actor
from workflows.refusals import NotConfirmed

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)
FIVE_MINUTES = datetime.timedelta(minutes=5)  # said here too: a longer time is not to pass unseen
NOW = datetime.datetime(2022, 4, 1, 9, 30, tzinfo=datetime.UTC)
PROOFS: dict[str, tuple[datetime.datetime | None, bool]] = {
    "just now": (NOW, True),
    "five minutes ago": (NOW - FIVE_MINUTES, True),
    "a second more": (NOW - FIVE_MINUTES - SECOND, False),
    "never": (None, False),
    "by a clock that was set back": (NOW + SECOND, False),
}
Act = Callable[[Actor], object]


def _deed(home: Authority, report: Report, deed: str, **typed: Any) -> Act:
    step, content = reports.shown(home, report)
    return lambda actor: getattr(actions, deed)(actor, report.pk, step=step, content=content, **typed)


def _confirm(home: Authority) -> Act:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    reports.send_back(home, report, "clerk")
    reports.submit(home, report)
    return _deed(home, report, "confirm")


def _ink(home: Authority) -> Act:
    report = reports.in_state(home, State.DRAFTED)
    step, content = reports.shown(home, report)
    day = timezone.localdate()
    facts: dict[str, Any] = {
        "officer": inked.hat(home, "section_head"),
        "decided_on": day,
        "opinion": "เห็นชอบ",
    }
    scan = inked.scan_of(home, report)
    return lambda actor: actions.record_ink(
        actor, report.pk, step=step, content=content, decision="forward", scan=scan, **facts
    )


def _dispose(home: Authority) -> Act:
    found = disposed.ready(home, disposed.past(home))
    shown = disposed.shown(home, found)
    return lambda actor: disposing.approve(actor, found.pk, shown=shown)


SIGNATURES: dict[str, tuple[str, Callable[[Authority], Act]]] = {
    "endorse": (
        "section_head",
        lambda home: _deed(home, reports.in_state(home, State.DRAFTED), "endorse", opinion="เห็นควร"),
    ),
    "confirm": ("section_head", _confirm),
    "sign": (
        "mayor",
        lambda home: _deed(home, reports.in_state(home, State.DEPUTY_APPROVED), "endorse", opinion="อนุมัติ"),
    ),
    "refuse": (
        "mayor",
        lambda home: _deed(home, reports.in_state(home, State.DEPUTY_APPROVED), "refuse", reason="ไม่ครบ"),
    ),
    "record ink": ("registrar", _ink),
    "destroy": ("mayor", _dispose),
}


class _Undo(Exception):
    pass


def _happens(act: Act, actor: Actor) -> bool:
    try:
        with transaction.atomic():
            act(actor)
            raise _Undo
    except _Undo:
        return True
    except NotConfirmed:
        return False


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures_want_a_fresh_proof(name: str, home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    key, prepare = SIGNATURES[name]
    act = prepare(home)
    actor = home.actor(key)
    now = timezone.now()
    happened = {}
    for proof, (moment, _expected) in PROOFS.items():
        then = moment and now + (moment - NOW)
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda: now)
            happened[proof] = _happens(act, dataclasses.replace(actor, confirmed_at=then))
    assert happened == {proof: expected for proof, (_moment, expected) in PROOFS.items()}


def test_other_acts_do_not(home: Authority) -> None:
    """Sending back puts nothing on paper, and what a drafter sends up he can take back."""
    report = reports.in_state(home, State.DRAFTED)
    step, content = reports.shown(home, report)
    officer = dataclasses.replace(home.actor("section_head"), confirmed_at=None)
    actions.send_back(officer, report.pk, step=step, content=content, reason="แก้ปี")
    drafter = dataclasses.replace(home.actor("legal_officer"), confirmed_at=None)
    report.refresh_from_db()
    actions.submit(drafter, report.pk, revision=report.revision)


def test_the_proof_of_another_person_is_none(home: Authority) -> None:
    session = SessionStore()
    moment = confirming.note(session, home.people["clerk"])
    assert confirming.confirmed_at(session, home.people["clerk"]) == moment
    assert confirming.confirmed_at(session, home.people["mayor"]) is None
    for nonsense in (
        None,
        "x",
        {"user": home.people["clerk"].pk},
        {"user": home.people["clerk"].pk, "at": "x"},
    ):
        session[confirming.SESSION_KEY] = nonsense
        assert confirming.confirmed_at(session, home.people["clerk"]) is None
