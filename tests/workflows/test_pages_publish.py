"""The pages on which a report is made public: what was found, the copy to look at, the button, and taking it back."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core.outbox import Job
from memos import archive
from memos.models import Memo, Rendering, Report
from memos.rendering import pages
from tests import reports
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.test_access import client_of
from tests.workflows import made_public, numbered
from tests.workflows.test_gate import NATIONAL_ID
from tests.workflows.visiting import text
from workflows import actions, public_making, publishing
from workflows.models import PublicDraft

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def signed(home: Authority, monkeypatch: pytest.MonkeyPatch) -> Report:
    """With a national ID and a telephone number in its memo."""
    instant.put_in_place(monkeypatch)
    report = reports.begin(home)
    memo = Memo.objects.of(home.organisation).get(report=report)
    memo.body += f"\nผู้ร้อง {NATIONAL_ID} โทร 081 234 5678"
    memo.save(update_fields=["body"])
    reports.submit(home, report)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    return report


@pytest.fixture
def registrar(home: Authority) -> Client:
    return client_of(home.people["registrar"])


def _address(report: Report, name: str = "publish", **more: object) -> str:
    return reverse(f"workflows:{name}", kwargs={"org": report.organisation.slug, "pk": report.pk, **more})


def _choices(revision: int = 0, **more: str) -> dict[str, Any]:
    return {
        "revision": revision,
        "choice-national_id-0": "mask",
        "reason-national_id-0": "",
        "choice-phone-1": "mask",
        "reason-phone-1": "",
    } | {name.replace("__", "-"): value for name, value in more.items()}


def _make() -> None:
    for job in Job.objects.filter(kind=publishing.KIND, done_at=None):
        public_making.make(job.payload)
        Job.objects.filter(pk=job.pk).update(done_at=datetime.datetime.now(datetime.UTC))


def test_from_the_report_to_the_public_and_back(home: Authority, signed: Report, registrar: Client) -> None:
    report_page = _address(signed, "report")
    assert f'href="{_address(signed)}"' in text(registrar.get(report_page))
    assert f'href="{_address(signed)}"' not in text(client_of(home.people["reader"]).get(report_page))
    first = text(registrar.get(_address(signed)))
    assert "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑" in first
    assert "๐๘๑\u00a0๒๓๔\u00a0๕๖๗๘" in first
    assert "เนื้อความ" in first
    answer = registrar.post(_address(signed), _choices(choice__phone__1="keep", reason__phone__1="สายด่วน"))
    assert (answer.status_code, answer["Location"]) == (302, _address(signed))
    waiting = text(registrar.get(_address(signed)))
    assert "กำลังทำสำเนาสาธารณะ" in waiting
    assert "hx-get" in waiting
    assert "publish/now" not in waiting
    _make()
    made = text(registrar.get(_address(signed)))
    assert "เผยแพร่เป็นฉบับที่ ๑" in made
    assert "สายด่วน" in made
    draft = PublicDraft.objects.of(home.organisation).get()
    assert draft.pdf is not None
    pdf = registrar.get(_address(signed, "publish_pdf"))
    assert pdf.content == archive.read(draft.pdf)
    answer = registrar.post(_address(signed, "publish_now"), {"revision": draft.revision}, follow=True)
    assert "เผยแพร่แล้ว ที่อยู่ของฉบับนี้จะไม่เปลี่ยน" in text(answer)
    assert "สำเนานี้เผยแพร่แล้ว" in text(answer)
    path = publishing.address_of(signed.approval)
    assert f'href="{path}"' in text(registrar.get(report_page))
    answer = registrar.post(_address(signed, "unpublish"), {"reason": "พบชื่อผู้ร้อง"}, follow=True)
    assert "ถอนการเผยแพร่แล้ว" in text(answer)
    assert f'href="{path}"' not in text(registrar.get(report_page))
    assert "พบชื่อผู้ร้อง" in text(registrar.get(_address(signed)))


def test_what_stays_needs_a_reason_and_what_was_typed_is_kept(signed: Report, registrar: Client) -> None:
    typed = _choices(
        choice__national_id__0="keep", choice__phone__1="keep", reason__phone__1="สายด่วนของ อบต."
    )
    answer = registrar.post(_address(signed), typed)
    assert answer.status_code == 400
    assert "โปรดระบุเหตุผลที่คงข้อมูลนี้ไว้" in text(answer)
    assert "สายด่วนของ อบต." in text(answer)
    assert not Job.objects.filter(kind=publishing.KIND).exists()


@pytest.mark.parametrize(
    "typed", [{}, {"revision": "x"}, {"revision": "-1"}, _choices() | {"choice-phone-1": "burn"}]
)
def test_an_odd_form_is_refused_in_words(typed: dict[str, Any], signed: Report, registrar: Client) -> None:
    answer = registrar.post(_address(signed), typed)
    assert answer.status_code == 400
    assert "notice-error" in text(answer)


def test_somebody_else_prepared_it_meanwhile(home: Authority, signed: Report, registrar: Client) -> None:
    made_public.prepared(home, signed)
    answer = registrar.post(_address(signed), _choices())
    assert answer.status_code == 409
    assert "มีผู้เตรียมสำเนาสาธารณะไปก่อนแล้ว" in text(answer)
    assert registrar.post(_address(signed, "publish_now"), {"revision": 7}).status_code == 409
    assert registrar.post(_address(signed, "publish_now"), {"revision": "x"}).status_code == 409


def test_the_copys_pages_are_shown_to_those_who_publish_alone(
    home: Authority, signed: Report, registrar: Client
) -> None:
    draft = made_public.prepared(home, signed)
    assert draft.pdf is not None
    assert "กำลังเตรียมภาพหน้าของสำเนา" in text(registrar.get(_address(signed)))
    found = Rendering.objects.of(home.organisation).get(sha256=draft.pdf.sha256)
    pages.render({"organisation": home.organisation.pk, "sha256": found.sha256})
    page = text(registrar.get(_address(signed)))
    (picture,) = re.findall(r'<img src="([^"?]+)\?small"', page)
    assert picture == _address(signed, "publish_image", page=1)
    assert registrar.get(picture)["Content-Type"] == "image/png"
    assert registrar.get(_address(signed, "publish_image", page=2)).status_code == 404
    assert client_of(home.people["reader"]).get(picture).status_code == 403
    part = registrar.get(_address(signed), headers={"HX-Request": "true"})
    assert text(part).lstrip().startswith("<section")


def test_a_copy_that_came_to_nothing_is_asked_for_again(signed: Report, registrar: Client) -> None:
    registrar.post(_address(signed), _choices())
    jobs = Job.objects.filter(kind=publishing.KIND)
    jobs.update(given_up_at=datetime.datetime.now(datetime.UTC), problem="Unreadable: …", attempts=5)
    assert "ทำสำเนาสาธารณะไม่สำเร็จ" in text(registrar.get(_address(signed)))
    registrar.post(_address(signed, "publish_again"))
    assert jobs.get().given_up_at is None
    jobs.update(problem="OfficeAbsent: soffice is missing", attempts=1)
    assert "ไม่มี LibreOffice" in text(registrar.get(_address(signed)))


def test_a_newer_set_offers_the_next_version(home: Authority, signed: Report, registrar: Client) -> None:
    made_public.published(home, signed)
    assert "การเผยแพร่</a>" in text(registrar.get(_address(signed, "report")))
    numbered.number(home, signed, "12")
    assert "เผยแพร่ฉบับถัดไป</a>" in text(registrar.get(_address(signed, "report")))
    page = text(registrar.get(_address(signed)))
    assert "เพื่อเผยแพร่เป็นฉบับถัดไปได้" in page
    registrar.post(_address(signed), _choices(revision=1))
    _make()
    assert "เผยแพร่เป็นฉบับที่ ๒" in text(registrar.get(_address(signed)))


def test_a_correction_is_offered_as_the_next_version(
    home: Authority, signed: Report, registrar: Client
) -> None:
    made_public.published(home, signed)
    draft = actions.correct(home.actor("legal_officer"), signed.pk, reason="ตัวเลขคลาดเคลื่อน")
    reports.submit(home, draft)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, draft, by)
    assert "เผยแพร่ฉบับถัดไป</a>" in text(registrar.get(_address(draft, "report")))
    registrar.post(_address(draft), _choices())
    _make()
    page = text(registrar.get(_address(draft)))
    assert "เผยแพร่เป็นฉบับที่ ๒" in page
    assert "ฉบับที่ ๑</a>" in page
    # What was published before the correction stays public until it is withdrawn where it was published.
    assert f'<a href="{_address(signed, "report")}">รายงานก่อนแก้ไข</a>' in page
    # The one that it corrects is looked after on its own page, and published no more.
    old = text(registrar.get(_address(signed)))
    assert "โปรดเผยแพร่ฉบับที่ใช้แทน" in old
    assert _address(signed, "unpublish") in old
    assert _address(signed, "publish_now") not in old


def test_a_secret_report_says_why_it_is_not_published(home: Authority, registrar: Client) -> None:
    secret = reports.begin(home)
    Memo.objects.of(home.organisation).filter(report=secret).update(secrecy=Memo.Secrecy.SECRET)
    secret.refresh_from_db(from_queryset=Report.objects.of(home.organisation))
    reports.submit(home, secret)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, secret, by)
    assert "ชั้นความลับ “ลับ”" in text(registrar.get(_address(secret, "report")))
    answer = registrar.get(_address(secret))
    assert answer.status_code == 409
    assert "ชั้นความลับ “ลับ”" in text(answer)


def test_another_authority_finds_nothing(home: Authority, stranger: Authority, signed: Report) -> None:
    made_public.published(home, signed)
    client = client_of(stranger.people["registrar"])
    for name in ("publish", "unpublish", "publish_pdf"):
        assert client.get(_address(signed, name)).status_code == 404
    for name in ("publish", "publish_now", "publish_again", "unpublish"):
        assert client.post(_address(signed, name), {"revision": 1, "reason": "x"}).status_code == 404
    elsewhere = reverse("workflows:publish", kwargs={"org": stranger.organisation.slug, "pk": signed.pk})
    assert client.get(elsewhere).status_code == 404
