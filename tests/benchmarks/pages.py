"""Every page of ours at 1,000 and at 100,000 reports: queries, milliseconds, kilobytes, and what the size adds.

The addresses are those of tests/test_access.py: whoever adds a page to that table has it measured here, opened by the
first of ``PEOPLE`` who may, on a report in the first of ``STATES`` that lets him. The reports are real ones, brought to
their states by actions, in an authority filled by fill_benchmark.
"""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client

from ita_core.models import Appointment, Organisation, Post, Role, User
from tests import reports
from tests.access_table import TABLE
from tests.benchmarks.measuring import Call, Prepare, Row, interleaved, queries, ratio
from tests.logging_in import log_in
from tests.personas import Authority
from tests.test_access import addresses
from workflows.models import State

HEADING = "Every page, {few} → {most}"
GROWTH = 1.2
PEOPLE = (Role.LEGAL_OFFICER, Role.CLERK, Role.MAYOR, Role.ORG_ADMIN)
STATES = (State.SECTION_HEAD_REVIEWED, State.WRITING, State.MAYOR_SIGNED, State.DEPUTY_APPROVED)
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
    clients = {role: _logged_in(home.people[role]) for role in PEOPLE}
    found: dict[str, Callable[[], Any]] = {}
    for state in STATES:
        here = addresses(home, reports.in_state(home, state))
        for role in PEOPLE:
            for name in here:
                if name not in found and TABLE[name](state, role) == 200:
                    found[name] = _opening(clients[role], here[name])
    return found


def _authority(organisation: Organisation) -> Authority:
    """The filler's people by role, and an administrator, whom it does not make."""
    post, _made = Post.objects.of(organisation).get_or_create(
        role=Role.ORG_ADMIN, defaults={"organisation": organisation, "title": "ผู้ดูแลระบบ"}
    )
    person, made = User.objects.get_or_create(username=f"{organisation.slug}-{Role.ORG_ADMIN}")
    if made:
        Appointment(user=person, post=post, starts=datetime.date(2021, 10, 1)).save()
    posts = {post.role: post for post in Post.objects.of(organisation)}
    people = {role: User.objects.get(username=f"{organisation.slug}-{role}") for role in posts}
    return Authority(organisation, {}, posts, people)


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
