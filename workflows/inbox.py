"""My work: what waits for a person, what became of his reports, and what his whole authority has under way.

A list costs one query, its counts another, whatever their size: counts stop at ``COUNT_LIMIT``, because a badge that
says 200+ serves as well as the right number and does not read every row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery

from ita_core.membership import Membership
from ita_core.models import Organisation
from workflows.models import CLOSED, UNDER_WAY, Act, Approval, ApprovalStep, State

COUNT_LIMIT = 200

# A drafter decides his own report at the last step only (permissions.check_may_decide).
_OWN_DRAFT = ~Q(reaches=State.MAYOR_SIGNED)


def waiting(membership: Membership) -> QuerySet[ApprovalStep]:
    """Steps that wait for a post in which the person may decide memos today, oldest first."""
    found = _waiting(membership).select_related("approval__report__drafter", "approval__report__item")
    return found.order_by("opened_at", "pk")


def under_way(membership: Membership) -> QuerySet[Approval]:
    """My drafts and my reports on their way up."""
    return _newest_first(_with_turn(_under_way(membership)))


def returned(membership: Membership) -> QuerySet[Approval]:
    """My reports that somebody sent back and that I have not submitted again."""
    return _newest_first(_with_turn(_returned(membership)))


def done(membership: Membership) -> QuerySet[Approval]:
    """Closed reports in which I had a part: as the drafter, or by an act."""
    return _newest_first(_with_report(_done(membership)))


def authority(membership: Membership) -> QuerySet[Any]:
    """What the authority has under way, whoever must act, the longest waiting first.

    Its administrator sees the drafts too, after all that waits: he hands over those of a drafter who is gone.
    """
    open_step = Q(
        steps__organisation=membership.organisation,
        steps__opened_at__isnull=False,
        steps__closed_at__isnull=True,
    )
    rows: QuerySet[Any] = _with_turn(_authority(membership))
    rows = rows.annotate(waiting=FilteredRelation("steps", condition=open_step))
    if membership.is_admin:
        return rows.order_by(F("waiting__opened_at").asc(nulls_last=True), "-pk")
    # No outer join here: the index of waiting steps then gives the rows in order.
    rows = rows.filter(waiting__opened_at__isnull=False)
    return rows.order_by("waiting__opened_at", "waiting__pk")


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
        for tab, rows in _ROWS.items()
    }
    row = Organisation.objects.filter(pk=membership.organisation.pk).annotate(**bounded).values_list(*bounded)
    return dict(zip(_ROWS, row.get(), strict=True))


def _waiting(membership: Membership) -> QuerySet[ApprovalStep]:
    posts = {appointment.post_id for appointment in membership.appointments if appointment.covers_memos}
    mine = ApprovalStep.posts.through._default_manager.filter(post__in=posts)
    # The first Exists asks once whether these posts decide at all: a drafter's list need not look at every open step.
    return (
        ApprovalStep.objects.of(membership.organisation)
        .filter(
            Exists(mine),
            Exists(mine.filter(approvalstep=OuterRef("pk"))),
            opened_at__isnull=False,
            closed_at__isnull=True,
        )
        .exclude(_OWN_DRAFT, approval__report__drafter=membership.user)
    )


def _under_way(membership: Membership) -> QuerySet[Any]:
    mine = Q(state__in=UNDER_WAY) | Q(state=State.WRITING, how=None)
    mine |= Q(state=State.WRITING, how=Act.Kind.RECALL)
    rows: QuerySet[Any] = _drafted_by(membership).alias(how=_came_back())
    return rows.filter(mine)


def _returned(membership: Membership) -> QuerySet[Any]:
    rows: QuerySet[Any] = _drafted_by(membership).alias(how=_came_back())
    return rows.filter(state=State.WRITING, how=Act.Kind.SEND_BACK)


def _done(membership: Membership) -> QuerySet[Any]:
    mine = Act.objects.filter(approval=OuterRef("pk"), user=membership.user)
    rows = Approval.objects.of(membership.organisation).filter(state__in=CLOSED)
    return rows.filter(Q(Exists(mine)) | Q(report__drafter=membership.user))


def _authority(membership: Membership) -> QuerySet[Any]:
    states = [State.WRITING, *UNDER_WAY] if membership.is_admin else UNDER_WAY
    return Approval.objects.of(membership.organisation).filter(state__in=states)


# The lists without what only a page shows, and in no order: building and counting them is cheap.
_ROWS: dict[str, Callable[[Membership], QuerySet[Any]]] = {
    "waiting": _waiting,
    "mine": _under_way,
    "returned": _returned,
    "done": _done,
    "authority": _authority,
}


def _drafted_by(membership: Membership) -> QuerySet[Any]:
    """Named by the report's authority too: its index then leads to a person's few among an authority's many."""
    rows = Approval.objects.of(membership.organisation)
    return rows.filter(report__organisation=membership.organisation, report__drafter=membership.user)


def _came_back() -> Subquery:
    """How it last came back to its drafter, of any round."""
    acts = Act.objects.filter(approval=OuterRef("pk"), kind__in=[Act.Kind.SEND_BACK, Act.Kind.RECALL])
    return Subquery(acts.order_by("-sequence").values("kind")[:1])


def _with_report(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("report__drafter", "report__item")


def _with_turn(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With whose turn it is, since when, and how it last came back to the drafter."""
    open_step = ApprovalStep.objects.filter(
        approval=OuterRef("pk"), opened_at__isnull=False, closed_at__isnull=True
    ).order_by("position")
    decided = Act.objects.filter(
        approval=OuterRef("pk"), round=OuterRef("round"), kind__in=[Act.Kind.ENDORSE, Act.Kind.SIGN]
    ).order_by("-sequence")
    found: QuerySet[Any] = _with_report(rows).annotate(
        came_back=_came_back(),
        waiting_for=Subquery(open_step.values("posts__title")[:1]),
        waiting_since=Subquery(open_step.values("opened_at")[:1]),
        decided_by=Subquery(decided.values("post__title")[:1]),
    )
    return found


def _newest_first(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """The latest report first. By key, which an index gives in order; by date of change every row would be sorted."""
    return rows.order_by("-pk")
