"""Columns wide enough for headings to be broken between words.

Word and LibreOffice break Thai at the syllables of their dictionaries, "ดำเนิน|การ" as well as "วิธี|การ", and nothing
in the text may forbid it: the text is the form's. So the column is made a little wider where a heading would break so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from memos.docx.widths import PADDING, advance, fitted

# The words of headings of measure tables; at a bar dictionaries would break them.
_WORDS = """
กลุ่ม|เป้า|หมาย กลไก กอง การ กำกับ กำหนด กิจกรรม แก้ไข ของ ขั้น|ตอน ข้อ ข้อ|บกพร่อง ข้อมูล ข้อ|เสนอ|แนะ ข้อ|สังเกต
ความ ความ|เสี่ยง ความ|สำเร็จ ความ|โปร่งใส ความ|ก้าว|หน้า คะแนน คุณธรรม โครงการ งบ|ประมาณ งาน จริยธรรม จาก จำนวน จุด|อ่อน
จุด|แข็ง ช่วง|เวลา ใช้ ด้าน ดำเนิน|การ ดำเนิน|งาน โดย ได้ ได้|รับ ตรวจสอบ ต้อง ต่อ ตอบ ตัว|ชี้|วัด ตาม ติดตาม ที่ แนวทาง ใน
บรรลุ บริหาร บุคลากร เบิก|จ่าย ประจำ ประจำ|ปี ประชาชน ประเด็น ประเมิน ประโยชน์ ปรับปรุง ปฏิบัติ ปฏิบัติ|การ ปฏิบัติ|งาน ปัจจัย
ปัญหา ปี ปี|งบ|ประมาณ เป็น เป้า|หมาย แผน|งาน ผล ผล|ผลิต ผลลัพธ์ ผล|สำเร็จ ผล|สัมฤทธิ์ ผู้ ผู้|รับ|ผิด|ชอบ ผู้|เกี่ยว|ข้อง พัฒนา
เพิ่ม|เติม เพื่อ ภาค|รัฐ ภายใน มาตรการ มี ไม่ ยุทธศาสตร์ ระดับ ระบบ ระยะ|เวลา รับ|ผิด|ชอบ รายงาน รายละเอียด ไตรมาส เรื่อง ลำดับ
และ วัตถุประสงค์ วิเคราะห์ วิธี|การ สถานะ ส่ง|เสริม ส่วน|ราชการ สรุป สอด|คล้อง สาเหตุ หน่วย|งาน หมาย|เหตุ หรือ หลัก|ฐาน หัวข้อ
เหตุผล อุปสรรค เอกสาร อ้าง|อิง
"""
_PIECES = {word.replace("|", ""): word.split("|") for word in _WORDS.split()}
# A known word, or one letter with its marks and the vowel before it; a slash or hyphen stays with what it ends.
_TOKEN = re.compile(
    "(?:"
    + "|".join(sorted(_PIECES, key=len, reverse=True))
    + r"|[!-~]+?(?=[/-]|[^!-~]|$)|[เแโใไ]?[^\s][ะาำๅัิ-ฺ็-๎]*)[/-]?|\s+"
)
# Bold letters are so much wider than the regular ones, in per cent: as little and as much as a whole line may be.
_BOLD_LEAST, _BOLD_MOST = 102, 106
# The margins of a template's cells may be smaller than Word's by so much, in 1/1000 em.
_SMALLER_MARGINS = 220
_MOST_WIDENED, _STEP = (
    130,
    1,
)  # a column grows by three tenths at most to spare its heading a break, in per cent
_ROUNDS, _ENDLESS = 4, 1 << 30
# Where there is not room for everything, no cell's words claim more than so much of an equal share, in per cent.
_MOST_OF_FAIR = 110
# Without end or sense, a heading is still read: it claims room enough for so many lines.
_MOST_LINES = 8


class _Token(NamedTuple):
    """A word: the width of the whole, of the least piece that may stay behind on a line, and whether it is a blank."""

    whole: int
    first: int
    is_blank: bool


class Headed(NamedTuple):
    """A column: its heading, the width in which parts of the heading stay together, and the width that its cells want.

    Widths in twentieths of a point.
    """

    heading: str
    whole: int
    least: int


def columns_for(
    room: int, shares: tuple[int, ...], columns: tuple[Headed, ...], half_points: int
) -> list[int]:
    """The widths of columns, in twentieths of a point: `room` shared out (see widths.fitted), so that headings break well."""
    return list(_columns_for(room, shares, columns, half_points))


@lru_cache(maxsize=256)
def _columns_for(
    room: int, shares: tuple[int, ...], columns: tuple[Headed, ...], half_points: int
) -> tuple[int, ...]:
    headings = [column.heading for column in columns]
    wanted = _claims(room, columns, half_points)
    best, fewest = fitted(room, shares, wanted), len(headings) + 1
    for _round in range(_ROUNDS):
        widths = fitted(room, shares, wanted)
        ems = [(width - PADDING) * 100 // half_points for width in widths]
        unbroken = [_unbroken(heading, em) for heading, em in zip(headings, ems, strict=True)]
        broken = [wider != em for wider, em in zip(unbroken, ems, strict=True)]
        if sum(broken) < fewest:
            best, fewest = widths, sum(broken)
        if not fewest:
            break
        more = [
            max(wider * half_points // 100 + PADDING + 1 - want, 0) if breaks else 0
            for want, wider, breaks in zip(wanted, unbroken, broken, strict=True)
        ]
        wanted = _with_room_for(room, wanted, more)
    return tuple(best)


def _with_room_for(room: int, wanted: Sequence[int], more: Sequence[int]) -> list[int]:
    """What is wanted and as much more as there is room for, for the smallest claims first."""
    granted, left = list(wanted), room - sum(wanted)
    for index in sorted(range(len(more)), key=more.__getitem__):
        if more[index] <= left:
            granted[index] += more[index]
            left -= more[index]
    return granted


def _claims(room: int, columns: Sequence[Headed], half_points: int) -> list[int]:
    """What each column wants at least. Where there is no room for it, headings want whole words only, then cells give way."""
    readable = [_readable(column.heading) * half_points // 100 + PADDING for column in columns]
    claims = [max(column.whole, column.least, want) for column, want in zip(columns, readable, strict=True)]
    if sum(claims) <= room:
        return claims
    words = [_longest_word(column.heading) * half_points // 100 + PADDING for column in columns]
    if sum(words) > room:
        return claims
    fair = room * _MOST_OF_FAIR // 100 // len(columns)
    cap = next((cap for cap in range(fair, 0, -20) if sum(_capped(words, columns, readable, cap)) <= room), 0)
    return _capped(words, columns, readable, cap)


def _capped(words: Sequence[int], columns: Sequence[Headed], readable: Sequence[int], cap: int) -> list[int]:
    return [
        max(word, min(max(column.least, want), cap))
        for word, column, want in zip(words, columns, readable, strict=True)
    ]


def _longest_word(heading: str) -> int:
    """The widest known word in 1/1000 em, in bold letters."""
    known = (token.whole for line in heading.split("\n") for token in _tokens(line))
    return max(known, default=0) * _BOLD_MOST // 100


def _readable(heading: str) -> int:
    """The width in 1/1000 em in which a heading takes no more lines than one may."""
    return max((advance(line) for line in heading.split("\n")), default=0) * _BOLD_MOST // 100 // _MOST_LINES


@lru_cache(maxsize=512)
def _unbroken(heading: str, width: int) -> int:
    """The width in 1/1000 em, this or a little more, in which no known word is broken; 0 if there is none."""
    lines = [_tokens(line) for line in heading.split("\n")]
    wider = width
    while wider * 100 <= width * _MOST_WIDENED:
        narrow = [_filled(line, wider * 100 // _BOLD_MOST) for line in lines]
        roomy = [_filled(line, (wider + _SMALLER_MARGINS) * 100 // _BOLD_LEAST) for line in lines]
        if not any(breaks for breaks, _next in narrow + roomy):
            return wider
        wider = min(
            min(room for _breaks, room in narrow) * _BOLD_MOST // 100 + 1,
            max(min(room for _breaks, room in roomy) * _BOLD_LEAST // 100 + 1 - _SMALLER_MARGINS, wider + 1),
        )
    return 0


@lru_cache(maxsize=512)
def _tokens(line: str) -> tuple[_Token, ...]:
    return tuple(_each_token(line))


def _each_token(line: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(line):
        words = found[0]
        pieces = _PIECES.get(words.rstrip("/-"), [words])
        yield _Token(advance(words), advance(words if len(pieces) == 1 else pieces[0]), words.isspace())


def _filled(tokens: Sequence[_Token], room: int) -> tuple[bool, int]:
    """Whether a word is broken when each line takes as much as it can hold; the next room that makes any difference."""
    taken, breaks, following = 0, False, _ENDLESS
    for whole, first, is_blank in tokens:
        if taken + whole <= room:
            taken += whole
            continue
        following = min(following, taken + whole)
        breaks = breaks or (first < whole and (taken + first <= room or whole > room))
        taken = 0 if is_blank else whole
    return breaks, following
