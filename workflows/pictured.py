"""The pages of a set as pictures: what is there, what is on its way, and why there is nothing.

The pictures are made of the stored Word files by the worker, after the act, and kept by the files' hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from ita_core.outbox import Job
from memos.models import Rendering
from memos.rendering import pages
from workflows import paper
from workflows.models import Act

# Longer than this without a first attempt, and nobody seems to be at work.
_LONG = timedelta(seconds=30)


@dataclass(frozen=True)
class Page:
    """``name`` is the paper's; ``number`` counts from 1, of ``count``."""

    kind: str
    name: str
    number: int
    count: int
    width: int
    height: int


@dataclass(frozen=True)
class Pictured:
    """``files`` are (name, SHA-256) of both papers. ``waits``: pictures are still to come; ``missing``: ask for them anew."""

    act: Act
    files: tuple[tuple[str, str], ...]
    pages: tuple[Page, ...]
    problems: tuple[str, ...]
    waits: bool
    waits_long: bool
    missing: bool


def of_set(act: Act) -> Pictured:
    """Of an act that made a set, its ``document_set`` with both files in hand. One query, two while pictures are made."""
    assert act.document_set is not None
    files = act.document_set.files()
    rows = Rendering.objects.of(act.organisation_id).filter(sha256__in=[one.sha256 for one in files.values()])
    by_hash = {row.sha256: row for row in rows}
    shown: list[Page] = []
    missing = False
    for kind, stored in files.items():
        rendering = by_hash.get(stored.sha256)
        try:
            shown += _pages(kind, rendering) if rendering else []
        except FileNotFoundError:
            missing = True
    problems = dict.fromkeys(row.problem for row in by_hash.values() if row.problem)
    waiting = [row for row in by_hash.values() if row.pages is None and not row.problem]
    return Pictured(
        act,
        tuple((paper.DOCUMENT_NAMES[kind], stored.sha256) for kind, stored in files.items()),
        tuple(shown),
        tuple(gettext(problem) for problem in problems),
        bool(waiting),
        bool(waiting) and _wait_long(waiting),
        missing
        or len(by_hash) < len({stored.sha256 for stored in files.values()})
        or _came_to_nothing(by_hash),
    )


def _came_to_nothing(by_hash: dict[str, Rendering]) -> bool:
    return any(row.problem and row.pages is None for row in by_hash.values())


def _pages(kind: str, rendering: Rendering) -> Iterator[Page]:
    """FileNotFoundError when a picture was taken away."""
    count = rendering.pages or 0
    for number in range(1, count + 1):
        yield Page(kind, paper.DOCUMENT_NAMES[kind], number, count, *pages.size(rendering, number))


def _wait_long(waiting: Sequence[Rendering]) -> bool:
    keys = [pages.job_key(row) for row in waiting]
    jobs = Job.objects.still_open().filter(kind=pages.KIND, key__in=keys, attempts=0)
    return jobs.filter(wanted_at__lt=timezone.now() - _LONG).exists()
