"""Every address × persona × state against one table. An address that the table does not name fails the test.

Strangers, people whose appointments ended, and other authorities' reports are 404, for pages, files and identifiers
alike; who is not logged in is sent to the login. Stock pages of admin and viewflow are covered by prefix.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ita_core import thai
from memos import register
from memos.models import Register, RegisterEntry, Report, TemplateVersion
from memos.register import Line
from tests import reports
from tests.access_account import ACCOUNT
from tests.access_table import COMMITTEE, EVERYWHERE, PUBLIC, TABLE
from tests.logging_in import log_in
from tests.memos import collecting_hand
from tests.memos.import_steps import left_waiting
from tests.people_addresses import of_people
from tests.personas import Authority, Personas
from tests.volumes import volume
from tests.workflows import asked
from workflows import retention
from workflows.disposed import DisposalList, DisposalMember

_OF_NOTICES = ("notices", "mark_read", "preferences", "line", "ways_out")
_OF_SETTINGS = ("settings", "forms", "new_form", "draft_word", "checks_settings", "templates")
_OF_ALL = ("inbox", "archive", "decide_many", "new", "publications")
STOCK = ("admin/", "flow/", "i18n/", "__debug__/")


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
    assert ours == set(TABLE) | set(ACCOUNT) | set(PUBLIC)


def test_pages_for_everybody(home: Authority) -> None:
    everybody = {"nobody": Client()} | {key: client_of(user) for key, user in home.people.items()}
    wrong = []
    for name, (page, expected) in PUBLIC.items():
        for key, client in everybody.items():
            if (answer := client.get(page).status_code) != expected:
                wrong.append(f"{name} × {key}: {answer}")
    assert not wrong, "\n".join(wrong)


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
    newest = report.approval.acts.filter(document_set__isnull=False).last()
    of_newest = {**of_report, "act": newest.pk if newest else uuid.uuid4()}
    of_form = {**org, "form": section.form_id}
    rendering, _new = home.organisation.renderings.get_or_create(sha256="0" * 64)
    of_rendering = {**org, "sha256": rendering.sha256}
    of_draft = {**org, "kind": _template_draft(home)}
    view, errand = asked.view_of(home, report), asked.errand_of(home, report)
    special: dict[str, dict[str, Any]] = {
        "workflows:give_view": {**of_report, "view": view.pk if view else 0},
        "workflows:acknowledge": {**of_report, "errand": errand.pk if errand else 0},
        "workflows:comment": {**of_report, "comment": 0},
        **{
            name: {} if name in EVERYWHERE else org
            for name in TABLE
            if name == "home" or name[:6] == "first:"
        },
        **dict.fromkeys((f"workflows:{name}" for name in _OF_ALL), org),
        **_of_time(org),
        **dict.fromkeys((f"notices:{name}" for name in _OF_NOTICES), org),
        "notices:open": {**org, "pk": uuid.uuid4()},
        **_of_registers(home),
        **_of_disposal(home),
        **of_people(home),
        "workflows:preview": {**of_report, "kind": "memo"},
        "workflows:preview_image": {**of_report, "sha256": rendering.sha256, "page": 1},
        "workflows:export": {**of_report, "ending": "csv"},
        **_of_acts(of_report, of_act, of_newest),
        **dict.fromkeys((f"memos:{name}" for name in _OF_SETTINGS), org),
        "memos:template_word": {
            **org,
            "template": TemplateVersion.objects.filter(organisation=None).earliest("pk").pk,
        },
        **dict.fromkeys(("memos:template_draft", "memos:template_sample"), of_draft),
        **collecting_hand.places(home, report),
        "memos:rendering": of_rendering,
        "memos:rendering_page": {**of_rendering, "page": 1},
        **dict.fromkeys(("memos:form", "memos:edit_form", "memos:form_word", "memos:withdraw_form"), of_form),
        "memos:import_mapping": {**of_report, "draft": left_waiting(report).pk},
        "memos:edit_section": {**of_report, "section": section.pk},
        "memos:paste": {**of_report, "section": section.pk},
        "memos:delete_section": {**of_report, "section": section.pk},
    }
    return {name: reverse(name, kwargs=special.get(name, of_report)) for name in TABLE}


def _of_time(org: dict[str, Any]) -> dict[str, dict[str, Any]]:
    pages = ("knowing", "days_off", "route", "year_now")
    return {
        **dict.fromkeys((f"workflows:{name}" for name in pages), org),
        "workflows:figures": {**org, "key": "standing", "ending": "csv"},
        "workflows:year": {**org, "fiscal_year": 2565},
        "workflows:remove_day": {**org, "row": 0},
    }


def _of_acts(
    of_report: dict[str, Any], of_act: dict[str, Any], of_newest: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Papers of the first and of the newest act that issued some."""
    return {
        "workflows:document": {**of_act, "kind": "measures"},
        "workflows:set_zip": of_act,
        "workflows:scan": of_act,
        **dict.fromkeys(("workflows:final", "workflows:final_pdf"), of_newest),
        "workflows:final_image": {**of_newest, "page": 1},
        "workflows:publish_image": {**of_report, "page": 1},
        "workflows:pages": of_act,
        "workflows:page_image": {**of_act, "kind": "memo", "page": 1},
    }


