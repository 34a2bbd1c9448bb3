"""Where things go wrong: a place to copy reports from, and a whole archive to alter."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ita_core.outbox import Job
from memos.models import Report
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults import alterations
from tests.faults.scenes import Scene
from tests.memos.sealing import instant
from tests.personas import Authority, Personas
from tests.workflows import inked, made_public
from workflows import actions, publishing_heads, sealed
from workflows.examples import signatures


@pytest.fixture
def scene(committed_db: CommittedDatabase, home: Authority) -> Scene:
    return Scene.at(home)


@pytest.fixture
def walked(personas: Personas) -> Report:
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


@pytest.fixture
def altered(walked: Report, home: Authority, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The same made public, with its heads published, its final file made, and the guards gone."""
    instant.put_in_place(monkeypatch)
    sealed.make(Job.objects.get(kind=sealed.KIND).payload)
    Job.objects.filter(kind=sealed.KIND).update(done_at=timezone.now())
    made_public.published(home, walked)
    publishing_heads.publish()
    alterations.drop_guards()
    return walked
