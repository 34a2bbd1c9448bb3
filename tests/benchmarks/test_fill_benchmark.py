"""The filler stays out of databases with acts, marks what it makes, and leaves rows that the process can go on with."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from ita_core.models import Organisation, User
from tests import reports
from tests.personas import Authority
from workflows import actions, tasks
from workflows.models import Act, Approval, ApprovalStep, State
from workflows.permissions import Actor

pytestmark = pytest.mark.django_db


def test_it_refuses_a_database_in_which_somebody_acted(home: Authority) -> None:
    reports.in_state(home, State.DRAFTED)
    with pytest.raises(CommandError, match="holds acts"):
        call_command("fill_benchmark", approvals=3, verbosity=0)
    assert not Organisation.objects.filter(is_filler=True).exists()


def test_it_refuses_its_own_database_once_somebody_acted_there() -> None:
    call_command("fill_benchmark", approvals=3, verbosity=0)
    _send_first_back()
    with pytest.raises(CommandError, match="holds acts"):
        call_command("fill_benchmark", approvals=3, verbosity=0)


@pytest.mark.parametrize(("approvals", "organisations"), [(0, 1), (3, 0), (3, 4), (-1, -1)])
def test_it_refuses_numbers_that_make_no_sense(approvals: int, organisations: int) -> None:
    with pytest.raises(CommandError, match="at least one"):
        call_command("fill_benchmark", approvals=approvals, organisations=organisations, verbosity=0)


def test_it_marks_its_own_and_nobody_else(home: Authority) -> None:
    call_command("fill_benchmark", approvals=7, organisations=2, verbosity=0)
    fillers = Organisation.objects.filter(is_filler=True)
    assert [filler.slug for filler in fillers] == ["filler-1", "filler-2"]
    assert [filler.approvals.count() for filler in fillers] == [4, 3]
    assert not Organisation.objects.get(pk=home.organisation.pk).is_filler
    assert not Act.objects.across_organisations().exists()
    assert not any(user.has_usable_password() for user in User.objects.filter(username__startswith="filler-"))


def test_it_may_be_called_again_and_says_what_it_added() -> None:
    added = [_json("fill_benchmark", approvals=2)["organisations"] for _call in range(2)]
    assert added == [["filler-1"], ["filler-2"]]


def test_verify_names_what_was_filled() -> None:
    call_command("fill_benchmark", approvals=2, verbosity=0)
    found = _json("verify")
    assert found["ok"] is True
    assert found["filled_without_acts"] == ["filler-1"]
    out = io.StringIO()
    call_command("verify", stdout=out)
    assert "filler-1: filled by the benchmark without acts" in out.getvalue()


def test_every_approval_waits_at_the_step_after_its_state_with_one_task() -> None:
    call_command("fill_benchmark", approvals=3, verbosity=0)
    before = {State.SECTION_HEAD_REVIEWED: State.DRAFTED, State.DEPUTY_APPROVED: State.SECTION_HEAD_REVIEWED}
    for approval in _approvals():
        step = approval.steps.get(opened_at__isnull=False, closed_at__isnull=True)
        assert approval.state == before.get(State(step.reaches), State.DEPUTY_APPROVED)
        assert approval.process is not None
        task = Task.objects.get(process=approval.process, status=STATUS.NEW)
        assert task.owner_permission == tasks.step_permission(approval.process)


def test_the_process_goes_on_from_a_filled_row() -> None:
    call_command("fill_benchmark", approvals=3, verbosity=0)
    approval = _send_first_back()
    assert approval.state == State.WRITING
    waiting = Task.objects.get(process=approval.process_id, status=STATUS.NEW)
    assert waiting.owner_permission == f"draft.{approval.pk}"


def _approvals() -> list[Approval]:
    rows = Approval.objects.across_organisations().select_related("organisation", "content", "process")
    return list(rows.order_by("pk"))


def _send_first_back() -> Approval:
    approval = _approvals()[0]
    step = ApprovalStep.objects.of(approval.organisation).get(
        approval=approval, opened_at__isnull=False, closed_at__isnull=True
    )
    officer = User.objects.get(appointments__post__in=step.posts.all())
    assert approval.content is not None
    actor = Actor(officer, approval.organisation)
    sha256 = approval.content.sha256
    actions.send_back(actor, approval.report_id, step=step.pk, content=sha256, reason="ข้อมูลไม่ครบถ้วน")
    return next(row for row in _approvals() if row.pk == approval.pk)


def _json(command: str, **options: object) -> dict[str, object]:
    out = io.StringIO()
    call_command(command, json=True, stdout=out, **options)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer
