"""A scan that came back from paper: read in the child of foreign files, told as plain values.

Several pictures become one PDF, so that a scan is always one file.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ita_core import language
from memos.importing import foreign
from memos.sealing import marks
from memos.sealing.marks import Mark

MOST_BYTES = 20 * 1024**2
MOST_PICTURES = 20
_SECONDS = 60.0
_KINDS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_SENTENCES = {
    "empty": gettext_noop("โปรดเลือกไฟล์สแกน"),
    "too-large": gettext_noop("ไฟล์สแกนใหญ่เกินไป โปรดสแกนที่ ๑๕๐-๓๐๐ จุดต่อนิ้ว รวมไม่เกิน ๒๐ เมกะไบต์"),
    "too-many-pages": gettext_noop("ไฟล์สแกนมีหน้ามากเกินไป (เกิน ๖๐ หน้า)"),
    "too-many-pictures": gettext_noop("ส่งภาพได้ครั้งละไม่เกิน ๒๐ หน้า หากมีมากกว่านี้โปรดสแกนเป็น PDF"),
    "not-this-kind": gettext_noop("ไฟล์สแกนต้องเป็น PDF หนึ่งไฟล์ หรือภาพ JPEG หรือ PNG หน้าละไฟล์"),
    "encrypted": gettext_noop("ไฟล์สแกนตั้งรหัสผ่านไว้ โปรดสแกนใหม่โดยไม่ตั้งรหัสผ่าน"),
    "busy": gettext_noop("ระบบกำลังอ่านไฟล์อื่นอยู่ โปรดลองใหม่ในอีกสักครู่"),
    "too-much": gettext_noop("ไฟล์สแกนซับซ้อนหรือละเอียดเกินกว่าจะอ่านได้ โปรดสแกนใหม่ที่ ๑๕๐-๓๐๐ จุดต่อนิ้ว"),
}
_BROKEN = gettext_noop("ไฟล์สแกนเสียหายหรือส่งมาไม่ครบ จึงอ่านไม่ได้ โปรดสแกนหรือเลือกไฟล์ใหม่")


class ScanProblem(Exception):
    """It cannot be taken; ``sentence`` says why, in the reader's language."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.sentence = language.shown(_(_SENTENCES.get(code, _BROKEN)))
        super().__init__(self.sentence)


@dataclass(frozen=True)
class Scan:
    """``pdf`` is what is kept; ``pages`` are the marks of ours found on each page."""

    pdf: bytes
    pages: tuple[tuple[Mark, ...], ...]

    @property
    def marks(self) -> list[Mark]:
        return [mark for page in self.pages for mark in page]


def read(files: Sequence[bytes]) -> Scan:
    """A PDF, or the pages as pictures in their order. ScanProblem when they cannot be read."""
    _check(files)
    is_pdf = files[0].startswith(_KINDS[0])
    try:
        said = foreign.run("scan", files[0] if is_pdf else marks.framed(list(files)), _SECONDS)
    except foreign.ForeignFile as refused:
        raise ScanProblem(refused.code) from refused
    pages = tuple(_ours(texts) for texts in said["pages"])
    return Scan(files[0] if is_pdf else base64.b64decode(said["pdf"]), pages)


def _check(files: Sequence[bytes]) -> None:
    if not files or not all(files):
        raise ScanProblem("empty")
    if sum(map(len, files)) > MOST_BYTES:
        raise ScanProblem("too-large")
    if not all(data.startswith(_KINDS) for data in files):
        raise ScanProblem("not-this-kind")
    if len(files) > 1 and any(data.startswith(_KINDS[0]) for data in files):
        raise ScanProblem("not-this-kind")
    if len(files) > MOST_PICTURES:
        raise ScanProblem("too-many-pictures")


def _ours(texts: list[str]) -> tuple[Mark, ...]:
    return tuple(mark for text in texts if (mark := marks.mark_in(text)) is not None)
