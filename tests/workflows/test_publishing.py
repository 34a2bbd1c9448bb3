"""Making a signed report public: the gate, the copy, the acts, the addresses."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from ita_core.outbox import Job
from memos import archive
from memos.models import Memo, Rendering, Report
from tests import reports
from tests.faults import alterations
from tests.faults.scenes import Scene
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.workflows import made_public, numbered
from workflows import actions, proving, public_making, publishing, verification
from workflows.models import Act, Publication, PublicDraft
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(home: Authority) -> Report:
    return reports.in_state(home, "mayor_signed")


def _at(home: Authority, report: Report, version: int | None = None) -> publishing.Found:
    found = publishing.at(home.organisation, report.fiscal_year, publishing.slug_of(report), version)
    assert found is not None
    return found


def test_what_is_published_stands_at_its_address_as_the_act_says(home: Authority, signed: Report) -> None:
    row = made_public.published(home, signed)
    assert row.version == 1
    assert publishing.path_of(row) == (
        f"/p/{home.organisation.slug}/{signed.fiscal_year}/{signed.item.key}/1/"
    )
    assert _at(home, signed) == publishing.Found(row, None, True)
    assert publishing.current(home.organisation.pk) == [row]
    assert row.act.reason == publishing.sentence(row)
    for told in (publishing.path_of(row), row.data.sha256, row.pdf.sha256):
        assert told in row.act.reason
    data = json.loads(archive.read(row.data))
    assert data["version"] == 1
    assert data["pdf"] == {"sha256": row.pdf.sha256, "size": row.pdf.size}
    assert list(verification.faults([home.organisation])) == []


def test_signers_and_tables_stand_in_the_data_with_iso_dates(home: Authority, signed: Report) -> None:
    row = made_public.published(home, signed)
    data = json.loads(archive.read(row.data))
    assert [signer["what"] for signer in data["signers"]] == ["submit", "endorse", "endorse", "sign"]
    assert data["signers"][-1]["name"] == home.people["mayor"].full_name
    assert data["signed_on"] == data["signers"][-1]["on"]
    assert data["fiscal_year_be"] - data["fiscal_year_ce"] == 543
    section = data["sections"][0]
    fields = {field for column in section["columns"] for field in column["fields"]}
    for measure in section["measures"]:
        assert set(measure["cells"]) <= fields
        assert measure["activities"]


def test_a_six_month_report_has_an_address_of_its_own(home: Authority, signed: Report) -> None:
    signed.period = Report.Period.SIX_MONTHS
    assert publishing.slug_of(signed) == f"{signed.item.key}-6m"


def test_what_was_withdrawn_says_so_and_comes_back_as_the_next_version(
    home: Authority, signed: Report
) -> None:
    first = made_public.published(home, signed)
    made_public.withdrawn(home, signed, "พบข้อมูลส่วนบุคคลในตาราง")
    gone = _at(home, signed)
    assert (gone.publication, gone.newest) == (first, True)
    assert gone.withdrawn is not None
    assert gone.withdrawn.reason == "พบข้อมูลส่วนบุคคลในตาราง"
    assert publishing.current(home.organisation.pk) == []
    with pytest.raises(Conflict, match="ถอนการเผยแพร่รายงานนี้แล้ว"):
        actions.unpublish(home.actor("registrar"), signed.pk, reason="ซ้ำ")
    second = made_public.published(home, signed)
    assert second.version == 2
    assert publishing.current(home.organisation.pk) == [second]
    assert _at(home, signed) == publishing.Found(second, None, True)
    assert _at(home, signed, 1).withdrawn == gone.withdrawn
    assert not _at(home, signed, 1).newest
    assert list(verification.faults([home.organisation])) == []


def test_withdrawing_needs_a_reason(home: Authority, signed: Report) -> None:
    made_public.published(home, signed)
    with pytest.raises(BadInput, match="โปรดระบุเหตุผล"):
        actions.unpublish(home.actor("registrar"), signed.pk, reason=" ")


def test_only_what_somebody_looked_at_is_published(home: Authority, signed: Report) -> None:
    actor = home.actor("legal_officer")
    with pytest.raises(Conflict, match="มีการแก้ไข"):
        actions.publish(actor, signed.pk, revision=1)
    draft = actions.prepare_public(actor, signed.pk, revision=0)
    with pytest.raises(Conflict, match="ยังจัดทำไม่เสร็จ"):
        actions.publish(actor, signed.pk, revision=draft.revision)
    with pytest.raises(Conflict, match="ไปก่อนแล้ว"):
        actions.prepare_public(home.actor("registrar"), signed.pk, revision=0)
    made = made_public.prepared(home, signed)
    with pytest.raises(Conflict, match="มีการแก้ไข"):
        actions.publish(actor, signed.pk, revision=draft.revision)
    actions.publish(actor, signed.pk, revision=made.revision)
    with pytest.raises(Conflict, match="เผยแพร่ไปแล้ว"):
        actions.publish(actor, signed.pk, revision=made.revision)


def test_a_number_given_later_wants_a_new_copy(home: Authority, signed: Report) -> None:
    draft = made_public.prepared(home, signed)
    numbered.number(home, signed, "12")
    with pytest.raises(Conflict, match="ชุดใหม่กว่า"):
        actions.publish(home.actor("registrar"), signed.pk, revision=draft.revision)
    row = made_public.published(home, signed)
    assert json.loads(archive.read(row.data))["number"].endswith("/12")


def test_secret_and_trial_reports_are_never_published(home: Authority) -> None:
    secret = reports.begin(home)
    Memo.objects.of(home.organisation).filter(report=secret).update(secrecy=Memo.Secrecy.SECRET)
    secret.refresh_from_db(from_queryset=Report.objects.of(home.organisation))
    reports.submit(home, secret)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, secret, by)
    with pytest.raises(Conflict, match="ชั้นความลับ “ลับ”"):
        actions.prepare_public(home.actor("registrar"), secret.pk, revision=0)
    trial = Scene.at(home).signed()
    with pytest.raises(Conflict, match="รายงานทดลอง"):
        actions.prepare_public(home.actor("registrar"), trial.pk, revision=0)


def test_another_report_does_not_take_an_address_that_is_in_use(home: Authority, signed: Report) -> None:
    """The next year's item has the same key: what it is filed for differs, its address would not."""
    first = made_public.published(home, signed)
    other = reports.in_state(home, "mayor_signed")
    Report.objects.of(home.organisation).filter(pk=other.pk).update(is_current=False)
    Report.objects.of(home.organisation).filter(pk=other.pk).update(fiscal_year=signed.fiscal_year)
    with pytest.raises(Conflict, match="ฉบับที่ใช้แทน"):
        actions.prepare_public(home.actor("registrar"), other.pk, revision=0)
    Report.objects.of(home.organisation).filter(pk=signed.pk).update(is_current=False)
    Report.objects.of(home.organisation).filter(pk=other.pk).update(is_current=True)
    second = made_public.published(home, other)
    assert (second.version, publishing.path_of(second)[:-2]) == (2, publishing.path_of(first)[:-2])
    with pytest.raises(Conflict, match="ฉบับที่ใช้แทน"):
        actions.prepare_public(home.actor("registrar"), signed.pk, revision=1)
    # Withdrawing the old one leaves the new one where it is.
    made_public.withdrawn(home, signed)
    assert publishing.current(home.organisation.pk) == [second]
    assert _at(home, signed, 1).withdrawn is not None


