"""The usual sentences of a memo's body, in the order of its grammar, with the facts of a report in their places.

data/phrases.json holds them: ``within`` marks words that go into a sentence; all others are paragraphs. A gap that only
the writer can fill is written ``…``.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from memos.models import Report

PHRASES = Path(__file__).parent / "data" / "phrases.json"
KINDS = {
    "opening": _("ขึ้นต้นเรื่อง"),
    "matter": _("เนื้อเรื่อง"),
    "headed": _("ย่อหน้าที่มีหัวข้อ"),
    "closing": _("ลงท้าย"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    within: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    phrases: tuple[Phrase, ...]


@functools.cache
def _shipped() -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    groups = json.loads(PHRASES.read_text(encoding="utf-8"))
    return tuple((group["kind"], tuple(Phrase(**phrase) for phrase in group["phrases"])) for group in groups)


def for_report(report: Report) -> list[Group]:
    """The report with its organisation and memo in hand."""
    facts = {
        "{หน่วยงาน}": report.organisation.full_name,
        "{ส่วนราชการ}": report.memo.office.split("\n")[0].strip() or report.organisation.full_name,
        "{ปีงบประมาณ}": str(report.fiscal_year),
        "{ปีที่วิเคราะห์}": str(report.assessed_year),
    }
    return [
        Group(str(KINDS[kind]), tuple(_filled(phrase, facts) for phrase in phrases))
        for kind, phrases in _shipped()
    ]


def _filled(phrase: Phrase, facts: dict[str, str]) -> Phrase:
    text = phrase.text
    for name, fact in facts.items():
        text = text.replace(name, fact)
    return Phrase(text, phrase.within)
