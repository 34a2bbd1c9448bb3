"""An import that waits: what its file's columns are proposed as, what the officer chose instead, what would come of it.

Kept in an ImportDraft: ``tables`` is the Source, ``mapping`` either {"match": …} (importing/mapping.py) or, for our own
exports, {"own": {number of the section: slug of a form}}. The page posts ``t0.form`` and ``t0.c3``. Of a file with more
kinds of tables than a page can ask about, those that fit a form best are asked about and the others left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ita_core import language, thai
from memos.forms_data import FIELDS
from memos.importing import headings, own
from memos.importing.found import Found
from memos.importing.grids import Source
from memos.importing.mapping import SURE, ColumnMatch, TableMatch
from memos.importing.mapping import Mapping as Match
from memos.importing.recognising import recognise
from memos.models import FormVersion, ImportDraft

_LIKELY = 0.6
MOST_TABLES, MOST_COLUMNS = 20, 160
"""Kinds of tables, and their columns together, that one page asks about."""
_SAMPLES = 2
"""Cells shown of each column, so that it can be told without the file at hand."""


@dataclass
class Option:
    """A choice of a select."""

    value: str
    label: str
    chosen: bool


@dataclass
class ColumnChoice:
    name: str
    heading: str
    certainty: str
    is_sure: bool
    why: str
    samples: list[str]
    options: list[Option]


@dataclass
class TableChoice:
    """One set of headings, or one section of our own export (which has no columns to choose)."""

    name: str
    title: str
    forms: list[Option]
    columns: list[ColumnChoice]


@dataclass
class Choices:
    source: Source
    forms: list[FormVersion]
    match: Match
    own_forms: dict[int, str]

    @classmethod
    def proposed(cls, source: Source, forms: list[FormVersion]) -> Choices:
        if own.is_own(source):
            return cls(source, forms, Match(), {})
        found = headings.match(source, forms).tables
        best: list[TableMatch] = []
        columns = 0
        for match in sorted(found, key=lambda match: -match.fit):
            columns += len(match.columns)
            if best and (len(best) == MOST_TABLES or columns > MOST_COLUMNS):
                break
            best.append(match)
        return cls(source, forms, Match([match for match in found if match in best]), {})

    @classmethod
    def of(cls, draft: ImportDraft, forms: list[FormVersion]) -> Choices:
        source, stored = Source.from_json(draft.tables), draft.mapping
        if "own" in stored:
            return cls(source, forms, Match(), {int(n): slug for n, slug in stored["own"].items()})
        return cls(source, forms, Match.from_json(stored["match"]), {})

    @property
    def is_own(self) -> bool:
        return own.is_own(self.source)

    def to_json(self) -> dict[str, Any]:
        if self.is_own:
            return {"own": {str(number): slug for number, slug in self.own_forms.items()}}
        return {"match": self.match.to_json()}

    def found(self) -> Found:
        """What would be imported; the same every time."""
        if self.is_own:
            return own.recognise(self.source, self.forms, self.own_forms)
        return recognise(self.source, self.match, self.forms)

    @property
    def left_out(self) -> int:
        """Tables of the file that nothing is asked about, because there are too many."""
        if self.is_own:
            return max(len(own.parts(self.source)) - MOST_TABLES, 0)
        return len(self.source.grids) - sum(len(match.tables) for match in self.match.tables)

    # --- chosen

    def take(self, data: Mapping[str, Any]) -> bool:
        """The page's choices; what it does not name, or names wrongly, stays. True when something changed."""
        before = self._state()
        slugs = {form.slug for form in self.forms}
        if self.is_own:
            for number, _part in enumerate(own.parts(self.source)):
                if (slug := str(data.get(f"t{number}.form", ""))) in slugs:
                    self.own_forms[number] = slug
        else:
            for number, match in enumerate(self.match.tables):
                self._take_table(number, match, data, slugs)
        return bool(self._state() != before)

    def _state(self) -> Any:
        if self.is_own:
            return [table.forms for table in self.tables()]
        return [(match.form, [column.fields for column in match.columns]) for match in self.match.tables]

    def _take_table(self, number: int, match: TableMatch, data: Mapping[str, Any], slugs: set[str]) -> None:
        """``form`` "" leaves the table out."""
        form = str(data.get(f"t{number}.form", match.form))
        known = self._fields()
        chosen = []
        for k, column in enumerate(match.columns):
            value = str(data.get(f"t{number}.c{k}", _value(column.fields)))
            chosen.append(tuple(value.split("+")) if value in known else () if not value else column.fields)
        self.match.chosen(number, form if form in slugs or not form else match.form, chosen)

    def faults(self) -> list[str]:
        """Sentences about choices that contradict each other."""
        sentences = []
        for number, match in enumerate(self.match.tables, 1):
            taken: set[str] = set()
            for key in (key for column in match.columns if match.form for key in column.fields):
                if key in taken:
                    named = {"n": number, "field": FIELDS.get(key, key)}
                    sentence = _("ตารางที่ %(n)s: เลือก“%(field)s”ให้มากกว่าหนึ่งคอลัมน์ โปรดเลือกเพียงคอลัมน์เดียว")
                    sentences.append(language.shown(sentence % named))
                taken.add(key)
        return sentences

    # --- for the page

    def tables(self) -> list[TableChoice]:
        if self.is_own:
            return list(self._own_tables())
        return [self._table(number, match) for number, match in enumerate(self.match.tables)]

    def _own_tables(self) -> Iterator[TableChoice]:
        found = own.recognise(self.source, self.forms, self.own_forms)
        for number, section in enumerate(found.sections[:MOST_TABLES]):
            title = section.heading or language.shown(_("ส่วนที่ %(n)s") % {"n": number + 1})
            yield TableChoice(f"t{number}", thai.printed(title), self._form_options(section.form), [])

    def _table(self, number: int, match: TableMatch) -> TableChoice:
        numbers = ", ".join(str(table + 1) for table in match.tables[:12])
        more = " …" if len(match.tables) > 12 else ""
        title = language.shown(_("ตารางที่ %(numbers)s ในไฟล์") % {"numbers": numbers + more})
        left_out = Option("", _("ไม่นำเข้าตารางนี้"), not match.form)
        columns = [self._column(number, k, match) for k in range(len(match.columns))]
        return TableChoice(f"t{number}", title, [*self._form_options(match.form), left_out], columns)

    def _form_options(self, slug: str) -> list[Option]:
        return [Option(form.slug, thai.printed(form.title), form.slug == slug) for form in self.forms]

    def _column(self, number: int, place: int, match: TableMatch) -> ColumnChoice:
        column = match.columns[place]
        value = _value(column.fields)
        options = [Option("", _("– ไม่นำเข้าคอลัมน์นี้ –"), not value)]
        options += [Option(key, label, key == value) for key, label in self._fields().items()]
        return ColumnChoice(
            f"t{number}.c{place}",
            thai.printed(column.heading) or _("(ไม่มีหัว)"),
            _certainty(column),
            column.confidence >= SURE,
            column.why,
            [thai.printed(text) for text in self._samples(match, place)],
            options,
        )

    def _samples(self, match: TableMatch, place: int) -> list[str]:
        """The first texts below the heading; below what looks like one, for they are here to be told by."""
        found: list[str] = []
        heading = match.columns[place].heading
        grid = self.source.grids[match.tables[0]]
        for row in range(len(grid.rows)):
            text = " ".join(grid.texts(row)[place].split()) if place < grid.width else ""
            if text and text != heading and text not in heading and text not in found:
                found.append(text)
            if len(found) == _SAMPLES:
                break
        return found

    def _fields(self) -> dict[str, str]:
        """Everything a column may be: each field of the forms on offer, and the pairs that share a column in one."""
        singles, pairs = dict.fromkeys(FIELDS), {}
        for column in (column for form in self.forms for column in form.columns):
            singles.update(dict.fromkeys(column["fields"]))
            if len(column["fields"]) == 2:
                pairs[_value(tuple(column["fields"]))] = tuple(column["fields"])
            elif column["fields"][0] not in FIELDS:
                singles[column["fields"][0]] = column["heading"]
        named = {key: FIELDS.get(key) or singles[key] or key for key in singles}
        together = {value: " + ".join(named[key] for key in keys) for value, keys in pairs.items()}
        return {key: thai.printed(label) for key, label in (named | together).items()}


def _value(fields: tuple[str, ...]) -> str:
    return "+".join(fields)


def _certainty(column: ColumnMatch) -> str:
    """How sure it is, in words."""
    if column.confidence >= 0.99:
        return _("ตรงกัน")
    if column.confidence >= SURE:
        return _("ค่อนข้างแน่ใจ")
    return _("น่าจะใช่ โปรดตรวจ") if column.confidence >= _LIKELY else _("ไม่แน่ใจ โปรดเลือก")


def without_nul(value: Any) -> Any:
    """Plain JSON as a database takes it: PostgreSQL refuses U+0000, which no text of ours needs."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key: without_nul(item) for key, item in value.items()}
    return value
