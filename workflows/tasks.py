"""The viewflow side of an act: start the process, complete the waiting task. Found in the database, so that actions
need no flow."""

from __future__ import annotations

from typing import Any

from viewflow.workflow.fields import import_flow_by_ref
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from workflows.models import UNDER_WAY, Approval, ApprovalStep, State

FLOW = "workflows/flows.ReportApproval"


def start(approval: Approval) -> Process:
    """The first submit: a process whose data names the approval."""
    process: Process = import_flow_by_ref(FLOW).submit.run(_process_data={"approval": approval.pk})
    return process


def move_on(approval: Approval) -> None:
    """Complete the task that waits; the flow reads the new state from the database and opens what comes next.

    The caller holds the process row's lock (actions.py), so no flow lock is taken again.
    """
    task = Task.objects.select_related("process").get(process=approval.process_id, status=STATUS.NEW)
    activation = task.flow_task.activation_class(task)
    activation.run(None)
    activation.execute()


def lock_process(approval: Approval) -> None:
    if approval.process_id is not None:
        Process.objects.select_for_update().only("pk").get(pk=approval.process_id)


# What the nodes ask; each looks in the database, because an activation's process is cached across a transition.


def is_under_way(activation: Any) -> bool:
    return _state(activation) in UNDER_WAY


def is_back_with_drafter(activation: Any) -> bool:
    return _state(activation) == State.WRITING


def step_permission(process: Process) -> str:
    """``step.<organisation>.<step>``: nobody's Django permission, so that stock pages open it to superusers only."""
    step = ApprovalStep.objects.across_organisations().filter(
        approval=process.data["approval"], opened_at__isnull=False, closed_at__isnull=True
    )
    organisation, pk = step.values_list("organisation", "pk").get()
    return f"step.{organisation}.{pk}"


def draft_permission(process: Process) -> str:
    return f"draft.{process.data['approval']}"


def _state(activation: Any) -> str:
    """Read once for all the cases of a switch, which is made after the transition."""
    if not hasattr(activation, "state_now"):
        rows = Approval.objects.across_organisations().filter(pk=activation.process.data["approval"])
        activation.state_now = str(rows.values_list("state", flat=True).get())
    return str(activation.state_now)
