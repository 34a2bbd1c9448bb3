"""Letters that stand where they cannot: two kinds of digits, foreign script in a word, marks without a base, dots to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import thai
from memos.checks.rule import Note, Rule, note, quoted
from memos.checks.view import Text, View

_THAI: Final = "\u0e01-\u0e3a\u0e40-\u0e4e"
_KEPT: Final = re.compile(r"(?:https?://|www\.)\S+|[A-Za-z0-9._+-]{1,64}@\S+|[A-Za-z][A-Za-z0-9๐-๙._/-]*")
# The letter stands before the look-behind everywhere below: Python then skips to the few places that can match.
_GLUED: Final = re.compile(f"[a-z](?<=[{_THAI}][a-z])[a-z]+(?=[{_THAI}])")
# Written without a space by nearly everybody.
_LOANS: Final = frozenset(
    {"app", "application", "clip", "email", "facebook", "fanpage", "fax", "file", "form", "google", "inbox"}
    | {"internet", "intranet", "line", "link", "login", "online", "pdf", "tiktok", "vdo", "video", "web"}
    | {"website", "youtube", "zoom"}
)
_OTHER_LETTER: Final = "[^\x00-\u024f\u0e00-\u0e7f\u2000-\u2bff](?<=[^\\W\\d_])"
_OTHER_SCRIPT: Final = re.compile(f"{_OTHER_LETTER}(?:(?<=[{_THAI}].)|(?=[{_THAI}]))")
_CONSONANT, _ABOVE, _BELOW, _TONE = "ก-ฮ", "\u0e31\u0e34-\u0e37\u0e47\u0e4d", "\u0e38-\u0e3a", "\u0e48-\u0e4b"
_SIGNS: Final = f"{_CONSONANT}{_ABOVE}{_BELOW}"


def _not_after(signs: str, base: str) -> str:
    return f"[{signs}](?<![{base}][{signs}])"


_BROKEN: Final = re.compile(
    "|".join(
        [
            _not_after(_ABOVE + _BELOW, _CONSONANT),
            _not_after(f"{_TONE}\u0e4c", _SIGNS),
            _not_after("\u0e33", _CONSONANT + _TONE),  # ำ
            _not_after("\u0e30", f"{_SIGNS}{_TONE}\u0e32"),  # ะ, also in เกาะ
            _not_after("\u0e32", _SIGNS + _TONE),  # า
            f"[เ-ไ](?![{_CONSONANT}])",
        ]
    )
)
_DIGIT, _THAI_DIGIT = re.compile("[0-9]"), re.compile("[๐-๙]")
_FILLED: Final = re.compile(r"(?<![.…])[.…]{2,}+[ ]?([^\s.…]{1,20})[ ]?[.…]{2,}+")
_UNFILLED: Final = re.compile(r"\.{4,}|…{2,}|_{4,}")


def mixed_digits(view: View) -> Iterator[Note]:
    """Outside of addresses and words with Latin letters, where digits stay as they are."""
    for text in view.texts:
        if not (_THAI_DIGIT.search(text.text) and _DIGIT.search(text.text)):
            continue
        bare = _KEPT.sub("", text.text)
        if _THAI_DIGIT.search(bare) and _DIGIT.search(bare):
            yield note(text, _("มีทั้งเลขไทยและเลขอารบิกในข้อความเดียวกัน"))


def _around(text: str, found: re.Match[str]) -> str:
    """The place with a few letters on either side; a mark whose consonant was cut off is left out."""
    before = text[max(0, found.start() - 8) : found.start()].lstrip(f"{_ABOVE}{_BELOW}{_TONE}\u0e4c")
    cut = "…" if found.start() > 8 else "", "…" if found.end() + 8 < len(text) else ""
    return f"{cut[0]}{quoted(before + text[found.start() : found.end() + 8])}{cut[1]}"


def foreign_letters(view: View) -> Iterator[Note]:
    for text in view.texts:
        glued = (found for found in _GLUED.finditer(text.plain) if found[0] not in _LOANS)
        found = next(glued, None) or _OTHER_SCRIPT.search(text.plain)
        if found is not None:
            yield note(text, _("มีอักษรต่างภาษาอยู่กลางคำไทย: “%(text)s”") % {"text": _around(text.plain, found)})


def broken_marks(view: View) -> Iterator[Note]:
    for text in view.texts:
        if _BROKEN.search(text.plain) is None:
            continue
        normal = thai.normalise(text.plain)  # Marks in another order than ours are no fault of the paper.
        if (found := _BROKEN.search(normal)) is not None:
            yield note(text, _("สระหรือวรรณยุกต์อยู่ผิดที่: “%(text)s”") % {"text": _around(normal, found)})


def _dots(text: Text) -> tuple[bool, re.Match[str] | None]:
    """Whether something stands between dots, and the dots that nothing was written on."""
    if not any(run in text.plain for run in ("..", "…", "____")):
        return False, None
    rest = _FILLED.sub(r"\1", text.plain)
    return rest != text.plain, _UNFILLED.search(rest)


def unfilled_dots(view: View) -> Iterator[Note]:
    for text in view.texts:
        if _dots(text)[1] is not None:
            yield note(text, _("ยังมีจุดไข่ปลาที่ไม่ได้เติม"))


def filled_dots(view: View) -> Iterator[Note]:
    for text in view.texts:
        filled, unfilled = _dots(text)
        if filled and unfilled is None:
            found = _FILLED.search(text.plain)
            assert found is not None
            sentence = _("เติมแล้วแต่ยังมีจุดไข่ปลาเหลืออยู่: “%(text)s”") % {"text": _around(text.plain, found)}
            yield note(text, sentence)


RULES = (
    Rule(
        "mixed-digits",
        "word",
        gettext_lazy("เลขไทยปนเลขอารบิก"),
        gettext_lazy("กระดาษพิมพ์เลขไทยทั้งหมด ข้อความที่ปนกันมักมาจากการคัดลอกหรือสแกน"),
        mixed_digits,
    ),
    Rule(
        "foreign-letters",
        "word",
        gettext_lazy("อักษรต่างภาษากลางคำไทย"),
        gettext_lazy("อักษรโรมัน ลาว หรืออื่น ๆ ที่ติดอยู่กลางคำ มักมาจากการสแกนหรือคัดลอก"),
        foreign_letters,
    ),
    Rule(
        "broken-marks",
        "word",
        gettext_lazy("สระหรือวรรณยุกต์ผิดที่"),
        gettext_lazy("สระหรือวรรณยุกต์ที่ไม่มีพยัญชนะรองรับ หรือซ้อนกันผิดแบบ"),
        broken_marks,
    ),
    Rule(
        "unfilled-dots",
        "word",
        gettext_lazy("จุดไข่ปลาที่ยังไม่ได้เติม"),
        gettext_lazy("เช่น “จำนวน.......แห่ง”"),
        unfilled_dots,
    ),
    Rule(
        "dots-left",
        "information",
        gettext_lazy("จุดไข่ปลาที่เติมแล้ว"),
        gettext_lazy("เช่น “จำนวน..4...ช่องทาง” เติมแล้ว แต่ควรลบจุดออก"),
        filled_dots,
    ),
)
