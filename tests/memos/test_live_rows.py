"""Rows of an open page by their numbers: added, moved, copied, deleted and brought back, once each."""

from __future__ import annotations

import pytest

from memos.models import Report
from tests import reports
from tests.memos.desk import Window, cell, co_drafter, first_activity, first_measure
from tests.memos.editor_forms import cells, fresh
from tests.personas import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def window(home: Authority, report: Report) -> Window:
    return Window(home, report)


def test_a_turn_is_done_once(window: Window, report: Report) -> None:
    measure = first_measure(window)
    ops = [{"op": "add-activity", "row": measure, "as": "new"}]
    first = window.say(ops=ops)
    again = window.ask(turn=window.turn, ops=ops).json()
    assert again["ids"] == first["ids"]
    assert len(cells(report)[0][1]) == 3


def test_rows_are_added_with_their_texts(window: Window, report: Report) -> None:
    told = window.say(
        [
            cell("m", "measure", "", "มาตรการใหม่"),
            cell("m.activity", "method", "", "หนึ่ง"),
            cell("a2", "method", "", "สอง"),
        ],
        [
            {"op": "add-measure", "row": window.page, "as": "m"},
            {"op": "add-activity", "row": "m", "as": "a2"},
        ],
    )
    assert set(told["ids"]) == {"m", "m.activity", "a2"}
    assert told["order"][-3:] == [told["ids"]["m"], told["ids"]["m.activity"], told["ids"]["a2"]]
    measure, activities = cells(report)[1]
    assert measure == {"measure": "มาตรการใหม่"}
    assert [activity["method"] for activity in activities] == ["หนึ่ง", "สอง"]


def test_rows_move_and_are_copied(window: Window, report: Report) -> None:
    measure, one, two = window.order
    window.type(one, "method", "หนึ่ง")
    window.type(two, "method", "สอง")
    window.say(ops=[{"op": "move", "row": two, "to": one}])
    assert window.order == [measure, two, one]
    window.say(ops=[{"op": "move", "row": two, "to": measure}])
    assert window.order == [measure, one, two]
    told = window.say(ops=[{"op": "copy", "row": measure, "as": "c"}])
    assert window.order[:4] == [measure, one, two, told["ids"]["c"]]
    assert [row["method"] for row in cells(report)[1][1]] == ["หนึ่ง", "สอง"]
    window.say(ops=[{"op": "move", "row": one, "to": told["ids"]["c"]}])
    assert [len(rows) for _measure, rows in cells(report)] == [1, 3]
    window.say(ops=[{"op": "move", "row": told["ids"]["c"], "to": measure}])
    assert window.order[0] == told["ids"]["c"]


def test_a_deleted_row_comes_back_as_the_same_row(window: Window, report: Report) -> None:
    measure, one, two = window.order
    before = cells(report)
    window.say(ops=[{"op": "delete", "row": one}])
    assert window.order == [measure, two]
    window.say(ops=[{"op": "restore", "row": one}])
    assert window.order == [measure, one, two]
    window.say(ops=[{"op": "delete", "row": measure}])
    assert window.order == []
    window.say(ops=[{"op": "restore", "row": measure}, {"op": "restore", "row": measure}])
    assert window.order == [measure, one, two]
    assert cells(report) == before
    assert not report.removed_rows.exists()


def test_a_row_under_a_deleted_measure_does_not_come_back_alone(window: Window) -> None:
    measure, one, _two = window.order
    window.say(ops=[{"op": "delete", "row": one}])
    window.say(ops=[{"op": "delete", "row": measure}])
    assert "ถูกลบไปแล้ว" in window.say(ops=[{"op": "restore", "row": one}])["refused"]


def test_a_row_with_news_is_not_deleted_unread(home: Authority, window: Window, report: Report) -> None:
    other = co_drafter(home, report)
    measure, one, _two = window.order
    other.type(one, "method", "ใหม่")
    told = window.say(ops=[{"op": "delete", "row": measure}])
    assert str(home.people["second_legal_officer"]) in told["refused"]
    assert {"row": one, "field": "method", "text": "ใหม่"}.items() <= told["changed"][0].items() or told[
        "changed"
    ]
    assert not window.say(ops=[{"op": "delete", "row": measure}])["refused"]


def test_typing_in_a_deleted_row_says_who_deleted_it(home: Authority, window: Window, report: Report) -> None:
    other = co_drafter(home, report)
    one = first_activity(window)
    other.say(ops=[{"op": "delete", "row": one}])
    told = window.type(one, "method", "ของฉัน")
    name = str(home.people["second_legal_officer"])
    assert told["gone"] == [{"row": one, "field": "method", "by": name}]


def test_operations_are_done_together_or_not_at_all(window: Window, report: Report) -> None:
    revision, before = fresh(report).revision, cells(report)
    told = window.say(
        [cell(first_activity(window), "method", window.texts[first_activity(window), "method"], "ก")],
        [{"op": "add-measure", "row": window.page}, {"op": "delete", "row": "activity-999999"}],
    )
    assert told["refused"] == "แถวนี้ถูกลบไปแล้ว"
    assert (cells(report), fresh(report).revision) == (before, revision)


@pytest.mark.once
def test_a_table_has_no_more_rows_than_a_page_can_show(window: Window) -> None:
    told = window.say(ops=[{"op": "add-measure", "row": window.page}] * 300)
    assert "ไม่เกิน" in told["refused"]
