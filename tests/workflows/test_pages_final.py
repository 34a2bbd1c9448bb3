"""The page of the final file, its links from the report and the archive, and its PDF, as officers see them."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from ita_core.outbox import Job
from memos import archive
from memos.models import FinalFile, Rendering, Report
from memos.rendering import pages
from tests import reports
from tests.faults.scenes import Scene
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.test_access import client_of
from workflows import proofs, sealed
from workflows.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def _address(home: Authority, act: Act, name: str = "final", **more: object) -> str:
    kwargs = {"org": home.organisation.slug, "pk": act.approval.report_id, "act": act.pk, **more}
    return reverse(f"workflows:{name}", kwargs=kwargs)


def _signature(report: Report) -> Act:
    return report.approval.acts.select_related("approval").get(kind=Act.Kind.SIGN)


@pytest.fixture
def signed(home: Authority, monkeypatch: pytest.MonkeyPatch) -> Report:
    instant.put_in_place(monkeypatch)
    return reports.in_state(home, "mayor_signed")


@pytest.fixture
def reader(home: Authority) -> Client:
    return client_of(home.people["reader"])


def _make() -> None:
    job = Job.objects.get(kind=sealed.KIND)
    sealed.make(job.payload)
    Job.objects.filter(pk=job.pk).update(done_at=datetime.datetime.now(datetime.UTC))


def _text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_being_made(home: Authority, signed: Report, reader: Client) -> None:
    page = reader.get(_address(home, _signature(signed)))
    assert "กำลังทำไฟล์ PDF ฉบับสมบูรณ์" in _text(page)
    assert '<form method="post"' not in _text(page).partition("<main")[2]
    report = reader.get(reverse("workflows:report", kwargs={"org": home.organisation.slug, "pk": signed.pk}))
    assert "กำลังทำไฟล์ PDF ฉบับสมบูรณ์" in _text(report)
    listed = reader.get(reverse("workflows:archive", kwargs={"org": home.organisation.slug}))
    assert _address(home, _signature(signed)) in _text(listed)
    assert reader.get(_address(home, _signature(signed), "final_pdf")).status_code == 404


def test_given_up_and_asked_for_again(home: Authority, signed: Report, reader: Client) -> None:
    act = _signature(signed)
    Job.objects.filter(kind=sealed.KIND).update(given_up_at=datetime.datetime.now(datetime.UTC), attempts=5)
    assert "ระบบลองทำแล้วไม่สำเร็จ" in _text(reader.get(_address(home, act)))
    answer = reader.post(_address(home, act))
    assert (answer.status_code, answer["Location"]) == (302, _address(home, act))
    job = Job.objects.get(kind=sealed.KIND)
    assert (job.given_up_at, job.attempts) == (None, 0)
    assert "กำลังทำไฟล์ PDF ฉบับสมบูรณ์" in _text(reader.get(_address(home, act)))


def test_one_that_is_on_its_way_is_not_ordered_anew(home: Authority, signed: Report, reader: Client) -> None:
    Job.objects.filter(kind=sealed.KIND).update(attempts=2)
    reader.post(_address(home, _signature(signed)))
    assert Job.objects.get(kind=sealed.KIND).attempts == 2


def test_there(home: Authority, signed: Report, reader: Client) -> None:
    _make()
    act, final = _signature(signed), FinalFile.objects.of(home.organisation).get()
    page = _text(reader.get(_address(home, act)))
    assert proofs.code_of(act) in page
    assert final.pdf.sha256 in page
    assert "DEMO SEAL" in page
    pdf = reader.get(_address(home, act, "final_pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content == archive.read(final.pdf)
    again = reader.get(_address(home, act, "final_pdf"), headers={"If-None-Match": pdf["ETag"]})
    assert again.status_code == 304
    for name in ("report", "archive"):
        kwargs = {"org": home.organisation.slug} | ({"pk": signed.pk} if name == "report" else {})
        shown = _text(reader.get(reverse(f"workflows:{name}", kwargs=kwargs)))
        assert _address(home, act, "final_pdf") in shown


@pytest.mark.rendering
def test_its_pages_are_shown(home: Authority, signed: Report, reader: Client) -> None:
    _make()
    act, final = _signature(signed), FinalFile.objects.of(home.organisation).get()
    assert "กำลังเตรียมภาพหน้าของไฟล์" in _text(reader.get(_address(home, act)))
    pages.render({"organisation": home.organisation.pk, "sha256": final.pdf.sha256})
    assert Rendering.objects.of(home.organisation).get(sha256=final.pdf.sha256).pages == 3
    address = _address(home, act, "final_image", page=3)
    assert address in _text(reader.get(_address(home, act)))
    assert reader.get(address).content.startswith(b"\x89PNG")
    assert reader.get(_address(home, act, "final_image", page=4)).status_code == 404


def test_a_damaged_file_is_said_and_not_given_away(home: Authority, signed: Report, reader: Client) -> None:
    _make()
    final = FinalFile.objects.of(home.organisation).get()
    archive.storage().delete(final.pdf.path)
    answer = reader.get(_address(home, _signature(signed), "final_pdf"))
    assert answer.status_code == 503
    assert "ไฟล์ในคลังเสียหายหรือหายไป" in _text(answer)


def test_there_is_none_before_the_signature_of_a_trial_or_elsewhere(
    home: Authority, stranger: Authority, signed: Report, reader: Client
) -> None:
    submitted = signed.approval.acts.select_related("approval").filter(kind=Act.Kind.SUBMIT).get()
    trial = _signature(Scene.at(home).signed())
    for act in (submitted, trial):
        for name in ("final", "final_pdf"):
            assert reader.get(_address(home, act, name)).status_code == 404
    act = _signature(signed)
    foreign = client_of(stranger.people["mayor"])
    assert foreign.get(_address(home, act)).status_code == 404
    assert foreign.post(_address(home, act)).status_code == 404
    kwargs = {"org": stranger.organisation.slug, "pk": signed.pk, "act": act.pk}
    assert foreign.get(reverse("workflows:final", kwargs=kwargs)).status_code == 404
    act.pk = uuid.uuid4()
    assert reader.get(_address(home, act)).status_code == 404


def test_the_report_page_asks_the_database_a_few_times_only(
    home: Authority, signed: Report, django_assert_max_num_queries: object
) -> None:
    act = signed.approval.acts.select_related("approval__report").get(kind=Act.Kind.SIGN)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        sealed.standing(act)