def test_another_authority_knows_nothing_of_it(home: Authority, stranger: Authority, signed: Report) -> None:
    made_public.published(home, signed)
    assert publishing.current(stranger.organisation.pk) == []
    assert publishing.at(stranger.organisation, signed.fiscal_year, publishing.slug_of(signed)) is None
    for act in (
        lambda actor: actions.prepare_public(actor, signed.pk, revision=1),
        lambda actor: actions.publish(actor, signed.pk, revision=1),
        lambda actor: actions.unpublish(actor, signed.pk, reason="ของเรา"),
    ):
        with pytest.raises(NotAllowed, match="ไม่พบเรื่องนี้"):
            act(stranger.actor("registrar"))


# The worker


def _order(home: Authority, signed: Report) -> Job:
    actions.prepare_public(home.actor("legal_officer"), signed.pk, revision=0)
    return Job.objects.get(kind=publishing.KIND)


def test_the_worker_makes_it_of_the_masked_words_once(
    home: Authority, signed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    converter = instant.put_in_place(monkeypatch)
    job = _order(home, signed)
    public_making.make(job.payload)
    public_making.make(job.payload)
    assert converter.made == 3  # memo, tables, and the line at the foot
    draft = PublicDraft.objects.of(home.organisation).get()
    assert draft.data is not None
    assert draft.pdf is not None
    assert Rendering.objects.of(home.organisation).filter(sha256=draft.pdf.sha256).exists()
    assert actions.publish(home.actor("registrar"), signed.pk, revision=1).kind == Act.Kind.PUBLISH


def test_what_was_prepared_anew_meanwhile_is_not_overwritten(
    home: Authority, signed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant.put_in_place(monkeypatch)
    job = _order(home, signed)
    old = PublicDraft.objects.of(home.organisation).get()
    source = public_making.masked_source(old)
    actions.prepare_public(home.actor("registrar"), signed.pk, revision=1)
    assert public_making.finish(old, source, instant.page()) is None
    public_making.make(job.payload)
    assert PublicDraft.objects.of(home.organisation).get().data is None
    public_making.make(Job.objects.filter(kind=publishing.KIND).latest("pk").payload)
    assert PublicDraft.objects.of(home.organisation).get().data is not None


def test_a_dropped_public_copy_is_genuine(home: Authority, signed: Report) -> None:
    row = made_public.published(home, signed)
    found = proving.of_file(row.pdf.sha256, lambda: b"", b"%PDF-")
    assert (found.verdict, found.matched) == (proving.GENUINE, "public")
    assert found.act == signed.approval.acts.get(kind=Act.Kind.SIGN)


def test_a_publication_that_is_not_what_its_act_says_is_found(home: Authority, signed: Report) -> None:
    row = made_public.published(home, signed)
    place = f"{home.organisation.slug}/publication/{row.pk}"
    alterations.drop_guards()
    rows = Publication.objects.of(home.organisation).filter(pk=row.pk)
    for change in (
        {"version": 2},
        {"slug": "other"},
        {"data": row.pdf},
        {"choices": {"phone:0": {"masked": True}}},
    ):
        with transaction.atomic():
            rows._clone().update(**change)
            assert place in {fault.place for fault in verification.faults([home.organisation])}, change
            transaction.set_rollback(True)
    rows._raw_delete("default")
    assert [fault.place for fault in verification.faults([home.organisation])] == [
        f"{home.organisation.slug}/act/{row.act.sequence}/publication"
    ]
