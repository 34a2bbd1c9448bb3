"""verify finds what was changed behind the back in a register, and says where."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection

from memos.models import RegisterEntry
from tests import reports
from tests.faults import alterations
from tests.faults.alterations import Alteration
from tests.personas import Authority
from tests.workflows import numbered
from workflows import actions, numbering, verification
from workflows.models import Act, State

# Of a report's line no act tells what was filled in later, by whom and when it was written, and in which book.
UNCARRIED = {"id", "action", "note", "recorded_by", "created_at", "is_allocated", "register"}
ATTEMPTS = 5

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(home: Authority) -> list[RegisterEntry]:
    """A number in use, a void one, one typed by hand, a reserved one that was used, and one more in use."""
    found = numbered.here(home)
    clerk = home.actor("registrar")
    first, second = (reports.in_state(home, State.DRAFTED) for _ in range(2))
    numbered.number(home, first)
    actions.void_number(clerk, first.pk, reason="ผิดเล่ม")
    numbering.enter(clerk, book=found.pk, line=numbered.PAPER)
    (kept,) = numbering.reserve(clerk, book=found.pk, count=1, reason="ประชุม")
    numbered.number(home, first, reserved=kept.pk)
    numbered.number(home, second)
    reports.forward(home, second, "section_head")
    alterations.drop_guards()
    assert places(home) == set()
    return numbered.lines(home)


def places(home: Authority) -> set[str]:
    return {
        fault.place.removeprefix(f"{home.organisation.slug}/")
        for fault in verification.faults([home.organisation])
    }


def _execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


TABLE = RegisterEntry._meta.db_table


COLUMNS = {field.name: field for field in RegisterEntry._meta.concrete_fields if field.name not in UNCARRIED}


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_every_column_that_an_act_tells_of(column: str, home: Authority, book: list[RegisterEntry]) -> None:
    chance, field = random.Random(column), COLUMNS[column]
    of_reports = [line for line in book if line.report_id]
    for _attempt in range(ATTEMPTS):
        # A reserved number's reason is the reservation's own once it is in use.
        line = of_reports[0] if column == "reason" else chance.choice(of_reports)
        value = alterations._other(chance, getattr(line, field.attname), field)
        if value is None and not field.null:
            continue
        change = Alteration(line, field, field.get_db_prep_save(value, connection))
        undo = Alteration(line, field, field.get_db_prep_save(getattr(line, field.attname), connection))
        if column in ("standing", "number", "year") and _collides(line, column, value, book):
            continue
        change.apply()
        found = places(home)
        assert any("register_entry" in place or "/number" in place for place in found), str(change)
        undo.apply()
        assert places(home) == set()


def _collides(line: RegisterEntry, column: str, value: Any, book: list[RegisterEntry]) -> bool:
    """What the database itself refuses: a number twice, two numbers in use for one report."""
    if column == "standing":
        in_use = any(
            other.report_id == line.report_id and other.standing == "used" for other in book if other != line
        )
        return (value == "used" and in_use) or (value != "used" and not line.reason)
    key = (value if column == "year" else line.year, value if column == "number" else line.number)
    return any((other.year, other.number) == key for other in book if other != line)


@pytest.mark.parametrize("place", range(4))
def test_a_line_that_is_gone(place: int, home: Authority, book: list[RegisterEntry]) -> None:
    _execute(f'DELETE FROM "{TABLE}" WHERE id = %s', book[place].pk)
    assert places(home)


def test_a_number_that_no_act_gave(home: Authority, book: list[RegisterEntry]) -> None:
    other = reports.in_state(home, State.DRAFTED)
    _execute(f'UPDATE "{TABLE}" SET report_id = %s WHERE id = %s', other.pk, book[1].pk)
    assert places(home) == {f"register_entry/{book[1].pk}"}


def test_a_memo_without_its_number(home: Authority, book: list[RegisterEntry]) -> None:
    """As a fault of ours would leave it: the chain is whole, the paper says another number."""
    acts = Act.objects.of(home.organisation).filter(kind=Act.Kind.NUMBER).order_by("sequence")
    first, *_others, last = acts
    swapped = {first.pk: last.document_set_id, last.pk: first.document_set_id}
    for act in (first, last):
        _execute(
            "UPDATE workflows_act SET document_set_id = %s WHERE id = %s",
            swapped[act.pk],
            act.pk.hex if connection.vendor == "sqlite" else act.pk,
        )
    assert f"act/{first.sequence}/number" in places(home)
