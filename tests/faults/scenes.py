"""Reports to do wrong to, cheaply and in any number: trial copies of one report, which no year limits."""

from __future__ import annotations

from dataclasses import dataclass

from memos.models import Report
from tests import reports
from tests.personas import Authority
from workflows import actions, drafts
from workflows.models import Approval, State

DRAFTER = "legal_officer"


@dataclass(frozen=True)
class Scene:
    """``home`` with one report to copy from."""

    home: Authority
    base: Report

    @classmethod
    def at(cls, home: Authority) -> Scene:
        return cls(home, reports.begin(home))

    def draft(self) -> Report:
        """With words of its own in memo and table, so that none of its files is there already."""
        report = drafts.copy_as_new(self.home.actor(DRAFTER), self.base, trial=True)
        report.title += f"\nฉบับที่ {report.pk}"
        report.save(update_fields=["title"])
        report.memo.subject += f" ฉบับที่ {report.pk}"
        report.memo.save(update_fields=["subject"])
        return report

    def submitted(self) -> Report:
        report = self.draft()
        reports.submit(self.home, report)
        return report

    def returned(self) -> Report:
        report = self.submitted()
        reports.send_back(self.home, report, "section_head")
        return report

    def corrected(self) -> Report:
        """Sent back, and the words of both documents changed since."""
        report = self.returned()
        Report.objects.of(self.home.organisation).filter(pk=report.pk).update(title=f"{report.title} (แก้ไข)")
        report.memo.subject += " (แก้ไข)"
        report.memo.save(update_fields=["subject"])
        return report

    def before_signing(self) -> Report:
        report = self.submitted()
        reports.forward(self.home, report, "section_head")
        reports.forward(self.home, report, "clerk")
        return report

    def second_round(self) -> Report:
        """Sent back after the head's opinion, and submitted again: it waits for him once more."""
        report = self.submitted()
        reports.forward(self.home, report, "section_head")
        reports.send_back(self.home, report, "clerk")
        reports.submit(self.home, report)
        return report

    def signed(self) -> Report:
        report = self.before_signing()
        reports.forward(self.home, report, "mayor")
        return report

    def withdraw(self, report: Report) -> None:
        actions.withdraw(self.home.actor(DRAFTER), report.pk, reason="จัดทำใหม่")

    def state(self, report: Report) -> State:
        return State(approval_of(self.home, report).state)


def approval_of(home: Authority, report: Report) -> Approval:
    return Approval.objects.of(home.organisation).select_related("report", "content").get(report=report.pk)
