"""The list of what was published, a publication's own page, its pack and its receipt, as people see them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ita_core.outbox import Job
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows import made_public
from tests.workflows.visiting import Go, text
from workflows import addressing
from workflows.addresses import AddressCheck, PostedAddress
from workflows.models import Publication

pytestmark = [pytest.mark.django_db, pytest.mark.once]

POSTED = "https://www.example.go.th/files/o43.pdf"


@pytest.fixture
def published(home: Authority) -> Publication:
    return made_public.published(home)


def at(publication: Publication, name: str = "publication") -> str:
    return reverse(f"workflows:{name}", args=[publication.organisation.slug, publication.pk])


@pytest.fixture
def officer(client: Client, home: Authority) -> Client:
    log_in(client, home.people["legal_officer"])
    return client


def looked(publication: Publication, posted: PostedAddress | None, problem: str = "") -> None:
    AddressCheck(
        organisation=publication.organisation, publication=publication, address=posted, checked_at=timezone.now(),
        reached=not problem, same=not problem, problem=problem, status=404 if problem == "status" else 200,
        sha256="" if problem else publication.pdf.sha256,
    ).save()  # fmt: skip


def test_nothing_was_published_yet(go: Go) -> None:
    page = text(go("reader", "publications"))
    assert "ยังไม่มีรายงานที่เผยแพร่" in page
    assert "รายงานที่หน่วยงานเผยแพร่" in text(go("reader", "archive"))


def test_the_list(go: Go, home: Authority, stranger: Authority, published: Publication) -> None:
    made_public.published(stranger)
    page = go("reader", "publications")
    assert len(page.context["rows"]) == 1
    words = text(page)
    own = f"/p/{home.organisation.slug}/{published.fiscal_year}/{published.slug}/1/"
    assert own in words
    assert "ยังไม่ได้แจ้งที่อยู่" in words
    assert at(published, "publication_pack") in words
    assert "แล้ว</h2>" not in words, "nothing stopped answering"


def test_what_stopped_answering_stands_first(go: Go, home: Authority, published: Publication) -> None:
    posted = addressing.post(home.actor("registrar"), published.pk, POSTED)
    looked(published, posted)
    looked(published, None)
    assert go("reader", "publications").context["stopped"] == []
    looked(published, posted, "status")
    page = go("reader", "publications")
    assert [row.publication.pk for row in page.context["stopped"]] == [published.pk]
    assert "เว็บไซต์ตอบว่าเปิดหน้านี้ไม่ได้ (๔๐๔)" in text(page)


def test_an_address_is_pasted_back(officer: Client, home: Authority, published: Publication) -> None:
    answer = officer.post(at(published), {"url": f"  {POSTED} "}, follow=True)
    assert answer.redirect_chain
    posted = PostedAddress.objects.of(home.organisation).get()
    assert (posted.url, posted.posted_by) == (POSTED, home.people["legal_officer"])
    page = text(answer)
    assert "กำลังตรวจ" in page
    assert f"- ไฟล์บนเว็บไซต์หลักของหน่วยงาน: {POSTED}" in page, "the words to paste name it now"
    other = officer.post(at(published), {"url": "https://drive.example.com/x"}, follow=True)
    assert "www.example.go.th" in text(other)
    assert "โปรดตรวจว่าที่อยู่ใหม่เป็นเว็บไซต์หลัก" in text(other)


@pytest.mark.parametrize(
    "typed", ["", "www.example.go.th/x.pdf", "http://10.0.0.1/x.pdf", "https://a.th/" + "x" * 2000]
)
def test_what_cannot_be_an_address_stays_as_typed(
    officer: Client, published: Publication, typed: str
) -> None:
    answer = officer.post(at(published), {"url": typed})
    assert answer.status_code == 400
    assert answer.context["form"]["url"].errors
    assert typed in text(answer)
    assert not Job.objects.filter(kind=addressing.KIND).exists()


def test_who_may_not_reads_why(client: Client, home: Authority, published: Publication) -> None:
    log_in(client, home.people["mayor"])
    page = text(client.get(at(published)))
    assert "เฉพาะผู้จัดทำเรื่อง" in page
    assert 'name="url"' not in page
    assert client.post(at(published), {"url": POSTED}).status_code == 403


def test_a_newer_version_takes_its_place(officer: Client, home: Authority, published: Publication) -> None:
    addressing.post(home.actor("registrar"), published.pk, POSTED)
    newer = made_public.published(home, published.act.approval.report)
    assert "มีฉบับเผยแพร่ที่ใหม่กว่าฉบับนี้แล้ว" in text(officer.get(at(published)))
    assert officer.post(at(published), {"url": POSTED}).status_code == 409
    assert f'value="{POSTED}"' in text(officer.get(at(newer))), "the same place is offered"
    made_public.withdrawn(home, published.act.approval.report, "มีชื่อบุคคล")
    page = text(officer.get(at(newer)))
    assert "มีชื่อบุคคล" in page
    assert 'name="url"' not in page
    assert "มีชื่อบุคคล" in text(officer.get(at(newer, "publication_receipt")))
    assert not officer.get(reverse("workflows:publications", args=[home.organisation.slug])).context["rows"]


def test_looking_again(officer: Client, home: Authority, published: Publication) -> None:
    posted = addressing.post(home.actor("registrar"), published.pk, POSTED)
    Job.objects.update(done_at=timezone.now())
    officer.post(at(published, "publication_check"))
    waiting = Job.objects.still_open().values_list("key", flat=True)
    assert set(waiting) == {str(posted.pk), f"own-{published.pk}"}


def test_the_pack(officer: Client, published: Publication) -> None:
    answer = officer.get(at(published, "publication_pack"))
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert "explain.txt" in pack.namelist()
    asked = {"If-None-Match": answer["ETag"]}
    assert officer.get(at(published, "publication_pack"), headers=asked).status_code == 304


def test_the_receipt(officer: Client, home: Authority, published: Publication) -> None:
    posted = addressing.post(home.actor("registrar"), published.pk, POSTED)
    looked(published, posted)
    page = text(officer.get(at(published, "publication_receipt")))
    for told in (
        POSTED,
        published.pdf.sha256,
        published.data.sha256,
        published.act.hash,
        "เปิดได้ เป็นไฟล์เดียวกัน",
    ):
        assert told in page
    told = officer.get(at(published, "publication_receipt_json")).json()
    assert told["posted"][0]["check"]["same"] is True
    assert told["posted"][0]["hash"] == posted.hash
    assert told["own"]["check"] is None
    assert told["code"] in page


def test_another_authority_finds_nothing(
    client: Client, home: Authority, stranger: Authority, published: Publication
) -> None:
    log_in(client, stranger.people["legal_officer"])
    names = ["publication", "publication_pack", "publication_receipt", "publication_receipt_json"]
    for org in (home, stranger):
        for name in names:
            address = reverse(f"workflows:{name}", args=[org.organisation.slug, published.pk])
            assert client.get(address).status_code == 404
            assert client.post(address, {"url": POSTED}).status_code in (404, 405)
