"""Pictures of a set's pages: those of the very files, for whoever may read, and a sentence where there are none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ita_core.outbox import Job
from memos import archive
from memos.models import Report
from memos.rendering import office, pages, pdf_copy, pictures
from tests import reports
from tests.drawing import draw_pages
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.visiting import Go, text
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.in_state(home, State.DRAFTED)


def submitted(report: Report) -> Act:
    acts = Act.objects.of(report.organisation_id).filter(approval__report=report)
    return acts.select_related("document_set__memo", "document_set__measures").get(kind=Act.Kind.SUBMIT)


def address(home: Authority, report: Report, name: str, **more: Any) -> str:
    org = home.organisation.slug
    return reverse(
        f"workflows:{name}", kwargs={"org": org, "pk": report.pk, "act": submitted(report).pk, **more}
    )


def as_person(home: Authority, key: str) -> Client:
    client = Client()
    log_in(client, home.people[key])
    return client


@pytest.mark.rendering
def test_the_pictures_are_those_of_the_very_files(home: Authority, report: Report, tmp_path: Path) -> None:
    """Made once more here from the archive's bytes, they are the same, byte for byte."""
    assert draw_pages() == 2
    act = submitted(report)
    assert act.document_set is not None
    converter = office.Office()
    for kind, stored in act.document_set.files().items():
        assert stored.sha256 == {"memo": act.memo_sha256, "measures": act.measures_sha256}[kind]
        folder = tmp_path / kind
        folder.mkdir()
        count = pictures.of_pages(converter.pdf(pdf_copy.of(archive.read(stored))), folder)
        for page in range(1, count + 1):
            answer = as_person(home, "mayor").get(address(home, report, "page_image", kind=kind, page=page))
            assert answer.content == (folder / f"{page}.png").read_bytes()
            assert answer["Content-Type"] == "image/png"
            small = as_person(home, "mayor").get(f"{answer.request['PATH_INFO']}?small")
            assert small.content == (folder / f"{page}.small.png").read_bytes()
            assert small["ETag"] != answer["ETag"]
        beyond = address(home, report, "page_image", kind=kind, page=count + 1)
        assert as_person(home, "mayor").get(beyond).status_code == 404
    converter.close()


@pytest.mark.rendering
def test_the_decision_page_shows_them_with_the_hashes(home: Authority, go: Go, report: Report) -> None:
    act = submitted(report)
    waiting = text(go("section_head", "decide", report))
    assert "กำลังเตรียมภาพหน้าเอกสาร" in waiting
    assert f'hx-get="{address(home, report, "pages")}"' in waiting
    draw_pages()
    page = text(go("section_head", "decide", report))
    assert address(home, report, "page_image", kind="memo", page=1) in page
    assert act.memo_sha256 in page
    assert act.measures_sha256 in page
    assert "hx-get" not in page
    assert page.count("<img ") == page.count('loading="lazy"')
    reports.forward(home, report, "section_head")
    later = text(go("clerk", "decide", report))
    assert act.measures_sha256 in later, "the table of the round is the same file"
    assert act.memo_sha256 not in later
    assert "กำลังเตรียมภาพหน้าเอกสาร" in later
    assert address(home, report, "page_image", kind="memo", page=1) not in later


def test_without_libreoffice_the_page_says_so_and_offers_the_files(
    home: Authority, go: Go, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_arguments: Any) -> bytes:
        raise office.OfficeAbsent

    monkeypatch.setattr(office.Office, "pdf", absent)
    draw_pages()
    page = text(go("section_head", "decide", report))
    assert str(pages.ABSENT) in page
    assert page.count(str(pages.ABSENT)) == 1, "said once for both papers"
    assert "<img " not in page
    assert address(home, report, "document", kind="memo") in page
    assert "hx-get" not in page
    assert Job.objects.still_open().count() == 0
    client = as_person(home, "section_head")
    answer = client.post(address(home, report, "pages"))
    assert answer.status_code == 302
    assert answer["Location"].endswith("/decide/")
    assert Job.objects.still_open().count() == 2, "asked for again it is tried again"
    assert (
        as_person(home, "reader").post(address(home, report, "pages"))["Location"].endswith(f"/{report.pk}/")
    )


def test_a_worker_that_is_not_there_is_missed(home: Authority, go: Go, report: Report) -> None:
    assert "รอนานกว่าปกติ" not in text(go("section_head", "decide", report))
    Job.objects.update(wanted_at=timezone.now() - timedelta(minutes=2))
    assert "รอนานกว่าปกติ" in text(go("section_head", "decide", report))


@pytest.mark.rendering
def test_pictures_that_were_taken_away_can_be_asked_for(home: Authority, go: Go, report: Report) -> None:
    draw_pages()
    for path in Path(settings.RENDERINGS_ROOT).rglob("*.png"):
        path.unlink()
    page = text(go("section_head", "decide", report))
    assert "ทำภาพหน้าเอกสาร" in page
    assert (
        as_person(home, "mayor").get(address(home, report, "page_image", kind="memo", page=1)).status_code
        == 404
    )
    answer = as_person(home, "mayor").post(address(home, report, "pages"), headers={"HX-Request": "true"})
    assert "กำลังเตรียมภาพหน้าเอกสาร" in text(answer)
    draw_pages()
    assert "<img " in text(go("section_head", "decide", report))


def test_sets_from_before_there_were_pictures(home: Authority, go: Go, report: Report) -> None:
    Job.objects.all().delete()
    home.organisation.renderings.all().delete()
    assert "ทำภาพหน้าเอกสาร" in text(go("section_head", "decide", report))
    as_person(home, "section_head").post(address(home, report, "pages"))
    assert Job.objects.still_open().count() == 2


@pytest.mark.rendering
def test_who_may_see_them(home: Authority, stranger: Authority, report: Report) -> None:
    draw_pages()
    image = address(home, report, "page_image", kind="memo", page=1)
    reader = as_person(home, "reader")
    answer = reader.get(image)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"
    assert reader.get(image, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert as_person(stranger, "mayor").get(image).status_code == 404
    assert Client().get(image).status_code == 302
    theirs = image.replace(home.organisation.slug, stranger.organisation.slug)
    assert as_person(stranger, "mayor").get(theirs).status_code == 404
    other = reports.in_state(home, State.DRAFTED)
    elsewhere = image.replace(f"/reports/{report.pk}/", f"/reports/{other.pk}/")
    assert reader.get(elsewhere).status_code == 404, "an act belongs to its report"