def _of_registers(home: Authority) -> dict[str, dict[str, Any]]:
    """A book with a paper of another office in it."""
    org = {"org": home.organisation.slug}
    book = register.of(home.organisation)[0]
    line = RegisterEntry.objects.of(home.organisation).filter(register=book).first()
    if line is None:
        Register.objects.of(home.organisation).filter(pk=book.pk).update(numbering="here")
        paper = Line(dated=thai.today(), sender="กองคลัง", recipient="นายก", subject="ขออนุมัติจัดซื้อ")
        book.numbering = Register.Numbering.HERE
        line = register.take(book, next(iter(home.people.values())), paper)
    of_book = {**org, "register": book.pk}
    of_line = {**of_book, "entry": line.pk}
    books = ("register_of", "register_sheet", "register_enter", "register_reserve")
    return {
        **dict.fromkeys(("workflows:register", "memos:registers", "memos:new_register"), org),
        **dict.fromkeys((f"workflows:{name}" for name in books), of_book),
        "memos:edit_register": of_book,
        **dict.fromkeys(("workflows:register_remark", "workflows:register_void"), of_line),
    }


def _of_disposal(home: Authority) -> dict[str, dict[str, Any]]:
    """An empty list whose committee has said nothing, and a class of the authority."""
    org = {"org": home.organisation.slug}
    people = [home.people[key] for key in sorted(COMMITTEE) if key in home.people]
    found = DisposalList.objects.of(home.organisation).first()
    if found is None:
        found = DisposalList(
            organisation=home.organisation, year=2569, number=1, drawn_by=next(iter(home.people.values()))
        )
        found.save()
        for position, user in enumerate(people, 1):
            DisposalMember(list=found, position=position, user=user, title="กรรมการ").save()
    of_list = {**org, "pk": found.pk}
    acts = (
        "disposal",
        "disposal_judge",
        "disposal_answer",
        "disposal_answer_scan",
        "disposal_approve",
        "disposal_drop",
        "disposal_list",
    )
    kept = {**org, "row": retention.classes(home.organisation)[0].pk}
    pages = ("disposals", "new_disposal", "retention_classes", "new_retention_class")
    return {
        **dict.fromkeys((f"workflows:{name}" for name in pages), org),
        **dict.fromkeys((f"workflows:{name}" for name in acts), of_list),
        "workflows:retention_class": kept,
    }


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
    log_in(client, user)
    return client


def _in_turn(pages: dict[str, str], place: int, state: str, turns: int) -> list[tuple[str, str]]:
    """A sample asks each person for each page in every ``turns``-th state, others in turn; a soak in all of them."""
    turns = volume(turns, 1)
    turn = reports.EVERY_STATE.index(state) + place
    return [page for number, page in enumerate(pages.items()) if (number + turn) % turns == 0]


@pytest.mark.once
@pytest.mark.sampled
@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_people_of_the_authority(state: str, home: Authority) -> None:
    pages = addresses(home, reports.in_state(home, state))
    wrong = []
    for place, (key, user) in enumerate(home.people.items()):
        if key == "former":
            continue
        client = client_of(user)
        for name, address in _in_turn(pages, place, state, 2):
            answer, expected = client.get(address).status_code, TABLE[name](state, key)
            if answer != expected:
                wrong.append(f"{name} × {state} × {key}: {answer}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
@pytest.mark.sampled
@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_everybody_else(state: str, personas: Personas) -> None:
    home, stranger = personas.home, personas.stranger
    report = reports.in_state(home, state)
    outsiders = {f"stranger {key}": user for key, user in stranger.people.items() if key != "two_hats"}
    outsiders["former"] = home.people["former"]
    wrong = []
    own = {name: url for name, url in addresses(home, report).items() if name not in EVERYWHERE}
    for place, (who, user) in enumerate(outsiders.items()):
        client = client_of(user)
        # They are turned away before anything is read of the report: one state each will do.
        for name, address in _in_turn(own, place, state, 8):
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
