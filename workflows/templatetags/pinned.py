"""Remarks of the last return, for templates: the editor's too, which knows the process by its templates only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template

from memos.models import Report
from workflows import pinning
from workflows.models import Comment

register = template.Library()


@register.simple_tag
def remarks_of(report: Report) -> Mapping[str, Sequence[Comment]]:
    """By the id of the editor's box; ``remarks|at_box:""`` are those whose row is gone. One query when there are none."""
    return pinning.for_editor(report)


@register.filter
def at_box(remarks: Mapping[str, Sequence[Comment]] | str, box: str) -> Sequence[Comment]:
    """The remarks beside this box; a page that asked for none has no mapping at all."""
    return remarks.get(box, ()) if isinstance(remarks, Mapping) else ()
