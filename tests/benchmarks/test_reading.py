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

from ita_core.counting import COUNT_LIMIT
from ita_core.models import Organisation
from ita_core.paging import PAGE
from tests.benchmarks import pages

SIZES = (COUNT_LIMIT + PAGE, 1_200)  # what is counted is counted to its limit in both
GROWTH, SLACK = 1.2, 30  # in the larger authority the rows of the smaller one are there too
UNIT = 10

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.xdist_group("reading")]


def test_no_page_reads_more_in_an_authority_with_more_reports() -> None:
    few, many = ({page: _read(call) for page, call in pages.visits(place).items()} for place in _filled())
    assert len(few) > 100
    too_much = {page: (few[page], read) for page, read in many.items() if read > few[page] * GROWTH + SLACK}
    assert too_much == {}


def _filled() -> list[Organisation]:
    for approvals in SIZES:
        call_command("fill_benchmark", approvals=approvals, verbosity=0)
    return list(Organisation.objects.filter(is_filler=True).order_by("pk"))


def _read(call: Callable[[], Any]) -> int:
    """Instructions of SQLite, in ``UNIT``s."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite counts its instructions")
    call()  # What is kept from the first time on is not read again.
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
