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
_ROUNDS = 4
# Without end or sense, a heading is still read: it claims room enough for so many lines.
_MOST_LINES = 8


class _Token(NamedTuple):
    """A word: the width of the whole, of the least piece that may stay behind on a line, and whether it is a blank."""

    whole: int
    first: int
    is_blank: bool


def columns_for(
    room: int,
    shares: tuple[int, ...],
    least: tuple[int, ...],
    headings: tuple[str, ...],
    half_points: int,
) -> list[int]:
    """The widths of columns, in twentieths of a point: `room` shared out (see widths.fitted), so that headings break well."""
    return list(_columns_for(room, shares, least, headings, half_points))


@lru_cache(maxsize=256)
def _columns_for(
    room: int,
    shares: tuple[int, ...],
    least: tuple[int, ...],
    headings: tuple[str, ...],
    half_points: int,
) -> tuple[int, ...]:
    claims = [_readable(heading) * half_points // 100 + PADDING for heading in headings]
    wanted = [max(want, claim) for want, claim in zip(least, claims, strict=True)]
    best, fewest = fitted(room, shares, wanted), len(headings) + 1
    for _round in range(_ROUNDS):
        widths = fitted(room, shares, wanted)
        ems = [(width - PADDING) * 100 // half_points for width in widths]
        unbroken = [_unbroken(heading, em) for heading, em in zip(headings, ems, strict=True)]
        broken = [wider != em for wider, em in zip(unbroken, ems, strict=True)]
        if sum(broken) < fewest:
            best, fewest = widths, sum(broken)
        wanted = [
            max(want, wider * half_points // 100 + PADDING + 1) if breaks else want
            for want, wider, breaks in zip(wanted, unbroken, broken, strict=True)
        ]
        if not fewest or sum(wanted) > room:
            break
    return tuple(best)


def _readable(heading: str) -> int:
    """The width in 1/1000 em in which a heading takes no more lines than one may."""
    return max((advance(line) for line in heading.split("\n")), default=0) * _BOLD_MOST // 100 // _MOST_LINES


def _unbroken(heading: str, width: int) -> int:
    """The width in 1/1000 em, this or a little more, in which no known word is broken; 0 if there is none."""
    lines = [_tokens(line) for line in heading.split("\n")]
    for per_cent in range(100, _MOST_WIDENED + 1, _STEP):
        wider = width * per_cent // 100
        rooms = wider * 100 // _BOLD_MOST, (wider + _SMALLER_MARGINS) * 100 // _BOLD_LEAST
        if not any(_breaks(line, held) for line in lines for held in rooms):
            return wider
    return 0


@lru_cache(maxsize=512)
def _tokens(line: str) -> tuple[_Token, ...]:
    return tuple(_each_token(line))


def _each_token(line: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(line):
        words = found[0]
        pieces = _PIECES.get(words.rstrip("/-"), [words])
        yield _Token(advance(words), advance(words if len(pieces) == 1 else pieces[0]), words.isspace())


def _breaks(tokens: Sequence[_Token], width: int) -> bool:
    """Whether a word is broken when each line takes as much as it can hold."""
    taken = 0
    for whole, first, is_blank in tokens:
        if taken + whole <= width:
            taken += whole
        elif is_blank:
            taken = 0
        elif first < whole and (taken + first <= width or whole > width):
            return True
        else:
            taken = whole
    return False
