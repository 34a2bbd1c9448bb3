"""Codes of the assessment's questions and items: I1–I30, E1–E15, O1–O43, or what the year has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import assessment, language
from memos.checks.rule import Note, Rule, note, quoted
from memos.checks.view import Part, Text, View

_CODE: Final = re.compile(r"(?<![A-Za-z0-9])([IEO])([ .-]{0,2})(\d{1,3})(?![\dA-Za-z])")
_ZERO_FOR_O: Final = re.compile(r"ข้อ\s*(0(\d{2}))(?!\d)")
_BARE: Final = re.compile(r"\s*(\d{1,2})\s+(?=[ก-ฮเ-ไ])")
_QUESTION: Final = re.compile("มากน้อยเพียงใด|หรือไม่|ของท่าน|ที่ท่าน|ท่าน")


def _misread(text: str) -> Iterator[str]:
    """ข้อ 019: the letter O was read as a zero."""
    for found in dict.fromkeys(_ZERO_FOR_O.findall(text)):
        yield _("“ข้อ %(read)s” น่าจะเป็น %(code)s") % {
            "read": language.shown(found[0]),
            "code": f"O{int(found[1])}",
        }


def _malformed(text: str, known: dict[str, range], years: str) -> Iterator[str]:
    for letter, between, digits in dict.fromkeys(_CODE.findall(text)):
        code = f"{letter}{int(digits)}"
        if int(digits) not in known[letter]:
            yield _("ไม่มีรหัส %(code)s ในการประเมินปี %(years)s") % {"code": f"{letter}{digits}", "years": years}
        elif between or digits.startswith("0"):
            yield _("รหัส “%(written)s” ควรเขียนเป็น %(code)s") % {
                "written": f"{letter}{between}{digits}",
                "code": code,
            }


def _without_letter(text: Text, among_codes: bool) -> Iterator[str]:
    """๗ ท่านรู้…: a question whose I or E was lost. Asked where the table names others by code, or of what is a question."""
    found = _BARE.match(text.plain)
    if found is not None and (among_codes or _QUESTION.search(text.plain)):
        yield _("“%(text)s” ขึ้นต้นด้วยเลขที่ไม่มีตัวอักษร I, E หรือ O") % {"text": quoted(text.plain, 25)}


def question_codes(view: View) -> Iterator[Note]:
    """Known in the assessment answered or in the one filed in: a report may name both."""
    of_years = [assessment.question_codes(year) for year in (view.years.assessed, view.years.filed)]
    known = {letter: max((codes[letter] for codes in of_years), key=len) for letter in of_years[0]}
    years = "/".join(sorted({language.shown(year) for year in (view.years.assessed, view.years.filed)}))
    bare = dict(_bare_topics(view))
    for text in view.texts:
        sentences = [
            *_misread(text.plain),
            *_malformed(text.plain, known, years),
            *bare.get(text.place.url, ()),
        ]
        if sentences:
            yield note(text, " ".join(sentences))


def _bare_topics(view: View) -> Iterator[tuple[str, list[str]]]:
    for part in view.parts:
        among = _names_codes(part)
        for cell in part.cells("topic"):
            yield cell.place.url, list(_without_letter(cell, among))


def _names_codes(part: Part) -> bool:
    return any(_CODE.match(cell.plain.strip()) for cell in part.cells("topic"))


RULES = (
    Rule(
        "question-code",
        "word",
        gettext_lazy("รหัสข้อคำถามไม่มีในปีนั้นหรือเขียนผิด"),
        gettext_lazy("รหัสของแบบวัด IIT (I), EIT (E) และข้อเปิดเผยข้อมูล OIT (O) ของปีการประเมินที่วิเคราะห์หรือที่ยื่น เช่น ข้อ 019 ควรเป็น O19"),
        question_codes,
    ),
)  # fmt: skip
