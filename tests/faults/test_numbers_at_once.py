"""Fifty people number at once: no number twice, none left out, and the register is what the acts say."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection

from ita_core import thai
from memos.models import RegisterEntry
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import Racers, Start, racers
from tests.faults.scenes import Scene, approval_of
from tests.faults.soundness import assert_green
from tests.personas import Personas
from tests.workflows import numbered
from tests.workflows.numbered import PAPER
from workflows import actions, numbering
from workflows.models import State
from workflows.refusals import Conflict

AT_ONCE = 50


def _all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Each in a thread with a connection of its own; a waiter that the database sends away comes again."""
    barrier = threading.Barrier(len(deeds), timeout=60)

    def run(deed: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            for _attempt in range(20):
                try:
                    return deed()
                except OperationalError:  # SQLite: the file was locked for longer than anybody waits.
                    continue
            raise AssertionError("the database never let it in")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(300) for future in [pool.submit(run, deed) for deed in deeds]]


def test_fifty_numbers_given_at_once_have_no_double_and_no_gap(
    committed_db: CommittedDatabase, personas: Personas
) -> None:
    home = personas.home
    book = numbered.here(home)
    actor = home.actor("registrar")
    one = lambda: numbering.enter(actor, book=book.pk, line=PAPER)  # noqa: E731
    two = lambda: numbering.reserve(actor, book=book.pk, count=2, reason="ประชุม")  # noqa: E731
    _all_at_once([one if place % 5 else two for place in range(AT_ONCE)])
    given = [line.number for line in numbered.lines(home)]
    assert given == list(range(1, AT_ONCE + AT_ONCE // 5 + 1))
    assert {line.text for line in numbered.lines(home)} == {f"สม 71001/{number}" for number in given}


def test_one_number_of_the_book_typed_by_fifty(committed_db: CommittedDatabase, personas: Personas) -> None:
    home = personas.home
    book = numbered.book(home)
    actor = home.actor("registrar")

    def enter() -> bool:
        try:
            numbering.enter(actor, book=book.pk, line=PAPER, typed="7")
        except Conflict:
            return False
        return True

    assert sum(_all_at_once([enter] * AT_ONCE)) == 1
    assert RegisterEntry.objects.of(home.organisation).count() == 1


def test_reports_numbered_at_once(committed_db: CommittedDatabase, personas: Personas) -> None:
    """Six reports, and each of them twice: one number each, an act for each, nothing lost between."""
    home, scene = personas.home, Scene.at(personas.home)
    numbered.here(home)
    made = [scene.submitted() for _ in range(6)]
    for report in made:
        report.is_trial = False
        report.fiscal_year += report.pk
        report.save(update_fields=["is_trial", "fiscal_year"])

    def number(report: Any) -> Callable[[], bool]:
        def deed() -> bool:
            try:
                numbered.number(home, report)
            except Conflict:
                return False
            return True

        return deed

    won = _all_at_once([number(report) for report in made for _twice in range(2)])
    assert sum(won) == len(made)
    assert [line.number for line in numbered.lines(home)] == list(range(1, len(made) + 1))
    assert_green()


@pytest.mark.parametrize("start", list(Start))
def test_a_number_and_a_decision_at_once(
    start: Start, committed_db: CommittedDatabase, personas: Personas
) -> None:
    """Both happen, and whichever set is the later one prints the number with every block given by then."""
    home, scene = personas.home, Scene.at(personas.home)
    numbered.here(home)
    report = scene.before_signing()
    report.is_trial = False
    report.fiscal_year += report.pk
    report.save(update_fields=["is_trial", "fiscal_year"])
    with racers() as pair:
        outcomes = _raced(pair, scene, report, start)
    assert all(outcome.won for outcome in outcomes), outcomes
    assert scene.state(report) == State.MAYOR_SIGNED
    last = approval_of(home, report).acts.filter(document_set__isnull=False).order_by("sequence").last()
    assert last is not None
    words = numbered.memo_of(last)
    assert thai.printed("สม 71001/1") in words
    assert home.people["mayor"].full_name in words
    assert_green()


def _raced(pair: Racers, scene: Scene, report: Any, start: Start) -> Any:
    step, content = reports.shown(scene.home, report)
    mayor = scene.home.actor("mayor")
    return pair.run(
        lambda: numbered.number(scene.home, report),
        lambda: actions.endorse(mayor, report.pk, step=step, content=content, opinion="ทราบ"),
        start,
    )
