"""Decisions on paper, for tests: a scan as it is told after reading, and the registrar who records it."""

from __future__ import annotations

import datetime
from typing import Any

from ita_core import thai
from ita_core.models import Appointment
from memos.models import Report
from memos.scans import Scan
from memos.sealing.marks import Mark
from tests import reports
from tests.personas import Authority
from workflows import actions, printing, proofs
from workflows.models import Act, Approval, State

PDF = b"%PDF-1.4 a scan"
PAGES = 3
OFFICER = {
    State.DRAFTED: "section_head",
    State.SECTION_HEAD_REVIEWED: "clerk",
    State.DEPUTY_APPROVED: "mayor",
}


def approval_of(home: Authority, report: Report) -> Approval:
    rows = Approval.objects.of(home.organisation).select_related(
        "content", "report__drafter", "organisation", "document_set"
    )
    return rows.get(report=report)


def issuing(home: Authority, report: Report) -> Act:
    return printing.to_decide(approval_of(home, report))


def scan_with(code: str, *pages: int, of: int = PAGES, data: bytes = PDF) -> Scan:
    """A page for each number, all of one print; 0 for one whose mark cannot be read."""
    return Scan(data, tuple((Mark(code, page, of),) if page else () for page in pages))


def scan_of(home: Authority, report: Report, *pages: int, data: bytes = PDF) -> Scan:
    return scan_with(proofs.code_of(issuing(home, report)), *(pages or (1, 2, 3)), data=data)


def hat(home: Authority, officer: str, post: str = "") -> int:
    rows = Appointment.objects.filter(user=home.people[officer], post__organisation=home.organisation)
    return rows.get(post=home.posts[post or officer]).pk


def record(
    home: Authority,
    report: Report,
    officer: str = "section_head",
    *,
    by: str = "registrar",
    post: str = "",
    scan: Scan | None = None,
    day: datetime.date | None = None,
    **more: Any,
) -> Act:
    step, content = reports.shown(home, report)
    words = {"decision": "forward", "opinion": "เห็นควรเสนอเพื่อโปรดทราบ", **more}
    return actions.record_ink(
        home.actor(by),
        report.pk,
        step=step,
        content=content,
        officer=hat(home, officer, post),
        decided_on=day or thai.today(),
        scan=scan or scan_of(home, report),
        **words,
    )
