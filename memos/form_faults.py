"""What keeps a form from being used, said beside the place where it is typed."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.unprintable import is_blank
from memos.form_draft import MOST_COLUMNS, NEW, ColumnRow, FormDraft
from memos.forms_data import FIELDS, LONGEST_HEADING, validate_columns


def find_faults(draft: FormDraft, own: Mapping[str, str]) -> list[str]:
    """Mark the title and the columns; returns sentences about the form as a whole. ``own``: the authority's fields by key.

    What no rule here knows of is refused by ``validate_columns``, which has the last word.
    """
    draft.title_fault = _problem_of_title(draft.title)
    sentences = list(_of_the_form(draft))
    uses = Counter(choice.key for row in draft.rows for choice in row.chosen if choice.key != NEW)
    names = Counter(row.name_of(choice) for row in draft.rows for choice in row.chosen if choice.key == NEW)
    measures_may_come = True
    for row in draft.rows:
        row.faults = {}
        _check_words(row)
        _check_fields(row, uses, names, own)
        measures_may_come = measures_may_come and row.level == "measure"
        if row.level == "measure" and not measures_may_come:
            row.faults["level"] = _("คอลัมน์ระดับมาตรการต้องอยู่ก่อนคอลัมน์ระดับกิจกรรม โปรดเลื่อนขึ้น")
    if not draft.is_faulty and not sentences:
        sentences.extend(_last_word(draft, own))
    return sentences


def has_faults(draft: FormDraft, own: Mapping[str, str]) -> bool:
    """Whether there are any; what the page says beside the columns stays as it is."""
    trial = copy.deepcopy(draft)
    return bool(find_faults(trial, own)) or trial.is_faulty


def _problem_of_title(title: str) -> str:
    if is_blank(title):
        return _("โปรดตั้งชื่อแบบตาราง")
    return thai.problem_in(title, LONGEST_HEADING) or ""


def _of_the_form(draft: FormDraft) -> Iterator[str]:
    if not draft.rows:
        yield _("แบบตารางต้องมีอย่างน้อยหนึ่งคอลัมน์")
    elif all(row.level == "activity" for row in draft.rows):
        yield _(
            "แบบตารางต้องมีคอลัมน์ระดับมาตรการอย่างน้อยหนึ่งคอลัมน์ มิฉะนั้นบอกไม่ได้ว่ากิจกรรมใดอยู่ในมาตรการใด "
            "โปรดเลือกระดับ “มาตรการ” ให้คอลัมน์แรก"
        )
    if draft.too_many:
        yield _("แบบตารางมีได้ไม่เกิน %(most)s คอลัมน์") % {"most": language.shown(MOST_COLUMNS)}


def _check_words(row: ColumnRow) -> None:
    if is_blank(row.heading):
        row.faults["heading"] = _("โปรดใส่หัวคอลัมน์")
    texts = {
        "heading": row.heading,
        "group": row.group,
        "name1": row.fields[0].name,
        "name2": row.fields[1].name,
    }
    for part, text in texts.items():
        problem = thai.problem_in(text, LONGEST_HEADING)
        if problem:
            row.faults[part] = problem
        elif text and is_blank(text):
            row.faults.setdefault(part, _("ข้อความนี้มองไม่เห็นบนกระดาษ โปรดพิมพ์ใหม่หรือลบออก"))
    number = row.width if row.width.isascii() and row.width.isdigit() and len(row.width) <= 3 else "0"
    if not 1 <= int(number) <= 100:
        row.faults["width"] = _("ความกว้างต้องเป็นจำนวนเต็ม ๑ ถึง ๑๐๐")


def _check_fields(
    row: ColumnRow, uses: Mapping[str, int], names: Mapping[str, int], own: Mapping[str, str]
) -> None:
    if not row.chosen:
        row.faults["field1"] = _("โปรดเลือกช่องข้อมูล")
    for number, choice in enumerate(row.fields, 1):
        if not choice.key:
            continue
        if choice.key == NEW:
            problem = _problem_of_new(row.name_of(choice), names, own)
            if problem:
                row.faults[f"name{number}"] = problem
        elif choice.key not in FIELDS and choice.key not in own:
            row.faults[f"field{number}"] = _("ไม่มีช่องข้อมูลนี้ โปรดเลือกใหม่")
        elif uses[choice.key] > 1:
            row.faults[f"field{number}"] = _("ช่องข้อมูลนี้แสดงในคอลัมน์อื่นหรือสองครั้งในคอลัมน์นี้แล้ว เลือกได้เพียงครั้งเดียว")


def _problem_of_new(name: str, names: Mapping[str, int], own: Mapping[str, str]) -> str:
    if is_blank(name):
        return _("โปรดตั้งชื่อช่องข้อมูลใหม่")
    if name in own.values() or name in FIELDS.values():
        return _("มีช่องข้อมูลชื่อ “%(name)s” อยู่แล้ว โปรดเลือกจากรายการ หรือตั้งชื่ออื่น") % {"name": thai.printed(name)}
    if names[name] > 1:
        return _("ช่องข้อมูลใหม่สองช่องชื่อซ้ำกัน โปรดตั้งชื่อให้ต่างกัน")
    return ""


def _last_word(draft: FormDraft, own: Mapping[str, str]) -> Iterator[str]:
    try:
        validate_columns(trial_columns(draft, own))
    except ValidationError as error:
        yield from error.messages


def trial_columns(draft: FormDraft, own: Mapping[str, str]) -> list[dict[str, object]]:
    """The columns as they would be kept, new fields under keys that nobody uses."""
    made: list[str] = []

    def key_of(name: str) -> str:
        made.append(name)
        return f"trial_{len(made)}"

    return draft.columns(key_of, own)
