"""Personal data that has no business in a report which is published: national ID and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memos.checks.rule import Note, Rule, note
from memos.checks.view import View

THIRTEEN: Final = re.compile(r"(?<![\d-])[1-8](?:[ -]?\d){12}(?![\d-])")
_EDGE, _END = r"(?<![\d,/+-])(?<!\d\.)", r"(?![\d])"
MOBILE: Final = re.compile(
    rf"(?:{_EDGE}(?:0|\+66[ -]?)[689]\d[ -]?\d{{3}}[ -]?\d{{4}}|{_EDGE}0[689][ -]?\d{{4}}[ -]?\d{{4}}){_END}"
)
LANDLINE: Final = re.compile(
    rf"{_EDGE}(?:0[ -]?[2-7]\d{{3}}[ -]?\d{{4}}|02[ -]?\d{{3}}[ -]?\d{{4}}|0[3-7]\d[ -]?\d{{3}}[ -]?\d{{3}}){_END}"
)


def is_national_id(digits: str) -> bool:
    """Thirteen Arabic digits whose last one is the check digit: 11 less the weighted sum (13, 12, … 2) modulo 11.

    Persons' numbers begin with 1–8; companies' tax numbers, which may be published, with 0.
    """
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()) or digits[0] in "09":
        return False
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == int(digits[12])


def holds_national_id(text: str) -> bool:
    """``text`` with Arabic digits; hyphens and spaces may stand between them."""
    return any(is_national_id(re.sub("[ -]", "", found)) for found in THIRTEEN.findall(text))


def holds_mobile(text: str) -> bool:
    return MOBILE.search(text) is not None


def holds_landline(text: str) -> bool:
    return LANDLINE.search(text) is not None


def national_ids(view: View) -> Iterator[Note]:
    for text in view.texts:
        if holds_national_id(text.plain):
            yield note(text, _("มีเลขประจำตัวประชาชน รายงานนี้จะเผยแพร่ โปรดลบออก"))


def phones(view: View) -> Iterator[Note]:
    """The office's landline belongs in the memo's ส่วนราชการ and may stand around tables; a mobile one is somebody's own."""
    for text in view.texts:
        mobile = text.where not in ("office",) and holds_mobile(text.plain)
        if mobile or (text.where == "cell" and holds_landline(text.plain)):
            yield note(text, _("มีหมายเลขโทรศัพท์ รายงานนี้จะเผยแพร่ โปรดตรวจว่าเปิดเผยได้"))


RULES = (
    Rule(
        "national-id",
        "word",
        gettext_lazy("เลขประจำตัวประชาชน"),
        gettext_lazy("เลข 13 หลักที่ถูกต้องตามเลขตรวจสอบ ไม่ควรอยู่ในรายงานที่เผยแพร่"),
        national_ids,
    ),
    Rule(
        "phone-number",
        "word",
        gettext_lazy("หมายเลขโทรศัพท์"),
        gettext_lazy("หมายเลขมือถือทุกแห่ง และหมายเลขประจำที่ในช่องของตาราง หมายเลขของสำนักงานในหัวบันทึกไม่นับ"),
        phones,
    ),
)
