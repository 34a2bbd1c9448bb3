"""Matches the headings of a foreign table to the fields of the forms on offer, and finds the form that fits best.

A column is taken for what a form calls so; where no form does, for what the usual words say. The officer sees why.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ita_core import language
from memos.forms_data import FIELDS
from memos.importing.grids import Grid, Source
from memos.importing.headers import Header, Heading, Knows, assumed_header, header_of, usual
from memos.importing.mapping import ColumnMatch, FormLike, Mapping, TableMatch
from memos.importing.vocabulary import EITHER, NUMBERS, likeness, squashed, usual_field

_LEAST = 0.6
"""Below this a heading says nothing."""
_KNOWN = 0.8
"""From here on a column would be lost in a form that does not have it."""
_EITHER: dict[tuple[str, ...], float] = {("result",): 0.82, ("method",): 0.81}
"""How sure การดำเนินงาน is a result or, where another column is that, a method: enough not to be lost, not to be silent."""
_CERTAIN = 0.9  # from here on a heading is one field's and no other's
_SAME = 0.7
"""Headings on average so alike are those of one table, though a page changed some of them."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a form, ready to be compared."""

    heading: str
    with_group: str
    fields: tuple[str, ...]


@dataclass(slots=True)
class _Form:
    slug: str
    columns: list[_Column] = field(default_factory=list)


@dataclass(slots=True)
class _Fit:
    form: str
    score: float
    columns: list[tuple[_Column, float] | None]

    @property
    def rank(self) -> tuple[int, float]:
        """A form with an empty column more is better than one that loses what somebody wrote."""
        return sum(pair is not None and pair[1] >= _KNOWN for pair in self.columns), self.score


def knows(forms: Sequence[FormLike]) -> Knows:
    """How sure a squashed heading is one that these forms, or the usual words, have."""
    own = {column.heading for form in _prepared(forms) for column in form.columns}

    @functools.lru_cache(maxsize=4096)
    def known(heading: str) -> float:
        if heading in own or heading in NUMBERS:
            return 1.0
        return max(usual(heading), max((likeness(heading, its) for its in own), default=0.0))

    return known


def match(source: Source, forms: Sequence[FormLike]) -> Mapping:
    """A proposal for every set of headings in the source; tables that go on from page to page share one."""
    known, prepared = knows(forms), _prepared(forms)
    mapping = Mapping()
    for number, grid in enumerate(source.grids):
        header = header_of(grid, known)
        if header is None and (last := _going_on(mapping, grid)) is not None:
            _add_table(mapping, last, number)
            continue
        found = _match(number, grid, header or assumed_header(grid), prepared)
        same = next((i for i, its in enumerate(mapping.tables) if _is_same(its, found)), None)
        if same is None:
            mapping.tables.append(found)
        else:
            _add_table(mapping, same, number)
    return mapping


def _going_on(mapping: Mapping, grid: Grid) -> int | None:
    """A page without headings belongs to the table before it, if that is as wide."""
    last = len(mapping.tables) - 1
    return last if last >= 0 and len(mapping.tables[last].columns) == grid.width else None


def _add_table(mapping: Mapping, index: int, number: int) -> None:
    its = mapping.tables[index]
    mapping.tables[index] = replace(its, tables=(*its.tables, number))


def _is_same(one: TableMatch, other: TableMatch) -> bool:
    if len(one.columns) != len(other.columns):
        return False
    if one.form == other.form and [c.fields for c in one.columns] == [c.fields for c in other.columns]:
        return any(column.fields for column in one.columns)
    pairs = zip(one.columns, other.columns, strict=True)
    scores = [likeness(squashed(a.heading), squashed(b.heading)) for a, b in pairs]
    return sum(scores) / max(len(scores), 1) >= _SAME


def _prepared(forms: Sequence[FormLike]) -> list[_Form]:
    return [
        _Form(
            form.slug,
            [
                _Column(
                    squashed(column["heading"]),
                    squashed(column.get("group", "") + column["heading"]),
                    tuple(column["fields"]),
                )
                for column in form.columns
            ],
        )
        for form in forms
    ]


