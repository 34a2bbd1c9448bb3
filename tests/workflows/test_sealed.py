"""The final file: wanted with the signature, made once, and telling what the acts say."""

from __future__ import annotations

import datetime
import hashlib
import json
from io import StringIO

import pytest
from django.core.management import call_command

from ita_core import outbox
from ita_core.models import Appointment
from ita_core.outbox import Job
from memos import archive
from memos.models import FinalFile, Rendering, Report
from memos.rendering import office
from memos.sealing import looking
from tests import reports
from tests.faults.scenes import Scene
from tests.memos.sealing import instant
from tests.personas import Authority
from workflows import evidencing, proofs, sealed
from workflows.models import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> instant.Instant:
    return instant.put_in_place(monkeypatch)


def _ordered() -> list[Job]:
    return list(Job.objects.filter(kind=sealed.KIND).order_by("pk"))


def _signature(report: Report) -> Act:
    return report.approval.acts.get(kind=Act.Kind.SIGN)


def _made(home: Authority, report: Report) -> FinalFile:
    (job,) = _ordered()
    sealed.make(job.payload)
    return FinalFile.objects.of(home.organisation).get(document_set=_signature(report).document_set)


def test_it_is_ordered_by_the_signature_and_nothing_else(home: Authority) -> None:
    for state in reports.EVERY_STATE:
        if state != "mayor_signed":
            reports.in_state(home, state)
    assert _ordered() == []
    report = reports.in_state(home, "mayor_signed")
    (job,) = _ordered()
    assert job.key == str(_signature(report).document_set_id)
    assert job.payload == {"organisation": home.organisation.pk, "set": _signature(report).document_set_id}


def test_a_trial_has_none(home: Authority) -> None:
    report = Scene.at(home).signed()
    assert _ordered() == []
    act = report.approval.acts.select_related("approval__report").get(kind=Act.Kind.SIGN)
    assert sealed.standing(act) is None
    call_command("make_final_files", stdout=StringIO())
    assert _ordered() == []


def test_it_holds_the_files_that_the_act_carries(home: Authority, converter: instant.Instant) -> None:
    report = reports.in_state(home, "mayor_signed")
    final, act = _made(home, report), _signature(report)
    seen = looking.look(archive.read(final.pdf))
    assert seen.fault == ""
    assert seen.certificate_sha256 == final.certificate_sha256
    assert set(seen.attached) == {"memo.docx", "measures.docx", "content.json", "acts.json", "evidence.json"}
    assert act.document_set is not None
    assert seen.attached["memo.docx"] == archive.read(act.document_set.memo)
    assert seen.attached["measures.docx"] == archive.read(act.document_set.measures)
    assert hashlib.sha256(seen.attached["content.json"]).hexdigest() == act.content_sha256
    assert json.loads(seen.attached["evidence.json"]) == final.evidence
    assert converter.made == 3
    assert Rendering.objects.of(home.organisation).filter(sha256=final.pdf.sha256).exists()


def test_its_acts_can_be_hashed_again_and_hang_together(home: Authority, converter: instant.Instant) -> None:
    report = reports.in_state(home, "mayor_signed")
    attached = looking.look(archive.read(_made(home, report).pdf)).attached
    told = json.loads(attached["acts.json"])
    assert [one["sequence"] for one in told] == list(report.approval.acts.values_list("sequence", flat=True))
    for one, before in zip(told[1:], told, strict=False):
        assert hashlib.sha256(one["payload"].encode()).hexdigest() == one["hash"]
        assert json.loads(one["payload"])["previous_hash"] == before["hash"]


