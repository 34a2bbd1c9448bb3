"""A list destroys what three, the Archives and the head let go, and nothing else; a stub stays and the chain holds."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from ita_core import thai
from memos import archive
from memos.models import ContentVersion, DocumentSet, Report, Section, StoredFile
from tests import reports
from tests.personas import Authority
from tests.workflows import asked, disposed, made_public, numbered
from tests.workflows.visiting import text
from workflows import (
    actions,
    disposal_lines,
    disposal_records,
    disposing,
    proofs,
    proving,
    public_cache,
    public_places,
    publishing,
    retention,
)
from workflows.disposed import DisposalList, DisposedRow
from workflows.models import Act, Approval, Comment, Errand, Publication, SearchText, State
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def files_of(home: Authority) -> set[str]:
    return {found.file for found in archive.storage().listed() if found.organisation == home.organisation.pk}


@pytest.fixture
def rich(home: Authority) -> Report:
    """A report with remarks, a second round, a number, an errand: everything that can hang on one."""
    report = reports.in_state(home, State.DRAFTED)
    asked.ask_view(home, report)
    asked.sent_back(home, report, ("memo.subject", "ระบุปีให้ครบ"))
    for comment in Comment.objects.of(home.organisation):
        actions.resolve_comment(home.actor("legal_officer"), report.pk, comment=comment.pk)
    reports.submit(home, report)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, key)
    numbered.number(home, report, "12")
    asked.assign(home, report)
    return disposed.past(home, report)


def test_content_and_documents_go_and_the_stub_stays(home: Authority, rich: Report) -> None:
    other = reports.in_state(home, State.MAYOR_SIGNED)
    acts = {act.pk: act for act in Act.objects.of(home.organisation)}
    its = [act for act in acts.values() if act.approval.report_id == rich.pk]
    issued = [act for act in its if act.document_set_id is not None]
    files = {act.memo_sha256 for act in issued} | {act.measures_sha256 for act in issued}
    shared = {act.measures_sha256 for act in acts.values() if act not in its}
    made = disposed.destroyed(home, rich)
    disposed.run_worker()
    assert not (files - shared) & files_of(home)
    assert not StoredFile.objects.of(home.organisation).filter(sha256__in=files - shared).exists()
    assert not ContentVersion.objects.of(home.organisation).filter(report=rich).exists()
    assert not Section.objects.of(home.organisation).filter(report=rich).exists()
    assert not SearchText.objects.of(home.organisation).filter(approval__report=rich).exists()
    assert not Errand.objects.of(home.organisation).filter(approval__report=rich).exists()
    approval = disposed.approval_of(home, rich)
    assert (approval.state, approval.content, approval.document_set) == (State.DISPOSED, None, None)
    left = list(approval.acts.order_by("sequence"))
    assert left[-1].kind == Act.Kind.DISPOSE
    assert made.sha256 in left[-1].reason
    for act in left[:-1]:
        was = acts[act.pk]
        assert (bytes(act.payload), act.opinion, act.reason, act.document_set_id) == (b"", "", "", None)
        assert (act.hash, act.previous_hash, act.sequence, act.printed_name, act.kind) == (
            was.hash, was.previous_hash, was.sequence, was.printed_name, was.kind,
        )  # fmt: skip
        assert (act.memo_sha256, act.content_sha256) == (was.memo_sha256, was.content_sha256)
    assert disposed.faults(home) == []
    assert DocumentSet.objects.of(home.organisation).filter(content__report=other).exists()
    actions.circulate(home.actor("mayor"), other.pk, to=[home.people["reader"].pk], note="")
    assert disposed.faults(home) == []


def test_whoever_has_the_paper_is_told_that_it_was_destroyed(home: Authority, rich: Report) -> None:
    act = disposed.approval_of(home, rich).acts.exclude(memo_sha256="").order_by("sequence").last()
    assert act is not None
    memo = archive.read(act.document_set.memo)  # type: ignore[union-attr]
    disposed.destroyed(home, rich)
    for found in (
        proving.of_code(proofs.code_of(act)),
        proving.of_file(archive.sha256(memo), lambda: memo, memo[:8]),
    ):
        assert found.verdict == proving.DESTROYED
        assert found.destroyed_by is not None
        assert found.destroyed_by.number.startswith("1/")
        assert found.subject == ""


def test_what_somebody_wants_to_keep_stays(home: Authority) -> None:
    first, second, third, fourth = (disposed.past(home) for _ in range(4))
    found = disposed.draw_up(home, first, second, third, fourth)
    disposed.judge(home, found, keep=[first])
    disposed.answer(home, found, keep=[second])
    retention.hold(home.actor("org_admin"), third.pk, reason="คดีปกครอง")
    made = disposed.approve(home, found)
    states = {
        report.pk: disposed.approval_of(home, report).state for report in (first, second, third, fourth)
    }
    assert list(states.values()) == [State.MAYOR_SIGNED] * 3 + [State.DISPOSED]
    facts = json.loads(bytes(made.canonical))
    assert [line["kept_because"] for line in facts["lines"]] == ["committee", "archives", "held", ""]
    assert disposed.faults(home) == []


def test_only_what_is_past_its_date_and_free(home: Authority) -> None:
    young = reports.in_state(home, State.MAYOR_SIGNED)
    held, free, corrected = (disposed.past(home) for _ in range(3))
    retention.hold(home.actor("registrar"), held.pk, reason="ตรวจสอบ")
    retention.begin_missing(home.organisation)
    assert {row.approval.report for row in disposing.due(home.actor("registrar"))} == {free, corrected}
    for report in (young, held):
        with pytest.raises(Conflict, match="ยังไม่ครบกำหนดเก็บ"):
            disposed.draw_up(home, free, report)
    disposed.draw_up(home, free)
    with pytest.raises(Conflict, match="อยู่ในบัญชีอื่น"):
        disposed.draw_up(home, free)
    found = disposed.ready(home, corrected)
    actions.correct(home.actor("legal_officer"), corrected.pk, reason="ผลคลาดเคลื่อน")
    with pytest.raises(Conflict, match="ต้องเก็บไว้"):
        disposed.approve(home, found)


def test_a_committee_of_three_different_persons_who_all_speak(home: Authority) -> None:
    report = disposed.past(home)
    for committee in (
        ["clerk", "clerk", "section_head"],
        ["clerk", "section_head"],
        ["former", "clerk", "reader"],
    ):
        with pytest.raises(BadInput):
            disposed.draw_up(home, report, committee=committee)
    found = disposed.draw_up(home, report)
    with pytest.raises(NotAllowed):
        disposed.judge(home, found, by=["deputy_clerk"])
    disposed.judge(home, found, by=disposed.COMMITTEE[:2])
    with pytest.raises(Conflict, match="ยังรอความเห็น"):
        disposed.answer(home, found)
    with pytest.raises(BadInput, match="ให้ครบทุกรายการ"):
        disposing.judge(home.actor("legal_officer"), found.pk, said={})
    disposed.judge(home, found)
    with pytest.raises(Conflict, match="หอจดหมายเหตุ"):
        disposed.approve(home, found)
    disposed.answer(home, found)
    with pytest.raises(Conflict, match="เปลี่ยนความเห็นไม่ได้"):
        disposed.judge(home, found)


def test_the_head_approves_what_he_read_and_nobody_else(home: Authority) -> None:
    found = disposed.ready(home, disposed.past(home))
    for key in ("clerk", "org_admin", "registrar", "deputy_mayor", "expired_acting"):
        with pytest.raises(NotAllowed):
            disposed.approve(home, found, by=key)
    seen = disposed.shown(home, found)
    retention.hold(home.actor("registrar"), found.lines.get().approval.report_id, reason="ตรวจสอบ")
    with pytest.raises(Conflict, match="บัญชีเปลี่ยนไป"):
        disposing.approve(home.actor("mayor"), found.pk, shown=seen)
    retention.release(home.actor("registrar"), found.lines.get().approval.report_id, reason="เสร็จสิ้น")
    home.stand_in("acting_head", "mayor")
    disposed.approve(home, found, by="acting_head")
    with pytest.raises(Conflict, match="สิ้นสุดแล้ว"):
        disposed.approve(home, found)


def test_a_member_who_stands_in_for_the_head_does_not_approve(home: Authority) -> None:
    found = disposed.ready(home, disposed.past(home))
    home.stand_in("clerk", "mayor")
    with pytest.raises(NotAllowed, match="กรรมการ"):
        disposed.approve(home, found, by="clerk")


def test_another_authority_finds_no_list(home: Authority, stranger: Authority) -> None:
    found = disposed.ready(home, disposed.past(home))
    with pytest.raises(NotAllowed):
        disposing.approve(stranger.actor("mayor"), found.pk, shown=disposed.shown(home, found))


def test_a_dropped_list_destroys_nothing_and_frees_its_reports(home: Authority) -> None:
    report = disposed.past(home)
    found = disposed.ready(home, report)
    disposing.drop(home.actor("mayor"), found.pk, reason="ตั้งกรรมการใหม่")
    with pytest.raises(Conflict):
        disposed.approve(home, found)
    assert disposed.draw_up(home, report).number == found.number + 1
    assert not DisposedRow.objects.of(home.organisation).exists()
    assert DisposalList.objects.of(home.organisation).count() == 2


def test_a_correction_stays_for_as_long_as_what_it_corrects(home: Authority) -> None:
    old = disposed.past(home, reports.in_state(home, State.MAYOR_SIGNED))
    correction: Report = actions.correct(home.actor("legal_officer"), old.pk, reason="ปีคลาดเคลื่อน")
    reports.submit(home, correction)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, correction, key)
    disposed.past(home, correction)
    alone = disposed.draw_up(home, correction)
    assert [view.kept_because for view in disposal_lines.lines(alone)] == ["corrects"]
    disposing.drop(home.actor("registrar"), alone.pk, reason="ต้องเก็บไว้")
    retention.hold(home.actor("org_admin"), old.pk, reason="มีคดี")
    retention.release(home.actor("org_admin"), old.pk, reason="คดีสิ้นสุด")
    both = disposed.draw_up(home, correction, old)
    assert [view.kept_because for view in disposal_lines.lines(both)] == ["", ""]
    retention.hold(home.actor("org_admin"), old.pk, reason="มีคดี")
    assert [view.kept_because for view in disposal_lines.lines(both)] == ["held", "corrects"]


def test_a_file_that_another_report_names_stays(home: Authority) -> None:
    """A copy of the year's report may have the very same table."""
    first = disposed.past(home)
    second = reports.in_state(home, State.MAYOR_SIGNED)
    mine = Approval.objects.of(home.organisation).select_related("document_set").get(report=first)
    theirs = Approval.objects.of(home.organisation).select_related("document_set").get(report=second)
    assert mine.document_set is not None and theirs.document_set is not None
    DocumentSet(
        organisation=home.organisation, content=theirs.content, memo=theirs.document_set.memo,
        measures=mine.document_set.measures,
    ).save()  # fmt: skip
    kept = mine.document_set.measures
    disposed.destroyed(home, first)
    disposed.run_worker()
    assert archive.read(StoredFile.objects.of(home.organisation).get(pk=kept.pk))


def test_public_copies_go_too_and_their_address_says_so(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    row = made_public.published(home, report)
    path = public_places.path_of(row)
    pdf = row.pdf.sha256
    public_cache.clear()
    assert Client().get(path).status_code == 200
    made = disposed.destroyed(home, disposed.past(home, report))
    disposed.run_worker()
    assert not Publication.objects.of(home.organisation).exists()
    assert pdf not in files_of(home)
    public_cache.clear()  # As after the second in which it looks again.
    answer = Client().get(path)
    assert answer.status_code == 410
    assert thai.printed(str(made.list)) in text(answer) or str(made.list) in text(answer)
    assert Client().get(f"{path}report.pdf").status_code == 410
    assert disposed.faults(home) == []
    assert disposal_records.last_version(home.organisation.pk, row.fiscal_year, row.slug) == row.version == 1
    again = reports.begin(home)
    Report.objects.of(home.organisation).filter(pk=report.pk).update(is_current=False)
    Report.objects.of(home.organisation).filter(pk=again.pk).update(fiscal_year=row.fiscal_year)
    assert publishing.next_version(disposed.approval_of(home, again)) == 2
