"""Does the report that stands for its year stand because acts say so?

A signed correction made what it corrects give way: the old one's history has an act with the code of the signature. A
fault is told as (place, what), as verification.py has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ita_core.models import Organisation
from memos.models import Report
from workflows import correcting, proofs
from workflows.models import Act, Approval, State

Found = Iterator[tuple[str, str]]
_GIVEN_UP = (State.WITHDRAWN, State.REFUSED)


def corrections(organisation: Organisation, acts: Sequence[Act]) -> Found:
    approval_of = dict(Approval.objects.of(organisation).values_list("report_id", "pk"))
    given_way: dict[int, list[Act]] = defaultdict(list)
    signed: dict[int, Act] = {}
    for act in acts:
        if act.kind == Act.Kind.REPLACE:
            given_way[act.approval_id].append(act)
        elif act.kind == Act.Kind.SIGN:
            signed[act.approval_id] = act
    rows = (
        Report.objects.of(organisation).filter(is_trial=False).only("corrects", "is_current", "is_given_up")
    )
    reports = {report.pk: report for report in rows}
    stands = {act.approval_id: act.state_after for act in acts}
    for report in reports.values():
        place = f"{organisation.slug}/report/{report.pk}"
        its = approval_of.get(report.pk, 0)
        signature = signed.get(its)
        if report.is_given_up and stands.get(its) not in _GIVEN_UP:
            yield place, "it is given up, and no act says so"
        if report.corrects_id is not None and signature is not None:
            told = given_way[approval_of.get(report.corrects_id, 0)]
            code = correcting.REPLACED + proofs.code_of(signature)
            if not any(_names(act, code) for act in told):
                yield place, "it says to correct a report that no act has given way to it"
        if signature is not None and report.is_current == bool(given_way[its]):
            yield place, "it stands for its year when it was corrected, or the other way round"
    codes = {
        correcting.REPLACED + proofs.code_of(signed[its]): report.corrects_id
        for report in reports.values()
        if (its := approval_of.get(report.pk, 0)) in signed
    }
    report_of = {pk: report for report, pk in approval_of.items()}
    for its, told in given_way.items():
        for act in told:
            if act.payload and codes.get(act.reason) != report_of.get(its):
                yield (
                    f"{organisation.slug}/act/{act.sequence}/report",
                    "the correction that it names does not correct this report",
                )


def _names(act: Act, code: str) -> bool:
    """What an act said that a list emptied is not known any more."""
    return not act.payload or act.reason == code
