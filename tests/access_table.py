"""What GET answers to a person of the authority on every address of ours, by the report's state."""

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


def _administers(state: str, who: str) -> int:
    return 200 if who == "org_admin" else 403


# Pages for everybody, logged in or not, and in every state the same: address, what GET answers.
PUBLIC: dict[str, tuple[str, int]] = {
    "icon": ("/favicon.ico", 302),
    "public:proof": ("/v/", 200),
    "public:proof_of": ("/v/0000", 404),
    "public:heads": ("/heads/", 200),
    "public:heads_of_day": ("/heads/2000-01-01.json", 404),
    "public:heads_of": ("/heads/nowhere.json", 404),
    "public:sites": ("/p/", 200),
    "public:site": ("/p/nowhere/", 404),
    "public:site_feed": ("/p/nowhere/feed.json", 404),
    "public:site_embed": ("/p/nowhere/embed/", 404),
    "public:site_year": ("/p/nowhere/2565/", 404),
    "public:copy": ("/p/nowhere/2565/report/", 404),
    "public:copy_file": ("/p/nowhere/2565/report/report.pdf", 404),
    "public:copy_version": ("/p/nowhere/2565/report/1/", 404),
    "public:copy_version_file": ("/p/nowhere/2565/report/1/data.csv", 404),
    "public:nowhere": ("/p/nowhere/at/all", 404),
}

# Address name → what GET answers to a person of the authority, by the report's state.
TABLE: dict[str, Callable[[str, str], int]] = {
    "home": lambda state, who: 302,
    "workflows:inbox": lambda state, who: 200,
    "workflows:archive": lambda state, who: 200,
    "workflows:retain": _keeps,
    "workflows:hold": _keeps,
    "workflows:release": _not_held,
    "workflows:disposals": lambda state, who: 200,
    "workflows:new_disposal": lambda state, who: 200 if who in REGISTRARS | {"org_admin"} else 403,
    "workflows:disposal": lambda state, who: 200,
    "workflows:disposal_judge": lambda state, who: 200 if who in COMMITTEE else 403,
    "workflows:disposal_answer": _silent(REGISTRARS | {"org_admin"}),
    "workflows:disposal_approve": lambda state, who: 405,
    "workflows:disposal_drop": lambda state, who: 200 if who in REGISTRARS | {"org_admin", "mayor"} else 403,
    "workflows:disposal_list": lambda state, who: 404,
    "workflows:retention_classes": _administers,
    "workflows:new_retention_class": _administers,
    "workflows:retention_class": _administers,
    "workflows:register": lambda state, who: 200,
    "workflows:register_of": lambda state, who: 200,
    "workflows:register_sheet": lambda state, who: 200,
    "workflows:register_enter": _registers,
    "workflows:register_reserve": _registers,
    "workflows:register_remark": _registers,
    "workflows:register_void": _registers,
    "workflows:number": _number,
    "workflows:void_number": _no_number,
    "workflows:ink": _ink,
    "workflows:ink_print": _ink,
    "workflows:ink_file": _no_print,
    "workflows:scan": _no_scan,
    "workflows:publications": lambda state, who: 200,
    "workflows:publication": _no_publication,
    "workflows:publication_receipt": _no_publication,
    "workflows:publication_receipt_json": _no_publication,
    "workflows:publication_pack": _no_publication,
    "workflows:publication_check": lambda state, who: 405,
    "workflows:decide_many": lambda state, who: 200,
    "workflows:new": lambda state, who: 200 if who in MAY_DRAFT else 403,
    "workflows:report": _view,
    "workflows:check": _edit,
    "workflows:preview": _edit,
    "workflows:preview_pages": _edit,
    "workflows:preview_image": lambda state, who: 404 if _edit(state, who) == 200 else _edit(state, who),
    "workflows:export": _view,
    "workflows:summary": _view,
    "workflows:decide": _decide,
    "workflows:recall": _of_drafter({State.DRAFTED}),
    "workflows:withdraw": _of_drafter({reports.RETURNED} | UNDER_WAY),
    "workflows:discard": _of_drafter({NEVER_SUBMITTED}),
    "workflows:hand_over": _hand_over,
    "workflows:copy": _copy,
    "workflows:correct": _correct,
    "workflows:publish": _publish,
    "workflows:publish_now": lambda state, who: 405,
    "workflows:publish_again": lambda state, who: 405,
    "workflows:publish_pdf": _no_public_copy,
    "workflows:publish_image": _no_public_copy,
    "workflows:unpublish": _not_published,
    "workflows:ask_view": _decide,
    "workflows:give_view": _give_view,
    "workflows:prepare": _prepare,
    "workflows:assign": _after_signing(OF_THE_STEPS | {DRAFTER}),
    "workflows:circulate": _after_signing(OF_THE_STEPS | {DRAFTER, "registrar", "two_hats"}),
    "workflows:acknowledge": _acknowledge,
    "workflows:comments": _edit,
    "workflows:remarks": _edit,
    "workflows:comment": _no_such_remark,
    "workflows:document": _file,
    "workflows:set_zip": _file,
    "workflows:bundle": _bundle,
    "workflows:pages": _file,
    "workflows:final": _final,
    "workflows:final_pdf": lambda state, who: 404 if _view(state, who) == 200 else 403,
    "workflows:final_image": lambda state, who: 404 if _view(state, who) == 200 else 403,
    "workflows:page_image": lambda state, who: 404 if _view(state, who) == 200 else 403,  # It has no pages.
    "memos:edit_memo": _edit,
    "memos:live": lambda state, who: 405,
    "memos:paste": lambda state, who: 405,
    "memos:co_drafters": _edit,
    "memos:sections": _edit,
    "memos:import": _edit,
    "memos:import_mapping": _edit,
    "memos:edit_section": _edit,
    "memos:delete_section": _edit,
    "memos:settings": _administers,
    "memos:forms": _administers,
    "memos:new_form": _administers,
    "memos:form": _administers,
    "memos:edit_form": _administers,
    "memos:form_word": _administers,
    "memos:registers": _administers,
    "memos:new_register": _administers,
    "memos:edit_register": _administers,
    "memos:checks_settings": _administers,
    "memos:templates": _administers,
    "memos:template_word": _administers,
    "memos:template_draft": _administers,
    "memos:template_sample": _administers,
    "memos:rendering": _administers,
    "memos:rendering_page": lambda state, who: 404 if who == "org_admin" else 403,  # It has no pages.
    "memos:withdraw_form": lambda state, who: 405 if who == "org_admin" else 403,
    "memos:draft_word": lambda state, who: 405 if who == "org_admin" else 403,
}
