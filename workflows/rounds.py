"""A round's steps: copied from the route at submit, opened and closed one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from workflows import deadlines
from workflows.models import Act, Approval, ApprovalStep, RouteStep

_COPIED = ("position", "heading", "addresses", "reaches", "working_days")


def copy_route(
    approval: Approval, route: Sequence[RouteStep], skip_reasons: Mapping[int, str]
) -> list[ApprovalStep]:
    """The snapshot of the route for the approval's round; ``skip_reasons`` by step position.

    The first that is not skipped is open. The steps have their posts in hand, which are the route's: they need not be
    read back.
    """
    rows = [
        ApprovalStep(
            organisation=approval.organisation,
            approval=approval,
            round=approval.round,
            skip_reason=skip_reasons.get(step.position, ""),
            **{name: getattr(step, name) for name in _COPIED},
        )
        for step in route
    ]
    first = next((row for row in rows if not row.skip_reason), None)
    if first is not None:
        _begin(first)
    ApprovalStep.objects.bulk_create(rows)
    links = ApprovalStep.posts.through
    links.objects.bulk_create(
        links(approvalstep_id=row.pk, post_id=post.pk)
        for row, step in zip(rows, route, strict=True)
        for post in step.posts.all()
    )
    for row, step in zip(rows, route, strict=True):
        row._prefetched_objects_cache = {"posts": step.posts.all()}  # type: ignore[attr-defined]
    return rows


def steps_of(approval: Approval) -> list[ApprovalStep]:
    """The steps of the current round, in order, with their posts; read once for an approval in hand and its round."""
    known = approval.__dict__.get("_steps_of_round")
    if known is None or known[0] != approval.round:
        rows = approval.steps.filter(round=approval.round).order_by("position").prefetch_related("posts")
        known = approval.__dict__["_steps_of_round"] = (approval.round, list(rows))
    steps: list[ApprovalStep] = known[1]
    return steps


def open_step(step: ApprovalStep) -> None:
    _begin(step)
    step.save(update_fields=["opened_at", "due_on"])


def _begin(step: ApprovalStep) -> None:
    """Its working days begin the day after. A query more where it has a deadline."""
    step.opened_at = timezone.now()
    deadlines.set_due(step)


def close(step: ApprovalStep, act: Act) -> None:
    step.closed_at, step.act = act.acted_at, act
    step.save(update_fields=["closed_at", "act"])


def close_open_steps(approval: Approval) -> None:
    """A recall or a withdrawal ends the waiting step without a decision."""
    waiting = approval.steps.filter(opened_at__isnull=False, closed_at__isnull=True)
    waiting.update(closed_at=timezone.now())
