"""Passwords that somebody who knows the office would try: its words and names, and common ones typed on the other keyboard.

Django's list of the 20,000 commonest ones is asked for the whole password; here it is asked for its core, without the
figures and marks around it, and as it reads when the keyboard stood on the other language. Nothing is asked of the network.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The keys of the Thai (Kedmanee) keyboard beside those of the Latin one, plain and with Shift.
_LATIN = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_THAI = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_LATIN = str.maketrans(_THAI, _LATIN)
_TO_THAI = str.maketrans(_LATIN, _THAI)
# What is written on every door and every memo of an authority, in both scripts.
WORDS = (
    "องค์การบริหารส่วนตำบล", "เทศบาล", "อบต", "ปลัด", "นายก", "นิติกร", "รายงาน", "มาตรการ", "คุณธรรม", "ความโปร่งใส",
    "บันทึกข้อความ", "ลงนาม", "รหัสผ่าน", "ราชการ", "ประเทศไทย", "สวัสดี",
    "password", "passw0rd", "admin", "welcome", "integrity", "transparency", "tessaban", "thesaban", "nitikorn",
    "palad", "nayok", "ratchakan", "thailand", "sawasdee", "qwerty", "asdfgh", "letmein",
)  # fmt: skip
NEW_LETTERS = 6
"""So many letters must be left of a password when the words that anybody here knows are taken out of it."""


class KnownWordsValidator:
    """Refuses a password that is little more than words of the trade, names of the person's authority, or a common one."""

    def __init__(self) -> None:
        self._common = CommonPasswordValidator()

    def validate(self, password: str, user: Any = None) -> None:
        known = [*WORDS, *_names(user)]
        for reading in (password, password.translate(_TO_LATIN), password.translate(_TO_THAI)):
            if self._is_common(reading) or _is_known(reading, known):
                raise ValidationError(
                    _("รหัสผ่านนี้เดาได้จากคำที่ใช้กันทั่วไปหรือชื่อหน่วยงานของท่าน แม้พิมพ์ด้วยแป้นอีกภาษา โปรดใช้คำอื่นหลายคำต่อกัน"),
                    code="password_known_words",
                )

    def get_help_text(self) -> str:
        return _("ไม่ใช้ชื่อหน่วยงานหรือคำที่ใช้ในงานราชการเป็นหลัก")

    def _is_common(self, reading: str) -> bool:
        core = _letters(reading)
        halves = {core, core[: len(core) // 2] if core[: len(core) // 2] * 2 == core else core}
        return any(half in self._common.passwords for half in halves if half)


def _letters(text: str) -> str:
    return (
        re.sub(r"[\W\d_]+", "", text.lower())
        if text.isascii()
        else re.sub(r"[\s\d!-/:-@\[-`{-~๐-๙]+", "", text)
    )


def _is_known(reading: str, known: list[str]) -> bool:
    left = reading.lower()
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word.lower(), " ")
    return left != reading.lower() and len(_letters(left)) < NEW_LETTERS


def _names(user: Any) -> list[str]:
    """Of every authority that the person has or had a post in. One query; none for somebody not yet entered."""
    if user is None or user.pk is None:
        return []
    rows = user.appointments.values_list(
        *(f"post__organisation__{field}" for field in ("name", "slug", "district", "province"))
    ).distinct()
    names = {name for row in rows for name in row} | {part for row in rows for part in row[1].split("-")}
    return [name for name in names if len(name) >= 3]
