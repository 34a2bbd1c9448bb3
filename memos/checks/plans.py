"""What was planned has to come back in the table of results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memos.checks.likeness import letters, likeness
from memos.checks.rule import Note, Rule, note
from memos.checks.view import Part, Text, View

ALIKE: Final = 0.75
"""Less than for outcomes: two offices write one measure with a word more or less (การป้องกันการทุจริต, การป้องกันทุจริต)."""


def _names(parts: list[Part]) -> list[Text]:
    return [cell for part in parts for cell in part.cells("measure") if letters(cell.plain)]


def missing(view: View) -> Iterator[Note]:
    tables = [part for part in view.parts if "measure" in part.fields]
    plans = [part for part in tables if "result" not in part.fields]
    reported = [letters(cell.plain) for cell in _names([part for part in tables if "result" in part.fields])]
    if not reported:
        return
    for cell in _names(plans):
        planned = letters(cell.plain)
        if planned not in reported and all(likeness(planned, other) < ALIKE for other in reported):
            yield note(cell, _("มาตรการในแผนไม่มีในตารางผลการดำเนินการ"))


RULES = (
    Rule(
        "plan-without-result",
        "word",
        gettext_lazy("มาตรการในแผนไม่มีในตารางผล"),
        gettext_lazy("เมื่อรายงานมีทั้งตารางแผนและตารางผล ทุกมาตรการในแผนควรมีผล"),
        missing,
    ),
)
