"""The lines of a list of reports to be destroyed: what the committee said of each, and what becomes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ita_core import thai
from memos.models import Report
from workflows import numbers
from workflows.disposed import DisposalLine, DisposalList, DisposalMember, DisposalOpinion
from workflows.models import Act, Retention, State

# Why a line is kept though it is on the list, in the order in which it is said.
GONE, HELD, NOT_DUE, BEING_CORRECTED, ARCHIVES, MEMBER, CORRECTS = (
    "gone",
    "held",
    "not_due",
    "being_corrected",
    "archives",
    "committee",
    "corrects",
)
WHY_KEPT = {
    GONE: _("ทำลายตามบัญชีอื่นแล้ว"),
    HELD: _("ถูกระงับการทำลาย"),
    NOT_DUE: _("ยังไม่ครบกำหนดเก็บ"),
    BEING_CORRECTED: _("กำลังจัดทำฉบับแก้ไข"),
    ARCHIVES: _("หอจดหมายเหตุแห่งชาติขอสงวนไว้"),
    MEMBER: _("กรรมการเห็นควรเก็บไว้"),
    CORRECTS: _("ฉบับเดิมที่ฉบับนี้แก้ไขยังต้องเก็บไว้"),
}


@dataclass(frozen=True)
class LineView:
    """A line with its report, what each member said in the order of the committee (None: nothing yet), and its outcome."""

    line: DisposalLine
    retention: Retention | None
    number: str
    opinions: list[DisposalOpinion | None]
    kept_because: str

    @property
    def report(self) -> Report:
        return self.line.approval.report

    @property
    def why_kept(self) -> str:
        return str(WHY_KEPT[self.kept_because]) if self.kept_because else ""


def members(found: DisposalList) -> list[DisposalMember]:
    return list(found.members.select_related("user").order_by("position"))


def lines(found: DisposalList) -> list[LineView]:
    """In order. Five queries for any number of lines."""
    committee = members(found)
    rows = list(
        found.lines.select_related(
            "approval__report__item",
            "approval__report__drafter",
            "approval__report__corrects__approval",
            "approval__organisation",
        )
        .prefetch_related("opinions")
        .order_by("position")
    )
    keys = [row.approval_id for row in rows]
    kept = {
        one.approval_id: one
        for one in Retention.objects.of(found.organisation_id)
        .filter(approval__in=keys)
        .select_related("kept_as")
    }
    numbered: dict[int, list[Act]] = {}
    for act in (
        Act.objects.of(found.organisation_id)
        .filter(approval__in=keys, kind__in=numbers.KINDS)
        .order_by("sequence")
    ):
        numbered.setdefault(act.approval_id, []).append(act)
    corrected = set(
        Report.objects.of(found.organisation_id)
        .filter(corrects__approval__in=keys, is_given_up=False, is_current=False)
        .exclude(approval__state__in=[State.MAYOR_SIGNED, State.DISPOSED])
        .values_list("corrects", flat=True)
    )
    views = []
    for row in rows:
        said = {one.member_id: one for one in row.opinions.all()}
        opinions = [said.get(member.pk) for member in committee]
        why = _kept_because(row, kept.get(row.approval_id), opinions, row.approval.report_id in corrected)
        number = numbers.after(numbered.get(row.approval_id, []))
        views.append(LineView(row, kept.get(row.approval_id), number, opinions, why))
    return _with_what_they_correct(views)


def _with_what_they_correct(views: Sequence[LineView]) -> list[LineView]:
    """A correction stays for as long as what it corrects, which would else seem to stand again, at its address too."""
    outcomes = {view.report.pk: view for view in views}
    for pk in sorted(outcomes):  # What is corrected is older.
        view = outcomes[pk]
        old = view.report.corrects
        if view.kept_because or old is None or old.approval.state == State.DISPOSED:
            continue
        if old.pk not in outcomes or outcomes[old.pk].kept_because:
            outcomes[pk] = dataclasses.replace(view, kept_because=CORRECTS)
    return [outcomes[view.report.pk] for view in views]


def _kept_because(
    row: DisposalLine, kept: Retention | None, opinions: Sequence[DisposalOpinion | None], is_corrected: bool
) -> str:
    """ "" for a line that is destroyed when the head approves: all three say so, and nothing stands against it."""
    if row.approval.state == State.DISPOSED:
        return "" if row.list.standing == DisposalList.Standing.APPROVED else GONE
    if kept is None or kept.is_held:
        return HELD
    if kept.until is None or kept.until >= thai.today() or row.approval.state != State.MAYOR_SIGNED:
        return NOT_DUE
    if is_corrected:
        return BEING_CORRECTED
    if row.archives_keep:
        return ARCHIVES
    return MEMBER if any(one is not None and one.keep for one in opinions) else ""


def as_approved(views: Sequence[LineView], facts: dict[str, Any]) -> list[LineView]:
    """With the outcome that was frozen: what became of a kept report since is another list's."""
    why = {line["approval"]: line["kept_because"] for line in facts["lines"]}
    return [
        dataclasses.replace(view, kept_because=why.get(view.line.approval_id, view.kept_because))
        for view in views
    ]
