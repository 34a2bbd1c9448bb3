"""Reports whose time is past, and lists that destroy them, for the tests of disposal."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from ita_core import thai
from ita_core.outbox import Job
from memos.models import Report
from tests import reports
from tests.personas import Authority
from workflows import destroying, disposal_lines, disposal_records, disposing, retention, verification
from workflows.disposed import Disposal, DisposalList
from workflows.models import Approval, Retention, State

COMMITTEE = ("clerk", "section_head", "legal_officer")
ANSWER = "สม 0031/55"


def past(home: Authority, report: Report | None = None) -> Report:
    """A signed report whose last day was yesterday, as if ten years had gone by."""
    report = report or reports.in_state(home, State.MAYOR_SIGNED)
    retention.begin_missing(home.organisation)
    yesterday = thai.today() - datetime.timedelta(days=1)
    Retention.objects.of(home.organisation).filter(approval__report=report).update(until=yesterday)
    return report


def draw_up(home: Authority, *chosen: Report, committee: Sequence[str] = COMMITTEE) -> DisposalList:
    people = [home.people[key].pk for key in committee]
    return disposing.draw_up(
        home.actor("registrar"), committee=people, reports=[report.pk for report in chosen]
    )


def judge(
    home: Authority, found: DisposalList, keep: Collection[Report] = (), by: Sequence[str] = COMMITTEE
) -> None:
    """Each member; ``keep`` is what the first of them wants kept."""
    for number, key in enumerate(by):
        said = {
            line.pk: (number == 0 and line.approval.report in keep, "ยังใช้อ้างอิง")
            for line in found.lines.select_related("approval__report")
        }
        disposing.judge(home.actor(key), found.pk, said=said)


def answer(home: Authority, found: DisposalList, keep: Collection[Report] = ()) -> None:
    lines = found.lines.filter(approval__report__in=keep).values_list("pk", flat=True)
    disposing.note_answer(
        home.actor("registrar"), found.pk, number=ANSWER, dated=thai.today(), keep=list(lines)
    )


def shown(home: Authority, found: DisposalList) -> str:
    fresh = DisposalList.objects.of(home.organisation).select_related("organisation").get(pk=found.pk)
    return disposal_records.fingerprint(fresh, disposal_lines.lines(fresh))


def approve(home: Authority, found: DisposalList, by: str = "mayor") -> Disposal:
    return disposing.approve(home.actor(by), found.pk, shown=shown(home, found))


def ready(home: Authority, *chosen: Report) -> DisposalList:
    """A list that waits for the head's approval only."""
    found = draw_up(home, *chosen)
    judge(home, found)
    answer(home, found)
    return found


def destroyed(home: Authority, *chosen: Report) -> Disposal:
    return approve(home, ready(home, *(chosen or (past(home),))))


def approval_of(home: Authority, report: Report) -> Approval:
    return Approval.objects.of(home.organisation).select_related("report", "organisation").get(report=report)


def faults(home: Authority) -> list[str]:
    """Without the dates that ``past`` moved behind the back, which are rightly found."""
    found = [f"{fault.place}: {fault.what}" for fault in verification.faults([home.organisation])]
    return [one for one in found if "/retention/" not in one]


def run_worker() -> None:
    for job in Job.objects.filter(kind=destroying.KIND, done_at=None):
        destroying.remove_files(job.payload)
