"""My work: what waits for a person, what became of his reports, and what his whole authority has under way.

A list costs one query, its counts another, whatever their size: counts stop at ``COUNT_LIMIT``, because a badge that
says 1,000+ serves as well as the right number and does not read every row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery

from ita_core.membership import Membership
from ita_core.models import Organisation
from workflows.models import CLOSED, UNDER_WAY, Act, Approval, ApprovalStep, State

COUNT_LIMIT = 1_000

# A drafter decides his own report at the last step only (permissions.check_may_decide).
_OWN_DRAFT = ~Q(reaches=State.MAYOR_SIGNED)


def waiting(membership: Membership) -> QuerySet[ApprovalStep]:
    """Steps that wait for a post in which the person may decide memos today, oldest first."""
    posts = {appointment.post_id for appointment in membership.appointments if appointment.covers_memos}
    mine = ApprovalStep.posts.through._default_manager.filter(approvalstep=OuterRef("pk"), post__in=posts)
    return (
        ApprovalStep.objects.of(membership.organisation)
        .filter(Exists(mine), opened_at__isnull=False, closed_at__isnull=True)
        .exclude(_OWN_DRAFT, approval__report__drafter=membership.user)
        .select_related("approval__report__drafter", "approval__report__item")
        .order_by("opened_at", "pk")
    )


def under_way(membership: Membership) -> QuerySet[Approval]:
    """My drafts and my reports on their way up."""
    mine = Q(state__in=UNDER_WAY) | Q(state=State.WRITING, came_back=None)
    mine |= Q(state=State.WRITING, came_back=Act.Kind.RECALL)
    return _newest_first(_my_reports(membership).filter(mine))


def returned(membership: Membership) -> QuerySet[Approval]:
    """My reports that somebody sent back and that I have not submitted again."""
    return _newest_first(_my_reports(membership).filter(state=State.WRITING, came_back=Act.Kind.SEND_BACK))


def done(membership: Membership) -> QuerySet[Approval]:
    """Closed reports in which I had a part: as the drafter, or by an act."""
    mine = Act.objects.filter(approval=OuterRef("pk"), user=membership.user)
    rows = _with_report(membership).filter(state__in=CLOSED)
    return _newest_first(rows.filter(Exists(mine)) | rows.filter(report__drafter=membership.user))


def authority(membership: Membership) -> QuerySet[Any]:
    """What the authority has under way, whoever must act, the longest waiting first.

    Its administrator sees the drafts too, after all that waits: he hands over those of a drafter who is gone.
    """
    open_step = Q(
        steps__organisation=membership.organisation,
        steps__opened_at__isnull=False,
        steps__closed_at__isnull=True,
    )
    rows: QuerySet[Any] = _with_turn(_with_report(membership))
    rows = rows.annotate(waiting=FilteredRelation("steps", condition=open_step))
    if membership.is_admin:
        found = rows.filter(state__in=[State.WRITING, *UNDER_WAY])
        return found.order_by(F("waiting__opened_at").asc(nulls_last=True), "-pk")
    # No outer join here: the index of waiting steps then gives the rows in order.
    found = rows.filter(state__in=UNDER_WAY, waiting__opened_at__isnull=False)
    return found.order_by("waiting__opened_at", "waiting__pk")


LISTS: dict[str, Callable[[Membership], QuerySet[Any]]] = {
    "waiting": waiting,
    "mine": under_way,
    "returned": returned,
    "done": done,
    "authority": authority,
}


class BoundedCount(Subquery):
    """How many rows a query has, counting no further than its slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) bounded)"
    output_field = IntegerField()


def counts(membership: Membership) -> dict[str, int]:
    """Rows of every tab, each at most ``COUNT_LIMIT`` + 1. One query."""
    bounded = {
        f"rows_{tab}": BoundedCount(rows(membership).order_by().values("pk")[: COUNT_LIMIT + 1])
        for tab, rows in LISTS.items()
    }
    row = Organisation.objects.filter(pk=membership.organisation.pk).annotate(**bounded).values_list(*bounded)
    return dict(zip(LISTS, row.get(), strict=True))


def _with_report(membership: Membership) -> QuerySet[Approval]:
    return Approval.objects.of(membership.organisation).select_related("report__drafter", "report__item")


def _my_reports(membership: Membership) -> QuerySet[Any]:
    return _with_turn(_with_report(membership).filter(report__drafter=membership.user))


def _with_turn(rows: QuerySet[Approval]) -> QuerySet[Any]:
    """With whose turn it is, since when, and how it last came back to the drafter."""
    came_back = Act.objects.filter(
        approval=OuterRef("pk"), kind__in=[Act.Kind.SEND_BACK, Act.Kind.RECALL]
    ).order_by("-sequence")
    open_step = ApprovalStep.objects.filter(
        approval=OuterRef("pk"), opened_at__isnull=False, closed_at__isnull=True
    ).order_by("position")
    decided = Act.objects.filter(
        approval=OuterRef("pk"), round=OuterRef("round"), kind__in=[Act.Kind.ENDORSE, Act.Kind.SIGN]
    ).order_by("-sequence")
    return rows.annotate(
        came_back=Subquery(came_back.values("kind")[:1]),
        waiting_for=Subquery(open_step.values("posts__title")[:1]),
        waiting_since=Subquery(open_step.values("opened_at")[:1]),
        decided_by=Subquery(decided.values("post__title")[:1]),
    )


def _newest_first(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """The latest report first. By key, which an index gives in order; by date of change every row would be sorted."""
    return rows.order_by("-pk")
