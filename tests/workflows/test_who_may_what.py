"""The full table: state × act × persona. Whatever is not named here is refused, with a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from memos import register
from memos.models import Report
from memos.passing import CoDrafter
from tests import reports
from tests.personas import Authority, Personas
from tests.workflows import made_public
from workflows import (
    actions,
    correction_permissions,
    drafts,
    permissions,
    public_permissions,
    register_permissions,
    retention,
    retention_permissions,
)
from workflows.models import Approval, Errand, State, View
from workflows.permissions import Actor
from workflows.refusals import Refused

pytestmark = pytest.mark.once

HEADS = {"section_head", "acting_head"}
DRAFTER = {"legal_officer"}
WAITING = {State.DRAFTED: HEADS, State.SECTION_HEAD_REVIEWED: {"clerk"}, State.DEPUTY_APPROVED: {"mayor"}}
BACK = reports.RETURNED
SIGNED = State.MAYOR_SIGNED
# Two states more than a report has: a second round, and sent back with a remark; somebody writes along in both.
AGAIN, REMARKED = "again", "remarked"
EVERY_STATE = [*reports.EVERY_STATE, AGAIN, REMARKED]
CO_DRAFTER = {"second_legal_officer"}
ASKED, RECEIVER = "deputy_mayor", "reader"
SECRETARIES = {"registrar", "two_hats", "acting_head", "expired_acting"}
# The steps of the round, the head's with who stands in for him.
OF_THE_STEPS = HEADS | {"clerk", "mayor"}

REGISTRARS = {"registrar", "two_hats"}
MAY_DRAFT = DRAFTER | CO_DRAFTER | OF_THE_STEPS - {"mayor"} | {"deputy_clerk", "expired_acting"}
KEEPERS = REGISTRARS | {"org_admin"}
PUBLISHERS = DRAFTER | CO_DRAFTER | REGISTRARS
NUMBERED = [*WAITING, SIGNED]

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
    **{(state, "ask_view"): who for state, who in WAITING.items()},
    **{(state, "give_view"): {ASKED} for state in WAITING},
    # Who decides a step does not prepare it.
    **{(state, "prepare"): SECRETARIES - who for state, who in WAITING.items()},
    (SIGNED, "assign"): OF_THE_STEPS | DRAFTER,
    (SIGNED, "circulate"): OF_THE_STEPS | DRAFTER | {"registrar", "two_hats"},
    (SIGNED, "acknowledge"): {RECEIVER},
    (SIGNED, "correct"): MAY_DRAFT,
    **{(SIGNED, act): KEEPERS for act in ("retain", "hold", "release")},
    **{(SIGNED, act): PUBLISHERS for act in ("prepare_public", "publish", "unpublish")},
    **{(state, "number"): REGISTRARS for state in [*WAITING, SIGNED]},
    # Its number was given while it was under way; taken away it may be whatever became of it.
    **{(state, "void_number"): REGISTRARS for state in NUMBERED},
    # The second round: the head may confirm his own words, who stands in for him has none to confirm.
    (AGAIN, "confirm"): {"section_head"},
    (REMARKED, "resolve"): DRAFTER | CO_DRAFTER,
    (REMARKED, "withdraw"): DRAFTER,
    (REMARKED, "hand_over"): DRAFTER | {"org_admin"},
}
ALLOWED |= {(AGAIN, act): who for (state, act), who in ALLOWED.items() if state == State.DRAFTED}


def _decide(act: Callable[..., Any], **words: Any) -> Callable[[Actor, Authority, Report], Any]:
    def call(actor: Actor, home: Authority, report: Report) -> Any:
        approval = _approval(home, report)
        step = permissions.current_step(approval)
        content = approval.content.sha256 if approval.content else ""
        return act(actor, report.pk, step=step.pk if step else 0, content=content, **words)

    return call


def _give_view(actor: Actor, home: Authority, report: Report) -> Any:
    asked = _asked(home, report)
    return actions.give_view(actor, report.pk, view=asked.pk if asked else 0, text="เห็นชอบ")


def _asked(home: Authority, report: Report) -> View | None:
    """A view asked by whoever decides now."""
    step = permissions.current_step(_approval(home, report))
    if step is None:
        return None
    by = next(iter(sorted(WAITING[State(_approval(home, report).state)])))
    _ask_view(home.actor(by), home, report)
    return View.objects.of(home.organisation).get(step=step)


def _acknowledge(actor: Actor, home: Authority, report: Report) -> Any:
    sent = _sent(home, report)
    return actions.acknowledge(actor, report.pk, errand=sent.pk if sent else 0)


def _sent(home: Authority, report: Report) -> Errand | None:
    if _approval(home, report).state != SIGNED:
        return None
    act = actions.assign(home.actor("mayor"), report.pk, to=[home.people[RECEIVER].pk], order="ดำเนินการ")
    return act.errands.get()


def _resolve(actor: Actor, home: Authority, report: Report) -> Any:
    comment = _approval(home, report).comments.first()
    return actions.resolve_comment(actor, report.pk, comment=comment.pk if comment else 0)


def _approval(home: Authority, report: Report) -> Approval:
    rows = Approval.objects.of(home.organisation).select_related("content", "report__drafter")
    return rows.get(report=report)


def _ask_view(actor: Actor, home: Authority, report: Report) -> Any:
    asked = home.people[ASKED].pk
    return _decide(actions.ask_view, of=asked, question="ถูกต้องหรือไม่")(actor, home, report)


def _number(actor: Actor, home: Authority, report: Report) -> Any:
    return actions.number(actor, report.pk, book=register.of(home.organisation)[0].pk, typed="12")


def _void_number(actor: Actor, home: Authority, report: Report) -> Any:
    """Of a report that has one: where it may have one, the registrar gives it first."""
    if _approval(home, report).state in NUMBERED:
        _number(home.actor("registrar"), home, report)
    return actions.void_number(actor, report.pk, reason="ผิดเล่ม")


def _release(actor: Actor, home: Authority, report: Report) -> Any:
    if _approval(home, report).state == SIGNED:
        retention.hold(home.actor("registrar"), report.pk, reason="คดี")
    return retention.release(actor, report.pk, reason="คดีถึงที่สุด")


def _publish(actor: Actor, home: Authority, report: Report) -> Any:
    """The copy that the registrar had made, where there may be one."""
    revision = 1
    if _approval(home, report).state == SIGNED:
        revision = made_public.prepared(home, report, by="registrar").revision
    return actions.publish(actor, report.pk, revision=revision)


def _unpublish(actor: Actor, home: Authority, report: Report) -> Any:
    if _approval(home, report).state == SIGNED:
        _publish(home.actor("registrar"), home, report)
    return actions.unpublish(actor, report.pk, reason="พบข้อมูลส่วนบุคคล")


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
    "confirm": _decide(actions.confirm),
    "ask_view": _ask_view,
    "give_view": _give_view,
    "prepare": _decide(actions.prepare, decision="forward", opinion="เห็นควร"),
    "assign": lambda actor, home, report: actions.assign(
        actor, report.pk, to=[home.people[RECEIVER].pk], order="ดำเนินการตามที่เสนอ"
    ),
    "circulate": lambda actor, home, report: actions.circulate(
        actor, report.pk, to=[home.people[RECEIVER].pk], note=""
    ),
    "acknowledge": _acknowledge,
    "number": _number,
    "void_number": _void_number,
    "correct": lambda actor, home, report: actions.correct(actor, report.pk, reason="ผลไม่ครบ"),
    "retain": lambda actor, home, report: retention.retain(
        actor, report.pk, kept_as=retention.classes(home.organisation)[0].pk, reason="ตรวจทาน"
    ),
    "hold": lambda actor, home, report: retention.hold(actor, report.pk, reason="คดี"),
    "release": _release,
    "prepare_public": lambda actor, home, report: actions.prepare_public(actor, report.pk, revision=0),
    "publish": _publish,
    "unpublish": _unpublish,
    "resolve": _resolve,
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
    intruders = {
        f"stranger_{key}": Actor(user, home.organisation, timezone.now())
        for key, user in stranger.people.items()
    }
    intruders.pop("stranger_two_hats")
    return {key: home.actor(key) for key in home.people} | intruders


def in_state(home: Authority, state: str) -> Report:
    if state not in (AGAIN, REMARKED):
        return reports.in_state(home, state)
    report = reports.begin(home)
    CoDrafter.objects.create(
        organisation=home.organisation, report=report, user=home.people["second_legal_officer"]
    )
    reports.submit(home, report)
    reports.forward(home, report, "section_head", "เห็นควร")
    step, content = reports.shown(home, report)
    remarks = [actions.Remark("memo.subject", "ระบุปีให้ครบ")] if state == REMARKED else []
    actions.send_back(
        home.actor("clerk"), report.pk, step=step, content=content, reason="แก้ไขถ้อยคำ", remarks=remarks
    )
    if state == AGAIN:
        reports.submit(home, report)
    return Report.objects.of(home.organisation).select_related("approval").get(pk=report.pk)


@pytest.mark.parametrize("state", EVERY_STATE)
def test_only_the_table_happens(state: str, home: Authority, everybody: dict[str, Actor]) -> None:
    report = in_state(home, state)
    wrong = []
    for act, (key, actor) in itertools.product(ACTS, everybody.items()):
        sentence = _attempt(actor, act, home, report)
        if (sentence == "") != (key in ALLOWED.get((state, act), set())):
            wrong.append(f"{state} × {act} × {key}: {sentence or 'happened'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", EVERY_STATE)
def test_pages_show_the_sentence_that_the_refusal_would_raise(
    state: str, home: Authority, everybody: dict[str, Actor]
) -> None:
    report = in_state(home, state)
    approval = _approval(home, report)
    rules: dict[str, Callable[..., str]] = {
        "submit": permissions.may_submit,
        "recall": permissions.may_recall,
        "withdraw": permissions.may_withdraw,
        "discard": permissions.may_discard,
        "hand_over": permissions.may_hand_over,
        "assign": permissions.may_assign,
        "circulate": permissions.may_circulate,
        "number": register_permissions.may_number,
        "correct": correction_permissions.may_correct,
        "retain": retention_permissions.may_keep,
        "prepare_public": public_permissions.may_publish,
    }
    if permissions.current_step(approval) is not None:
        rules |= {
            "confirm": permissions.may_confirm,
            "ask_view": permissions.may_ask_view,
            "prepare": permissions.may_prepare,
        }
    if state == REMARKED:
        rules["resolve"] = permissions.may_resolve
    for act, (key, actor) in itertools.product(rules, everybody.items()):
        assert rules[act](actor, approval) == _attempt(actor, act, home, report), f"{act} × {key}"
