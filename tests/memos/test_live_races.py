"""Two editors' requests at the very same moment: both are done, one after the other, and each is told the truth."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from memos.models import CoDrafter
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Racers, Start, racers
from tests.memos.desk import Window, cell, shown_now
from tests.personas import Authority


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


@pytest.fixture
def windows(home: Authority) -> tuple[Window, Window]:
    report = reports.begin(home, fiscal_year=2565)
    other = home.people["second_legal_officer"]
    CoDrafter(organisation=home.organisation, report=report, user=other).save()
    return Window(home, report), Window(home, report, "second_legal_officer")


@pytest.mark.parametrize("start", STARTS)
def test_two_texts_for_one_cell(pair: Racers, windows: tuple[Window, Window], start: Start) -> None:
    one, two = windows
    row = one.order[1]
    outcomes = pair.run(
        lambda: one.type(row, "method", "ของคนแรก"), lambda: two.type(row, "method", "ของคนที่สอง"), start
    )
    answers = [outcome.value for outcome in outcomes]
    assert sorted(len(told["saved"]) for told in answers) == [0, 1], outcomes
    won = answers[0] if answers[0]["saved"] else answers[1]
    lost = answers[1] if won is answers[0] else answers[0]
    assert lost["conflicts"][0]["theirs"] == won["saved"][0]["text"]
    assert one.report_texts()[row, "method"] == won["saved"][0]["text"]


@pytest.mark.parametrize("start", STARTS)
def test_two_cells_of_one_row(pair: Racers, windows: tuple[Window, Window], start: Start) -> None:
    one, two = windows
    row = one.order[1]
    outcomes = pair.run(
        lambda: one.type(row, "method", "ของคนแรก"), lambda: two.type(row, "period", "ของคนที่สอง"), start
    )
    assert all(outcome.value["saved"] for outcome in outcomes), outcomes
    texts = one.report_texts()
    assert (texts[row, "method"], texts[row, "period"]) == ("ของคนแรก", "ของคนที่สอง")


@pytest.mark.parametrize("start", STARTS)
def test_typing_in_a_row_that_is_being_deleted(
    pair: Racers, windows: tuple[Window, Window], start: Start
) -> None:
    one, two = windows
    row = one.order[1]
    typed, deleted = pair.run(
        lambda: one.type(row, "method", "ของคนแรก"),
        lambda: two.say(ops=[{"op": "delete", "row": row}]),
        start,
    )
    if typed.value["saved"]:
        assert deleted.value["refused"]
        assert one.report_texts()[row, "method"] == "ของคนแรก"
    else:
        assert typed.value["gone"][0]["by"]
        assert (row, "method") not in one.report_texts()


@pytest.mark.parametrize("start", STARTS)
def test_rows_added_and_moved_at_once(pair: Racers, windows: tuple[Window, Window], start: Start) -> None:
    one, two = windows
    measure, first, second = one.order
    outcomes = pair.run(
        lambda: one.say(
            [cell("n", "method", "", "ใหม่")], [{"op": "add-activity", "row": measure, "as": "n"}]
        ),
        lambda: two.say(ops=[{"op": "move", "row": second, "to": first}]),
        start,
    )
    added = outcomes[0].value["ids"]["n"]
    assert shown_now(one.report, one.page)[1] == [measure, second, first, added]


@pytest.mark.parametrize("start", STARTS)
def test_one_turn_sent_twice_at_once(pair: Racers, windows: tuple[Window, Window], start: Start) -> None:
    """A request that took too long is sent again while the first one is still on its way."""
    one, _two = windows
    ops = [{"op": "add-activity", "row": one.order[0], "as": "n"}]
    outcomes = pair.run(lambda: one.ask(turn=1, ops=ops), lambda: one.ask(turn=1, ops=ops), start)
    told = [outcome.value.json()["ids"] for outcome in outcomes]
    assert told[0] == told[1]
    assert len(shown_now(one.report, one.page)[1]) == 4
