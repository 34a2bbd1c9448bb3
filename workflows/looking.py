"""Which content a person saw last, and which before it: what changed is told against that."""

from __future__ import annotations

from ita_core.models import User
from workflows.models import Approval, Look, State


def note(approval: Approval, user: User) -> None:
    """He sees the submitted content now. Written when it is another one than last time: one query, two for a new one.

    Whoever corrects a report reads his working copy, which is no content yet.
    """
    shown = approval.content_id
    if shown is None or (approval.state == State.WRITING and approval.report.drafter_id == user.pk):
        return
    looks = Look.objects.of(approval.organisation_id).filter(approval=approval, user=user)
    last = looks.first()
    if last is None:
        first = Look(organisation_id=approval.organisation_id, approval=approval, user=user, content_id=shown)
        # Two windows opened at once: either of them may write it.
        Look.objects.bulk_create([first], ignore_conflicts=True)
    elif last.content_id != shown:
        last.before_id, last.content_id = last.content_id, shown
        last.save(update_fields=["before", "content", "at"])


def seen_before(approval: Approval, user: User) -> int | None:
    """The content (its row) that he saw last and that is not the one of now; None when there is none. One query."""
    last = Look.objects.of(approval.organisation_id).filter(approval=approval, user=user).first()
    if last is None:
        return None
    return last.before_id if last.content_id == approval.content_id else last.content_id
