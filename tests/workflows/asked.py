"""Things asked of people, once for each report: a view of the deputy mayor, an errand of the reader, a remark."""

from __future__ import annotations

from memos.models import Report
from tests import reports
from tests.personas import Authority
from workflows import actions
from workflows.models import UNDER_WAY, Approval, Comment, Errand, State, View

ASKED, RECEIVER = "deputy_mayor", "reader"
_DECIDES = {
    State.DRAFTED: "section_head",
    State.SECTION_HEAD_REVIEWED: "clerk",
    State.DEPUTY_APPROVED: "mayor",
}


def decider(home: Authority, report: Report) -> str:
    """Who decides the waiting step of the usual route."""
    return _DECIDES[State(approval_of(home, report).state)]


def approval_of(home: Authority, report: Report) -> Approval:
    rows = Approval.objects.of(home.organisation).select_related("content", "report__drafter")
    return rows.get(report=report)


def view_of(home: Authority, report: Report) -> View | None:
    """Asked by whoever decides now; None where nobody does, or nobody is there to be asked."""
    approval = approval_of(home, report)
    if approval.state not in UNDER_WAY or ASKED not in home.people:
        return None
    found = approval.views.filter(closed_at__isnull=True).first()
    return found or ask_view(home, report)


def ask_view(home: Authority, report: Report, question: str = "ข้อเท็จจริงตรงหรือไม่", of: str = ASKED) -> View:
    step, content = reports.shown(home, report)
    asker, asked = home.actor(decider(home, report)), home.people[of].pk
    act = actions.ask_view(asker, report.pk, step=step, content=content, of=asked, question=question)
    return View.objects.of(home.organisation).get(asked=act)


def errand_of(home: Authority, report: Report) -> Errand | None:
    """What the mayor ordered; None before the signature, or when the reader is not there."""
    approval = approval_of(home, report)
    if approval.state != State.MAYOR_SIGNED or RECEIVER not in home.people:
        return None
    return approval.errands.first() or assign(home, report)


def assign(home: Authority, report: Report, to: str = RECEIVER, order: str = "ดำเนินการตามที่เสนอ") -> Errand:
    act = actions.assign(home.actor("mayor"), report.pk, to=[home.people[to].pk], order=order)
    return act.errands.get()


def sent_back(home: Authority, report: Report, *remarks: tuple[str, str], by: str = "") -> list[Comment]:
    """Sent back by whoever decides, with remarks of (place, text)."""
    step, content = reports.shown(home, report)
    actor = home.actor(by or decider(home, report))
    pinned = [actions.Remark(place, text) for place, text in remarks]
    act = actions.send_back(
        actor, report.pk, step=step, content=content, reason="แก้ไขตามข้อสังเกต", remarks=pinned
    )
    return list(act.comments.all())
