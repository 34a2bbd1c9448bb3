"""What cannot go on paper: characters that no printer can draw or that turn the text around them. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ita_core.wording import Grouped
from ita_core.wording import worded as _

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    chr(p << 16 | 0xFFFE) + chr(p << 16 | 0xFFFF) for p in range(17)
)
_UNPRINTABLE: Final = re.compile(
    "(?P<control>[\x00-\x08\x0b-\x1f\x7f-\x9f])"
    "|(?P<surrogate>[\ud800-\udfff])"
    f"|(?P<noncharacter>[{_NONCHARACTERS}])"
    "|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010ffff])"
    "|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
)

# The same characters in one set, as far as two bytes hold them, and all that two bytes do not hold: a set within two
# bytes is looked for twenty times as fast, and the rest is rare.
_PERHAPS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
LONGEST: Final = 20_000

# Drawn as nothing, though their categories are those of letters, marks and symbols: fillers, joiners, blanks.
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {
    chr(n) for n in range(0xFE00, 0xFE10)
}


def is_blank(text: str) -> bool:
    """Whether a reader of the paper would see nothing: spaces of every kind, format and control characters."""
    return all(
        unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Zs") or letter in _BLANK_LETTERS
        for letter in text
    )


def _what(kind: str) -> str:
    match kind:
        case "control":
            return _("อักขระควบคุมที่มองไม่เห็น")
        case "surrogate":
            return _("อักขระที่เสียหาย (มาเพียงครึ่งตัว)")
        case "noncharacter":
            return _("รหัสที่ไม่ใช่ตัวอักษร")
        case "private":
            return _("อักขระเฉพาะของแบบอักษรบางชุด (มักติดมาจากการคัดลอกไฟล์ PDF)")
    return _("อักขระสั่งกลับทิศทางข้อความที่มองไม่เห็น")


def may_hold_unprintable(text: str) -> bool:
    """Whether it is worth asking `problem_in`; False says that no character of the text is unprintable."""
    if (
        text.isprintable()
    ):  # No line feeds, but what is refused here is in Unicode's sense unprintable as well.
        return False
    beyond_two_bytes = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    return beyond_two_bytes or _PERHAPS.search(text) is not None


def problem_in(text: str, limit: int = LONGEST) -> str | None:
    """What keeps this text from being printed, as one sentence that says where; None if nothing.

    Meant for normalised text (a bare CR is a control character here). `limit` is in characters.
    Zero-width space, joiner and non-joiner, emoji and stacked marks are not faults: they print as they are.
    """
    if len(text) > limit:
        return _(
            "ข้อความยาว %(length)s ตัวอักษร เกินกว่าที่รับได้ (%(limit)s ตัวอักษร) โปรดย่อหรือแบ่งข้อความ",
            length=Grouped(len(text)),
            limit=Grouped(limit),
        )
    if not may_hold_unprintable(text) or (found := _UNPRINTABLE.search(text)) is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    place = found.start() - text.rfind("\n", 0, found.start())
    # The code point is a name with Latin letters, so its digits stay as they are.
    return _(
        "บรรทัดที่ %(line)s ตัวอักษรที่ %(place)s มี%(what)s (%(code)s) ซึ่งพิมพ์ลงกระดาษไม่ได้ โปรดลบออกหรือพิมพ์ใหม่",
        line=line,
        place=place,
        what=_what(str(found.lastgroup)),
        code=f"U+{ord(found[0]):04X}",
    )
