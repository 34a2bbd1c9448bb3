"""Two editors type and change rows in any order: whatever was told as saved is stored, until somebody who saw it changed it.

The model is what each editor was told. A saved cell may be overwritten only by a request that showed its text as what
it replaces, and a row may go only when its newest text had been told to who deletes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memos.models import CoDrafter
from tests import reports
from tests.memos.desk import Window, cell, shown_now
from tests.personas import Authority
from tests.volumes import volume

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FIELDS = ["method", "responsible", "period"]


@dataclass(frozen=True)
class Step:
    """``who`` acts; numbers choose among the rows that his page shows. ``deaf``: his page does not hear the answer."""

    who: int
    verb: str
    row: int
    other: int
    field: str
    deaf: bool


steps = st.builds(
    Step,
    who=st.integers(0, 1),
    verb=st.sampled_from(
        ["type", "type", "type", "type", "look", "delete", "restore", "add", "copy", "move", "measure"]
    ),
    row=st.integers(0, 5),
    other=st.integers(0, 5),
    field=st.sampled_from(FIELDS),
    deaf=st.booleans(),
)


class Story:
    def __init__(self, home: Authority) -> None:
        self.report = reports.begin(home)
        CoDrafter(
            organisation=home.organisation, report=self.report, user=home.people["second_legal_officer"]
        ).save()
        self.windows = [Window(home, self.report), Window(home, self.report, "second_legal_officer")]
        self.home, self.count = home, 0
        self.removed: list[str] = []
        # What the server must hold: every cell as it was last told to be saved.
        self.held = dict(self.windows[0].texts)

    def rows(self, window: Window, level: str = "") -> list[str]:
        return [name for name in window.order if name.startswith(level)]

    def take(self, step: Step) -> None:
        window = self.windows[step.who]
        rows = self.rows(window, "measure" if step.verb == "measure" else "activity")
        if step.verb == "look":
            window.look()
        elif step.verb == "restore" and self.removed:
            self.operate(window, {"op": "restore", "row": self.removed[-1]}, step)
        elif step.verb == "measure":
            row = rows[step.row % len(rows)] if rows and step.row % 2 else ""
            op = {"op": "delete", "row": row} if row else {"op": "add-measure", "row": window.page}
            self.operate(window, op, step)
        elif rows:
            self.on_row(window, rows[step.row % len(rows)], rows[step.other % len(rows)], step)

    def on_row(self, window: Window, row: str, other: str, step: Step) -> None:
        match step.verb:
            case "type":
                self.type(window, row, step)
            case "add":
                measure = next(name for name in window.order if name.startswith("measure"))
                self.operate(window, {"op": "add-activity", "row": measure, "to": other}, step)
            case "move":
                self.operate(window, {"op": "move", "row": row, "to": other}, step)
            case "delete" | "copy":
                self.operate(window, {"op": step.verb, "row": row}, step)

    def type(self, window: Window, row: str, step: Step) -> None:
        self.count += 1
        text, was = f"ข้อความที่ {self.count}", window.texts.get((row, step.field), "")
        told = self.heard(window, step, [cell(row, step.field, was, text)], [])
        if told["saved"]:
            assert self.held.get((row, step.field), "") == was, (
                "a text was overwritten that its writer never saw"
            )
            self.held[row, step.field] = text
        elif told["conflicts"]:
            assert told["conflicts"][0]["theirs"] == self.held[row, step.field] != was
        else:
            assert told["gone"], told

    def operate(self, window: Window, op: dict[str, str], step: Step) -> None:
        shown, before = dict(window.texts), self.stored()
        told = self.heard(window, step, [], [op])
        after = self.stored()
        if told["refused"]:
            assert after == before
            return
        gone = before.keys() - after.keys()
        for place in gone:
            assert shown.get(place, before[place]) == before[place] or op["op"] == "delete"
            if self.held[place].startswith("ข้อความที่"):
                assert shown[place] == before[place], "a row was deleted whose text had not been read"
        if op["op"] == "delete":
            self.removed.append(op["row"])
        self.held = after
        assert {place: text for place, text in before.items() if place in after}.items() <= after.items()

    def heard(self, window: Window, step: Step, cells: list[Any], ops: list[Any]) -> Any:
        """A deaf page asks again, as it was, and hears that it was done once."""
        if step.deaf:
            first = window.ask(turn=window.turn + 1, cells=cells, ops=ops).json()
            told = window.say(cells, ops)
            assert {key: first[key] for key in ("saved", "ids", "refused")} == {
                key: told[key] for key in ("saved", "ids", "refused")
            }
            return told
        return window.say(cells, ops)

    def stored(self) -> dict[tuple[str, str], str]:
        """As a page that is opened now shows it."""
        return shown_now(self.report, self.windows[0].page)[0]


@pytest.mark.sampled
@settings(max_examples=volume(12, 250), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=4, max_size=25))
def test_no_saved_cell_is_lost(home: Authority, story: list[Step]) -> None:
    told = Story(home)
    for step in story:
        told.take(step)
    assert told.stored() == told.held
    for window in told.windows:
        window.look()
        assert window.texts == told.held, "both pages end with the same texts"
        assert window.order == shown_now(told.report, window.page)[1]
