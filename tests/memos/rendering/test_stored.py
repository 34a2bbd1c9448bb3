"""Pages of files of the archive: wanted by an act in two queries, read by the worker by their hash, small."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image, ImageDraw

from ita_core.outbox import Job
from memos import archive
from memos.models import Rendering, StoredFile
from memos.rendering import office, pages, pictures
from tests.memos.rendering.made import measures, memo, worked
from tests.personas import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(home: Authority) -> StoredFile:
    return archive.store(home.organisation, memo())


def rendering_of(stored: StoredFile) -> Rendering:
    return Rendering.objects.of(stored.organisation_id).get(sha256=stored.sha256)


def test_an_act_writes_down_what_it_wants_in_two_queries(
    home: Authority, stored: StoredFile, django_assert_num_queries: Any
) -> None:
    table = archive.store(home.organisation, measures())
    for _act in range(2):
        with django_assert_num_queries(2):
            pages.want_stored(home.organisation, [stored, table])
    assert Job.objects.filter(kind=pages.KIND).count() == 2
    assert not Path(settings.RENDERINGS_ROOT).exists(), "nothing is made during the act"


@pytest.mark.rendering
def test_the_worker_reads_the_archive_by_the_hash(home: Authority, stored: StoredFile) -> None:
    pages.want_stored(home.organisation, [stored])
    assert (worked().pages, worked().problem) == (2, "")
    folder = Path(settings.RENDERINGS_ROOT) / str(home.organisation.pk) / stored.sha256
    assert sorted(path.name for path in folder.iterdir()) == ["1.png", "1.small.png", "2.png", "2.small.png"]
    assert all(path.stat().st_size < 60_000 for path in folder.iterdir()), "read on telephones"
    pages.want_stored(home.organisation, [stored])
    assert Job.objects.still_open().count() == 0, "what is there is not made again"
    pages.want_again(home.organisation, [stored])
    assert Job.objects.still_open().count() == 0
    (folder / "2.png").unlink()
    pages.want_again(home.organisation, [stored])
    assert Job.objects.still_open().count() == 1
    assert rendering_of(stored).pages is None


def test_what_came_to_nothing_is_tried_again_when_somebody_asks(
    home: Authority, stored: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_arguments: Any) -> bytes:
        raise office.OfficeAbsent

    monkeypatch.setattr(office.Office, "pdf", absent)
    pages.want_stored(home.organisation, [stored])
    assert worked().problem == str(pages.ABSENT)
    pages.want_stored(home.organisation, [stored])
    assert Job.objects.still_open().count() == 0, "the next act does not try in vain"
    pages.want_again(home.organisation, [stored])
    assert (rendering_of(stored).problem, Job.objects.still_open().count()) == ("", 1)


def test_a_file_that_was_damaged_makes_no_pages(home: Authority, stored: StoredFile) -> None:
    pages.want_stored(home.organisation, [stored])
    Path(archive.storage().path(stored.path)).write_bytes(b"other bytes")
    assert worked().problem == str(pages.GONE)


def test_another_authoritys_file_is_not_read(stranger: Authority, stored: StoredFile) -> None:
    pages.want_stored(stranger.organisation, [stored])
    assert worked().problem == str(pages.GONE)


@pytest.mark.parametrize(("ink", "shades"), [("black", pictures._SHADES), ("#1a3f9c", pictures._COLOURS)])
def test_a_page_keeps_its_colours_in_few_bytes(tmp_path: Path, ink: str, shades: int) -> None:
    """A signature in blue ink stays blue."""
    page = Image.new("RGB", (400, 500), "white")
    ImageDraw.Draw(page).line([(50, 450), (120, 380), (200, 470)], fill=ink, width=5)
    plain = io.BytesIO()
    page.save(plain, "PNG")
    path = tmp_path / "page.png"
    path.write_bytes(plain.getvalue())
    pictures._make_small(path, tmp_path / "small.png")
    with Image.open(path) as small:
        colours = small.convert("RGB").getcolors(shades)
        assert small.size == page.size
    assert colours is not None
    drawn = Image.new("RGB", (1, 1), ink).getpixel((0, 0))
    assert drawn in {colour for _count, colour in colours}
