"""A process is killed (SIGKILL) in the middle of an act, at each of its stages and at any moment.

Afterwards the act has happened wholly or not at all, no row is without its file, ``verify`` is green, and what did not
happen can be done again.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ita_core.models import Organisation
from memos import archive
from memos.models import Report
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.scenes import DRAFTER, Scene
from tests.faults.soundness import assert_green, assert_sound
from tests.faults.victim import typed
from tests.personas import Personas, authority
from tests.volumes import SOAK, volume
from workflows import actions
from workflows.models import Preparation

pytestmark = pytest.mark.sampled
ROUNDS_IN_ONE_PLACE = 20
ROUNDS = volume(1, 25)  # A stage is met in two acts or more.


@dataclass(frozen=True)
class Deed:
    """An act, the report it is done to, and the stages it passes with the number of times."""

    prepare: Callable[[Scene], Report]
    action: str
    by: str
    facts: Callable[[Scene, Report], dict[str, Any]]
    stages: dict[str, int]


def _shown(**typed: Any) -> Callable[[Scene, Report], dict[str, Any]]:
    def facts(scene: Scene, report: Report) -> dict[str, Any]:
        step, content = reports.shown(scene.home, report)
        return {"step": step, "content": content, **typed}

    return facts


def _errand(scene: Scene, report: Report) -> dict[str, Any]:
    return {"to": [scene.home.people["reader"].pk], "order": "ดำเนินการ"}


def _revision(scene: Scene, report: Report) -> dict[str, Any]:
    return {"revision": report.revision}


COMMON = {"lock": 1, "process lock": 1, "transition": 1, "head": 1, "act": 1, "commit": 1}
PAPER = {
    "memo": 1,
    "file": 1,
    "file sync": 2,
    "file rename": 1,
    "set": 1,
}  # a file is synced, then its folder
SUBMIT = {**PAPER, "file": 2, "file sync": 4, "file rename": 2, "measures": 1}
SUBMIT |= {"content": 1, "steps": 1, "next step": 1}
# In a later round nearly everything is done as in the first: a sample leaves it at what differs, and the ends.
AGAIN = {**COMMON, **SUBMIT, "task": 1} if SOAK else {"content": 1, "act": 1, "task": 1, "commit": 1}
DEEDS = {
    "submit": Deed(Scene.draft, "submit", DRAFTER, _revision, {**COMMON, **SUBMIT, "process": 1}),
    "submit again": Deed(Scene.corrected, "submit", DRAFTER, _revision, AGAIN),
    "endorse": Deed(
        Scene.submitted,
        "endorse",
        "section_head",
        _shown(opinion="เห็นควรเสนอ"),
        {**COMMON, **PAPER, "step": 1, "next step": 1, "task": 1},
    ),
    "sign": Deed(
        Scene.before_signing,
        "endorse",
        "mayor",
        _shown(opinion="ทราบ"),
        {"transition": 1, "act": 1, "task": 1, "commit": 1},
    ),
    "send back": Deed(
        Scene.submitted,
        "send_back",
        "acting_head",
        _shown(reason="ข้อมูลไม่ครบถ้วน"),
        {**COMMON, "step": 1, "task": 1},
    ),
    "send back with remarks": Deed(
        Scene.submitted,
        "send_back",
        "section_head",
        _shown(reason="", remarks=[["memo.subject", "ระบุปี"]]),
        {"act": 1, "remarks": 1, "step": 1, "commit": 1},
    ),
    "confirm": Deed(
        Scene.second_round,
        "confirm",
        "section_head",
        _shown(),
        {"transition": 1, "act": 1, "step": 1, "commit": 1},
    ),
    "prepare": Deed(
        Scene.submitted,
        "prepare",
        "registrar",
        _shown(decision="forward", opinion="เห็นควร"),
        {"act": 1, "commit": 1},
    ),
    "assign": Deed(Scene.signed, "assign", "mayor", _errand, {"act": 1, "commit": 1}),
}


def _sides(place: int, stage: str) -> tuple[str, ...]:
    """The end of a stage is nearly the next one's beginning: a sample takes one of them, of every other stage, in turn."""
    both = ("before", "after")
    if SOAK or stage == "commit":
        return both
    return () if place % 2 else (both[place // 2 % 2],)


_ALL = (
    (name, stage, nth)
    for name, deed in DEEDS.items()
    for stage, times in deed.stages.items()
    for nth in range(1, times + 1)
)
PLACES = [(*found, side) for place, found in enumerate(_ALL) for side in _sides(place, found[1])]


class Victims:
    """The process whose children are killed."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def kill(self, order: dict[str, Any]) -> int:
        """The signal that ended the child, 0 if it lived to the end. Any other end fails the test."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        assert answer["signal"] or answer["status"] == 0, (order, answer)
        return int(answer["signal"])


@pytest.fixture
def victims(committed_db: CommittedDatabase) -> Iterator[Victims]:
    """It finds the database in DATABASE_URL and the files in ARCHIVE_ROOT, which the fixtures have set."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.victim"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ},
    ) as server:  # fmt: skip
        yield Victims(server)
        assert server.stdin is not None
        server.stdin.close()
        server.wait(30)


@pytest.fixture
def scenes(committed_db: CommittedDatabase, personas: Personas) -> Iterator[Scene]:
    return _scenes(personas)


def _scenes(personas: Personas) -> Iterator[Scene]:
    """A new authority after some rounds: verify reads all of one, and would take longer and longer."""
    yield from itertools.repeat(Scene.at(personas.home), ROUNDS_IN_ONE_PLACE)
    for number in itertools.count(1):
        place = authority(
            f"place-{number}", Organisation.Kind.SAO, f"ที่ {number}", login_prefix=f"place{number}_"
        )
        yield from itertools.repeat(Scene.at(place), ROUNDS_IN_ONE_PLACE)


def _order(scene: Scene, deed: Deed, report: Report, stage: str, when: str, nth: int) -> dict[str, Any]:
    return {
        "deed": deed.action, "report": report.pk, "facts": deed.facts(scene, report),
        "user": scene.home.people[deed.by].pk, "organisation": scene.home.organisation.pk,
        "stage": stage, "when": when, "nth": nth,
    }  # fmt: skip


def _facts(scene: Scene, report: Report) -> tuple[Any, ...]:
    """Everything that an act changes, as far as this report goes."""
    approval = assert_sound(scene.home, report)
    sets = scene.home.organisation.document_sets.filter(content__report=report).count()
    steps = list(approval.steps.order_by("pk").values_list("pk", "opened_at", "closed_at", "act"))
    contents = report.content_versions.count()
    return (
        approval.state,
        approval.round,
        approval.document_set_id,
        approval.acts.count(),
        sets,
        steps,
        contents,
        list(approval.comments.values_list("pk")),
        list(approval.errands.values_list("pk")),
        list(Preparation.objects.of(scene.home.organisation).filter(step__in=[s[0] for s in steps]).values()),
    )


def _kill(scene: Scene, victims: Victims, deed: Deed, stage: str, when: str, nth: int) -> tuple[int, bool]:
    """One round: the signal, and whether the act had happened. Everything that must hold is asserted."""
    report = deed.prepare(scene)
    before, order = _facts(scene, report), _order(scene, deed, report, stage, when, nth)
    ended_by = victims.kill(order)
    after = _facts(scene, report)
    happened = after != before
    assert after[3] == before[3] + happened, "the act is there if anything else is"
    assert_green(scene.home.organisation)
    if not happened:
        getattr(actions, deed.action)(scene.home.actor(deed.by), report.pk, **typed(order["facts"]))
        assert _facts(scene, report) != before
        assert_green(scene.home.organisation)
    return ended_by, happened


@pytest.mark.parametrize("name", DEEDS)
def test_killed_at_a_stage_nothing_is_torn(victims: Victims, scenes: Iterator[Scene], name: str) -> None:
    for place in [place for place in PLACES if place[0] == name]:
        _name, stage, nth, when = place
        for _round in range(ROUNDS):
            ended_by, happened = _kill(next(scenes), victims, DEEDS[name], stage, when, nth)
            assert ended_by == signal.SIGKILL, f"{place}: the stage was never reached"
            assert happened == (stage == "commit" and when == "after"), place
    assert_green()


@pytest.mark.parametrize("name", ["submit", "endorse"])
def test_killed_at_any_moment_nothing_is_torn(victims: Victims, scenes: Iterator[Scene], name: str) -> None:
    """An alarm after 1 to 60 milliseconds, wherever that is; an act takes about 20."""
    moments = random.Random(2565)
    ends = {
        _kill(next(scenes), victims, DEEDS[name], "any moment", "", moments.randint(1, 60))
        for _round in range(volume(10, 200))
    }
    assert (signal.SIGALRM, False) in ends, "none was killed before its act was done"


def test_what_a_killed_process_leaves_is_swept_a_day_later(victims: Victims, scenes: Iterator[Scene]) -> None:
    """At most files: each whole and unnamed, or a temporary one."""
    scene = next(scenes)
    deed = DEEDS["submit"]
    report = deed.prepare(scene)
    for stage, when in (("file sync", "before"), ("file rename", "after"), ("set", "after")):
        victims.kill(_order(scene, deed, report, stage, when, 1))
    left = list(archive.orphans(older_than=-1))
    assert len(left) == 2 + 1, "a temporary file, the memo and the table"
    assert list(archive.orphans()) == []
    assert sorted(archive.sweep(older_than=-1)) == sorted(found.name for found in left)
    reports.submit(scene.home, report)
    assert_green()
