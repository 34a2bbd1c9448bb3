"""Nothing that was ever made of a destroyed report is left, nothing more is done with it, and no list says otherwise."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ita_core import thai
from memos import archive
from memos.models import Rendering, Report, StoredFile
from memos.rendering import pages
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.test_access import addresses
from tests.workflows import disposed, made_public, numbered
from workflows import (
    actions,
    addressing,
    disposing,
    printing,
    proofs,
    retention,
    sealed,
)
from workflows.disposed import DisposalLine, DisposalOpinion
from workflows.models import Act, Retention, State
from workflows.refusals import BadInput, Conflict

pytestmark = pytest.mark.django_db


def test_copies_prints_and_previews_go_too(home: Authority, django_capture_on_commit_callbacks: Any) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    Report.objects.of(home.organisation).filter(pk=report.pk).update(cover="ปกรายงาน")
    act = report.approval.acts.get(kind=Act.Kind.SIGN)
    printing._write(printing._folder(act) / f"{proofs.code_of(act)}.3.pdf", b"%PDF-1.7")
    earlier = made_public.prepared(home, report)
    assert earlier.data is not None and earlier.pdf is not None
    left = {earlier.data.sha256, earlier.pdf.sha256}
    made_public.prepared(home, report)
    old, new = (pages.wanted(home.organisation, name) for name in (b"old draft", b"new draft"))
    long_ago = timezone.now() - datetime.timedelta(days=2)
    Rendering.objects.of(home.organisation).filter(pk=old.pk).update(created_at=long_ago)
    disposed.destroyed(home, disposed.past(home, report))
    with django_capture_on_commit_callbacks(execute=True):
        disposed.run_worker()
    assert not left & {found.file for found in archive.storage().listed()}
    assert not StoredFile.objects.of(home.organisation).filter(sha256__in=left).exists()
    assert printing.standing(act).path is None
    assert Report.objects.of(home.organisation).get(pk=report.pk).cover == ""
    assert not pages._place(home.organisation.pk, old.sha256).exists()
    assert pages._place(home.organisation.pk, new.sha256).exists()
    assert disposed.faults(home) == []


def test_orders_that_come_too_late_make_nothing(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    act = report.approval.acts.get(kind=Act.Kind.SIGN)
    seal = {"organisation": home.organisation.pk, "set": act.document_set_id}
    disposed.destroyed(home, disposed.past(home, report))
    sealed.make(seal)
    printing.make({"organisation": home.organisation.pk, "act": str(act.pk)})
    assert printing.standing(act).path is None


def test_nothing_more_is_done_with_it(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    numbered.number(home, report, "12")
    row = made_public.published(home, report)
    every = addresses(home, report)
    disposed.destroyed(home, disposed.past(home, report))
    clerk = home.actor("registrar")
    with pytest.raises(Conflict, match="ทำลายแล้ว"):
        actions.void_number(clerk, report.pk, reason="ผิดเล่ม")
    with pytest.raises(Conflict, match="ทำลายแล้ว"):
        actions.unpublish(clerk, report.pk, reason="ผิด")
    with pytest.raises(Conflict):
        addressing.post(clerk, row.pk, "https://www.example.go.th/report.pdf")
    client = Client()
    log_in(client, home.people["registrar"])
    for name, address in every.items():
        if f"/reports/{report.pk}/" in address or "/publications/" in address:
            assert client.get(address).status_code in (200, 302, 403, 404, 405, 409), name
    assert disposed.faults(home) == []


def test_a_report_on_two_lists_goes_with_the_first(home: Authority) -> None:
    """As two who drew up at the same moment might have made them."""
    first, second = disposed.past(home), disposed.past(home)
    one, other = disposed.draw_up(home, first), disposed.draw_up(home, second)
    DisposalLine(list=other, position=2, approval=disposed.approval_of(home, first)).save()
    for found in (one, other):
        disposed.judge(home, found)
        disposed.answer(home, found)
        disposed.approve(home, found)
    assert disposed.approval_of(home, second).state == State.DISPOSED
    assert disposed.faults(home) == []


def test_a_list_says_what_became_of_its_lines_then(home: Authority) -> None:
    kept, gone = disposed.past(home), disposed.past(home)
    found = disposed.draw_up(home, kept, gone)
    disposed.judge(home, found, keep=[kept])
    disposed.answer(home, found)
    disposed.approve(home, found)
    disposed.destroyed(home, kept)
    client = Client()
    log_in(client, home.people["reader"])
    page = client.get(f"/o/{home.organisation.slug}/disposals/{found.pk}/")
    assert [view.kept_because for view in page.context["views"]] == ["committee", ""]


def test_verify_finds_what_was_destroyed_though_it_was_held(home: Authority) -> None:
    """The hold was taken away behind the back, before the head approved."""
    report = disposed.past(home)
    retention.hold(home.actor("registrar"), report.pk, reason="คดีปกครอง")
    Retention.objects.of(home.organisation).filter(approval__report=report).update(is_held=False)
    disposed.destroyed(home, report)
    assert any("which was held" in one for one in disposed.faults(home))


def test_verify_finds_an_opinion_that_was_changed_after_the_approval(home: Authority) -> None:
    made = disposed.destroyed(home)
    assert disposed.faults(home) == []
    DisposalOpinion.objects.of(home.organisation).filter(line__list=made.list).update(keep=True)
    assert any("says otherwise" in one for one in disposed.faults(home))


def test_verify_finds_a_signed_report_that_is_made_a_trial(home: Authority) -> None:
    """It would be found in no archive, and no hold could keep it."""
    report = reports.in_state(home, State.MAYOR_SIGNED)
    Report.objects.of(home.organisation).filter(pk=report.pk).update(is_trial=True)
    assert any(f"/report/{report.pk}: it says to be a trial" in one for one in disposed.faults(home))


def test_the_archives_answer_is_no_older_than_the_list(home: Authority) -> None:
    found = disposed.draw_up(home, disposed.past(home))
    disposed.judge(home, found)
    before = thai.today() - datetime.timedelta(days=1)
    with pytest.raises(BadInput, match="ก่อนวันที่จัดทำบัญชี"):
        disposing.note_answer(home.actor("registrar"), found.pk, number="1", dated=before)
