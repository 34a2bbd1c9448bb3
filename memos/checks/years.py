"""Years compared by what they mean: the assessment answered, the fiscal year reported on, the assessment filed in.

A year counts when it is called one (ปีงบประมาณ พ.ศ. ๒๕๖๖, ประจำปี ๒๕๖๖, ปี ๒๕๖๕); the words before it tell which of
the three it is. พ.ศ. after the name of a law is the law's own year and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import fiscal, language
from ita_core.thai import MONTH_PATTERN
from memos.checks.rule import Note, Rule, note, quoted, whole
from memos.checks.view import Text, View, Years

_CALLED: Final = re.compile(
    r"(?<!ถึง)(?<!ถึง )(?<![-–—])(?<![-–—] )(?:ปีงบประมาณ|ประจำปี|ปี)\s*(?:งบประมาณ)?\s*(?:พ\.?\s?ศ\.?)?\s*(?P<year>25\d\d)(?!\d)"
    r"(?!\s*(?:[-–—]|ถึง)\s*(?:ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*25\d\d)"  # a plan of several years
)
_ANSWERED: Final = re.compile("ผลการประเมิน|ผลประเมิน|วิเคราะห์.{0,20}ประเมิน|ข้อบกพร่อง|จุดอ่อน")
_ASSESSMENT: Final = re.compile("การประเมิน|ประเมินคุณธรรม|ITA")
# From the last of these on, a sentence speaks of what was done in the year reported on.
_REPORTED: Final = re.compile("มาตรการ|กิจกรรม|ผลการดำเนินการ|ผลการดำเนินงาน|นั้น")
_FROM_TO: Final = re.compile(
    rf"(?:\d{{1,2}}\s*)?{MONTH_PATTERN}\s*(?:พ\.?\s?ศ\.?)?\s*25\d\d\s*(?:[-–—]|ถึง(?:วันที่)?)\s*"
    rf"(?:\d{{1,2}}\s*)?{MONTH_PATTERN}\s*(?:พ\.?\s?ศ\.?)?\s*25\d\d"
)


def _expected(before: str, years: Years, where: str) -> tuple[set[int], str]:
    """The years that may stand after these words, and what such a year is called.

    A cell may also look ahead to the next fiscal year's plans; what stands around the tables may not.
    """
    if where == "cell":
        allowed = {years.assessed, years.reported, years.filed, years.reported + 1}
        return allowed, _("ปีที่เกี่ยวข้องกับรายงานนี้")
    *_earlier, last = _REPORTED.split(before)
    if _ANSWERED.search(last):
        return {years.assessed}, _("ปีการประเมินที่วิเคราะห์")
    if _ASSESSMENT.search(last):
        return {years.assessed, years.filed}, _("ปีการประเมิน")
    return {years.reported}, _("ปีงบประมาณที่รายงาน")


def _paragraphs(text: Text) -> list[str]:
    """The memo's body has a paragraph a line; elsewhere a line may be broken anywhere."""
    lines = text.plain.split("\n") if text.where == "body" else [text.plain]
    return [" ".join(line.split()) for line in lines]


def _disagreeing(plain: str, where: str, years: Years) -> Iterator[str]:
    last = 0
    for found in _CALLED.finditer(plain):
        allowed, what = _expected(plain[last : found.start()], years, where)
        last = found.end()
        if int(found["year"]) not in allowed:
            yield _("“%(year)s” ไม่ตรงกับ%(what)s (%(right)s)") % {
                "year": quoted(found[0]),
                "what": what,
                "right": ", ".join(language.shown(year) for year in sorted(allowed)),
            }
    if where != "cell":
        yield from _other_fiscal_year(plain, years)


def _other_fiscal_year(plain: str, years: Years) -> Iterator[str]:
    """From … to … around the tables means the fiscal year reported on."""
    for found in _FROM_TO.finditer(plain):
        try:
            inside = fiscal.Period.parse(found[0]).within(fiscal.FiscalYear(years.reported))
        except ValueError:
            continue
        if not inside:
            yield _("“%(period)s” ไม่ใช่ปีงบประมาณที่รายงาน (%(right)s)") % {
                "period": quoted(found[0]),
                "right": language.shown(years.reported),
            }


def disagree(view: View) -> Iterator[Note]:
    for text in view.texts:
        if "25" not in text.plain:
            continue
        sentences = (
            sentence
            for paragraph in _paragraphs(text)
            for sentence in _disagreeing(paragraph, text.where, view.years)
        )
        if (first := next(sentences, None)) is not None:
            yield note(text, first)


def of_report(view: View) -> Iterator[Note]:
    """The three facts themselves: no later assessment is answered, and it is filed in the running year or the next."""
    years = view.years
    named = {"reported": language.shown(years.reported), "assessed": language.shown(years.assessed)}
    if years.assessed > years.reported:
        sentence = _("ปีการประเมินที่วิเคราะห์ (%(assessed)s) อยู่หลังปีงบประมาณที่รายงาน (%(reported)s)") % named
        place = view.memo["title"].place
        yield whole(type(place)(place.words, f"{view.memo_page}#id_assessed_year", place.order), sentence)
    if years.filed not in (years.reported, years.reported + 1):
        sentence = _("ยื่นในการประเมินปี %(filed)s แต่รายงานของปีงบประมาณ %(reported)s") % {
            **named,
            "filed": language.shown(years.filed),
        }
        place = view.memo["title"].place
        yield whole(type(place)(place.words, f"{view.memo_page}#id_item", place.order), sentence)


RULES = (
    Rule(
        "years-disagree",
        "word",
        gettext_lazy("ปีในข้อความไม่ตรงกัน"),
        gettext_lazy("เทียบตามความหมาย: ปีการประเมินที่วิเคราะห์ ปีงบประมาณที่รายงาน และปีการประเมินที่ยื่น ปีของกฎหมายไม่นับ"),
        disagree,
    ),
    Rule(
        "years-of-report",
        "word",
        gettext_lazy("ปีทั้งสามของรายงานไม่สอดคล้องกัน"),
        gettext_lazy("มาตรการของปี 2565 ตอบผลการประเมินปี 2564 และยื่นในการประเมินปี 2565 หรือ 2566"),
        of_report,
    ),
)
