"""Pictures of pages that are gone although their row says they are there, as after a restore."""

from __future__ import annotations

from memos.models import Rendering
from memos.rendering import pages


def note_all() -> int:
    """Note them as lost, so that a page offers to make them anew; returns how many."""
    count = 0
    for rendering in Rendering.objects.across_organisations().filter(pages__gt=0).iterator():
        try:
            pages.size(rendering, rendering.pages or 1)
        except FileNotFoundError:
            rendering.pages, rendering.problem = None, str(pages.GONE)
            rendering.save(update_fields=["pages", "problem"])
            count += 1
    return count
