"""Where things go wrong: a place to copy reports from, and a whole archive to alter."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from ita_core.outbox import Job
from memos.models import Report
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.databases.kept import KeptDatabases
from tests.faults import alterations
from tests.faults.scenes import Scene
from tests.memos.sealing import instant
from tests.personas import Authority, Personas
from tests.workflows import inked, made_public
from workflows import actions, publishing_heads, sealed
from workflows.examples import signatures

BuiltOnce = Callable[[Callable[[Personas], Any]], Any]


@pytest.fixture
def scene(committed_db: CommittedDatabase, home: Authority) -> Scene:
    return Scene.at(home)


@pytest.fixture(scope="session")
def kept_databases(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[KeptDatabases]:
    kept = KeptDatabases(tmp_path_factory.mktemp("kept"))
    yield kept
    with django_db_blocker.unblock():
        kept.forget()


@pytest.fixture
def built_once(
    committed_db: CommittedDatabase, personas: Personas, kept_databases: KeptDatabases, tmp_path: Path
) -> Iterator[BuiltOnce]:
    """``built_once(build)``: what ``build(personas)`` returns, in a transaction that is rolled back."""
    with contextlib.ExitStack() as stack:
        yield lambda build: stack.enter_context(
            kept_databases.built(build.__qualname__, tmp_path, lambda: build(personas))
        )


@pytest.fixture
def walked(built_once: BuiltOnce) -> Report:
    return built_once(_walked)  # type: ignore[no-any-return]


@pytest.fixture
def altered(built_once: BuiltOnce, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The same made public, with its heads published, its final file made, and the guards gone."""
    instant.put_in_place(monkeypatch)
    return built_once(_altered)  # type: ignore[no-any-return]


def _walked(personas: Personas) -> Report:
    """A report from draft to signature with a return in between, beside a recalled, a withdrawn and a refused one, an
    untouched draft, and another authority's. With signature pictures and a garuda."""
    home, stranger = personas.home, personas.stranger
    home.organisation.garuda = signatures.draw(7)
    home.organisation.save()
    for number, key in enumerate(["legal_officer", "section_head", "mayor"]):
        home.people[key].signature = signatures.draw(number)
        home.people[key].save()
    report = reports.in_state(home, reports.RETURNED)
    report.memo.subject += " (แก้ไข)"
    report.memo.save()
    reports.submit(home, report)
    for by in ("acting_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    recalled = reports.in_state(home, "drafted")
    actions.recall(home.actor("legal_officer"), recalled.pk)
    for state in ("withdrawn", "refused", "writing", "section_head_reviewed"):
        reports.in_state(home, state)
    inked.record(home, reports.in_state(home, "drafted"))
    reports.in_state(stranger, "drafted")
    return report


def _altered(personas: Personas) -> Report:
    report = _walked(personas)
    sealed.make(Job.objects.get(kind=sealed.KIND).payload)
    Job.objects.filter(kind=sealed.KIND).update(done_at=timezone.now())
    made_public.published(personas.home, report)
    publishing_heads.publish()
    alterations.drop_guards()
    return report


@pytest.fixture
def sealing_hand(committed_db: CommittedDatabase) -> Iterator[Callable[..., list[int]]]:
    """A worker that is killed where it is told to: ``(kind, lanes=, stage=, when=, nth=)`` answers how each lane ended."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.sealing_hand"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip

        def send(kind: str, lanes: int = 1, stage: str = "", when: str = "", nth: int = 0) -> list[int]:
            assert process.stdin is not None
            assert process.stdout is not None
            line = {"kind": kind, "lanes": lanes, "stage": stage, "when": when, "nth": nth}
            process.stdin.write(json.dumps(line) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())  # type: ignore[no-any-return]

        yield send
        assert process.stdin is not None
        process.stdin.close()
