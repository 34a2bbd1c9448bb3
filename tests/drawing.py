"""The worker's turn in a test: every set's pages that are wanted become pictures."""

from __future__ import annotations

from django.utils import timezone

from ita_core.outbox import Job
from memos.rendering import office, pages


def draw_pages() -> int:
    """Makes all that is wanted, as the worker does. Returns how many files that were."""
    jobs = list(Job.objects.still_open().filter(kind=pages.KIND))
    for job in jobs:
        pages.render(job.payload)
    office.of_this_process().close()
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(done_at=timezone.now())
    return len(jobs)
