"""Pictures of pages: wanted once a file, made by the worker, shown to whoever may, and a sentence when there are none."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ita_core.outbox import Job
from memos.models import Rendering
from memos.rendering import office, pages, pdf_copy, pictures
from tests.databases.committed import CommittedDatabase
from tests.logging_in import log_in
from tests.memos.rendering.made import memo
from tests.personas import Authority

PAYLOAD = Callable[[Authority], dict[str, Any]]


def _made(home: Authority, docx: bytes) -> Rendering:
    """Wanted, and done as the worker would."""
    rendering = pages.wanted(home.organisation, docx)
    pages.render(Job.objects.get(kind=pages.KIND, key=pages.job_key(rendering)).payload)
    Job.objects.update(done_at=timezone.now())
    rendering.refresh_from_db()
    return rendering


def _admin(home: Authority) -> Client:
    client = Client()
    log_in(client, home.people["org_admin"])
    return client


def _folder(rendering: Rendering) -> Path:
    return Path(settings.RENDERINGS_ROOT) / str(rendering.organisation_id) / rendering.sha256


def test_the_same_file_is_wanted_once_in_each_authority(home: Authority, stranger: Authority) -> None:
    first = pages.wanted(home.organisation, b"one")
    assert pages.wanted(home.organisation, b"one").pk == first.pk
    assert pages.wanted(stranger.organisation, b"one").pk != first.pk
    assert Job.objects.filter(kind=pages.KIND).count() == 2
    assert (first.pages, first.problem) == (None, "")


@pytest.mark.rendering
def test_pages_are_made_and_the_file_is_taken_away(home: Authority) -> None:
    rendering = _made(home, memo())
    assert (rendering.pages, rendering.problem) == (2, "")
    assert sorted(path.name for path in _folder(rendering).iterdir()) == [
        "1.png",
        "1.small.png",
        "2.png",
        "2.small.png",
    ]
    width, height = struct.unpack(">II", pages.image(rendering, 1)[16:24])
    assert (height, abs(width - 910) <= 1) == (pictures.LONGER_SIDE, True), "A4 at 110 dots an inch"
    before = Job.objects.get().done_at
    assert pages.wanted(home.organisation, memo()).pages == 2
    assert Job.objects.get().done_at == before, "what is there is not made again"
    office.of_this_process().close()


@pytest.mark.rendering
def test_pictures_that_are_gone_are_made_again(home: Authority) -> None:
    rendering = _made(home, memo())
    (_folder(rendering) / "2.png").unlink()
    assert pages.wanted(home.organisation, memo()).pages is None
    assert Job.objects.get().done_at is None
    pages.render(Job.objects.get().payload)
    assert pages.image(rendering, 2)
    office.of_this_process().close()


@pytest.mark.rendering
def test_done_twice_it_is_done(home: Authority) -> None:
    """A worker killed after the row and before its job was marked."""
    rendering = _made(home, memo())
    pages.render(Job.objects.get().payload)
    rendering.refresh_from_db()
    assert (rendering.pages, rendering.problem) == (2, "")
    office.of_this_process().close()


def _raises(fault: Exception) -> Callable[..., bytes]:
    def pdf(*_arguments: Any, **_more: Any) -> bytes:
        raise fault

    return pdf


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (office.OfficeAbsent("x"), pages.ABSENT),
        (office.Unreadable("x"), pages.UNREADABLE),
        (pictures.PopplerAbsent(), pages.NO_PICTURES),
    ],
)
def test_why_there_are_no_pages_is_said_on_the_page(
    home: Authority, monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str
) -> None:
    monkeypatch.setattr(office.Office, "pdf", _raises(fault))
    rendering = _made(home, memo())
    assert rendering.problem == str(sentence)
    answer = _admin(home).get(reverse("memos:rendering", args=[home.organisation.slug, rendering.sha256]))
    assert str(sentence) in answer.content.decode()
    assert "hx-get" not in answer.content.decode(), "nothing more will come"
    assert pages.wanted(home.organisation, memo()).problem == "", "asked for again, it is tried again"
    assert Job.objects.get().done_at is None


def test_a_file_that_is_no_word_file_is_unreadable(home: Authority) -> None:
    assert _made(home, b"no Word file").problem == str(pages.UNREADABLE)


def test_a_file_that_is_gone_is_asked_for_again(home: Authority) -> None:
    rendering = pages.wanted(home.organisation, memo())
    (_folder(rendering) / "document.docx").unlink()
    pages.render(Job.objects.get().payload)
    rendering.refresh_from_db()
    assert rendering.problem == str(pages.GONE)


def test_what_is_given_up_is_said(home: Authority, stranger: Authority) -> None:
    other = pages.wanted(stranger.organisation, b"one")
    rendering = pages.wanted(home.organisation, b"one")
    pages.given_up({"organisation": home.organisation.pk, "sha256": rendering.sha256}, "x")
    rendering.refresh_from_db()
    other.refresh_from_db()
    assert (rendering.problem, other.problem) == (str(pages.GIVEN_UP), "")


def test_a_long_document_shows_its_first_pages(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    def many(pdf: bytes, folder: Path) -> int:
        for page in range(1, pictures.MOST_PAGES + 1):
            (folder / f"{page}.png").write_bytes(b"PNG")
        return pictures.MOST_PAGES + 1

    monkeypatch.setattr(office.Office, "pdf", lambda *_arguments: b"")
    monkeypatch.setattr(pictures, "of_pages", many)
    rendering = _made(home, memo())
    assert (rendering.pages, rendering.problem) == (pictures.MOST_PAGES, str(pages.ONLY_THE_FIRST))


def test_forgotten_pages_leave_nothing(home: Authority, django_capture_on_commit_callbacks: Any) -> None:
    rendering = pages.wanted(home.organisation, memo())
    folder, payload = _folder(rendering), Job.objects.get().payload
    with django_capture_on_commit_callbacks(execute=True):
        pages.forget(rendering)
    assert not folder.exists()
    pages.render(payload)
    assert not folder.exists()


def test_what_is_forgotten_and_wanted_in_one_go_keeps_its_file(
    home: Authority, django_capture_on_commit_callbacks: Any
) -> None:
    """An administrator sends the same template once more."""
    rendering = pages.wanted(home.organisation, memo())
    with django_capture_on_commit_callbacks(execute=True):
        pages.forget(rendering)
        again = pages.wanted(home.organisation, memo())
    assert (_folder(again) / "document.docx").read_bytes() == memo()


def test_the_page_asks_again_until_the_pictures_are_there(home: Authority) -> None:
    rendering = pages.wanted(home.organisation, b"one")
    address = reverse("memos:rendering", args=[home.organisation.slug, rendering.sha256])
    shown = _admin(home).get(address).content.decode()
    assert f'hx-get="{address}"' in shown
    assert "กำลังเตรียมภาพหน้าเอกสาร" in shown
    assert "รอนานกว่าปกติ" not in shown
    Job.objects.update(wanted_at=timezone.now() - timedelta(minutes=2))
    assert "รอนานกว่าปกติ" in _admin(home).get(address).content.decode()
    Rendering.objects.of(home.organisation).update(pages=2)
    shown = _admin(home).get(address).content.decode()
    assert shown.count("<img ") == 2
    assert "hx-get" not in shown


def test_a_problem_is_read_in_the_readers_language(home: Authority) -> None:
    from memos import views_renderings

    rendering = pages.wanted(home.organisation, b"one")
    rendering.problem = str(pages.UNREADABLE)
    with translation.override("th"):
        assert views_renderings.shown(rendering)["problem"] == str(pages.UNREADABLE)


def test_who_may_see_a_picture(home: Authority, stranger: Authority) -> None:
    rendering = pages.wanted(home.organisation, b"one")
    Rendering.objects.of(home.organisation).update(pages=1)
    (_folder(rendering) / "1.png").write_bytes(b"PNG")
    address = reverse("memos:rendering_page", args=[home.organisation.slug, rendering.sha256, 1])
    answer = _admin(home).get(address)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"PNG", "image/png")
    assert answer["Cache-Control"] == "private, no-cache"
    assert _admin(home).get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    outsider = Client()
    log_in(outsider, stranger.people["org_admin"])
    assert outsider.get(address).status_code == 404
    theirs = reverse("memos:rendering_page", args=[stranger.organisation.slug, rendering.sha256, 1])
    assert outsider.get(theirs).status_code == 404, "the same hash elsewhere is another file"
    for page in (0, 2, 10**17):
        other = reverse("memos:rendering_page", args=[home.organisation.slug, rendering.sha256, page])
        assert _admin(home).get(other).status_code == 404


@pytest.mark.rendering
def test_the_worker_makes_them(committed_db: CommittedDatabase, home: Authority) -> None:
    rendering = pages.wanted(home.organisation, memo())
    said = subprocess.run(
        [sys.executable, "manage.py", "worker", "--once"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "render" in said.stdout
    assert "done" in said.stdout
    rendering.refresh_from_db()
    assert rendering.pages == 2
    assert pages.image(rendering, 2).startswith(b"\x89PNG")


@pytest.mark.rendering
def test_an_odd_page_size_does_not_fill_the_memory(tmp_path: Path) -> None:
    from tests.memos import wordfiles as word

    wide = word.with_xml(memo(), 'w:w="11906"', 'w:w="31680"')
    made = office.Office()
    pdf = made.pdf(pdf_copy.of(wide))
    made.close()
    assert pictures.of_pages(pdf, tmp_path) >= 1
    assert max(struct.unpack(">II", (tmp_path / "1.png").read_bytes()[16:24])) == pictures.LONGER_SIDE
