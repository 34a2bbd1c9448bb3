"""What the columns of such tables are called: the usual words, the many spellings of five real reports, and their likeness."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from ita_core import thai

# Field key → headings seen on paper. The longest that fits a heading's beginning decides, so short ones do no harm.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "topic": ("หัวข้อการประเมิน", "หัวข้อการประเมิน/ตัวชี้วัด", "ตัวชี้วัด", "หัวข้อ", "ด้านการประเมิน", "ประเด็นการประเมิน", "เครื่องมือการประเมิน"),
    "issue": (
        "ประเด็น", "ประเด็นที่ต้องพัฒนา", "ประเด็นที่ต้องปรับปรุง", "ประเด็นที่ต้องปรับปรุงแก้ไข/ประเด็นที่ต้องพัฒนา", "ประเด็นปัญหา",
        "ข้อบกพร่อง", "จุดอ่อน", "ข้อบกพร่อง/จุดอ่อน", "จุดที่ต้องพัฒนา", "สภาพปัญหา", "ปัญหาที่พบ", "ข้อค้นพบ",
    ),
    "measure": (
        "มาตรการ", "แนวทาง", "มาตรการ/แนวทาง", "มาตรการหรือแนวทาง", "มาตรการ/กิจกรรม", "มาตรการหรือกิจกรรม", "กิจกรรม", "โครงการ",
        "โครงการ/กิจกรรม", "กิจกรรม/โครงการ", "มาตรการ/กิจกรรมที่ดำเนินการ", "มาตรการ/โครงการ/กิจกรรม", "มาตรการ/แนวทางแก้ไข",
        "มาตรการหรือกิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    ),
    "method": (
        "วิธีการ", "วิธีการดำเนินการ", "วิธีการดำเนินงาน", "วิธีดำเนินการ", "วิธีดำเนินงาน", "วิธีการปฏิบัติ", "ขั้นตอน", "ขั้นตอนหรือวิธีการ",
        "ขั้นตอนการดำเนินการ", "ขั้นตอนการดำเนินงาน", "ขั้นตอน/วิธีการ", "แนวทางการดำเนินการ", "แนวทางการดำเนินงาน", "แนวทางปฏิบัติ",
        "ขั้นตอนหรือวิธีการ/มาตรการในการปรับปรุงพัฒนา", "รายละเอียดการดำเนินการ",
    ),
    "responsible": (
        "ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "หน่วยงานผู้รับผิดชอบ", "ส่วนราชการที่รับผิดชอบ", "ส่วนงานที่รับผิดชอบ",
        "สำนัก/กอง", "หน่วยงาน", "ผู้ดำเนินการ", "ผู้รับผิดชอบหลัก", "กองที่รับผิดชอบ", "ผู้รับผิดชอบดำเนินการ",
    ),
    "period": (
        "ระยะเวลา", "ระยะเวลาดำเนินการ", "ระยะเวลาการดำเนินการ", "ระยะเวลาในการดำเนินการ", "ระยะเวลาดำเนินงาน", "ช่วงเวลา", "ห้วงเวลา",
        "ช่วงเวลาดำเนินการ", "กำหนดเวลา", "กำหนดแล้วเสร็จ", "วันเดือนปี", "วันที่ดำเนินการ", "ปฏิทินการดำเนินงาน",
    ),
    "monitoring": (
        "การติดตามผล", "การติดตาม", "การกำกับติดตาม", "การกำกับติดตามผล", "การติดตามและประเมินผล", "การติดตามประเมินผล", "การรายงานผล",
        "แนวทางการติดตาม", "วิธีการติดตามผล",
    ),
    "result": (
        "ผลการดำเนินการ", "ผลการดำเนินงาน", "ผลดำเนินการ", "สรุปผลการดำเนินการ", "สรุปผลการดำเนินงาน", "สรุปผลการดำเนินการหรือกิจกรรม",
        "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม", "ผลการดำเนินการตามมาตรการหรือกิจกรรม", "รายงานผลการดำเนินการ",
        "ผลการปฏิบัติ", "ผลการปฏิบัติงาน", "ความก้าวหน้า", "ผลการดำเนินการตามมาตรการ", "ผล",
    ),
    "outcome": (
        "ผลลัพธ์", "ผลลัพธ์หรือความสำเร็จ", "ผลลัพธ์/ความสำเร็จ", "ผลลัพธ์หรือความสำเร็จของการดำเนินการ", "ผลสำเร็จ", "ความสำเร็จ",
        "ผลสัมฤทธิ์", "ผลที่ได้รับ", "ผลที่เกิดขึ้น", "ผลลัพธ์ของการดำเนินการ", "ผลสำเร็จของการดำเนินการ",
    ),
    "suggestion": (
        "ข้อเสนอแนะ", "ปัญหาและข้อเสนอแนะ", "ปัญหา/อุปสรรค/ข้อเสนอแนะ", "ปัญหาอุปสรรคและข้อเสนอแนะ", "ปัญหา/อุปสรรค", "ข้อคิดเห็น",
        "ข้อเสนอแนะในการปรับปรุง",
    ),
    "evidence": (
        "หลักฐาน", "หลักฐานเชิงประจักษ์", "หลักฐานอ้างอิง", "เอกสารหลักฐาน", "เอกสาร/หลักฐาน", "เอกสารอ้างอิง", "แหล่งข้อมูล", "ลิงก์", "ลิงค์",
        "link", "url", "เว็บไซต์", "ลิงก์หลักฐาน",
    ),
}  # fmt: skip
# Two fields in one column.
PAIRS: Final = {
    "ประเด็นที่เป็นข้อบกพร่อง/จุดอ่อนจากการประเมิน": ("topic", "issue"),
    "ตัวชี้วัด/ประเด็น": ("topic", "issue"),
    "หัวข้อการประเมิน/ประเด็นที่ต้องพัฒนา": ("topic", "issue"),
}
NUMBERS: Final = frozenset({"ที่", "ลำดับ", "ลำดับที่", "ข้อ", "ข้อที่", "no", "#"})
"""Columns that only count the rows."""
EITHER: Final = frozenset({"การดำเนินการ", "การดำเนินงาน"})
"""What was done, or how it is to be done: the table's other columns tell, and somebody should look."""