def _match(number: int, grid: Grid, header: Header | None, forms: Sequence[_Form]) -> TableMatch:
    if header is None:
        unknown = tuple(
            ColumnMatch(_("คอลัมน์ที่ %(n)s") % {"n": language.shown(n)}, (), 0.0, _("ตารางนี้ไม่มีหัวคอลัมน์"))
            for n in range(1, grid.width + 1)
        )
        return TableMatch((number,), unknown, forms[0].slug if forms else "", 0.0)
    fits = [_fit(header.headings, form) for form in forms]
    best = max(fits, key=lambda fit: fit.rank, default=_Fit("", 0.0, [None] * len(header.headings)))
    taken = {key for pair in best.columns if pair for key in pair[0].fields}
    columns: list[ColumnMatch] = []
    for heading, pair in zip(header.headings, best.columns, strict=True):
        columns.append(_as_form_has_it(heading, *pair) if pair else _by_usual_words(heading, taken))
        taken.update(columns[-1].fields)
    return TableMatch((number,), tuple(columns), best.form, round(best.score, 3))


def _fit(headings: Sequence[Heading], form: _Form) -> _Fit:
    """Each column of the file beside the column of the form that it is most like; every one is used once."""
    scores = sorted(
        (
            (_score(heading, column), -abs(n - k), n, k)
            for n, heading in enumerate(headings)
            for k, column in enumerate(form.columns)
        ),
        reverse=True,
    )
    found: list[tuple[_Column, float] | None] = [None] * len(headings)
    used: set[int] = set()
    for score, _near, n, k in scores:
        if score < _LEAST:
            break
        if found[n] is None and k not in used:
            found[n] = form.columns[k], score
            used.add(k)
    said = sum(bool(heading.squashed) and heading.squashed not in NUMBERS for heading in headings)
    whole = 2 * sum(pair[1] for pair in found if pair)
    return _Fit(form.slug, whole / max(said + len(form.columns), 1), found)


def _score(heading: Heading, column: _Column) -> float:
    """A heading of the form's own, else the usual words of its field, which are a little less sure."""
    text = heading.squashed
    if text in NUMBERS:
        return 0.0
    own = likeness(text, column.heading)
    if heading.group:
        own = max(own - 0.01, likeness(squashed(heading.group) + text, column.with_group))
    fields, sure = usual_field(text)
    if text in EITHER and own < _CERTAIN:
        return _EITHER.get(column.fields, 0.0)
    if fields == column.fields:
        return max(own, 0.97 * sure)
    # ผลการดำเนินการ is half like ระยะเวลาดำเนินการ, and yet surely not it.
    return 0.0 if own < _CERTAIN <= sure else own


def _as_form_has_it(heading: Heading, column: _Column, score: float) -> ColumnMatch:
    if score >= 0.99:
        why = _("ตรงกับหัวคอลัมน์ของแบบ")
    elif score >= _LEAST + 0.2:
        why = _("ใกล้เคียงหัวคอลัมน์หรือคำที่ใช้กันทั่วไป")
    else:
        why = _("คล้ายหัวคอลัมน์เพียงบางส่วน โปรดตรวจ")
    return ColumnMatch(heading.text, column.fields, round(score, 3), why)


def _by_usual_words(heading: Heading, taken: set[str]) -> ColumnMatch:
    """What no column of the form is called; its field may still be told, so that another form can be chosen."""
    text = heading.squashed
    if not text or text in NUMBERS:
        why = _("คอลัมน์นี้ไม่มีหัว") if not text else _("คอลัมน์ลำดับที่ ไม่ต้องนำเข้า")
        return ColumnMatch(heading.text, (), 1.0 if text else 0.0, why)
    fields, sure = usual_field(text)
    if text in EITHER and taken.intersection(fields):
        fields = ("method",)
    if sure >= _LEAST and not taken.intersection(fields):
        names = " + ".join(FIELDS.get(key, key) for key in fields)
        why = _("เป็น“%(names)s” ซึ่งแบบที่ใกล้เคียงที่สุดไม่มีคอลัมน์นี้") % {"names": names}
        return ColumnMatch(heading.text, fields, round(sure * 0.8, 3), why)
    return ColumnMatch(heading.text, (), 0.0, _("ไม่รู้จักหัวคอลัมน์นี้"))
