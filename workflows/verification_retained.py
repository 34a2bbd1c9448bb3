"""Do dates and holds say what the acts say?

A class that an act gave has the act's date; without one the date is no earlier than the rule allows. A fault is told as
(place, what), as verification.py has them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from ita_core import thai
from ita_core.models import Organisation
from memos.models import Report
from workflows import retention
from workflows.models import Act, Retention

Found = Iterator[tuple[str, str]]
_HOLDS = (Act.Kind.HOLD, Act.Kind.RELEASE)


def retentions(organisation: Organisation, acts: Sequence[Act]) -> Found:
    """``acts`` are those that are whole: of a destroyed report nothing is kept that could be held."""
    signed: dict[int, Act] = {}
    given: dict[int, Act] = {}
    held: dict[int, bool] = {}
    for act in acts:
        if act.kind == Act.Kind.SIGN:
            signed[act.approval_id] = act
        elif act.kind == Act.Kind.RETAIN:
            given[act.approval_id] = act
        elif act.kind in _HOLDS:
            held[act.approval_id] = act.kind == Act.Kind.HOLD
    rows = Retention.objects.of(organisation).exclude(approval__state="disposed")
    for row in rows.select_related("kept_as"):
        place = f"{organisation.slug}/retention/{row.pk}"
        its = row.approval_id
        if its not in signed:
            yield place, "no act signed its report"
        elif its in given and given[its].reason.split("\n")[0] != retention.told(row.until):
            yield place, "its date is not the one of the act"
        elif its not in given and not _long_enough(signed[its], row):
            yield place, "its date is earlier than the rule allows, and no act says why"
        if row.is_held != held.pop(its, False):
            yield place, "it is held when no act holds it, or the other way round"
    for its, is_held in held.items():
        if is_held:
            yield f"{organisation.slug}/approval/{its}/retention", "an act holds it and it has no date"
    yield from _trials(organisation)


def _trials(organisation: Organisation) -> Found:
    trials = Report.objects.of(organisation).filter(is_trial=True, approval__retention__isnull=False)
    for pk in trials.values_list("pk", flat=True):
        yield f"{organisation.slug}/report/{pk}", "it says to be a trial, of which nothing is kept, and it is"


def _long_enough(signature: Act, row: Retention) -> bool:
    # A value changed to what is no moment reads as None; the act is named for it.
    moment: datetime.datetime | None = signature.acted_at
    day = signature.decided_on or (thai.bangkok_date(moment) if moment else None)
    if day is None:
        return True
    least = retention.last_day(day, retention.LEAST_YEARS)
    return row.until is None or (least is not None and row.until >= least)
