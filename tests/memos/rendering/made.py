"""The pair of the sample as Word files."""

from __future__ import annotations

import functools
from pathlib import Path

from django.conf import settings

from memos.documents import render_measures, render_memo
from memos.docx import compile_template
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
