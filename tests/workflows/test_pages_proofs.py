"""The pages for everybody: verdicts in words, a file that is not kept, politeness, and the published heads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from ita_core import thai
from memos import archive
from memos.models import Report, StoredFile
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import text
from workflows import proofs, publishing_heads
from workflows.models import Act, ChainHead, State
from workflows.views import proofs as views

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OPINION = "ความเห็นที่ไม่ควรมีผู้ใดเห็น"


def last_set(report: Report) -> Act:
    act = report.approval.acts.filter(document_set__isnull=False).order_by("sequence").last()
    assert act is not None
    return act


def page_of(act: Act, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/v/{proofs.code_of(act)}")
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    return text(answer)


def drop(data: bytes, name: str = "เอกสาร.docx", client: Client | None = None) -> str:
    answer = (client or Client()).post("/v/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return text(answer)


def test_a_signed_set_tells_whose_it_is_and_who_signed(home: Authority) -> None:
    act = last_set(reports.in_state(home, State.MAYOR_SIGNED))
    page = page_of(act)
    for words in ("เอกสารแท้ ฉบับลงนามแล้ว", home.organisation.full_name, act.memo_sha256, proofs.code_of(act)):
        assert words in page
    for key in ("legal_officer", "section_head", "clerk", "mayor"):
        assert home.people[key].full_name in page
    assert "รายงานผลการดำเนินการตามมาตรการ" in page
    assert "เห็นควร" not in page, "opinions are the authority's"


def test_a_set_on_its_way_tells_nothing_of_its_words(home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    reports.forward(home, report, "section_head", OPINION)
    act = last_set(report)
    page = page_of(act)
    assert "ยังอยู่ระหว่างการพิจารณา" in page
    assert home.people["section_head"].full_name in page
    for hidden in (
        OPINION,
        "รายงานผลการดำเนินการ",
        act.memo_sha256,
        act.hash,
        str(act.pk),
        f"/reports/{report.pk}",
    ):
        assert hidden not in page


def test_the_address_that_paper_carries_is_answered(home: Authority, settings: Any) -> None:
    act = last_set(reports.in_state(home, State.DRAFTED))
    address = proofs.address_of(act)
    assert address.startswith("http://127.0.0.1:8000/v/")
    assert Client().get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_superseded_and_void_sets_say_so(home: Authority) -> None:
    signed = reports.in_state(home, State.MAYOR_SIGNED)
    first = signed.approval.acts.filter(document_set__isnull=False).earliest("sequence")
    page = page_of(first)
    assert "มีชุดที่ใหม่กว่าแล้ว" in page
    assert f"/v/{proofs.code_of(last_set(signed))}" in page
    for state in (reports.RETURNED, State.REFUSED, State.WITHDRAWN):
        page = page_of(last_set(reports.in_state(home, state)))
        assert "ไม่ใช่ชุดที่ใช้อยู่แล้ว" in page
        assert "รายงานผลการดำเนินการ" not in page


def test_a_trial_is_called_one(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    assert "รายงานทดลอง" not in page_of(last_set(report))
    report.is_trial = True
    report.save()
    assert "รายงานทดลอง" in page_of(last_set(report))


@pytest.mark.parametrize(
    "typed", ["x", "0000-0000-0000-0000-0000", "๐" * 20, "%00", "a%2Fb", "<b>", "ก" * 80]
)
def test_a_code_that_is_none(home: Authority, typed: str) -> None:
    answer = Client().get(f"/v/{typed}")
    assert answer.status_code == 404
    assert b"<b>" not in answer.content


def test_a_typed_code_goes_to_its_own_address(home: Authority) -> None:
    act = last_set(reports.in_state(home, State.DRAFTED))
    code = proofs.code_of(act)
    answer = Client().get("/v/", {"code": f" {code.lower().replace('-', ' ')} "}, follow=True)
    assert code in text(answer)
    assert Client().get("/v/", {"code": ""}).status_code == 400
    assert Client().get("/v/", {"code": "x" * 61}).status_code == 400
    assert Client().get("/v/", {"code": "a/b"}, follow=True).status_code == 404


def test_a_dropped_file_is_judged_and_not_kept(home: Authority, own_folders: Path) -> None:
    act = last_set(reports.in_state(home, State.MAYOR_SIGNED))
    assert act.document_set is not None
    rows, files = StoredFile.objects.across_organisations().count(), len(list(own_folders.rglob("*")))
    memo = archive.read(act.document_set.memo)
    page = drop(memo)
    assert "เอกสารแท้ ฉบับลงนามแล้ว" in page
    assert act.memo_sha256 in page
    assert "ระบบไม่รู้จักไฟล์นี้" in drop(memo[:-1])
    assert "ระบบไม่รู้จักไฟล์นี้" in drop(b"")
    assert "&lt;script&gt;" in drop(b"?", "<script>.docx")
    assert (StoredFile.objects.across_organisations().count(), len(list(own_folders.rglob("*")))) == (
        rows,
        files,
    )


def test_a_large_file_is_spooled_and_one_too_large_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ระบบไม่รู้จักไฟล์นี้" in drop(b"x" * (3 * 1024**2))
    monkeypatch.setattr(views, "LARGEST", 10)
    answer = Client().post("/v/", {"file": SimpleUploadedFile("a.pdf", b"x" * 11)})
    assert (answer.status_code, "ไฟล์ใหญ่เกิน" in text(answer)) == (400, True)
    assert Client().post("/v/", {}).status_code == 400


def test_who_asks_without_end_is_asked_to_wait(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CODES_A_MINUTE", 2)
    monkeypatch.setattr(views, "FILES_A_MINUTE", 1)
    answers = [Client().get("/v/0000") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert "โปรดรอหนึ่งนาที" in text(answers[-1])
    dropped = [
        Client().post("/v/", {"file": SimpleUploadedFile("a", b"?")}).status_code for _time in range(2)
    ]
    assert dropped == [200, 429]
    assert Client().get("/v/0000", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_behind_a_proxy_each_reader_is_counted_for_himself(
    home: Authority, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(views, "CODES_A_MINUTE", 1)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = [("192.0.2.7", 404), ("192.0.2.8", 404), ("192.0.2.7", 429), ("198.51.100.9, 192.0.2.8", 429)]
    for address, expected in asked:
        assert Client().get("/v/0000", headers={"X-Forwarded-For": address}).status_code == expected


# The published heads


def test_the_heads_of_a_day_are_a_page_and_a_file_that_verify_reads(
    home: Authority, stranger: Authority
) -> None:
    assert "ยังไม่มีค่าที่เผยแพร่" in text(Client().get("/heads/"))
    for place in (home, stranger):
        reports.in_state(place, State.DRAFTED)
    publishing_heads.publish()
    head = ChainHead.objects.of(home.organisation).get()
    page = text(Client().get("/heads/"))
    day = thai.today().isoformat()
    for words in (
        head.hash,
        home.organisation.full_name,
        f"/heads/{day}.json",
        f"/heads/{home.organisation.slug}.json",
    ):
        assert words in page
    for address, count in ((f"/heads/{day}.json", 2), (f"/heads/{home.organisation.slug}.json", 1)):
        answer = Client().get(address)
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in answer
        kept = publishing_heads.read_kept(answer.content)
        assert len(kept) == count
        assert publishing_heads.KeptHead(home.organisation.slug, day, head.sequence, head.hash) in kept
    assert json.loads(answer.content)["site"] == "http://127.0.0.1:8000"


@pytest.mark.parametrize("name", ["2026-02-30", "2000-01-01", "nong-tua-yang", "none"])
def test_files_of_heads_that_are_not_there(home: Authority, name: str) -> None:
    assert Client().get(f"/heads/{name}.json").status_code == 404


@pytest.mark.parametrize("language", ["th", "en"])
def test_both_languages(home: Authority, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    act = last_set(reports.in_state(home, State.MAYOR_SIGNED))
    page = page_of(act, client)
    with override(language):
        assert f'lang="{language}"' in page
