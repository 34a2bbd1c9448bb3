"""My work: what waits for a person, what became of his reports, and what his whole authority has under way.

A list costs one query, its counts another, whatever their size: counts stop at ``COUNT_LIMIT``, because a badge that
says 200+ serves as well as the right number and does not read every row. A page of a list is found first, by keys
alone, and then told: only its rows are joined to what the page shows.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from ita_core.counting import COUNT_LIMIT, BoundedCount
from ita_core.membership import Membership
from ita_core.models import Appointment, Organisation, Post, Role, User
from memos.models import CoDrafter, Report
from workflows import waiting
from workflows.models import (
    CLOSED,
    FORWARD_ACTS,
    UNDER_WAY,
    Act,
    Approval,
    ApprovalStep,
    Errand,
    State,
    View,
)

# A drafter decides his own report at the last step only (permissions.check_may_decide).
_OWN_DRAFT = ~Q(reaches=State.MAYOR_SIGNED)


@dataclass(frozen=True)
class Listing:
    """One tab: which rows, without what only a page shows, in what order, and with what they are shown.

    ``by`` leads from what is looked through to the rows where that is not the same.
    """

    rows: Callable[[Membership], QuerySet[Any]]
    ordered: Callable[[QuerySet[Any], Membership], QuerySet[Any]]
    shown: Callable[[QuerySet[Any]], QuerySet[Any]]
    of: type[Approval] | type[ApprovalStep] | type[Act] = Approval
    by: str = "pk"

    def page(self, membership: Membership, start: int, stop: int) -> list[Any]:
        """The rows from ``start`` to before ``stop``. Their keys are the authority's already."""
        keys = self.ordered(self.rows(membership), membership).values(self.by)[start:stop]
        rows = self.of.objects.across_organisations().filter(pk__in=keys)
        return list(self.ordered(self.shown(rows), membership))


def counts(membership: Membership) -> dict[str, int]:
    """Rows of every tab, each at most ``COUNT_LIMIT`` + 1. One query."""
    posts = _deciding_posts(membership)
    sql, holders = _counting(connection.vendor, len(posts), membership.is_admin, COUNT_LIMIT + 1)
    values = dict(
        zip(_stand_ins(len(posts)), (membership.user.pk, membership.organisation.pk, *posts), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(holder, holder) for holder in holders])
        return dict(zip(LISTS, cursor.fetchone(), strict=True))


@functools.cache
def _counting(_vendor: str, posts: int, is_admin: bool, limit: int) -> tuple[str, tuple[Any, ...]]:
    """The counts' SQL and parameters, written for a person who is nobody: it is the same for everyone with his posts.

    Seven lists take Django longer to write than PostgreSQL to count; they are written once in a process.
    """
    user, organisation, *keys = _stand_ins(posts)
    role = Role.ORG_ADMIN if is_admin else Role.OFFICER
    appointments = [Appointment(post=Post(pk=key, role=role)) for key in keys]
    appointments += [Appointment(post=Post(role=role), covers_memos=False)]
    nobody = Membership(User(pk=user), Organisation(pk=organisation), tuple(appointments))
    bounded = {
        f"rows_{tab}": BoundedCount(listing.rows(nobody).order_by().values("pk")[:limit])
        for tab, listing in LISTS.items()
    }
    row = Organisation.objects.filter(pk=organisation).annotate(**bounded).values_list(*bounded)
    return row.query.sql_with_params()


def _stand_ins(posts: int) -> range:
    """Keys no row has: for the person, the authority and his posts."""
    return range(-1, -3 - posts, -1)


def _deciding_posts(membership: Membership) -> set[int]:
    """The posts in which the person may decide memos today; none while he is recorded absent."""
    return {one.post_id for one in membership.appointments if one.covers_memos and not one.is_away}


def _waiting(membership: Membership) -> QuerySet[ApprovalStep]:
    """Steps that wait for a post in which the person may decide memos today."""
    rows = waiting.at_posts(membership.organisation, _deciding_posts(membership))
    return rows.exclude(_OWN_DRAFT, approval__report__drafter=membership.user)


def _under_way(membership: Membership) -> QuerySet[Report]:
    """My drafts and my reports on their way up.

    Looked through by report: one index has a person's in order, so that neither he who has none of an authority's
    many nor he who has nearly all waits for the others.
    """
    mine = Report.objects.of(membership.organisation).filter(drafter=membership.user)
    return mine.filter(approval__state__in=[State.WRITING, *UNDER_WAY], approval__is_returned=False)


def _shared(membership: Membership) -> QuerySet[Any]:
    """Open reports of others in which I write along."""
    mine = CoDrafter.objects.of(membership.organisation).filter(user=membership.user)
    rows = Approval.objects.across_organisations()  # What leads to them is the authority's.
    return rows.filter(report__in=mine.values("report"), state=State.WRITING)


