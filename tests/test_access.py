"""Every address × persona × state against one table. An address that the table does not name fails the test.

Strangers, people whose appointments ended, and other authorities' reports are 404, for pages, files and identifiers
alike; who is not logged in is sent to the login. Stock pages of admin and viewflow are covered by prefix.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from memos.models import Report, TemplateVersion
from tests import reports
from tests.memos.import_steps import left_waiting
from tests.personas import Authority, Personas
from workflows.models import State

STOCK = ("admin/", "flow/", "i18n/", "__debug__/")
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


def _file(state: str, who: str) -> int:
    """A draft never submitted has no set; what is asked for there does not exist."""
    return 404 if state == NEVER_SUBMITTED and _view(state, who) == 200 else _view(state, who)


def _administers(state: str, who: str) -> int:
    return 200 if who == "org_admin" else 403


# Address name → what GET answers to a person of the authority, by the report's state.
TABLE: dict[str, Callable[[str, str], int]] = {
    "home": lambda state, who: 302,
    "workflows:inbox": lambda state, who: 200,
    "workflows:archive": lambda state, who: 200,
    "workflows:new": lambda state, who: 200 if who in MAY_DRAFT else 403,
    "workflows:report": _view,
    "workflows:check": _edit,
    "workflows:preview": _edit,
    "workflows:export": _view,
    "workflows:summary": _view,
    "workflows:decide": _decide,
    "workflows:recall": _of_drafter({State.DRAFTED}),
    "workflows:withdraw": _of_drafter({reports.RETURNED} | UNDER_WAY),
    "workflows:discard": _of_drafter({NEVER_SUBMITTED}),
    "workflows:hand_over": _hand_over,
    "workflows:copy": _copy,
    "workflows:document": _file,
    "workflows:set_zip": _file,
    "workflows:pages": _file,
    "workflows:page_image": lambda state, who: 404 if _view(state, who) == 200 else 403,  # It has no pages.
    "memos:edit_memo": _edit,
    "memos:live": lambda state, who: 405,
    "memos:paste": lambda state, who: 405,
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

# Pages of the account: address, what GET answers to anonymous and to anybody logged in.
ACCOUNT: dict[str, tuple[str, int, int]] = {
    "account_login": ("login/", 200, 302),
    "account_logout": ("logout/", 302, 200),
    "account_inactive": ("inactive/", 200, 200),
    "account_reauthenticate": ("reauthenticate/", 302, 200),
    "account_change_password": ("password/change/", 302, 200),
    "account_set_password": ("password/set/", 302, 302),
    "account_reset_password": ("password/reset/", 200, 200),
    "account_reset_password_done": ("password/reset/done/", 200, 200),
    "account_reset_password_from_key": ("password/reset/key/1-abc-def/", 200, 200),
    "account_reset_password_from_key_done": ("password/reset/key/done/", 200, 200),
    "account_signup": ("signup/", 200, 200),
}


def names_of(patterns: list[Any], prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            yield route, f"{namespace}{pattern.name}"


def test_every_address_is_in_the_table() -> None:
    ours = {name for route, name in names_of(get_resolver().url_patterns) if not route.startswith(STOCK)}
    assert ours == set(TABLE) | set(ACCOUNT)


def test_the_pages_of_the_account(home: Authority) -> None:
    everybody = {"nobody": Client()} | {key: client_of(user) for key, user in home.people.items()}
    wrong = []
    for name, (page, *expected) in ACCOUNT.items():
        for key, client in everybody.items():
            answer = client.get(f"/accounts/{page}").status_code
            if answer != expected[key != "nobody"]:
                wrong.append(f"{name} × {key}: {answer}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "page", ["", "email/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/"]
)
def test_nobody_enters_addresses_alone(page: str, home: Authority) -> None:
    for client in (Client(), client_of(home.people["reader"])):
        typed = {"email": "mayor@example.org", "action_add": ""}
        assert {
            client.get(f"/accounts/{page}").status_code,
            client.post(f"/accounts/{page}", typed).status_code,
        } == {404}


def addresses(home: Authority, report: Report) -> dict[str, str]:
    """The address of every page of ours for this report."""
    org = {"org": home.organisation.slug}
    of_report = {**org, "pk": report.pk}
    section = report.sections.earliest("pk")
    act = report.approval.acts.filter(document_set__isnull=False).first()
    of_act = {**of_report, "act": act.pk if act else uuid.uuid4()}
    of_form = {**org, "form": section.form_id}
    rendering, _new = home.organisation.renderings.get_or_create(sha256="0" * 64)
    of_rendering = {**org, "sha256": rendering.sha256}
    special: dict[str, dict[str, Any]] = {
        "home": {},
        "workflows:inbox": org,
        "workflows:archive": org,
        "workflows:new": org,
        "workflows:preview": {**of_report, "kind": "memo"},
        "workflows:export": {**of_report, "ending": "csv"},
        "workflows:document": {**of_act, "kind": "measures"},
        "workflows:set_zip": of_act,
        "workflows:pages": of_act,
        "workflows:page_image": {**of_act, "kind": "memo", "page": 1},
        **dict.fromkeys(("memos:settings", "memos:forms", "memos:new_form", "memos:draft_word"), org),
        "memos:checks_settings": org,
        "memos:templates": org,
        "memos:template_word": {
            **org,
            "template": TemplateVersion.objects.filter(organisation=None).earliest("pk").pk,
        },
        "memos:template_draft": {**org, "kind": _template_draft(home)},
        "memos:template_sample": {**org, "kind": _template_draft(home)},
        "memos:rendering": of_rendering,
        "memos:rendering_page": {**of_rendering, "page": 1},
        **dict.fromkeys(("memos:form", "memos:edit_form", "memos:form_word", "memos:withdraw_form"), of_form),
        "memos:import_mapping": {**of_report, "draft": left_waiting(report).pk},
        "memos:edit_section": {**of_report, "section": section.pk},
        "memos:paste": {**of_report, "section": section.pk},
        "memos:delete_section": {**of_report, "section": section.pk},
    }
    return {name: reverse(name, kwargs=special.get(name, of_report)) for name in TABLE}


def _template_draft(home: Authority) -> str:
    """What waits for the administrator: the shipped template once more."""
    docx = bytes(TemplateVersion.objects.filter(organisation=None, kind="memo").earliest("pk").docx)
    facts = {
        "file_name": "memo.docx",
        "sha256": "0" * 64,
        "docx": docx,
        "uploaded_by": home.people["org_admin"],
    }
    waiting, _made = home.organisation.template_drafts.get_or_create(kind="memo", defaults=facts)
    return str(waiting.kind)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_people_of_the_authority(state: str, home: Authority) -> None:
    report = reports.in_state(home, state)
    wrong = []
    for key, user in home.people.items():
        if key == "former":
            continue
        client = client_of(user)
        for name, address in addresses(home, report).items():
            answer, expected = client.get(address).status_code, TABLE[name](state, key)
            if answer != expected:
                wrong.append(f"{name} × {state} × {key}: {answer}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_everybody_else(state: str, personas: Personas) -> None:
    home, stranger = personas.home, personas.stranger
    report = reports.in_state(home, state)
    outsiders = {f"stranger {key}": user for key, user in stranger.people.items() if key != "two_hats"}
    outsiders["former"] = home.people["former"]
    wrong = []
    own = {name: url for name, url in addresses(home, report).items() if name != "home"}
    for who, user in outsiders.items():
        client = client_of(user)
        for name, address in own.items():
            statuses = {client.get(address).status_code, client.post(address, {"do": "save"}).status_code}
            if statuses != {404}:
                wrong.append(f"{name} × {state} × {who}: {statuses}")
    for name, address in own.items():
        answer = Client().get(address)
        if answer.status_code != 302 or "/accounts/login/" not in answer["Location"]:
            wrong.append(f"{name} × {state} × not logged in: {answer.status_code}")
        if (status := Client().post(address).status_code) != 401:
            wrong.append(f"{name} × {state} × a form, not logged in: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_identifiers_of_another_authority_under_ones_own_address(state: str, personas: Personas) -> None:
    """A stranger who puts the number of this authority's report behind his own authority's address."""
    home, stranger = personas.home, personas.stranger
    report = reports.in_state(home, state)
    client = client_of(stranger.people["legal_officer"])
    mine, theirs = f"/o/{stranger.organisation.slug}/", f"/o/{home.organisation.slug}/"
    for name, address in addresses(home, report).items():
        if f"/reports/{report.pk}/" in address:
            assert client.get(address.replace(theirs, mine)).status_code == 404, name
