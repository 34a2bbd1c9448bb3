"""Final files of reports with a number, or with a signature on paper: what they tell, and which of them is the newest."""

from __future__ import annotations

import pytest

from ita_core.outbox import Job
from memos.models import FinalFile, Report
from tests import reports
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.workflows import inked, numbered
from workflows import actions, evidencing, sealed, verification
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def converter(monkeypatch: pytest.MonkeyPatch) -> instant.Instant:
    return instant.put_in_place(monkeypatch)


def _make_all() -> None:
    for job in Job.objects.filter(kind=sealed.KIND):
        sealed.make(job.payload)


def _standing(report: Report, kind: str) -> sealed.Standing:
    act = report.approval.acts.select_related("approval__report").get(kind=kind)
    standing = sealed.standing(act)
    assert standing is not None
    return standing


def test_after_the_signature_a_newer_one_is_made_and_both_are_kept(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    _make_all()
    act = numbered.number(home, report, "12")
    assert [job.key for job in Job.objects.filter(kind=sealed.KIND).order_by("pk")][-1] == str(
        act.document_set_id
    )
    assert _standing(report, Act.Kind.SIGN).newer is None
    _make_all()
    assert FinalFile.objects.of(home.organisation).count() == 2
    assert _standing(report, Act.Kind.SIGN).newer == act.pk
    newest = _standing(report, Act.Kind.NUMBER)
    assert newest.newer is None
    assert newest.file is not None
    assert newest.file.evidence["number"] == "สม 71001/12"
    assert newest.file.evidence["deeds"][-1]["what"].endswith("สม 71001/12")
    first = _standing(report, Act.Kind.SIGN).file
    assert first is not None
    assert first.evidence["number"] == ""
    assert list(verification.faults()) == []


def test_before_the_signature_nothing_is_ordered_and_the_number_stands_in_it(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    numbered.number(home, report, "12")
    reports.forward(home, report, "section_head")
    assert not Job.objects.filter(kind=sealed.KIND).exists()
    for by in ("clerk", "mayor"):
        reports.forward(home, report, by)
    told = evidencing.evidence_of(report.approval.acts.get(kind=Act.Kind.SIGN))
    assert told.number == "สม 71001/12"
    assert len(told.deeds) == 5


def test_a_number_that_was_taken_away_is_not_told_as_the_papers_own(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    numbered.number(home, report, "12")
    actions.void_number(home.actor("registrar"), report.pk, reason="ลงทะเบียนผิดเล่ม")
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    told = evidencing.evidence_of(report.approval.acts.get(kind=Act.Kind.SIGN))
    assert told.number == ""
    assert [deed.words for deed in told.deeds if "ลงทะเบียนผิดเล่ม" in deed.words]


def test_a_signature_on_paper_orders_one_that_says_so(home: Authority) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    act = inked.record(home, report, "mayor", opinion="ทราบ")
    _make_all()
    final = FinalFile.objects.of(home.organisation).get(document_set=act.document_set_id)
    last = final.evidence["deeds"][-1]
    assert last["who"] == home.people["mayor"].full_name
    assert last["when"].startswith("ลงนามบนกระดาษเมื่อวันที่ ")
    assert home.people["registrar"].full_name in last["when"]
    assert final.evidence["signed"] == last["when"]
    assert list(verification.faults()) == []