def _returned(membership: Membership) -> QuerySet[Report]:
    """My reports that somebody sent back and that I have not submitted again.

    Looked through by report, of which an index has those that are still written: all others are closed.
    """
    mine = Report.objects.of(membership.organisation).filter(drafter=membership.user, is_open=True)
    return mine.filter(approval__state=State.WRITING, approval__is_returned=True)


def _done(membership: Membership) -> QuerySet[Any]:
    """Closed reports in which I had a part: as the drafter, or by an act."""
    mine = Act.objects.filter(approval=OuterRef("pk"), user=membership.user)
    rows = Approval.objects.of(membership.organisation).filter(state__in=CLOSED)
    return rows.filter(Q(Exists(mine)) | Q(report__drafter=membership.user))


def _asked(membership: Membership) -> QuerySet[Act]:
    """Acts that ask something of me: a view not yet given, an order or a circulation not yet acknowledged.

    Two indexes hold what is open in the authority, so that nobody reads its acts to find his few: named here again,
    the authority would lead a database without statistics to all of them.
    """
    views = View.objects.of(membership.organisation).filter(of=membership.user, closed_at__isnull=True)
    errands = Errand.objects.of(membership.organisation).filter(to=membership.user, acknowledged__isnull=True)
    asking = views.order_by().values("asked").union(errands.order_by().values("act"), all=True)
    return Act.objects.across_organisations().filter(pk__in=asking)


def _authority(membership: Membership) -> QuerySet[Any]:
    """What the authority has under way, whoever must act; its administrator sees the drafts too.

    He hands over those of a drafter who is gone.
    """
    states = [State.WRITING, *UNDER_WAY] if membership.is_admin else UNDER_WAY
    return Approval.objects.of(membership.organisation).filter(state__in=states)


def _with_report(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("report__drafter", "report__item")


def with_turn(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With whose turn it is and since when."""
    open_step = ApprovalStep.objects.filter(
        approval=OuterRef("pk"), opened_at__isnull=False, closed_at__isnull=True
    ).order_by("position")
    decided = Act.objects.filter(
        approval=OuterRef("pk"), round=OuterRef("round"), kind__in=FORWARD_ACTS
    ).order_by("-sequence")
    found: QuerySet[Any] = _with_report(rows).annotate(
        waiting_for=Subquery(open_step.values("posts__title")[:1]),
        waiting_since=Subquery(open_step.values("opened_at")[:1]),
        waiting_due=Subquery(open_step.values("due_on")[:1]),
        decided_by=Subquery(decided.values("post__title")[:1]),
    )
    return found


def _of_approval_shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that are no approvals but belong to one: steps that wait, acts that ask."""
    return rows.select_related("approval__report__drafter", "approval__report__item")


def _first_asked_first(rows: QuerySet[Any], membership: Membership) -> QuerySet[Any]:
    """With the rows by which they are answered: ``view`` or ``errand``."""
    views = View.objects.filter(asked=OuterRef("pk"))
    errands = Errand.objects.filter(act=OuterRef("pk"), to=membership.user)
    rows = rows.annotate(
        view=Subquery(views.values("pk")[:1]),
        question=Subquery(views.values("question")[:1]),
        errand=Subquery(errands.values("pk")[:1]),
    )
    # Not by sequence: its index gives an authority's acts in order, and a database would rather read them all.
    return rows.order_by("acted_at", "pk")


def _oldest_first(rows: QuerySet[Any], _membership: Membership) -> QuerySet[Any]:
    return rows.order_by("opened_at", "pk")


def _newest_first(rows: QuerySet[Any], _membership: Membership) -> QuerySet[Any]:
    """The latest report first. By key, which an index gives in order; by date of change every row would be sorted."""
    return rows.order_by("-pk")


def _longest_first(rows: QuerySet[Any], membership: Membership) -> QuerySet[Any]:
    """The longest waiting first, drafts after all that waits."""
    open_step = Q(
        steps__organisation=membership.organisation,
        steps__opened_at__isnull=False,
        steps__closed_at__isnull=True,
    )
    rows = rows.annotate(waiting=FilteredRelation("steps", condition=open_step))
    if membership.is_admin:
        return rows.order_by(F("waiting__opened_at").asc(nulls_last=True), "-pk")
    # No outer join here: the index of waiting steps then gives the rows in order.
    rows = rows.filter(waiting__opened_at__isnull=False)
    return rows.order_by("waiting__opened_at", "waiting__pk")


LISTS = {
    "waiting": Listing(_waiting, _oldest_first, _of_approval_shown, ApprovalStep),
    "mine": Listing(_under_way, _newest_first, with_turn, by="approval"),
    "shared": Listing(_shared, _newest_first, with_turn),
    "returned": Listing(_returned, _newest_first, with_turn, by="approval"),
    "asked": Listing(_asked, _first_asked_first, _of_approval_shown, Act),
    "done": Listing(_done, _newest_first, _with_report),
    "authority": Listing(_authority, _longest_first, with_turn),
}
