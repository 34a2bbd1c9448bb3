"""What the page of evidence says, as plain values, and the page itself as a Word file of our own engine.

The values are kept beside the file and inside it (``evidence.json``), so that a machine reads what a person reads.
"""

from __future__ import annotations

import dataclasses
import functools
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from ita_core import thai
from memos.docx import CompiledTemplate, GroupValues, Value, compile_template, read_picture
from memos.prepared import paragraphs, text

FORMAT = 1


@dataclass(frozen=True)
class Deed:
    """One act as the page tells it. ``when`` and ``what`` are words of the paper: Thai, Arabic digits."""

    who: str
    titles: tuple[str, ...]
    capacity: str
    what: str
    when: str
    words: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class Evidence:
    """``hash`` is the issuing act's, ``url`` the page that asks for a code; ``seal`` tells of the certificate."""

    authority: str
    title: tuple[str, ...]
    subject: str
    number: str
    secrecy: str
    signed: str
    code: str
    url: str
    hash: str
    content_sha256: str
    memo_sha256: str
    measures_sha256: str
    deeds: tuple[Deed, ...]
    seal: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"format": FORMAT, **dataclasses.asdict(self)}


def page(evidence: Evidence) -> bytes:
    """The page as .docx. DocumentProblem for words that paper cannot carry; OSError when the template is missing."""
    values: dict[str, Value] = {
        "คิวอาร์": read_picture(code_picture(f"{evidence.url}{evidence.code}")),
        "ชั้นความลับ": text(evidence.secrecy),
        "หน่วยงาน": text(evidence.authority),
        "ชื่อรายงาน": [" ".join(line for part in evidence.title for line in text(part))],
        "เรื่อง": text(evidence.subject),
        "ที่": text(evidence.number),
        "ลงนามเมื่อ": text(evidence.signed),
        # Codes, hashes and addresses are copied by hand and by machine: they keep their Arabic digits.
        "รหัสตรวจสอบ": [evidence.code],
        "หน้าตรวจสอบ": [evidence.url],
        "แฮชเนื้อหา": [evidence.content_sha256],
        "แฮชบันทึกข้อความ": [evidence.memo_sha256],
        "แฮชตารางมาตรการ": [evidence.measures_sha256],
        "ตราประทับ": list(evidence.seal),
    }
    deeds = [GroupValues(_values(number, deed)) for number, deed in enumerate(evidence.deeds, 1)]
    return _template().fill(values, {"opinion": deeds})


def _values(number: int, deed: Deed) -> dict[str, Value]:
    return {
        "ผู้กระทำ": text(f"{number}. {deed.who}"),
        "ตำแหน่งผู้กระทำ": text(" ".join(deed.titles)),
        "ฐานะ": text(f"({deed.capacity})" if deed.capacity else ""),
        "การกระทำ": text(f"{deed.what}  {deed.when}"),
        "ความเห็น": [f"“{' '.join(lines)}”"] if (lines := paragraphs(deed.words)) else [],
        "แฮชการกระทำ": [f"{thai.printed(f'แฮชของการกระทำที่ {deed.sequence}')}  {deed.hash}"],
    }


def code_picture(content: str) -> bytes:
    """A QR code as PNG, readable from a scan of the page."""
    picture = io.BytesIO()
    segno.make(content, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    return picture.getvalue()


@functools.cache
def _template() -> CompiledTemplate:
    return compile_template((Path(settings.DOCX_TEMPLATES_DIR) / "evidence.docx").read_bytes(), "evidence")
