"""Which steps wait for a post, found without looking at all that wait in the authority."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ita_core.models import Organisation
from workflows.models import ApprovalStep


def at_posts(organisation: Organisation, posts: Collection[int]) -> QuerySet[ApprovalStep]:
    """Steps of the authority that wait for one of ``posts``, which are their keys.

    Posts that decide nothing ask for the steps of no authority: a database then looks at none of them. A condition
    beside the authority SQLite would ask again of every step that waits.
    """
    theirs = ApprovalStep.posts.through._default_manager.filter(post__in=posts)
    where_they_decide = Organisation.objects.filter(Exists(theirs), pk=organisation.pk).order_by()
    return ApprovalStep.objects.across_organisations().filter(
        Exists(theirs.filter(approvalstep=OuterRef("pk"))),
        organisation=Subquery(where_they_decide.values("pk")[:1]),
        opened_at__isnull=False,
        closed_at__isnull=True,
    )
