"""Cells that a reviewer looks for first and that are empty, and tables that lack what the assessment asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import assessment, language
from memos.checks.rule import Note, Rule, whole
from memos.checks.view import Place, Row, View
from memos.forms_data import field_label

_OF_THEIR_OWN: Final = {"result", "responsible", "period", "outcome"}


def _empty(view: View, key: str, sentence: str) -> Iterator[Note]:
    for part in view.parts:
        for row in part.rows():
            cell = row.cells.get(key)
            if cell is not None and cell.blank:
                yield Note(cell.place, f"{row.place.words} {sentence}", sentence)


def no_result(view: View) -> Iterator[Note]:
    """An empty result, or a report whose tables have no place for one."""
    yield from _empty(view, "result", _("ยังไม่ได้กรอกผลการดำเนินการ"))
    if view.item_key == "report" and view.parts and not any("result" in part.fields for part in view.parts):
        yield whole(Place("", view.sections_page, 0), _("ไม่มีตารางใดในรายงานที่มีช่องผลการดำเนินการ"))


def no_responsible(view: View) -> Iterator[Note]:
    return _empty(view, "responsible", _("ยังไม่ได้กรอกผู้รับผิดชอบ"))


def no_period(view: View) -> Iterator[Note]:
    return _empty(view, "period", _("ยังไม่ได้กรอกระยะเวลา"))


def no_outcome(view: View) -> Iterator[Note]:
    return _empty(view, "outcome", _("ยังไม่ได้กรอกผลลัพธ์หรือความสำเร็จ"))


def empty_cell(view: View) -> Iterator[Note]:
    """Other columns that the form requires, together in one sentence a row. A column of two fields needs one of them."""
    for part in view.parts:
        for row in part.rows():
            yield from _empty_of(row, part.columns)


def _empty_of(row: Row, columns: tuple[object, ...]) -> Iterator[Note]:
    missing: list[tuple[Place, str]] = []
    for column in columns:
        assert isinstance(column, dict)
        keys = [key for key in column["fields"] if key in row.cells]
        others = not _OF_THEIR_OWN & set(keys)
        if keys and others and column["required"] and all(row.cells[key].blank for key in keys):
            missing.append((row.cells[keys[0]].place, field_label(column, keys[0])))
    if missing:
        sentence = _("%(place)s ยังไม่ได้กรอก: %(headings)s") % {
            "place": row.place.words,
            "headings": ", ".join(label for _place, label in missing),
        }
        yield Note(missing[0][0], sentence, _("ยังไม่ได้กรอก"))


def outcome_required(view: View) -> Iterator[Note]:
    """Which fields a report must show is data of the assessment it is filed in."""
    if view.item_key != "report" or "outcome" not in assessment.must_show(view.years.filed):
        return
    for part in view.parts:
        if "result" in part.fields and "outcome" not in part.fields:
            sentence = _(
                "%(place)s: แบบตารางไม่มีช่องผลลัพธ์หรือความสำเร็จ ซึ่งการประเมินปี %(year)s กำหนดให้แสดง โปรดใช้แบบตารางที่มีช่องนี้"
            ) % {"place": part.place.words, "year": language.shown(view.years.filed)}
            yield whole(part.place, sentence)


RULES = (
    Rule(
        "no-result",
        "word",
        gettext_lazy("ไม่มีผลการดำเนินการ"),
        gettext_lazy("การประเมินดูผลการดำเนินการของทุกมาตรการ หากยังไม่ได้ดำเนินการ โปรดเขียนไว้พร้อมเหตุผล"),
        no_result,
    ),
    Rule(
        "no-responsible",
        "word",
        gettext_lazy("ไม่มีผู้รับผิดชอบ"),
        gettext_lazy("แบบตารางมีช่องผู้รับผิดชอบ แต่ยังว่างอยู่"),
        no_responsible,
    ),
    Rule(
        "no-period",
        "word",
        gettext_lazy("ไม่มีระยะเวลา"),
        gettext_lazy("แบบตารางมีช่องระยะเวลา แต่ยังว่างอยู่"),
        no_period,
    ),
    Rule(
        "no-outcome",
        "word",
        gettext_lazy("ไม่มีผลลัพธ์หรือความสำเร็จ"),
        gettext_lazy("แบบตารางมีช่องผลลัพธ์หรือความสำเร็จ แต่ยังว่างอยู่"),
        no_outcome,
    ),
    Rule(
        "outcome-required",
        "word",
        gettext_lazy("แบบตารางไม่มีช่องผลลัพธ์ที่การประเมินกำหนด"),
        gettext_lazy("การประเมินของปีที่ยื่นกำหนดให้แสดงมาตรการหรือกิจกรรม สรุปผล และผลลัพธ์หรือความสำเร็จ"),
        outcome_required,
    ),
    Rule(
        "empty-cell",
        "word",
        gettext_lazy("ช่องที่แบบตารางกำหนดให้กรอกยังว่าง"),
        gettext_lazy("ช่องอื่นที่แบบตารางกำหนดให้กรอก"),
        empty_cell,
    ),
)
