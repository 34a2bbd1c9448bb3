"""From tables and words to sections, measures and activities; every decision leaves a finding with its reason.

What a page's end cut is joined, what somebody typed into one row is split, headers of later pages are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from ita_core import language, thai
from memos.forms_data import FIELDS
from memos.importing import own
from memos.importing.between import Furniture, Opening, is_group_heading, opening
from memos.importing.columns import Columns, doubts
from memos.importing.found import FindingKind, Found, FoundSection, ImportFinding
from memos.importing.grids import Source
from memos.importing.headings import knows
from memos.importing.lines import Line, lines
from memos.importing.mapping import FormLike, Mapping, TableMatch
from memos.importing.noticed import noticed
from memos.importing.rows import Rows, place_of
from memos.importing.totals import only_sums_up, remark_in
from memos.importing.vocabulary import squashed


def recognise(source: Source, mapping: Mapping, forms: Sequence[FormLike]) -> Found:
    """What the source says, its columns taken as ``mapping`` has them. ``forms`` are those on offer.

    A table whose form is not among them, or of which no column is to be taken, is left out.
    """
    if own.is_own(source):
        return own.recognise(source, forms)
    builder = _Builder(mapping, forms)
    for line in lines(source, mapping, knows(forms)):
        builder.take(line)
    found = builder.done()
    found.findings += [*_left_behind(source), *noticed(source)]
    return found


def _left_behind(source: Source) -> Iterator[ImportFinding]:
    """Photographs of activities are often all the evidence there is."""
    for number, grid in enumerate(source.grids, 1):
        if grid.pictures:
            place = _("ตารางที่ %(table)s") % {"table": language.shown(number)}
            sentence = _("ในตารางมีภาพ %(count)s ภาพ ซึ่งนำเข้าไม่ได้ โปรดใส่ลิงก์ในช่องหลักฐานหรือแนบเป็นสิ่งที่ส่งมาด้วย")
            yield ImportFinding("doubtful", sentence % {"count": language.shown(grid.pictures)}, place)


class _Builder:
    """Takes line after line and opens sections; the rows of each are put together by Rows."""

    def __init__(self, mapping: Mapping, forms: Sequence[FormLike]) -> None:
        by_slug = {form.slug: form for form in forms}
        self._found = Found()
        self._matches = mapping.tables
        self._columns = [_columns(match, by_slug) for match in mapping.tables]
        self._furniture = Furniture()
        self._words: list[str] = []
        self._match = -1
        self._doubted: set[int] = set()
        self._rows: Rows | None = None
        self._findings: list[tuple[int, int, ImportFinding]] = []

    def take(self, line: Line) -> None:
        if line.kind == "words":
            self._words += line.texts
        elif (columns := self._columns[line.match]) is not None:
            self._take(line, self._rows_for(line, columns))

    def _take(self, line: Line, rows: Rows) -> None:
        if line.kind == "header":
            self._header(line, rows)
        elif line.kind == "blank":
            self._blank(line, rows)
        elif line.kind == "row" and only_sums_up(line.own):
            sentence = _("แถวนี้เป็นเพียงแถวรวม (%(text)s) จึงไม่นำเข้า โปรดตรวจ")
            text = " · ".join(" ".join(text.split()) for text in line.own if text)
            self._add("doubtful", sentence % {"text": text[:80]}, line)
        elif not any(line.under) and (remark := remark_in(line.texts)):
            self._close([remark], in_one=False)
            self._add("doubtful", _("แถวนี้เป็นหมายเหตุท้ายตาราง จึงเก็บเป็นข้อความปิดท้ายของส่วน โปรดตรวจ"), line)
        elif line.kind == "band" or _is_group_row(line):
            self._band(line, rows)
        else:
            rows.take(line)

    def done(self) -> Found:
        if self._rows is not None:
            self._rows.end()
        closing = self._furniture.without(self._words)
        if self._found.sections:
            self._close(closing)
        self._drop_empty_groups()
        in_order = sorted(self._findings, key=lambda finding: finding[:2])
        self._found.findings += [finding for _table, _row, finding in in_order]
        for section in self._found.sections:
            self._judge(section)
        return self._found

    # --- rows that are no rows

    def _rows_for(self, line: Line, columns: Columns) -> Rows:
        """Where a table begins: the next page of the one before, or a section of its own."""
        if not line.begins and self._rows is not None:
            return self._rows
        words = self._furniture.without(self._words)
        self._words = []
        if self._rows is not None and line.match == self._match and not words:
            self._rows.page = True
            return self._rows
        if self._rows is not None:
            self._rows.end()
        self._begin_section(line, words)
        self._doubt(line, columns)
        return self._new_rows(columns)

    def _new_rows(self, columns: Columns) -> Rows:
        self._rows = Rows(columns, self._found.sections[-1].measures, self._add)
        return self._rows

    def _header(self, line: Line, rows: Rows) -> None:
        if not rows.begun:
            return
        rows.page = True
        usual = {squashed(column.heading) for column in self._matches[line.match].columns}
        other = [" ".join(text.split()) for text in line.texts if text and squashed(text) not in usual]
        if other:
            sentence = _("หัวตารางของหน้าใหม่ใช้ถ้อยคำต่างไป (%(named)s) ถือเป็นตารางเดียวกัน จึงไม่นำเข้าแถวนี้")
            self._add("header", sentence % {"named": " · ".join(other)}, line)
        else:
            self._add("header", _("แถวหัวตารางซ้ำเพราะขึ้นหน้าใหม่ จึงไม่นำเข้า"), line)

    def _blank(self, line: Line, rows: Rows) -> None:
        if line.begins and rows.begun:
            self._add("header", _("แถวหัวตารางของหน้านี้ว่าง ถือเป็นตารางเดียวกับหน้าก่อน"), line)
            rows.page = True

    def _band(self, line: Line, rows: Rows) -> None:
        text = " ".join(next(filter(None, line.texts)).split())
        rows.end()
        self._found.sections.append(FoundSection(self._found.sections[-1].form, text, is_group=True))
        self._new_rows(rows.columns)
        self._add("group", _("“%(text)s” เป็นหัวข้อกลุ่มคั่นในตาราง") % {"text": text[:80]}, line)

    # --- sections

    def _begin_section(self, line: Line, words: list[str]) -> None:
        form, begun = self._matches[line.match].form, opening(words)
        before = begun.before
        if begun.is_group:
            before = self._begin_parent(form, before)
            sentence = _("“%(text)s” เป็นกลุ่มย่อยของส่วนก่อนหน้า") % {"text": begun.heading[:80]}
            self._add("group", sentence, line)
        self._leave(before)
        self._append(form, begun)
        self._match = line.match

    def _begin_parent(self, form: str, words: list[str]) -> list[str]:
        """The section that a first group stands in; gives the words that are left."""
        parent = opening(words)
        if self._found.sections and not parent.heading:
            return words
        self._leave(parent.before)
        parent.is_group = False
        self._append(form, parent)
        return []

    def _append(self, form: str, begun: Opening) -> None:
        preamble = "\n".join(map(_in_one, begun.preamble))
        section = FoundSection(form, _in_one(begun.heading), preamble, is_group=begun.is_group)
        self._found.sections.append(section)

    def _leave(self, words: list[str]) -> None:
        """Words before a heading close the section before it; before the first they are cover and title."""
        if self._found.sections:
            self._close(words)
        else:
            self._found.lines += [line for word in words for line in word.split("\n")]

    def _close(self, words: list[str], *, in_one: bool = True) -> None:
        section = self._found.sections[-1]
        said = map(_in_one, words) if in_one else words
        section.closing = "\n".join(filter(None, [section.closing, *said]))

    def _drop_empty_groups(self) -> None:
        """A band at a table's end headed nothing: it is a closing word."""
        kept: list[FoundSection] = []
        for section in self._found.sections:
            if section.is_group and not section.measures and kept:
                words = filter(None, [kept[-1].closing, section.heading, section.closing])
                kept[-1].closing = "\n".join(words)
            else:
                kept.append(section)
        self._found.sections[:] = kept

    # --- findings

    def _add(self, kind: FindingKind, sentence: str, line: Line) -> None:
        self._findings.append((line.table, line.row, ImportFinding(kind, sentence, place_of(line))))

    def _doubt(self, line: Line, columns: Columns) -> None:
        """Once for each set of headings."""
        if line.match not in self._doubted:
            self._doubted.add(line.match)
            for sentence in doubts(self._matches[line.match], columns):
                self._add("doubtful", sentence, line)

    def _judge(self, section: FoundSection) -> None:
        """What the editor would refuse is said before it is stored."""
        for number, measure in enumerate(section.measures, 1):
            for cells in (measure.cells, *measure.activities):
                for key, text in cells.items():
                    if problem := thai.problem_in(text):
                        place = _("มาตรการที่ %(n)s ช่อง%(field)s")
                        place %= {"n": language.shown(number), "field": FIELDS.get(key, key)}
                        self._found.findings.append(ImportFinding("doubtful", problem, place))


def _in_one(words: str) -> str:
    """Lines that only the width of a page parted."""
    return " ".join(words.split())


def _columns(match: TableMatch, forms: dict[str, FormLike]) -> Columns | None:
    if match.form not in forms:
        return None
    columns = Columns.of(match, forms[match.form])
    return columns if columns.shape.measure or columns.shape.activity else None


def _is_group_row(line: Line) -> bool:
    """Only the first cell says something, and that is numbered 6.1."""
    said = [text for text in line.own if text]
    return len(said) == 1 and line.texts[0] == said[0] and len(said[0]) <= 200 and is_group_heading(said[0])
