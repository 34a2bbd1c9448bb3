"""A report's working copy with everything below it, read once: what is checked and what is frozen are the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from memos.models import Enclosure, Memo, Report, Section


@dataclass(frozen=True)
class Tree:
    """``sections`` have their forms, measures and activities in hand: walking them asks nothing more."""

    report: Report
    memo: Memo
    enclosures: tuple[Enclosure, ...]
    sections: tuple[Section, ...]


def read(report: Report) -> Tree:
    """Four queries, whatever the report's size; one more when its memo is not yet in hand, and then its item comes along.

    The item is asked for with the memo, not with the report: joined to a row that somebody had locked it would be stale.
    """
    if not Report._meta.get_field("memo").is_cached(report):
        memo = Memo.objects.of(report.organisation_id).select_related("report__item").get(report=report)
        report.item, report.memo = memo.report.item, memo
    sections = report.sections.select_related("form").prefetch_related("measures__activities")
    return Tree(report, report.memo, tuple(report.memo.enclosures.all()), tuple(sections))