def test_the_page_of_evidence_says_who_in_which_capacity_and_what(home: Authority) -> None:
    appointment = home.people["mayor"].appointments.get()
    appointment.legal_basis = "ประกาศ กกต. ลงวันที่ 1 เมษายน 2565"
    appointment.save()
    report = reports.in_state(home, "mayor_signed")
    act = _signature(report)
    told = evidencing.evidence_of(act)
    assert [deed.who for deed in told.deeds] == [
        home.people[key].full_name for key in ("legal_officer", "section_head", "clerk", "mayor")
    ]
    last = told.deeds[-1]
    assert last.capacity == f"{Appointment.Capacity.HOLDER.label} {appointment.legal_basis}"
    assert (last.words, last.sequence, last.hash) == ("ทราบ", act.sequence, act.hash)
    assert last.when.endswith(" น.")
    assert (told.code, told.hash) == (proofs.code_of(act), act.hash)
    assert (told.memo_sha256, told.measures_sha256) == (act.memo_sha256, act.measures_sha256)
    assert told.signed == last.when


def test_an_opinion_of_an_earlier_round_is_not_told(home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    reports.submit(home, report)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by, f"ความเห็นรอบสองของ {by}")
    told = evidencing.evidence_of(_signature(report))
    assert len(told.deeds) == 4
    assert not [deed for deed in told.deeds if "ข้อมูลไม่ครบถ้วน" in deed.words]


def test_made_twice_there_is_one(home: Authority, converter: instant.Instant) -> None:
    report = reports.in_state(home, "mayor_signed")
    first = _made(home, report)
    assert _made(home, report) == first
    assert converter.made == 3


def test_whoever_comes_second_takes_the_first_ones(
    home: Authority, converter: instant.Instant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers that both began before either was done."""
    from memos.sealing import final

    report = reports.in_state(home, "mayor_signed")
    first = _made(home, report)
    answers = iter([None, first])
    monkeypatch.setattr(final, "there", lambda issued: next(answers))
    files = set(home.organisation.stored_files.values_list("pk", flat=True))
    assert _made(home, report) == first
    assert set(home.organisation.stored_files.values_list("pk", flat=True)) == files


def test_a_converter_that_hangs_leaves_nothing_and_the_next_attempt_makes_it(
    home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    converter = instant.put_in_place(monkeypatch, office.OfficeHung("LibreOffice took too long"))
    report = reports.in_state(home, "mayor_signed")
    with pytest.raises(office.OfficeHung):
        _made(home, report)
    assert not FinalFile.objects.of(home.organisation).exists()
    assert _made(home, report).document_set == _signature(report).document_set
    assert converter.made == 3


def test_where_it_stands(home: Authority, converter: instant.Instant) -> None:
    report = reports.in_state(home, "mayor_signed")
    act = report.approval.acts.select_related("approval__report").get(kind=Act.Kind.SIGN)

    def now() -> sealed.Standing:
        standing = sealed.standing(act)
        assert standing is not None
        return standing

    assert (now().waits, now().waits_long, now().failed) == (True, False, False)
    Job.objects.update(wanted_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    assert now().waits_long
    Job.objects.update(given_up_at=datetime.datetime.now(datetime.UTC))
    assert (now().waits, now().failed, now().tried) == (False, True, True)
    sealed.want_again(act)
    assert now().waits
    Job.objects.all().delete()
    assert (now().failed, now().tried) == (True, False)
    sealed.want(act)
    assert _made(home, report) == now().file
    earlier = report.approval.acts.filter(document_set__isnull=False).earliest("sequence")
    assert sealed.standing(earlier) is None


def test_the_command_orders_what_is_missing(
    home: Authority, stranger: Authority, converter: instant.Instant
) -> None:
    report = reports.in_state(home, "mayor_signed")
    reports.in_state(stranger, "mayor_signed")
    Job.objects.all().delete()
    out = StringIO()
    call_command("make_final_files", "--json", "--organisation", home.organisation.slug, stdout=out)
    assert json.loads(out.getvalue()) == {"ordered": 1}
    _made(home, report)
    out = StringIO()
    call_command("make_final_files", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"ordered": 1}
    assert {job.payload["organisation"] for job in _ordered()} == {
        home.organisation.pk,
        stranger.organisation.pk,
    }
    call_command("make_final_files", stdout=StringIO())
    assert len(_ordered()) == 2


def test_the_worker_knows_it() -> None:
    assert outbox.handlers[sealed.KIND].seconds > 3 * 20
