"""The quality of what is said: results that say nothing, outcomes that say the result once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memos.checks import likeness
from memos.checks.rule import Note, Rule, note, quoted
from memos.checks.view import Text, View

ALIKE: Final = 0.9
_MARKER: Final = re.compile(r"^\s*(?:__)?(?:\d{1,2}[.)](?!\d)|\(\d{1,2}\)|[-•–])\s*")
_AS_PLANNED: Final = (
    "ตาม(?:แผนการดำเนินงาน|แผนงาน|แผน|มาตรการ|กำหนดเวลา|กำหนด|เป้าหมาย|ระยะเวลา|ที่กำหนด)(?:ที่(?:กำหนด|วาง|ตั้ง))?(?:ไว้)?"
    "|(?:ครบ)?ทุก(?:ข้อ|กิจกรรม|มาตรการ)|เป็นที่|สำเร็จลุล่วง|สำเร็จ|คิดเป็น|(?:ร้อยละ)?100(?:%|เปอร์เซ็นต์)?|ค่ะ|ครับ|[✓✔]"
)
_STATUS: Final = re.compile(
    "(?:ได้|มีการ|ได้มีการ|อยู่ระหว่าง|อยู่ระหว่างการ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ|จัดทำ|เป็นไป|บรรลุ)?"
    f"(?:{_AS_PLANNED}|{'|'.join(likeness.STATUS)})*+"  # possessive: the words can be parted in many ways
)
# Where nothing was done; that nobody complained or was punished is a result, and a good one.
_NOT_DONE: Final = re.compile(
    "ยังไม่(?:ได้|มีการ|ได้มีการ|สามารถ)?(?:ดำเนินการ|ดำเนินงาน|จัดทำ|จัด|ปฏิบัติ|แล้วเสร็จ|เสร็จ|เริ่ม)|ยังไม่มี(?:ผล|$)"
    "|ไม่(?:ได้|มีการ|สามารถ)(?:ดำเนินการ|ดำเนินงาน|จัดทำ|ปฏิบัติ)(?!ทาง|หน้าที่)|ไม่มี$|ไม่ดำเนินการ|รอดำเนินการ"
    "|.{0,40}?(?<!ที่)(?<!ซึ่ง)(?<!กรณี)(?<!หาก)ยัง(?:ไม่(?:ได้มีการ|ได้|มีการ)?|มิได้)(?:ดำเนินการ|ดำเนินงาน|จัดทำ)"
)
_REASON: Final = re.compile(
    "เนื่องจาก|เพราะ|ด้วยเหตุ|ด้วย(?:ติด|มี|สถานการณ์)|สาเหตุ|เหตุผล|เหตุจาก|เหตุที่|สืบเนื่อง|ติดขัด|ขัดข้อง|จะดำเนินการ|กำหนดดำเนินการ|คาดว่า|แผนจะ|เลื่อน"
    "|อยู่ระหว่าง|รอ(?:การ|จัดสรร|งบ|อนุมัติ|ผล)|งบประมาณไม่|ไม่มีงบ|ขาด(?:แคลน|งบ|บุคลากร)"
)


def _pairs(view: View) -> Iterator[tuple[Text, Text]]:
    """Result and outcome of each row, once even where both span their activities."""
    seen = set()
    for part in view.parts:
        if not {"result", "outcome"} <= part.fields:
            continue
        for _row, cells in part.lines():
            result, outcome = cells["result"], cells["outcome"]
            if outcome.place.url not in seen and not result.blank and not outcome.blank:
                seen.add(outcome.place.url)
                yield result, outcome


def _repeats(result: str, outcome: str) -> bool:
    return likeness.likeness(result, outcome) >= ALIKE


def repeated(view: View) -> Iterator[Note]:
    for result, outcome in _pairs(view):
        if _repeats(likeness.letters(result.plain), likeness.letters(outcome.plain)):
            yield note(outcome, _("ซ้ำกับผลการดำเนินการ โปรดเขียนว่าเกิดผลอะไรขึ้นหรือดีขึ้นอย่างไร"))


def contained(view: View) -> Iterator[Note]:
    for result, outcome in _pairs(view):
        one, other = likeness.letters(result.plain), likeness.letters(outcome.plain)
        if likeness.within(one, other) and not _repeats(one, other):
            yield note(outcome, _("ข้อความทั้งหมดของช่องหนึ่งอยู่ในอีกช่องหนึ่ง (ผลการดำเนินการกับผลลัพธ์)"))


def _lines(text: Text) -> list[str]:
    """The text's items: lines without their markers, a line without one goes on with the item before it."""
    items: list[str] = []
    for line in filter(str.strip, text.plain.split("\n")):
        if _MARKER.match(line) or not items:
            items.append(_MARKER.sub("", line))
        else:
            items[-1] += line
    return ["".join(item.split()) for item in items]


def _reported(view: View) -> Iterator[Text]:
    for part in view.parts:
        for key in ("result", "outcome"):
            yield from (cell for cell in part.cells(key) if not cell.blank)


def status_only(view: View) -> Iterator[Note]:
    for cell in _reported(view):
        items = [item.rstrip(".") for item in _lines(cell)]
        if all(map(_STATUS.fullmatch, items)):  # a dash alone says as little
            sentence = _("บอกเพียงสถานะ (“%(text)s”) โปรดเขียนว่าทำอะไร เมื่อใด ได้ผลเท่าใด") % {
                "text": quoted(cell.text)
            }
            yield note(cell, sentence)


def not_done(view: View) -> Iterator[Note]:
    for cell in _reported(view):
        items = _lines(cell)
        for item, after in zip(items, [*items[1:], ""], strict=True):
            if _NOT_DONE.match(item) and not _REASON.search(item) and not _REASON.match(after):
                sentence = _("“%(text)s” ยังไม่บอกเหตุผล โปรดเขียนเหตุที่ยังไม่ได้ดำเนินการและกำหนดที่จะดำเนินการ") % {
                    "text": quoted(item)
                }
                yield note(cell, sentence, _("ยังไม่บอกเหตุผลที่ยังไม่ได้ดำเนินการ"))
                break


RULES = (
    Rule(
        "outcome-repeats-result",
        "word",
        gettext_lazy("ผลลัพธ์ซ้ำกับผลการดำเนินการ"),
        gettext_lazy(
            "ผลลัพธ์เหมือนผลการดำเนินการตั้งแต่ร้อยละ 90 โดยไม่นับช่องว่าง ตัวเลข เครื่องหมาย และคำอย่าง “เรียบร้อยแล้ว”"
        ),
        repeated,
    ),
    Rule(
        "outcome-within-result",
        "information",
        gettext_lazy("ผลลัพธ์กับผลการดำเนินการมีข้อความเดียวกันอยู่ภายใน"),
        gettext_lazy("ข้อความทั้งหมดของช่องหนึ่งเป็นส่วนหนึ่งของอีกช่องหนึ่ง อาจยังไม่ได้บอกว่าเกิดผลอะไร"),
        contained,
    ),
    Rule(
        "status-only",
        "word",
        gettext_lazy("ผลบอกเพียงสถานะ"),
        gettext_lazy("เช่น “ดำเนินการแล้วเสร็จ” หรือ “ดำเนินการเรียบร้อยแล้ว” โดยไม่บอกว่าทำอะไร"),
        status_only,
    ),
    Rule(
        "not-done",
        "word",
        gettext_lazy("ยังไม่ได้ดำเนินการโดยไม่บอกเหตุผล"),
        gettext_lazy("เช่น “ยังไม่มีการดำเนินการ” ควรตามด้วยเหตุผล"),
        not_done,
    ),
)  # fmt: skip
