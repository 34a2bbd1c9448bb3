"""Whether a period can be read and lies in the fiscal year reported on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import fiscal, language, thai
from memos.checks.rule import Note, Rule, note, quoted
from memos.checks.view import Text, View

_YEAR: Final = r"(?:พ\.?ศ\.?)?(?P<{}>25\d\d)"
# Said in words, without spaces: as clear to a reader as months are.
_IN_WORDS: Final = re.compile(
    rf"(?:ตลอด|ภายใน|ประจำ)?(?:ทั้ง)?ปี(?:งบประมาณ)?(?:{_YEAR.format('year')})?(?<!^ปี)"
    r"|(?:เป็น)?(?:ประจำ)?(?:ทุก|ราย)(?:เดือน|ไตรมาส)|รอบ(?:6|12)เดือน(?:แรก|หลัง)?"
    r"|(?:ภายใน)?ไตรมาส(?:ที่)?[1-4](?:(?:[-–,]|ถึง|และ)(?:ไตรมาส(?:ที่)?)?[1-4])*"
    rf"(?:(?:ของ)?\(?ปี(?:งบประมาณ)?{_YEAR.format('of')}\)?)?"
)


def _in_words(cell: Text) -> re.Match[str] | None:
    """ตลอดปีงบประมาณ, ไตรมาสที่ 1, ปีงบประมาณ พ.ศ. 2566: with its year, if it names one, as ``year`` or ``of``."""
    return _IN_WORDS.fullmatch("".join(thai.searchable(cell.text).split()))


def unreadable(view: View) -> Iterator[Note]:
    for part in view.parts:
        for cell in part.cells("period"):
            if cell.blank or _in_words(cell):
                continue
            try:
                fiscal.Period.parse(cell.text)
            except ValueError as error:
                yield note(cell, str(error), _("อ่านระยะเวลาไม่ออก"))


def outside(view: View) -> Iterator[Note]:
    try:
        year = fiscal.FiscalYear(view.years.reported)
    except ValueError:
        return
    for part in view.parts:
        for cell in part.cells("period"):
            try:
                inside = cell.blank or _within(cell, year)
            except ValueError:
                continue
            if not inside:
                named = {"period": quoted(cell.text), "year": language.shown(view.years.reported)}
                sentence = _("“%(period)s” อยู่นอกปีงบประมาณ พ.ศ. %(year)s") % named
                yield note(cell, sentence, _("อยู่นอกปีงบประมาณ พ.ศ. %(year)s") % named)


def _within(cell: Text, year: fiscal.FiscalYear) -> bool:
    if words := _in_words(cell):
        return int(words["year"] or words["of"] or year.be) == year.be
    return fiscal.Period.parse(cell.text).within(year)


RULES = (
    Rule(
        "period-unreadable",
        "word",
        gettext_lazy("ระยะเวลาที่อ่านไม่ออก"),
        gettext_lazy("ควรเขียนอย่าง ต.ค. 2564 – ก.ย. 2565 หรือ 3 มกราคม 2566"),
        unreadable,
    ),
    Rule(
        "period-outside",
        "word",
        gettext_lazy("ระยะเวลาอยู่นอกปีงบประมาณ"),
        gettext_lazy("รายงานประจำปีที่ทำได้เมื่อสิ้นปีงบประมาณแล้วอาจถูกต้อง แต่ผู้ตรวจประเมินมักถาม"),
        outside,
    ),
)
