"""The pair of the sample as Word files, and the worker's turn."""

from __future__ import annotations

import functools
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ita_core.outbox import Job
from memos.documents import render_measures, render_memo
from memos.docx import compile_template
from memos.models import Rendering
from memos.rendering import office, pages
from tests.memos import sample


@functools.cache
def memo() -> bytes:
    template = compile_template(_shipped("memo"), "memo")
    return render_memo(template, sample.CONTENT, [sample.DRAFTER, *sample.GIVEN])


@functools.cache
def measures() -> bytes:
    return render_measures(compile_template(_shipped("measures"), "measures"), sample.CONTENT)


def _shipped(name: str) -> bytes:
    return (Path(settings.DOCX_TEMPLATES_DIR) / f"{name}.docx").read_bytes()


def worked() -> Rendering:
    """The one rendering that was ordered, after the worker's turn."""
    job = Job.objects.get(kind=pages.KIND)
    pages.render(job.payload)
    office.of_this_process().close()
    Job.objects.update(done_at=timezone.now())
    return Rendering.objects.of(job.payload["organisation"]).get(sha256=job.payload["sha256"])
