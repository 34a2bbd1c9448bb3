"""One approval, beside the same flow and node completed without documents, and beside viewflow with the state alone.

The report is that of sample 002 with its pictures of signatures; every copy is carried from the drafter's submit
through all three steps, so that each third of the figures is one with one, two and three opinions on the memo.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from ita_core.membership import memberships
from memos.models import Report
from tests.benchmarks.measuring import Call, Row, in_milliseconds, interleaved, queries, ratio
from workflows import acting, actions, drafts, examples, opinions, permissions, rounds
from workflows.examples import loading, reports
from workflows.flows import ReportApproval
from workflows.models import Act, Approval, ApprovalStep
from workflows.permissions import Actor

EXAMPLE = "phuang-phrom-khon"
HEADING = "One approval"
APPROVED = "with its documents"
WITHOUT = "the same without documents"
VIEWFLOW = "viewflow's node and the state alone"
STEPS = 3
WARM_UP = 6

Approve = Callable[[Actor, Approval, ApprovalStep], object]


def sample() -> Report:
    """The example's report; loads it into the database in use."""
    loading.load(EXAMPLE)
    found = reports.find(examples.read(EXAMPLE, "report"))
    assert found is not None
    return found


def measure(rounds_wanted: int) -> Iterator[Row]:
    """Rows of the table. One transaction each, its commit included; pages and who is logged in are not."""
    ways: dict[str, Approve] = {APPROVED: approve, WITHOUT: approve_without_papers, VIEWFLOW: viewflow_alone}
    report = sample()
    copies = -(-(rounds_wanted + WARM_UP) // STEPS)
    times = interleaved(
        {name: Turns(report, copies, way) for name, way in ways.items()}, rounds_wanted, WARM_UP
    )
    yield Row(HEADING, "rounds of each, interleaved", "rounds", rounds_wanted)
    yield from in_milliseconds(HEADING, times)
    yield Row(HEADING, "with documents ÷ without", "×", ratio(times, APPROVED, WITHOUT), "≤ 1.5")
    yield Row(HEADING, "with documents ÷ viewflow alone", "×", ratio(times, APPROVED, VIEWFLOW))
    for name, way in ways.items():
        turns = Turns(report, 1, way)
        most = max(queries(turns()) for _step in range(STEPS))
        yield Row(HEADING, name, "queries", most, "≤ 40" if name == APPROVED else "")


def approve(actor: Actor, approval: Approval, step: ApprovalStep) -> Act:
    assert approval.content is not None
    opinion = opinions.presets(step)[0]
    return actions.endorse(
        actor, approval.report_id, step=step.pk, content=approval.content.sha256, opinion=opinion
    )


def approve_without_papers(actor: Actor, approval: Approval, step: ApprovalStep) -> Act:
    """The very same act (locks, permission, transition, row in the chain, step, task, commit) less blocks, rendering,
    files and set."""
    with patch.object(acting, "sign", _record_only):
        return approve(actor, approval, step)


def _record_only(
    actor: Actor, approval: Approval, appointment: Any, step: Any, kind: Act.Kind, **facts: Any
) -> Act:
    del facts["steps"]
    return acting.record(actor, approval, appointment, kind, facts.pop("before"), step=step, **facts)


@transaction.atomic
def viewflow_alone(actor: Actor, approval: Approval, step: ApprovalStep) -> None:
    """What a project without papers and acts would do: viewflow's lock, the transition, the step, the task."""
    with ReportApproval.instance.lock(approval.process_id):
        task = Task.objects.select_related("process").get(process=approval.process_id, status=STATUS.NEW)
        getattr(approval, f"to_{step.reaches}")()
        approval.save(update_fields=["state", "changed_at"])
        step.closed_at = timezone.now()
        step.save(update_fields=["closed_at"])
        if not step.is_final:
            rounds.open_step(approval.steps.get(round=step.round, position=step.position + 1))
        activation = task.flow_task.activation_class(task)
        activation.run(None)
        activation.execute()


class Turns:
    """Submitted copies of a report; each call reads what a decision page shows of the next step and returns its act."""

    def __init__(self, report: Report, copies: int, way: Approve) -> None:
        self._way, self._organisation = way, report.organisation
        self.reports = [_submitted(report) for _copy in range(copies)]
        self._taken = 0

    def __call__(self) -> Call:
        report = self.reports[self._taken // STEPS]
        self._taken += 1
        approval = Approval.objects.of(self._organisation).select_related("content").get(report=report)
        approval.organisation = self._organisation
        step = permissions.current_step(approval)
        assert step is not None
        step.approval = approval
        actor = _actor(permissions.officers(step)[0].user, approval)
        return lambda: self._way(actor, approval, step)


def _submitted(report: Report) -> Report:
    drafter = _actor(report.drafter, report.approval)
    copy = drafts.copy_as_new(drafter, report, trial=True)
    actions.submit(drafter, copy.pk, revision=copy.revision)
    return copy


def _actor(user: Any, approval: Approval) -> Actor:
    """As a page knows its reader: the appointments of today have been read."""
    found = next(m for m in memberships(user) if m.organisation.pk == approval.organisation_id)
    return Actor.of(dataclasses.replace(found, confirmed_at=timezone.now()))
