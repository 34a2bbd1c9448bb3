"""Whether a period can be read and lies in the fiscal year reported on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import fiscal, language
from memos.checks.rule import Note, Rule, note, quoted
from memos.checks.view import View


def unreadable(view: View) -> Iterator[Note]:
    for part in view.parts:
        for cell in part.cells("period"):
            if cell.blank:
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
                inside = cell.blank or fiscal.Period.parse(cell.text).within(year)
            except ValueError:
                continue
            if not inside:
                named = {"period": quoted(cell.text), "year": language.shown(view.years.reported)}
                sentence = _("“%(period)s” อยู่นอกปีงบประมาณ พ.ศ. %(year)s") % named
                yield note(cell, sentence, _("อยู่นอกปีงบประมาณ พ.ศ. %(year)s") % named)


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
