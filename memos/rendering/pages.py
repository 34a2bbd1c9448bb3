"""Pictures of the pages of a Word file: wanted in a transaction, made by the worker, kept by the file's hash.

Under RENDERINGS_ROOT/<organisation>/<sha256>/ lie 1.png, 1.small.png, 2.png …; until they are made, the file itself
where it is not in the archive.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ita_core import outbox
from ita_core.models import Organisation
from memos import archive
from memos.docx import TemplateProblem
from memos.models import Rendering, StoredFile
from memos.rendering import office, pdf_copy, pictures

KIND = "render"
_SOURCE = "document.docx"
# Kept in the words of the source language; a page translates them.
ABSENT = _("เครื่องนี้ยังไม่ได้ติดตั้งโปรแกรมแปลงเอกสาร (LibreOffice) จึงไม่มีภาพหน้าเอกสารให้ดู")
NO_PICTURES = _("เครื่องนี้ยังไม่ได้ติดตั้งโปรแกรมทำภาพ (poppler-utils) จึงไม่มีภาพหน้าเอกสารให้ดู")
UNREADABLE = _("โปรแกรมแปลงเอกสารเปิดไฟล์นี้ไม่ได้ จึงไม่มีภาพหน้าเอกสารให้ดู")
GIVEN_UP = _("ทำภาพหน้าเอกสารไม่สำเร็จหลังลองหลายครั้ง โปรดเปิดไฟล์ Word ดูแทน")
GONE = _("ไฟล์ที่จะทำภาพหายไป โปรดสั่งทำภาพใหม่")
ONLY_THE_FIRST = _("เอกสารยาวเกิน ๖๐ หน้า จึงแสดงเพียง ๖๐ หน้าแรก")


@transaction.atomic
def wanted(organisation: Organisation, docx: bytes) -> Rendering:
    """The pages of ``docx``, there already or on their way. Work that came to nothing is begun anew."""
    sha256 = archive.sha256(docx)
    rendering, _new = organisation.renderings.get_or_create(sha256=sha256)
    place = _place(organisation.pk, sha256)
    if _is_whole(rendering, place):
        return rendering
    _write(place / _SOURCE, docx)
    if rendering.pages is not None or rendering.problem:
        rendering.pages, rendering.problem = None, ""
        rendering.save(update_fields=["pages", "problem"])
    outbox.want(KIND, job_key(rendering), _payload(rendering), again=True)
    return rendering


def want_stored(organisation: Organisation, files: Sequence[StoredFile]) -> None:
    """The pages of files of the archive, in the caller's transaction: two queries, and nothing is read or made here.

    The worker reads the file by its hash. What is there already, or on its way, stays as it is.
    """
    hashes = dict.fromkeys(stored.sha256 for stored in files)
    rows = [Rendering(organisation=organisation, sha256=sha256) for sha256 in hashes]
    Rendering.objects.bulk_create(rows, ignore_conflicts=True)
    outbox.want_all(KIND, {job_key(row): _payload(row) for row in rows})


@transaction.atomic
def want_again(organisation: Organisation, files: Sequence[StoredFile]) -> None:
    """Somebody asks for pages that came to nothing, or of a file older than this feature: they are tried anew."""
    want_stored(organisation, files)
    hashes = [stored.sha256 for stored in files]
    for rendering in organisation.renderings.select_for_update().filter(sha256__in=hashes):
        if rendering.problem or not _pictures_there(rendering, _place(organisation.pk, rendering.sha256)):
            _note(rendering, None, "")
            outbox.want(KIND, job_key(rendering), _payload(rendering), again=True)


def job_key(rendering: Rendering) -> str:
    return f"{rendering.organisation_id}/{rendering.sha256}"


def _payload(rendering: Rendering) -> dict[str, Any]:
    return {"organisation": rendering.organisation_id, "sha256": rendering.sha256}


def image(rendering: Rendering, page: int) -> bytes:
    """The PNG of a page, counted from 1. FileNotFoundError for a page that is not there."""
    return (_place(rendering.organisation_id, rendering.sha256) / f"{page}.png").read_bytes()


def overview(rendering: Rendering, page: int) -> bytes:
    """The PNG at half its size, to be looked over; the whole one where there is none. FileNotFoundError as above."""
    small = _place(rendering.organisation_id, rendering.sha256) / f"{page}.small.png"
    with contextlib.suppress(FileNotFoundError):
        return small.read_bytes()
    return image(rendering, page)


def size(rendering: Rendering, page: int) -> tuple[int, int]:
    """Width and height of a page's picture in dots, from its first bytes. FileNotFoundError as above."""
    with (_place(rendering.organisation_id, rendering.sha256) / f"{page}.png").open("rb") as picture:
        header = picture.read(24)
    return int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big")


