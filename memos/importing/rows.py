"""The rows of one section put together: a measure and an activity stay open until the next row shows that they ended."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from ita_core import language
from memos.forms_data import FIELDS
from memos.importing.columns import Columns
from memos.importing.found import FindingKind, FoundMeasure
from memos.importing.joining import Before, decide
from memos.importing.lines import Line
from memos.importing.splitting import Split, activities_in, counted
from memos.importing.texts import joined
from memos.importing.vocabulary import squashed

Tell = Callable[[FindingKind, str, Line], None]


class Rows:
    """Fills ``measures``. ``page`` is set by whoever sees a page end: the next row may be the rest of one."""

    def __init__(self, columns: Columns, measures: list[FoundMeasure], tell: Tell) -> None:
        self.page = False
        self.columns = columns
        self._measures, self._tell = measures, tell
        self._measure: list[str] | None = None
        self._activity: list[str] | None = None
        self._line: Line | None = None
        self._guessed: set[str] = set()

    @property
    def begun(self) -> bool:
        return self._measure is not None

    def take(self, line: Line) -> None:
        page, self.page = self.page, False
        decision = decide(self.columns.shape, line.texts, line.under, self._before(), page)
        if decision.step == "same":
            self._go_on(line)
        elif decision.step == "activity":
            self._end_activity()
            self._begin_activity(line)
        else:
            self.end()
            self._measure = list(line.texts)
            self._measures.append(FoundMeasure({}))
            self._begin_activity(line)
        if decision.why:
            self._tell("joined" if decision.sure else "doubtful", decision.why, line)

    def end(self) -> None:
        """Nothing more comes for the open measure."""
        self._end_activity()
        if self._measure is not None:
            self._measures[-1].cells = self.columns.cells("measure", self._measure)
            self._tell_guesses(self._measure)
        self._measure = None

    def _before(self) -> Before | None:
        if self._measure is None or self._activity is None:
            return None
        texts = list(self._measure)
        for column in self.columns.shape.activity:
            texts[column] = self._activity[column]
        return Before(texts)

    def _begin_activity(self, line: Line) -> None:
        self._activity, self._line = list(line.texts), line
        if any(line.under[column] and line.texts[column] for column in self.columns.shape.activity):
            self._tell("joined", _("ช่องที่ผสานไว้ครอบหลายกิจกรรม จึงใช้ข้อความเดียวกันทุกกิจกรรม"), line)

    def _go_on(self, line: Line) -> None:
        assert self._measure is not None and self._activity is not None  # decide() saw them
        for column in self.columns.shape.measure:
            if not line.under[column] and squashed(line.texts[column]) != squashed(self._measure[column]):
                self._measure[column] = joined(self._measure[column], line.texts[column])
        for column in self.columns.shape.activity:
            if not line.under[column]:
                self._activity[column] = joined(self._activity[column], line.texts[column])

    def _end_activity(self) -> None:
        """The open row becomes an activity, or as many as its cells agree on."""
        if self._activity is None or self._line is None:
            return
        columns, measure = self.columns, self._measures[-1]
        cells = columns.cells("activity", self._activity)
        order = [key for column in columns.shape.activity for key in columns.fields[column]]
        split = activities_in(cells, order)
        if split:
            measure.activities += [dict.fromkeys(cells, "") | part for part in split.parts]
            self._tell_split(split, self._line)
        else:
            measure.activities.append(cells)
            if counted(cells, order) > 1:
                sentence = _("แถวนี้อาจมีหลายกิจกรรมอยู่ด้วยกัน แต่จำนวนข้อในแต่ละช่องไม่เท่ากัน จึงยังไม่แยก")
                self._tell("doubtful", sentence, self._line)
        self._tell_guesses(self._activity)
        self._activity = None

    def _tell_guesses(self, texts: list[str]) -> None:
        """Once for a section: what holds for one row of it holds for many."""
        for name in self.columns.guessed(texts):
            if self._line is not None and name not in self._guessed:
                self._guessed.add(name)
                sentence = _("คอลัมน์นี้มีสองช่อง จึงถือว่าบรรทัดแรกเป็นช่องแรก ที่เหลือเป็น“%(name)s” โปรดตรวจทุกแถว")
                self._tell("doubtful", sentence % {"name": name}, self._line)

    def _tell_split(self, split: Split, line: Line) -> None:
        sentence = _("แถวนี้มี %(count)s กิจกรรมอยู่ด้วยกัน จึงแยกเป็น %(count)s กิจกรรม")
        self._tell("split", sentence % {"count": language.shown(len(split.parts))}, line)
        if split.unsure:
            names = " · ".join(FIELDS.get(key, key) for key in split.unsure)
            sentence = _("เมื่อแยกกิจกรรม ไม่ทราบว่าข้อความในช่อง %(names)s เป็นของกิจกรรมใด โปรดตรวจ")
            self._tell("doubtful", sentence % {"names": names}, line)


def place_of(line: Line) -> str:
    values = {"table": language.shown(line.table), "row": language.shown(line.row)}
    return _("ตารางที่ %(table)s แถวที่ %(row)s") % values
