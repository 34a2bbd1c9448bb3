"""A page that was opened long ago: what it showed is no longer so, and nothing is decided by it."""

from __future__ import annotations

import pytest

from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.scenes import Scene
from tests.faults.soundness import assert_sound
from tests.faults.test_races import edit_deed, endorse_deed
from workflows import actions
from workflows.models import ApprovalStep
from workflows.refusals import Conflict


def test_a_stale_step_is_told_who_decided_it(committed_db: CommittedDatabase, scene: Scene) -> None:
    report = scene.submitted()
    late = endorse_deed(scene, report, "acting_head")
    act = reports.forward(scene.home, report, "section_head")
    with pytest.raises(Conflict) as refused:
        late()
    assert act.printed_name in refused.value.sentence
    assert_sound(scene.home, report)


def test_a_stale_content_is_refused(committed_db: CommittedDatabase, scene: Scene) -> None:
    """Sent back, corrected and submitted again meanwhile: the step shown is closed, and so is any guess at the new one."""
    report = scene.submitted()
    _step, old = reports.shown(scene.home, report)
    reports.send_back(scene.home, report, "acting_head")
    edit_deed(scene, report)()
    reports.submit(scene.home, report)
    step = reports.waiting_step(scene.home, report)
    with pytest.raises(Conflict, match="เนื้อหามีการแก้ไข"):
        actions.endorse(
            scene.home.actor("section_head"), report.pk, step=step.pk, content=old, opinion="เห็นควรเสนอ"
        )
    approval = assert_sound(scene.home, report)
    assert (approval.state, approval.round) == ("drafted", 2)


def test_a_step_of_an_earlier_round_is_refused(committed_db: CommittedDatabase, scene: Scene) -> None:
    """The words did not change, so the hash is the same; the round did."""
    report = scene.submitted()
    late = endorse_deed(scene, report, "section_head")
    reports.send_back(scene.home, report, "acting_head")
    reports.submit(scene.home, report)
    with pytest.raises(Conflict):
        late()
    assert ApprovalStep.objects.of(scene.home.organisation).filter(approval__report=report).count() == 6
    assert_sound(scene.home, report)
