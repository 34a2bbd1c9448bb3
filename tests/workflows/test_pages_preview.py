"""A draft's pages as pictures, made of the Word files that would be issued, before it is submitted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ita_core.outbox import Job
from memos import archive
from memos.models import CoDrafter, Report
from memos.rendering import office, pages
from tests import reports
from tests.memos.editor_forms import as_person
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]
IMAGE = re.compile(r'<img src="([^"]+)"')


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def drafter(home: Authority) -> Client:
    return as_person(home)


def address(report: Report, name: str = "preview_pages", **more: Any) -> str:
    return reverse(f"workflows:{name}", kwargs={"org": report.organisation.slug, "pk": report.pk, **more})


def poll(client: Client, report: Report) -> str:
    return client.get(address(report), HTTP_HX_REQUEST="true").content.decode()


def work() -> None:
    """The worker's turn."""
    for job in Job.objects.still_open().filter(kind=pages.KIND):
        pages.render(job.payload)
        job.delete()
    office.of_this_process().close()


def hashes(report: Report) -> set[str]:
    return set(report.organisation.renderings.values_list("sha256", flat=True))


def test_the_very_files_that_would_be_issued_are_wanted(report: Report, drafter: Client) -> None:
    page = drafter.get(address(report)).content.decode()
    files = [drafter.get(address(report, "preview", kind=kind)).content for kind in ("memo", "measures")]
    assert hashes(report) == {archive.sha256(data) for data in files}
    assert 'hx-trigger="every 2s"' in page and "กำลังเตรียมภาพหน้าเอกสาร" in page
    assert poll(drafter, report).startswith('\n<div id="preview-pages" hx-get=')
    assert Job.objects.still_open().count() == 2


@pytest.mark.rendering
def test_they_are_shown_when_the_worker_has_made_them(
    report: Report, drafter: Client, home: Authority
) -> None:
    drafter.get(address(report))
    work()
    page = poll(drafter, report)
    assert "hx-trigger" not in page and "หน้า ๑ จาก" in page
    images = IMAGE.findall(page)
    assert len(images) >= 2
    first = drafter.get(images[0])
    assert first.content.startswith(b"\x89PNG") and first["Cache-Control"] == "private, no-cache"
    assert drafter.get(images[0], headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert drafter.get(images[0].replace("1.png", "99.png")).status_code == 404
    other = as_person(home)
    assert other.get(images[0]).status_code == 404, "another session has not asked for it"
    assert as_person(home, "mayor").get(images[0]).status_code == 403


def test_pages_of_an_earlier_text_are_forgotten(report: Report, drafter: Client) -> None:
    drafter.get(address(report))
    before = hashes(report)
    kept = archive.store(
        report.organisation, drafter.get(address(report, "preview", kind="measures")).content
    )
    Report.objects.of(report.organisation).update(title="หัวเรื่องใหม่")
    report.memo.subject = "เรื่องใหม่"
    report.memo.save()
    report.sections.all()[0].measures.all().delete()
    drafter.get(address(report))
    assert hashes(report) & before == {kept.sha256}, "an issued file's pages are others' as well"
    assert len(hashes(report)) == 3


def test_without_libreoffice_it_says_so_and_offers_the_files(
    report: Report, drafter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_docx: bytes) -> bytes:
        raise office.OfficeAbsent("none")

    monkeypatch.setattr(office.Office, "pdf", lambda self, docx, *rest: absent(docx))
    drafter.get(address(report))
    work()
    page = poll(drafter, report)
    assert "LibreOffice" in page and "เปิดไฟล์ Word ด้านล่างดูแทนได้" in page and "hx-trigger" not in page
    assert address(report, "preview", kind="memo") in page
    assert "LibreOffice" in poll(drafter, report), "asked again by the page itself, it is not begun anew"
    assert 'hx-trigger="every 2s"' in drafter.get(address(report)).content.decode()


def test_without_a_worker_it_says_so(report: Report, drafter: Client) -> None:
    drafter.get(address(report))
    Job.objects.update(wanted_at="2020-01-01T00:00:00Z")
    assert "ตัวทำงานเบื้องหลังอาจไม่ได้เปิดอยู่" in poll(drafter, report)


def test_who_writes_along_sees_the_drafter_s_papers(report: Report, home: Authority, drafter: Client) -> None:
    url = address(report, "preview", kind="memo")
    other = as_person(home, "second_legal_officer")
    assert other.get(address(report)).status_code == 403
    CoDrafter.objects.create(
        organisation=home.organisation, report=report, user=home.people["second_legal_officer"]
    )
    assert other.get(address(report)).status_code == 200
    assert other.get(url).content == drafter.get(url).content


def test_a_text_that_cannot_be_printed_is_told(report: Report, drafter: Client) -> None:
    report.memo.subject = "ก\x07ข"
    report.memo.save()
    answer, file = drafter.get(address(report)), drafter.get(address(report, "preview", kind="memo"))
    assert answer.status_code == file.status_code == 503
    assert "อักขระ" in answer.content.decode() or "พิมพ์" in answer.content.decode()
    assert not Path(settings.RENDERINGS_ROOT).exists()


def test_a_report_under_consideration_is_no_draft(report: Report, drafter: Client, home: Authority) -> None:
    reports.submit(home, report)
    assert drafter.get(address(report)).status_code == 409
    assert drafter.get(address(report, "preview_image", sha256="0" * 64, page=1)).status_code == 409