_PLAIN = re.compile(r"[^0-9a-zก-๎]+")
_COUNTED = re.compile(r"^\s*(?:\([0-9๐-๙]{1,2}\)|[0-9๐-๙]{1,2}[.)])\s*(?=\S)|(?<=\S)\s*\([0-9๐-๙]{1,2}\)\s*$")
_BEGINS, _WITHIN = 0.88, 0.7
LONGEST = 300
"""Letters of a heading that is compared letter by letter."""
_LENGTHS = 0.4
"""Texts whose lengths differ more are alike at most by 0.57, which says nothing."""


def squashed(text: str) -> str:
    """The letters alone: how a heading is broken into lines, spaced, underlined or dotted says nothing."""
    return _squashed_short(text) if len(text) <= LONGEST else _squashed(text)


def _squashed(text: str) -> str:
    return _PLAIN.sub("", thai.normalise(text.replace("\v", "\n")).lower())


_squashed_short = lru_cache(maxsize=4096)(_squashed)


def heading_of(text: str) -> str:
    """The letters of a heading that may be counted: ``(5) ผล``, ``5. ผล``, ``ผล (5)``."""
    return squashed(_COUNTED.sub("", text, count=1)) if len(text) <= LONGEST else squashed(text)


def likeness(one: str, other: str) -> float:
    """0–1 for two squashed headings. A heading that begins with the other has said more, but means the same.

    Beyond LONGEST letters no heading is read: equal or not is all that is asked, for comparing takes time.
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 0.2 * len(longer) or len(longer) > LONGEST:
        return 0.0
    return _likeness(shorter, longer)


@lru_cache(maxsize=16384)
def _likeness(shorter: str, longer: str) -> float:
    share = len(shorter) / len(longer)
    score = 0.0
    if share >= _LENGTHS and len(set(shorter) & set(longer)) * 2 >= len(set(shorter)):
        matcher = SequenceMatcher(None, shorter, longer, autojunk=False)
        score = matcher.ratio() if matcher.quick_ratio() > 0.5 else 0.0
    if longer.startswith(shorter) and len(shorter) >= 5:
        score = max(score, _BEGINS + 0.1 * share)
    elif shorter in longer and len(shorter) >= 8:
        score = max(score, _WITHIN + 0.2 * share)
    return min(score, 0.99)


@lru_cache(maxsize=512)
def usual_field(heading: str) -> tuple[tuple[str, ...], float]:
    """(fields, how sure) of a squashed heading by the usual words alone; ((), 1.0) for a column of numbers."""
    if heading in NUMBERS:
        return (), 1.0
    if len(heading) > LONGEST:
        return (), 0.0
    if heading in HEADINGS:  # a file of a program: the field's own key
        return (heading,), 1.0
    best: tuple[tuple[str, ...], float] = (), 0.0
    for words, fields in _words():
        score = likeness(heading, words)
        if score > best[1]:
            best = fields, score
    return best


@lru_cache(maxsize=1)
def _words() -> list[tuple[str, tuple[str, ...]]]:
    single = [(squashed(word), (field,)) for field, words in HEADINGS.items() for word in words]
    return [*((squashed(words), fields) for words, fields in PAIRS.items()), *single]
