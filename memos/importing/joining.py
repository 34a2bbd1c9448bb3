"""Whether a physical row is a new measure, a new activity, or goes on with the one before: the shapes of five real reports.

first cell blank, values go on                               a new activity under the spanning measure
first cell holds more bullets, nobody responsible, 5. 6. …   the same row goes on after a page's end
label repeated, results empty                                the same row goes on
label repeated, results filled                               a new activity
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from memos.importing.splitting import SINGLE
from memos.importing.texts import is_bullet, label, number_at, numbers
from memos.importing.vocabulary import likeness

Step = Literal["measure", "activity", "same"]
_ALIKE = 0.93


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns of the file by what they are: numbers of columns, in order."""

    measure: tuple[int, ...]
    activity: tuple[int, ...]
    single: tuple[int, ...]
    """Of the activity's columns those that hold one short thing: who, when."""

    @classmethod
    def of(cls, columns: Sequence[tuple[tuple[str, ...], str]]) -> Shape:
        """From (fields, level) of each column; () for a column that is left out."""
        levels = [(n, fields, level) for n, (fields, level) in enumerate(columns) if fields]
        return cls(
            tuple(n for n, _fields, level in levels if level == "measure"),
            tuple(n for n, _fields, level in levels if level == "activity"),
            tuple(n for n, fields, level in levels if level == "activity" and set(fields) & set(SINGLE)),
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """``why`` is a sentence when a person should know of it; ``sure`` is False when he should look."""

    step: Step
    why: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Before:
    """What stands in the table up to now: texts of the open row by column."""

    texts: Sequence[str]


def decide(
    shape: Shape, texts: Sequence[str], under: Sequence[bool], before: Before | None, page: bool
) -> Decision:
    """``page``: the row is the first after a page's end, so it may be the rest of a row."""
    first = shape.measure[0] if shape.measure else None
    if first is None or before is None:
        lost = before is None and first is not None and not texts[first]
        why = _("แถวแรกของตารางไม่มีชื่อมาตรการ") if lost else ""
        return Decision("measure", why, sure=not lost)
    if under[first]:
        return Decision("activity")
    if not texts[first]:
        return _blank_first(shape, texts, before, page)
    if _same_label(texts[first], before.texts[first]):
        return _label_repeated(shape, texts, before, page)
    return _other_label(shape, texts, before, page)


def _blank_first(shape: Shape, texts: Sequence[str], before: Before, page: bool) -> Decision:
    goes_on = _goes_on(shape, texts, before)
    if any(texts[n] for n in shape.single):
        return Decision("activity", _("ช่องมาตรการว่าง จึงเป็นกิจกรรมถัดไปของมาตรการก่อนหน้า"))
    if any(texts[n] for n in shape.measure) or goes_on or (page and shape.single):
        return Decision("same", _rest() if page or goes_on else _loose(), sure=page or goes_on)
    if shape.single:
        return Decision("same", _loose(), sure=False)
    filled = sum(bool(texts[n]) for n in shape.activity)
    if filled < len(shape.activity):
        return Decision("same", _rest() if page else _loose(), sure=page)
    return Decision("activity", _("ช่องมาตรการว่าง จึงเป็นกิจกรรมถัดไปของมาตรการก่อนหน้า"))


def _label_repeated(shape: Shape, texts: Sequence[str], before: Before, page: bool) -> Decision:
    others = shape.measure[1:]
    if not any(texts[n] for n in shape.activity):
        return Decision("same", _("ชื่อซ้ำกับแถวก่อนหน้าและไม่มีผล จึงเป็นส่วนที่เหลือของแถวเดียวกัน"))
    unfilled = shape.single and not any(texts[n] for n in shape.single)
    if page and unfilled and _goes_on(shape, texts, before):
        return Decision("same", _rest())
    if any(texts[n] and not _same_label(texts[n], before.texts[n]) for n in others):
        return Decision("measure")
    return Decision("activity", _("ชื่อซ้ำกับแถวก่อนหน้าและมีผลของตนเอง จึงเป็นอีกกิจกรรมของมาตรการเดียวกัน"))


def _other_label(shape: Shape, texts: Sequence[str], before: Before, page: bool) -> Decision:
    first = texts[shape.measure[0]]
    goes_on = _goes_on(shape, texts, before)
    empty = (
        not any(texts[n] for n in shape.single) if shape.single else not any(texts[n] for n in shape.activity)
    )
    more = is_bullet(first) or (
        number_at(first) is None and number_at(before.texts[shape.measure[0]]) is not None
    )
    if page and empty and (goes_on or more):
        return Decision("same", _rest())
    if page and empty:
        return Decision(
            "measure", _("แถวแรกหลังขึ้นหน้าใหม่มีช่องว่าง อาจเป็นส่วนที่เหลือของแถวก่อนหน้า โปรดตรวจ"), sure=False
        )
    others = (*shape.measure[1:], *shape.activity)
    if any(before.texts[n] for n in others) and not any(texts[n] for n in others):
        return Decision("measure", _("แถวนี้มีแต่ชื่อ ช่องอื่นว่าง อาจเป็นหัวข้อคั่นในตาราง โปรดตรวจ"), sure=False)
    return Decision("measure")


def _goes_on(shape: Shape, texts: Sequence[str], before: Before) -> bool:
    """Whether a numbered list resumes: … 4. above, 5. here."""
    for n in (*shape.measure, *shape.activity):
        above, here = numbers(before.texts[n]), numbers(texts[n])
        if above and here and here[0] == above[-1] + 1:
            return True
    return False


def _same_label(one: str, other: str) -> bool:
    numbered, its = number_at(one), number_at(other)
    if numbered is not None and its is not None and numbered != its:
        return False
    a, b = label(one), label(other)
    if re.findall("[0-9]+", a) != re.findall("[0-9]+", b):
        return False  # ไตรมาส 1 and ไตรมาส 2
    return a == b or (min(len(a), len(b)) >= 8 and _whole_likeness(a, b) >= _ALIKE)


def _whole_likeness(one: str, other: str) -> float:
    """Without the credit that a heading gets for beginning alike."""
    return 0.0 if min(len(one), len(other)) / max(len(one), len(other)) < _ALIKE else likeness(one, other)


def _rest() -> str:
    return _("แถวนี้เป็นส่วนที่เหลือของแถวก่อนหน้าซึ่งถูกตัดตอนขึ้นหน้าใหม่ จึงรวมเป็นแถวเดียว")


def _loose() -> str:
    return _("แถวนี้ไม่มีมาตรการและผู้รับผิดชอบของตนเอง จึงรวมกับแถวก่อนหน้า โปรดตรวจ")