def forget(rendering: Rendering) -> None:
    """Row and pictures; whatever the worker is still making for them ends nowhere.

    Unless the same document is wanted again before the transaction ends: then they are the new row's.
    """
    organisation, sha256 = rendering.organisation_id, rendering.sha256
    rendering.delete()
    transaction.on_commit(lambda: clear(organisation, [sha256]))


def clear(organisation: int, hashes: Iterable[str]) -> None:
    """Pictures whose row is gone: whoever forgot it may have been killed, or the worker was still making them."""
    for sha256 in hashes:
        if not Rendering.objects.of(organisation).filter(sha256=sha256).exists():
            shutil.rmtree(_place(organisation, sha256), ignore_errors=True)


def forget_previews(organisation: Organisation, before: datetime.datetime) -> None:
    """Pages of what is not in the archive: papers of drafts. Whoever looks at one again has it made anew."""
    stored = StoredFile.objects.of(organisation).values("sha256")
    for rendering in organisation.renderings.filter(created_at__lt=before).exclude(sha256__in=stored):
        forget(rendering)


def render(payload: dict[str, Any]) -> None:
    """The worker's handler. What would fail again is noted as a problem; OfficeHung is worth another attempt."""
    renderings = Rendering.objects.of(payload["organisation"])
    rendering = renderings.filter(sha256=payload["sha256"], pages=None, problem="").first()
    if rendering is None:
        return
    place = _place(rendering.organisation_id, rendering.sha256)
    try:
        count = _make(_word_file(rendering, place), place)
    except (FileNotFoundError, archive.FileFault):
        _note(rendering, None, str(GONE))
    except office.OfficeAbsent:
        _note(rendering, None, str(ABSENT))
    except pictures.PopplerAbsent:
        _note(rendering, None, str(NO_PICTURES))
    except (office.Unreadable, TemplateProblem, subprocess.SubprocessError):
        _note(rendering, None, str(UNREADABLE))
    else:
        too_many = count > pictures.MOST_PAGES
        _note(rendering, min(count, pictures.MOST_PAGES), str(ONLY_THE_FIRST) if too_many else "")
        (place / _SOURCE).unlink(missing_ok=True)
        clear(rendering.organisation_id, [rendering.sha256])


def given_up(payload: dict[str, Any], problem: str) -> None:
    renderings = Rendering.objects.of(payload["organisation"])
    renderings.filter(sha256=payload["sha256"], pages=None).update(problem=str(GIVEN_UP))


def _word_file(rendering: Rendering, place: Path) -> bytes:
    """What lies here to be made into pages; else the archive's own file of that hash. FileNotFoundError or FileFault."""
    with contextlib.suppress(FileNotFoundError):
        return (place / _SOURCE).read_bytes()
    stored = StoredFile.objects.of(rendering.organisation_id).filter(sha256=rendering.sha256).first()
    if stored is None:
        raise FileNotFoundError(rendering.sha256)
    return archive.read(stored)


def _make(docx: bytes, place: Path) -> int:
    """Pictures appear together: made aside, then moved. Returns the number of pages."""
    place.mkdir(parents=True, exist_ok=True)
    # A final file is a PDF already.
    pdf = docx if docx.startswith(b"%PDF-") else office.of_this_process().pdf(pdf_copy.of(docx))
    with tempfile.TemporaryDirectory(dir=place, prefix=".new-") as aside:
        count = pictures.of_pages(pdf, Path(aside))
        for picture in Path(aside).iterdir():
            os.replace(picture, place / picture.name)
    return count


def _note(rendering: Rendering, pages: int | None, problem: str) -> None:
    rendering.pages, rendering.problem = pages, problem
    same = Rendering.objects.of(rendering.organisation_id).filter(pk=rendering.pk)
    same.update(pages=pages, problem=problem)


def _is_whole(rendering: Rendering, place: Path) -> bool:
    """Made with all its pictures, or on its way with the file that it is made of."""
    if rendering.pages is None:
        return not rendering.problem and (place / _SOURCE).exists()
    return _pictures_there(rendering, place)


def _pictures_there(rendering: Rendering, place: Path) -> bool:
    """False, too, as long as they are on their way."""
    if rendering.pages is None:
        return False
    return all((place / f"{page}.png").exists() for page in range(1, rendering.pages + 1))


def _place(organisation: int, sha256: str) -> Path:
    return Path(settings.RENDERINGS_ROOT) / str(organisation) / sha256


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; the worker may be looking."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.replace(temporary, path)
