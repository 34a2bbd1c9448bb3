"""What a page makes the database read, counted and not timed: in an authority with ten times the work, no more.

SQLite runs a query as a program and says after how many of its instructions it stands, the same in every run. It keeps
no statistics and asks conditions of every row that PostgreSQL asks once, so what is bounded here is bounded there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from ita_core.models import Organisation, Role, User
from tests.logging_in import log_in
from workflows.inbox import COUNT_LIMIT
from workflows.views.paging import PAGE

SIZES = (COUNT_LIMIT + PAGE, 1_200)  # what is counted is counted to its limit in both
GROWTH = 1.2
UNIT = 10

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.xdist_group("reading")]


def test_who_decides_nothing_makes_nobodys_steps_be_read() -> None:
    few, many = _filled()
    for name in ("inbox", "decide_many"):
        asked = [_read(_opening(place, Role.LEGAL_OFFICER, f"workflows:{name}")) for place in (few, many)]
        assert asked[1] <= asked[0] * GROWTH, (name, asked)


def _filled() -> list[Organisation]:
    for approvals in SIZES:
        call_command("fill_benchmark", approvals=approvals, verbosity=0)
    return list(Organisation.objects.filter(is_filler=True).order_by("pk"))


def _opening(place: Organisation, role: Role, name: str, **named: object) -> Callable[[], Any]:
    client = Client()
    log_in(client, User.objects.get(username=f"{place.slug}-{role}"))
    address = reverse(name, kwargs={"org": place.slug, **named})

    def call() -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer

    call()  # What is kept from the first time on is not read again.
    return call


def _read(call: Callable[[], Any]) -> int:
    """Instructions of SQLite, in ``UNIT``s."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite counts its instructions")
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, UNIT)
    try:
        call()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps
