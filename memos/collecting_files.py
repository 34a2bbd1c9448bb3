"""Files that units give as evidence: told by what is in them, never by their name. Pure.

They are stored as they came and handed out as downloads only; nothing here opens one.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

from memos.archives_in import PACKED, Suspect, names_in

MOST_BYTES: Final = PACKED
TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LARGE: Final = gettext_noop("ไฟล์ “%(name)s” ใหญ่เกิน ๑๐ เมกะไบต์ โปรดย่อขนาดหรือแบ่งไฟล์")
EMPTY: Final = gettext_noop("ไฟล์ “%(name)s” ว่างเปล่า")
UNKNOWN: Final = gettext_noop(
    "ไฟล์ “%(name)s” ไม่ใช่ PDF ภาพ (JPEG PNG) Word (.docx) หรือ Excel (.xlsx) โปรดบันทึกเป็นชนิดใดชนิดหนึ่งแล้วแนบใหม่"
)
MACROS: Final = gettext_noop("ไฟล์ “%(name)s” มีมาโคร โปรดบันทึกใหม่เป็น .docx หรือ .xlsx ที่ไม่มีมาโคร")
_OFFICE: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


class NotTaken(Exception):
    """``sentence`` says why, with a place for the file's name."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def ending_of(data: bytes) -> str:
    """A key of TYPES. NotTaken for whatever is none of them."""
    if not data:
        raise NotTaken(EMPTY)
    if len(data) > MOST_BYTES:
        raise NotTaken(LARGE)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return _office(data)


def _office(data: bytes) -> str:
    try:
        names = set(names_in(data))
    except Suspect as suspect:
        raise NotTaken(UNKNOWN) from suspect
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotTaken(MACROS)
    found = next((ending for part, ending in _OFFICE.items() if part in names), "")
    if not found or "[Content_Types].xml" not in names:
        raise NotTaken(UNKNOWN)
    return found


def name_with(name: str, ending: str) -> str:
    """The name that the officer's machine gave it, on one line, with the ending of what it is."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    plain = plain.replace("/", "-").replace("\\", "-") or "ไฟล์"
    own = {"jpg": (".jpg", ".jpeg")}.get(ending, (f".{ending}",))
    if plain.lower().endswith(own):
        stem, _dot, last = plain.rpartition(".")
        return f"{stem[: 190 - len(last)]}.{last}"
    return f"{plain[:190]}.{ending}"
