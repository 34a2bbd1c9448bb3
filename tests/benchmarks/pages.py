"""Every page of ours at 1,000 and at 100,000 reports: queries, milliseconds, kilobytes, and what the size adds.

The addresses are those of tests/test_access.py: whoever adds a page to that table has it measured here, opened by the
first of ``PEOPLE`` who may, on a report in the first of ``STATES`` that lets him, or says in unopened.py why not. The
reports are real ones, brought to their states by actions, in an authority filled by fill_benchmark.
"""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client

from ita_core.models import Appointment, Organisation, OrgUnit, Post, Role, User
from tests import reports
from tests.access_account import ACCOUNT
from tests.access_table import PUBLIC, TABLE
from tests.benchmarks.measuring import Call, Prepare, Row, interleaved, queries, ratio
from tests.benchmarks.unopened import UNOPENED
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority
from tests.test_access import addresses
from workflows.models import State

HEADING = "Every page, {few} → {most}"
GROWTH = 1.2
# By their key in the table of access, which for most is their role.
PEOPLE = (
    "legal_officer", "clerk", "mayor", "org_admin", "registrar", "deputy_mayor", "reader", "acting_head",
)  # fmt: skip
STATES = (
    State.SECTION_HEAD_REVIEWED,
    State.WRITING,
    State.MAYOR_SIGNED,
    State.DEPUTY_APPROVED,
    State.DRAFTED,
)
UNITS = {"finance": "กองคลัง", "works": "กองช่าง", "clerk_office": "สำนักปลัด"}
WARM_UP = 2

Enter = Callable[[], None]


def measure(places: list[tuple[str, Enter, Organisation]], rounds: int) -> Iterator[Row]:
    """``places``: what each is called, how its database becomes the one in use, and the authority in it."""
    pages = {name: _entered(enter, organisation) for name, enter, organisation in places}
    enters = {name: enter for name, enter, _organisation in places}
    few, *others = pages
    shared = [page for page in pages[few] if all(page in pages[name] for name in others)]
    cases = {
        f"{page}, {name}": _ready(enters[name], calls[page])
        for name, calls in pages.items()
        for page in shared
    }
    times = interleaved(cases, rounds, WARM_UP)
    growth = {page: max(ratio(times, f"{page}, {o}", f"{page}, {few}") for o in others) for page in shared}
    heading = HEADING.format(few=few, most=others[-1])
    for page in shared:
        enters[others[-1]]()
        call = pages[others[-1]][page]
        yield Row(heading, page, "ms", times[f"{page}, {others[-1]}"])
        yield Row(heading, f"{page}, as many times as few", "×", growth[page], f"≤ {GROWTH}")
        yield Row(heading, page, "queries", queries(call))
        yield Row(heading, page, "kB", len(_content(call())) / 1024)
    yield Row(heading, "all pages, median", "×", statistics.median(growth.values()), f"≤ {GROWTH}")


def _entered(enter: Enter, organisation: Organisation) -> dict[str, Callable[[], Any]]:
    enter()
    return visits(organisation)


def visits(organisation: Organisation) -> dict[str, Callable[[], Any]]:
    """Address name → opening it, for every page that somebody may open; in the database in use."""
    home = _authority(organisation)
    clients = {key: _logged_in(home.people[key]) for key in PEOPLE}
    found = _of_no_authority(clients["reader"])
    for state in STATES:
        here = addresses(home, reports.in_state(home, state))
        for key in PEOPLE:
            for name in here:
                if name not in found and TABLE[name](state, key) == 200:
                    found[name] = _opening(clients[key], here[name])
    return found


def _of_no_authority(client: Client) -> dict[str, Callable[[], Any]]:
    """Pages of the account, as who is logged in sees them or else as nobody does, and those for everybody."""
    nobody = Client()
    found = {
        name: _opening(nobody, page)
        for name, (page, status) in PUBLIC.items()
        if status == 200 and name not in UNOPENED
    }
    for name, (page, *statuses) in ACCOUNT.items():
        if 200 in statuses:
            found[name] = _opening(client if statuses[1] == 200 else nobody, f"/accounts/{page}")
    return found


def _authority(organisation: Organisation) -> Authority:
    """The filler's people, and the units and those of ``PEOPLE`` whom it does not make."""
    units = {
        key: OrgUnit.objects.of(organisation).get_or_create(
            name=name, defaults={"organisation": organisation}
        )[0]
        for key, name in UNITS.items()
    }
    for key in PEOPLE:
        _hold(organisation, key, units["finance"] if key == "acting_head" else None)
    users = User.objects.filter(username__startswith=f"{organisation.slug}-").order_by("pk")
    people = {user.username.removeprefix(f"{organisation.slug}-"): user for user in users}
    held = Appointment.objects.of(organisation).filter(user__in=users).select_related("post", "user")
    posts = {one.user.username.removeprefix(f"{organisation.slug}-"): one.post for one in held}
    return Authority(organisation, units, posts, people)


def _hold(organisation: Organisation, key: str, unit: OrgUnit | None) -> None:
    person, made = User.objects.get_or_create(username=f"{organisation.slug}-{key}")
    if made:
        role = Role(key) if key in Role.values else Role.OFFICER
        post = Post(organisation=organisation, role=role, title=str(role.label), unit=unit)
        post.save()
        Appointment(user=person, post=post, starts=datetime.date(2021, 10, 1)).save()
        person.set_password(PASSWORD)  # without one, pages of the account have nothing to show
        person.save()


def _logged_in(person: User) -> Client:
    client = Client()
    log_in(client, person)
    return client


def _opening(client: Client, address: str) -> Callable[[], Any]:
    def call() -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        _content(answer)
        return answer

    return call


def _content(answer: Any) -> bytes:
    if not answer.streaming:
        return bytes(answer.content)
    if not hasattr(answer, "whole"):
        answer.whole = answer.getvalue()
    return bytes(answer.whole)


def _ready(enter: Enter, call: Call) -> Prepare:
    def prepare() -> Call:
        enter()
        return call

    return prepare
