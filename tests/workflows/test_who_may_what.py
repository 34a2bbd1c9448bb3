"""The full table: state × act × persona. Whatever is not named here is refused, with a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from memos.models import Report
from tests import reports
from tests.personas import Authority, Personas
from workflows import actions, drafts, permissions
from workflows.models import Approval, State
from workflows.permissions import Actor
from workflows.refusals import Refused

HEADS = {"section_head", "acting_head"}
DRAFTER = {"legal_officer"}
WAITING = {State.DRAFTED: HEADS, State.SECTION_HEAD_REVIEWED: {"clerk"}, State.DEPUTY_APPROVED: {"mayor"}}
BACK = reports.RETURNED

ALLOWED: dict[tuple[str, str], set[str]] = {
    (State.WRITING, "submit"): DRAFTER,
    (State.WRITING, "discard"): DRAFTER,
    (State.WRITING, "hand_over"): DRAFTER | {"org_admin"},
    (BACK, "submit"): DRAFTER,
    (BACK, "withdraw"): DRAFTER,
    (BACK, "hand_over"): DRAFTER | {"org_admin"},
    (State.DRAFTED, "recall"): DRAFTER,
    (State.DEPUTY_APPROVED, "refuse"): {"mayor"},
    **{(state, act): who for state, who in WAITING.items() for act in ("endorse", "send_back")},
    **{(state, "withdraw"): DRAFTER for state in WAITING},
}


def _decide(act: Callable[..., Any], **words: str) -> Callable[[Actor, Authority, Report], Any]:
    def call(actor: Actor, home: Authority, report: Report) -> Any:
        approval = Approval.objects.of(home.organisation).select_related("content").get(report=report)
        step = permissions.current_step(approval)
        content = approval.content.sha256 if approval.content else ""
        return act(actor, report.pk, step=step.pk if step else 0, content=content, **words)

    return call


ACTS: dict[str, Callable[[Actor, Authority, Report], Any]] = {
    "submit": lambda actor, home, report: actions.submit(actor, report.pk, revision=report.revision),
    "endorse": _decide(actions.endorse, opinion="เห็นควร"),
    "send_back": _decide(actions.send_back, reason="ข้อมูลไม่ครบถ้วน"),
    "refuse": _decide(actions.refuse, reason="ไม่เห็นด้วย"),
    "recall": lambda actor, home, report: actions.recall(actor, report.pk),
    "withdraw": lambda actor, home, report: actions.withdraw(actor, report.pk, reason="จัดทำใหม่"),
    "discard": lambda actor, home, report: drafts.discard(actor, report.pk),
    "hand_over": lambda actor, home, report: actions.hand_over(
        actor, report.pk, to_user_id=home.people["second_legal_officer"].pk
    ),
}


class _Undo(Exception):
    pass


def _attempt(actor: Actor, act: str, home: Authority, report: Report) -> str:
    """ "" when it happened (and is undone again), otherwise the sentence."""
    try:
        with transaction.atomic():
            ACTS[act](actor, home, report)
            raise _Undo
    except _Undo:
        return ""
    except Refused as refusal:
        return refusal.sentence


@pytest.fixture
def everybody(personas: Personas) -> dict[str, Actor]:
    """People of the authority by key, and people of the other one with this authority's name on their lips."""
    home, stranger = personas.home, personas.stranger
    intruders = {f"stranger_{key}": Actor(user, home.organisation) for key, user in stranger.people.items()}
    intruders.pop("stranger_two_hats")
    return {key: home.actor(key) for key in home.people} | intruders


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_only_the_table_happens(state: str, home: Authority, everybody: dict[str, Actor]) -> None:
    report = reports.in_state(home, state)
    wrong = []
    for act, (key, actor) in itertools.product(ACTS, everybody.items()):
        sentence = _attempt(actor, act, home, report)
        if (sentence == "") != (key in ALLOWED.get((state, act), set())):
            wrong.append(f"{state} × {act} × {key}: {sentence or 'happened'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_pages_show_the_sentence_that_the_refusal_would_raise(
    state: str, home: Authority, everybody: dict[str, Actor]
) -> None:
    report = reports.in_state(home, state)
    approval = Approval.objects.of(home.organisation).select_related("report__drafter").get(report=report)
    rules = {
        "submit": permissions.may_submit,
        "recall": permissions.may_recall,
        "withdraw": permissions.may_withdraw,
        "discard": permissions.may_discard,
        "hand_over": permissions.may_hand_over,
    }
    for act, (key, actor) in itertools.product(rules, everybody.items()):
        assert rules[act](actor, approval) == _attempt(actor, act, home, report), f"{act} × {key}"
