"""The worker looks whether links that units gave as evidence can be opened by anybody; see fetching.py for what it may ask."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from memos.models import CollectedLink
from workflows import fetching
from workflows.addresses import AddressCheck

SECONDS: Final = 2 * fetching.SECONDS


def look(payload: dict[str, Any]) -> None:
    """The outbox's handler. A link whose report is gone needs no look; a file too large to fetch was there all the same."""
    links = CollectedLink.objects.of(payload["organisation"])
    link = links.filter(pk=payload["link"]).first()
    if link is None:
        return
    problem = ""
    try:
        fetching.get(link.url)
    except fetching.Unreached as fault:
        problem = "" if fault.problem == AddressCheck.Problem.LARGE else fault.problem.value
    reach = CollectedLink.Reach.UNREACHED if problem else CollectedLink.Reach.REACHED
    links.filter(pk=link.pk).update(reach=reach, problem=problem, checked_at=timezone.now())
