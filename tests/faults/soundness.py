"""What must hold after whatever happened: state, steps, tasks and chain tell one story, and verify is green."""

from __future__ import annotations

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from ita_core.models import Organisation
from memos.models import Report
from tests.faults.scenes import approval_of
from tests.personas import Authority
from workflows.flows import ReportApproval
from workflows.models import UNDER_WAY, Act, Approval, State
from workflows.verification import Fault, faults


def assert_sound(home: Authority, report: Report) -> Approval:
    """The report alone; eight queries. Returns its approval, read anew."""
    approval = approval_of(home, report)
    last = approval.acts.order_by("-sequence").first()
    assert (last is None) == (approval.round == 0)
    assert approval.state == (State.WRITING if last is None else last.state_after)
    assert approval.report.is_open == (approval.state == State.WRITING)
    _assert_one_waits(approval)
    for step in approval.steps.filter(act__isnull=False).select_related("act"):
        assert step.act is not None
        assert (step.act.round, step.act.step_position) == (step.round, step.position)
    submits = approval.acts.filter(kind=Act.Kind.SUBMIT).values_list("round", flat=True)
    assert sorted(submits) == list(range(1, approval.round + 1)), "every round begins with one submit"
    return approval


def _assert_one_waits(approval: Approval) -> None:
    """One open step while it is under way, and one task that waits: at the right node, for that step."""
    open_steps = approval.steps.filter(opened_at__isnull=False, closed_at__isnull=True)
    waiting = list(Task.objects.filter(process=approval.process_id, status=STATUS.NEW))
    if approval.state in UNDER_WAY:
        step = open_steps.get()
        assert [task.flow_task for task in waiting] == [ReportApproval.decide]
        assert waiting[0].owner_permission == f"step.{approval.organisation_id}.{step.pk}"
    else:
        assert not open_steps.exists()
        correcting = approval.state == State.WRITING and approval.round > 0
        assert [task.flow_task for task in waiting] == ([ReportApproval.correct] if correcting else [])


def assert_green(organisation: Organisation | None = None) -> None:
    """Everything of one authority, or of all: chains without a gap, contents, sets, files."""
    found: list[Fault] = list(faults() if organisation is None else faults([organisation]))
    assert found == []
