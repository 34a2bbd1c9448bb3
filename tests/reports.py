"""Reports in every state, brought there by the same drafts and actions that the pages call."""

from __future__ import annotations

import itertools

from django.utils import timezone

from ita_core.models import AssessmentItem, Job
from memos.models import Activity, Measure, Report
from tests.databases.memory import memory
from tests.personas import Authority
from workflows import actions, drafts
from workflows.models import Act, ApprovalStep, State

# One report per fiscal year, item and period: each call takes the next year, of those that no test names.
FIRST_YEAR = 2572
_YEARS = itertools.cycle(range(FIRST_YEAR, 2640))
RETURNED = "returned"
"""Sent back and not yet submitted again: its state is ``writing``."""


def begin(home: Authority, by: str = "legal_officer", *, fiscal_year: int | None = None) -> Report:
    """A draft with one measure of two activities in each section."""
    year = fiscal_year or _free_year(home)
    item = AssessmentItem.objects.order_by("-assessment_year", "code")[0]
    report = drafts.begin(
        home.actor(by),
        assessed_year=year - 1,
        fiscal_year=year,
        item=item,
        period=Report.Period.TWELVE_MONTHS,
        title=f"รายงานผลการดำเนินการตามมาตรการ\nประจำปีงบประมาณ พ.ศ. {year}",
        subject=f"รายงานผลการดำเนินการตามมาตรการ ประจำปีงบประมาณ พ.ศ. {year}",
    )
    fill(report, year)
    return report


def _free_year(home: Authority) -> int:
    taken = Report.objects.of(home.organisation).filter(fiscal_year__gte=FIRST_YEAR)
    years = set(taken.values_list("fiscal_year", flat=True))
    return next(year for year in _YEARS if year not in years)


def fill(report: Report, year: int = 2565) -> None:
    """One measure of two activities in each section."""
    for section in report.sections.select_related("form"):
        levels = {f: column["level"] for column in section.form.columns for f in column["fields"]}
        measure = Measure(section=section, cells=_cells(levels, "measure", "1. มาตรการที่หนึ่ง"))
        measure.save()
        for number in (1, 2):
            words = f"({number}) ดำเนินการแล้ว เมื่อเดือนมีนาคม {year}"
            cells = _cells(levels, "activity", words)
            Activity(measure=measure, position=number, cells=cells).save()


def _cells(levels: dict[str, str], level: str, words: str) -> dict[str, str]:
    return {key: words for key, its_level in levels.items() if its_level == level}


def submit(home: Authority, report: Report, by: str = "legal_officer", *, skip_reason: str = "") -> Act:
    fresh = Report.objects.of(home.organisation).get(pk=report.pk)
    return actions.submit(home.actor(by), report.pk, revision=fresh.revision, skip_reason=skip_reason)


def waiting_step(home: Authority, report: Report) -> ApprovalStep:
    steps = ApprovalStep.objects.of(home.organisation).filter(approval__report=report)
    return steps.get(opened_at__isnull=False, closed_at__isnull=True)


def shown(home: Authority, report: Report) -> tuple[int, str]:
    """What the decision page shows: the waiting step and the content's hash."""
    step = waiting_step(home, report)
    assert step.approval.content is not None
    return step.pk, step.approval.content.sha256


def forward(home: Authority, report: Report, by: str, opinion: str = "เห็นควรเสนอเพื่อโปรดทราบ") -> Act:
    step, content = shown(home, report)
    return actions.endorse(home.actor(by), report.pk, step=step, content=content, opinion=opinion)


def send_back(home: Authority, report: Report, by: str, reason: str = "ข้อมูลไม่ครบถ้วน") -> Act:
    step, content = shown(home, report)
    return actions.send_back(home.actor(by), report.pk, step=step, content=content, reason=reason)


def refuse(home: Authority, report: Report, by: str = "mayor", reason: str = "ไม่เห็นด้วย") -> Act:
    step, content = shown(home, report)
    return actions.refuse(home.actor(by), report.pk, step=step, content=content, reason=reason)


def in_state(home: Authority, state: str) -> Report:
    """A report in one of ``State`` or ``RETURNED``; read anew, with its approval."""
    pk = memory.recall((home.organisation.slug, str(state)), lambda: _made(home, state))
    return _as_if_made_now(home, {state: pk})[state]


def _as_if_made_now(home: Authority, made: dict[str, int]) -> dict[str, Report]:
    """Pages say when work has been waiting for long."""
    Job.objects.filter(done_at=None).update(wanted_at=timezone.now())
    rows = Report.objects.of(home.organisation).select_related("approval").in_bulk(made.values())
    return {state: rows[pk] for state, pk in made.items()}


def _made(home: Authority, state: str) -> int:
    report = begin(home)
    if state != State.WRITING:
        submit(home, report)
    match state:
        case "returned":
            send_back(home, report, "section_head")
        case State.WITHDRAWN:
            actions.withdraw(home.actor("legal_officer"), report.pk, reason="จัดทำใหม่")
        case _:
            _climb(home, report, state)
    return report.pk


def _climb(home: Authority, report: Report, state: str) -> None:
    if state in (State.WRITING, State.DRAFTED):
        return
    forward(home, report, "section_head", "เพื่อโปรดพิจารณา")
    if state == State.SECTION_HEAD_REVIEWED:
        return
    forward(home, report, "clerk", "เห็นควรนำเรียนเพื่อโปรดทราบและพิจารณา")
    if state == State.DEPUTY_APPROVED:
        return
    if state == State.REFUSED:
        refuse(home, report)
    else:
        forward(home, report, "mayor", "ทราบ")


# A report that was destroyed by a list has pages and tests of its own (tests/workflows/disposed.py).
EVERY_STATE = [*(state for state in State.values if state != State.DISPOSED), RETURNED]


def in_every_state(home: Authority) -> dict[str, Report]:
    made = memory.recall(
        (home.organisation.slug, "every state"), lambda: {state: _made(home, state) for state in EVERY_STATE}
    )
    return _as_if_made_now(home, made)
