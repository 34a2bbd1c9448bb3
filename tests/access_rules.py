"""The rules behind the table of access: what an address answers, by the report's state and who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests import reports
from tests.workflows.asked import ASKED, RECEIVER
from workflows.models import State

NEVER_SUBMITTED = State.WRITING
OPEN = {State.WRITING, reports.RETURNED}
UNDER_WAY = {State.DRAFTED, State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED}
WAITS_FOR = {
    State.DRAFTED: {"section_head", "acting_head"},
    State.SECTION_HEAD_REVIEWED: {"clerk"},
    State.DEPUTY_APPROVED: {"mayor"},
}
MAY_DRAFT = {
    "legal_officer",
    "second_legal_officer",
    "section_head",
    "clerk",
    "deputy_clerk",
    "acting_head",
    "expired_acting",
}
DRAFTER = "legal_officer"
SECRETARIES = {"registrar", "two_hats", "acting_head", "expired_acting"}
REGISTRARS = {"registrar", "two_hats"}
COMMITTEE = {"clerk", "section_head", "legal_officer"}
PUBLISHERS = {"legal_officer", "second_legal_officer"} | REGISTRARS
OF_FINANCE = {"acting_head"}
"""Who holds a post in the unit that is asked to fill in rows (tests/memos/collecting_hand.py)."""
OF_THE_STEPS = {"section_head", "acting_head", "clerk", "mayor"}


def _view(state: str, who: str) -> int:
    return 403 if state == NEVER_SUBMITTED and who not in {DRAFTER, "org_admin"} else 200


def _edit(state: str, who: str) -> int:
    return 403 if who != DRAFTER else 200 if state in OPEN else 409


def _decide(state: str, who: str) -> int:
    if _view(state, who) != 200:
        return 403
    if state not in UNDER_WAY:
        return 409
    return 200 if who in WAITS_FOR[State(state)] else 403


def _of_drafter(states: set[Any]) -> Callable[[str, str], int]:
    return lambda state, who: 403 if who != DRAFTER else 200 if state in states else 409


def _hand_over(state: str, who: str) -> int:
    return 403 if who not in {DRAFTER, "org_admin"} else 200 if state in OPEN else 409


def _copy(state: str, who: str) -> int:
    return 200 if _view(state, who) == 200 and who in MAY_DRAFT else 403


def _correct(state: str, who: str) -> int:
    if _view(state, who) != 200 or who not in MAY_DRAFT:
        return 403
    return 200 if state == State.MAYOR_SIGNED else 409


def _file(state: str, who: str) -> int:
    """A draft never submitted has no set; what is asked for there does not exist."""
    return 404 if state == NEVER_SUBMITTED and _view(state, who) == 200 else _view(state, who)


def _final(state: str, who: str) -> int:
    """Of the newest set, which has one once it is signed; nobody has made the file itself here."""
    return _view(state, who) if state == State.MAYOR_SIGNED or _view(state, who) != 200 else 404


def _bundle(state: str, who: str) -> int:
    """Nothing was done to a draft never submitted, so there is nothing to prove."""
    return 409 if state == NEVER_SUBMITTED and _view(state, who) == 200 else _view(state, who)


def _give_view(state: str, who: str) -> int:
    """Asked of one person while it is under way; elsewhere nothing was asked."""
    if _view(state, who) != 200:
        return 403
    if state not in UNDER_WAY:
        return 404
    return 200 if who == ASKED else 403


def _prepare(state: str, who: str) -> int:
    """Secretaries, unless they may decide the step themselves."""
    if _view(state, who) != 200 or who not in SECRETARIES:
        return 403
    if state not in UNDER_WAY:
        return 409
    return 403 if who in WAITS_FOR[State(state)] else 200


def _after_signing(who_may: set[str]) -> Callable[[str, str], int]:
    def answer(state: str, who: str) -> int:
        if _view(state, who) != 200:
            return 403
        if state != State.MAYOR_SIGNED:
            return 409
        return 200 if who in who_may else 403

    return answer


def _acknowledge(state: str, who: str) -> int:
    if _view(state, who) != 200:
        return 403
    if state != State.MAYOR_SIGNED:
        return 404
    return 200 if who == RECEIVER else 403


def _publish(state: str, who: str) -> int:
    if _view(state, who) != 200 or who not in PUBLISHERS:
        return 403
    return 200 if state == State.MAYOR_SIGNED else 409


def _not_published(state: str, who: str) -> int:
    """None of these reports was, so there is nothing to withdraw."""
    return 409 if _view(state, who) == 200 and who in PUBLISHERS else 403


def _no_public_copy(state: str, who: str) -> int:
    return 404 if _view(state, who) == 200 and who in PUBLISHERS else 403


def _registers(state: str, who: str) -> int:
    return 200 if who in REGISTRARS else 403


def _number(state: str, who: str) -> int:
    """Under way or signed; a report that is being written or has ended gets none."""
    if _view(state, who) != 200 or who not in REGISTRARS:
        return 403
    return 200 if state in UNDER_WAY | {State.MAYOR_SIGNED} else 409


def _no_number(state: str, who: str) -> int:
    """None of these reports has a number that could be void."""
    return 409 if _view(state, who) == 200 and who in REGISTRARS else 403


def _ink(state: str, who: str) -> int:
    """While a step waits; none of these reports' steps is a registrar's."""
    if _view(state, who) != 200 or who not in REGISTRARS:
        return 403
    return 200 if state in UNDER_WAY else 409


def _no_print(state: str, who: str) -> int:
    return 404 if _ink(state, who) == 200 else _ink(state, who)


def _no_scan(state: str, who: str) -> int:
    """None of these reports was signed on paper."""
    return 404 if _view(state, who) == 200 else _view(state, who)


def _no_such_remark(state: str, who: str) -> int:
    return 404 if _edit(state, who) == 200 else _edit(state, who)


def _no_publication(state: str, who: str) -> int:
    """None of these reports was published; one that is is looked at by its own authority alone (test_pages_publications)."""
    return 404


def _keeps(state: str, who: str) -> int:
    if _view(state, who) != 200 or who not in REGISTRARS | {"org_admin"}:
        return 403
    return 200 if state == State.MAYOR_SIGNED else 409


def _not_held(state: str, who: str) -> int:
    """None of these reports is held."""
    return 409 if _keeps(state, who) == 200 else _keeps(state, who)


def _silent(who_may: set[str]) -> Callable[[str, str], int]:
    """A list whose committee has not said anything yet."""
    return lambda state, who: 409 if who in who_may else 403


def _knows(state: str, who: str) -> int:
    """Who writes reports, decides them or administers the authority."""
    return 200 if who in MAY_DRAFT | {"org_admin", "mayor", "deputy_mayor"} else 403


def _administers(state: str, who: str) -> int:
    return 200 if who == "org_admin" else 403


def _no_scan_of_order(state: str, who: str) -> int:
    """Of none of these orders was a scan kept."""
    return 404 if who == "org_admin" else 403
