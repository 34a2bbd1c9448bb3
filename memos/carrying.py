"""What changes in the words of a report that begins another one: years, the round, results. And what was left alone.

Moved are the years the report itself names, where they stand as ปีงบประมาณ NNNN or พ.ศ. NNNN, in the words around the
tables and in the memo; in a table, the years of periods alone, for a measure may name a plan of any year. The spelling
stays: 65 becomes 66, ต.ค. 2564 becomes ต.ค. 2565. Pure; texts are stored ones (Arabic digits).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.fiscal import FiscalYear, Period, PeriodError
from memos.forms_data import FIELDS

RESULTS: Final = ("result", "outcome", "suggestion", "evidence")
"""Fields that say what came of a measure: emptied when a new year begins."""
PERIOD: Final = "period"

_GAP: Final = "[\\s\u200b-\u200d\ufeff]*"
_ERA: Final = rf"(?:พ{_GAP}\.?{_GAP}ศ{_GAP}\.?{_GAP})"
# A year of an assessment or a fiscal year: ปีงบประมาณ พ.ศ. 2565, ประจำปี 2565; or any year of the era: พ.ศ. 2565.
_NAMED: Final = re.compile(
    rf"(?P<before>(?P<kind>ปี{_GAP}(?:งบประมาณ|การประเมิน)?|ปีงบฯ){_GAP}{_ERA}?|{_ERA})(?P<year>25\d\d|26\d\d)(?!\d)"
)
# Law has its year for ever: พระราชบัญญัติ…พ.ศ. 2540, ฉบับที่ 4 พ.ศ. 2564.
_LAW: Final = re.compile(
    r"(?:พระราชบัญญัติ|พ\.ร\.บ\.|พระราชกฤษฎีกา|ระเบียบ|ประกาศ|ข้อบัญญัติ|เทศบัญญัติ|กฎกระทรวง|รัฐธรรมนูญ|ฉบับที่|คำสั่ง)[^\n]{0,120}$"
)
_DATE_YEAR: Final = re.compile(
    rf"(?P<before>{thai.MONTH_PATTERN}{_GAP}(?:ปี{_GAP})?{_ERA}?)(?P<year>\d{{4}}|\d{{2}})(?!\d)"
)
_DAY: Final = rf"(?:[0-9]{{1,2}}{_GAP})?(?:เดือน{_GAP})?{thai.MONTH_PATTERN}"
_YEAR: Final = rf"{_GAP}(?:ปี{_GAP})?{_ERA}?(?:25|26)\d\d"
# 1 ตุลาคม 2565 – 30 กันยายน 2566: what a report covers, said in days or months
_SPAN: Final = re.compile(
    rf"{_DAY}(?:{_YEAR})?{_GAP}(?:[-\u2010-\u2015]|ถึง){_GAP}(?:วันที่{_GAP})?{_DAY}{_YEAR}(?!\d)"
)
_MONTH_BEFORE: Final = re.compile(rf"{thai.MONTH_PATTERN}{_GAP}(?:ปี{_GAP})?$")
_GOES_ON: Final = re.compile(rf"{_GAP}(?:[-\u2010-\u2015]|ถึง){_GAP}{_ERA}?2[56]\d\d")  # พ.ศ. 2566 – 2570
_ANY_YEAR: Final = re.compile(r"(?<!\d)25\d\d(?!\d)")
_ROUND: Final = re.compile(rf"(รอบ{_GAP}(?:ระยะเวลา{_GAP})?)(6|12)({_GAP}เดือน)")


@dataclass(frozen=True, slots=True)
class Change:
    """Text before and after, shortened to what changed and a little around it; ``field`` is the cell's, or ""."""

    place: str
    before: str
    after: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A year that somebody should look at, because it stayed; ``why`` is a sentence."""

    place: str
    text: str
    why: str
    field: str = ""


@dataclass
class Carrying:
    """How one report's words become another's; ``moved``, ``left`` and ``emptied`` fill while they are.

    ``by`` is the number of years, ``years`` those that the report goes by (reported, assessed, filed), ``months`` the
    new round (6 or 12) when it is another one.
    """

    by: int = 0
    years: frozenset[int] = frozenset()
    months: int | None = None
    keep_results: bool = True
    moved: list[Change] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    emptied: int = 0

    def words(self, text: str, place: str) -> str:
        """Title, cover, headings, memo: years that the report goes by, and its round."""
        if self.by:
            text = self._noted(_SPAN, self._own_span, text, place)
            text = self._noted(_NAMED, self._named_year, text, place)
            self._list_dates(text, place)
        if self.months is not None:
            text = self._noted(_ROUND, lambda found: f"{found[1]}{self.months}{found[3]}", text, place)
        return text

    def cells(self, cells: Mapping[str, str], place: str) -> dict[str, str]:
        """A row of the table: periods moved, results emptied or kept, everything else as it is."""
        made = dict(cells)
        for key, text in cells.items():
            label = FIELDS.get(key, key)
            if key in RESULTS and not self.keep_results:
                self.emptied += bool(text.strip())
                made[key] = ""
            elif self.by and key == PERIOD:
                made[key] = self.period(text, place, label)
            elif self.by and key not in RESULTS and (found := self._own_year(text)):
                self._leave(place, text, found, _("ปีในข้อความของตารางไม่ถูกเลื่อน"), label)
        return made

    def period(self, text: str, place: str, label: str = "") -> str:
        """The period some years later in the same spelling; what cannot be read stays, and is listed."""
        if not text.strip():
            return text
        lines = [text, *(line for line in text.split("\n") if "\n" in text and line.strip())]
        later = [self._later(line) for line in lines]
        whole, parts = later[0], [line for line in later[1:] if isinstance(line, str)]
        if not isinstance(whole, str) and parts and len(parts) == len(lines) - 1:
            whole = "\n".join(parts)
        if not isinstance(whole, str):
            self.left.append(Left(place, " ".join(text.split())[:80], str(whole), label))
            return text
        self.moved.append(Change(place, " ".join(text.split()), " ".join(whole.split()), label))
        return whole

    def _later(self, text: str) -> str | PeriodError:
        try:
            before = Period.parse(text)
            later = _DATE_YEAR.sub(lambda found: found["before"] + self._shifted(found["year"]), text)
            after = Period.parse(later)
        except PeriodError as unreadable:
            named = _NAMED.sub(self._named_year, text)
            return unreadable if named == text else named
        if (after.start.year, after.end.year) != (before.start.year + self.by, before.end.year + self.by):
            return PeriodError(_("หาปีในระยะเวลานี้ไม่พบ"))
        return later

    def _shifted(self, year: str) -> str:
        return f"{(int(year) + self.by) % 10 ** len(year):0{len(year)}}"

    def _named_year(self, found: re.Match[str]) -> str:
        if self._stays(found):
            return found[0]
        return found["before"] + self._shifted(found["year"])

    def _stays(self, found: re.Match[str]) -> str:
        """Why this year is not moved, or ""."""
        if _is_dated(found):
            return _("เป็นวันที่หรือเดือน")
        if int(found["year"]) not in self.years:
            return _("ไม่ใช่ปีของรายงานเดิม")
        if _GOES_ON.match(found.string, found.end()):
            return _("เป็นช่วงหลายปี")
        if found["kind"] is None and _LAW.search(found.string, 0, found.start()):
            return _("เป็นปีของกฎหมาย ประกาศ หรือคำสั่ง")
        return ""

    def _noted(
        self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], text: str, place: str
    ) -> str:
        """``pattern.sub`` that keeps a note of every place that became another, and of every year that did not."""
        pieces, end = [], 0
        for found in pattern.finditer(text):
            after = change(found)
            if after != found[0]:
                before = _around(text, *found.span())
                self.moved.append(Change(place, before, before.replace(found[0], after, 1)))
            elif pattern is _NAMED and not _is_dated(found):
                self._leave(place, text, found, self._stays(found))
            pieces += [text[end : found.start()], after]
            end = found.end()
        return "".join([*pieces, text[end:]])

    def _leave(self, place: str, text: str, found: re.Match[str], why: str, label: str = "") -> None:
        self.left.append(Left(place, _around(text, *found.span()), why, label))

    def _own_span(self, found: re.Match[str]) -> str:
        later = self._later(found[0])
        if not isinstance(later, str) or not _begins_a_year(found[0], self.years):
            return found[0]
        return later

    def _list_dates(self, text: str, place: str) -> None:
        """``text`` as it is now: what was moved already is not spoken of."""
        years = {year + self.by for year in self.years}
        spans = [found.span() for found in _SPAN.finditer(text) if _begins_a_year(found[0], years)]
        for found in _DATE_YEAR.finditer(text):
            if not any(start <= found.start() < end for start, end in spans):
                self._leave(place, text, found, _("เป็นวันที่หรือเดือน"))

    def _own_year(self, text: str) -> re.Match[str] | None:
        return next((found for found in _ANY_YEAR.finditer(text) if int(found[0]) in self.years), None)


def _begins_a_year(span: str, years: Iterable[int]) -> bool:
    """Whether it lies in one of these fiscal years and begins with it."""
    try:
        period = Period.parse(span)
        year = FiscalYear.containing(period.start)
    except ValueError:  # unreadable, or of another century
        return False
    return year.be in years and period.start == year.start and period.within(year)


def _is_dated(found: re.Match[str]) -> bool:
    """Whether a month stands before it: the year of a day, not of a report."""
    return _MONTH_BEFORE.search(found.string, 0, found.start()) is not None


def _around(text: str, start: int, end: int, room: int = 30) -> str:
    """The place in its line, with a little of what stands beside it."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    left, right = max(line_start, start - room), min(line_end, end + room)
    while left > line_start and _hangs(text[left]):
        left -= 1
    while right < line_end and _hangs(text[right]):
        right += 1
    return ("…" if left > line_start else "") + text[left:right] + ("…" if right < line_end else "")


def _hangs(letter: str) -> bool:
    """Whether it is drawn with the letter before it."""
    return letter == "\u0e33" or unicodedata.category(letter) == "Mn"
