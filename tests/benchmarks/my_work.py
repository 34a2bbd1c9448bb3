"""My work at 1,000 and at 100,000 open approvals, beside viewflow's stock queue page for the same person.

Two databases are open at once and every round asks both. The larger one is the smaller one and a second authority with
all the rest, so that there are two questions: what do others' approvals cost an authority that has 1,000, and what does
it cost to have nearly all of them oneself. The person is made a superuser, because the stock pages show the queue to
nobody else; it makes no difference to our own page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from ita_core.membership import memberships
from ita_core.models import Organisation, Role, User
from ita_core.paging import PAGE
from tests.benchmarks import pages
from tests.benchmarks.measuring import Call, Prepare, Row, in_milliseconds, interleaved, queries, ratio
from tests.databases.committed import fresh_database
from tests.logging_in import log_in
from workflows import inbox

HEADING = "My work"
QUEUE = "reportapproval:queue"
ROLES = {"waiting": Role.CLERK, "mine": Role.LEGAL_OFFICER}
WARM_UP = 3
PAGE_ROUNDS = 5


@dataclass(frozen=True)
class Place:
    """An authority in one of the databases; ``database`` is Django's connection to it."""

    name: str
    database: Any
    organisation: Organisation

    def enter(self) -> None:
        connections["default"] = self.database

    def person(self, role: Role) -> User:
        self.enter()
        return User.objects.get(username=f"{self.organisation.slug}-{role}")


def measure(small: int, large: int, rounds: int, folder: Path) -> Iterator[Row]:
    with fresh_database(_folder(folder, "small")):
        yield from _fill(small)
        few = _place(f"{small:,} open", 0)
        with fresh_database(_folder(folder, "large")):
            yield from _fill(large - small)
            amid = _place(f"{small:,} of {large:,} open", 0)
            most = _place(f"{large - small:,} of {large:,} open", 1)
            try:
                for tab, role in ROLES.items():
                    yield from _one_tab([few, amid, most], tab, role, rounds)
                places = [(place.name, place.enter, place.organisation) for place in (few, amid, most)]
                yield from pages.measure(places, max(3, rounds // 10))
            finally:
                amid.enter()  # fresh_database closes what it finds in use.


def _folder(base: Path, name: str) -> Path:
    (base / name).mkdir()
    return base / name


def _fill(approvals: int) -> Iterator[Row]:
    started = time.perf_counter()
    call_command("fill_benchmark", approvals=approvals, verbosity=0)
    User.objects.filter(username__startswith="filler-").update(is_superuser=True)
    yield Row(HEADING, f"fill_benchmark --approvals {approvals}", "s", time.perf_counter() - started)


def _place(name: str, index: int) -> Place:
    return Place(name, connections["default"], Organisation.objects.filter(is_filler=True)[index])


def _one_tab(places: list[Place], tab: str, role: Role, rounds: int) -> Iterator[Row]:
    lists: dict[str, tuple[Place, Call]] = {}
    opened: dict[str, tuple[Place, Call]] = {}
    for place in places:
        person = place.person(role)
        rows = list_of(place.organisation, person, tab)
        assert len(rows()) > PAGE, "a list that does not fill its page proves nothing"
        lists[f"list “{tab}”, {place.name}"] = (place, rows)
        opened[f"page “{tab}”, {place.name}"] = (place, page_of(place.organisation, person, tab))
        if tab == "waiting":
            opened[f"viewflow's queue page, {place.name}"] = (place, _page(person, reverse(QUEUE)))
    times = interleaved({name: _in(*call) for name, call in lists.items()}, rounds, WARM_UP)
    for name, value in times.items():
        yield Row(HEADING, name, "ms", value, "≤ 20 on PostgreSQL")
    few, *others = lists
    for name in others:
        beside = f"{name} ÷ {places[0].name}"
        yield Row(HEADING, beside, "×", ratio(times, name, few), "≤ 3")
    # Fewer rounds: viewflow's page reads every task that waits, which takes seconds.
    paged = interleaved({name: _in(*call) for name, call in opened.items()}, PAGE_ROUNDS, 1)
    yield from in_milliseconds(HEADING, paged)
    yield from _most_queries({**lists, **opened})


def _most_queries(calls: dict[str, tuple[Place, Call]]) -> Iterator[Row]:
    """The most that any size asks, by what is asked."""
    most: dict[str, int] = {}
    for name, (place, call) in calls.items():
        place.enter()
        what = name.partition(", ")[0]
        most[what] = max(most.get(what, 0), queries(call))
    for what, number in most.items():
        yield Row(
            HEADING, f"{what}, at any size", "queries", number, "≤ 3" if what.startswith("list") else ""
        )


def _in(place: Place, call: Call) -> Prepare:
    def prepare() -> Call:
        place.enter()
        return call

    return prepare


def list_of(organisation: Organisation, person: User, tab: str) -> Callable[[], list[Any]]:
    """All that the page asks about work: who is here, how much there is in each tab, the first page of one."""

    def call() -> list[Any]:
        membership = next(m for m in memberships(person) if m.organisation == organisation)
        inbox.counts(membership)
        return inbox.LISTS[tab].page(membership, 0, PAGE + 1)

    return call


def page_of(organisation: Organisation, person: User, tab: str) -> Call:
    return _page(person, f"{reverse('workflows:inbox', kwargs={'org': organisation.slug})}?tab={tab}")


def _page(person: User, address: str) -> Call:
    """The whole page through every middleware. The person is logged in, in the database entered last."""
    client = Client()
    log_in(client, person)

    def call() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return call
