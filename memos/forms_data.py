"""The columns of a table form: JSON, validated here. Ten of the fields are the samples' (domain.md), the eleventh, evidence,

is asked for by the assessment since 2566.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import thai

# Field key → the usual Thai heading. Further keys (budget, target) are allowed: cells are keyed text.
FIELDS = {
    "topic": "หัวข้อการประเมิน/ตัวชี้วัด",
    "issue": "ประเด็น",
    "measure": "มาตรการ/แนวทาง",
    "method": "วิธีการดำเนินการ",
    "responsible": "ผู้รับผิดชอบ",
    "period": "ระยะเวลา",
    "monitoring": "การติดตามผล",
    "result": "ผลการดำเนินการ",
    "outcome": "ผลลัพธ์หรือความสำเร็จ",
    "suggestion": "ข้อเสนอแนะ",
    "evidence": "หลักฐาน",
}
LEVELS = ("measure", "activity")
_KEYS = {"key", "heading", "fields", "width", "level", "required"}
_OPTIONAL = {"group", "labels"}
_NAME = re.compile("[a-z][a-z0-9_]{0,39}")
LONGEST_HEADING = 200


def validate_columns(columns: Any) -> None:
    """A non-empty list of columns, measure-level ones first, each field shown once; ValidationError says what is wrong.

    A column: key, heading, fields (one or two field keys), width (1–100, relative), level, required; and if it has
    them group (the heading above it and its equal neighbours') and labels (what each field is called, one for each).
    Keys are ``[a-z][a-z0-9_]*`` of at most 40 letters; whatever JSON holds otherwise is refused, never a failure.
    """
    if not isinstance(columns, list) or not 1 <= len(columns) <= 12:
        raise ValidationError(_("แบบตารางต้องมี 1–12 คอลัมน์"))
    for number, column in enumerate(columns, 1):
        _validate_column(column, number)
    fields = [field for column in columns for field in column["fields"]]
    if len(fields) != len(set(fields)) or len({column["key"] for column in columns}) != len(columns):
        raise ValidationError(_("ช่องข้อมูลหนึ่งแสดงได้เพียงคอลัมน์เดียว"))
    levels = [column["level"] for column in columns]
    if levels != sorted(levels, key=LEVELS.index):
        raise ValidationError(_("คอลัมน์ระดับมาตรการต้องอยู่ก่อนคอลัมน์ระดับกิจกรรม"))


def _validate_column(column: Any, number: int) -> None:
    if not isinstance(column, dict) or not _KEYS <= set(column) <= _KEYS | _OPTIONAL:
        raise ValidationError(
            _("คอลัมน์ที่ %(n)d: ต้องมี %(keys)s") % {"n": number, "keys": ", ".join(sorted(_KEYS))}
        )
    problem = _problem_of(column)
    if problem:
        raise ValidationError(_("คอลัมน์ที่ %(n)d: %(problem)s") % {"n": number, "problem": problem})


def _problem_of(column: dict[str, Any]) -> str | None:
    """One sentence, or None when the column is right."""
    fields, width, heading = column["fields"], column["width"], column["heading"]
    if not (isinstance(fields, list) and 1 <= len(fields) <= 2):
        return _("ต้องแสดงหนึ่งหรือสองช่องข้อมูล")
    if not all(_is_name(name) for name in (column["key"], *fields)):
        return _("key และ fields ต้องเป็นตัวอักษร a–z ตัวเลข หรือ _ ขึ้นต้นด้วยตัวอักษร ไม่เกิน 40 ตัว")
    if isinstance(width, bool) or not (isinstance(width, int) and 1 <= width <= 100):
        return _("ความกว้างต้องเป็นจำนวนเต็ม 1–100")
    if not isinstance(heading, str) or not heading.strip():
        return _("ต้องมีหัวคอลัมน์")
    if column["level"] not in LEVELS or not isinstance(column["required"], bool):
        return _("ระดับหรือการบังคับกรอกไม่ถูกต้อง")
    group, labels = column.get("group", ""), column.get("labels", [])
    if not isinstance(group, str):
        return _("หัวกลุ่มคอลัมน์ต้องเป็นข้อความ")
    if not isinstance(labels, list) or not all(isinstance(label, str) and label.strip() for label in labels):
        return _("ชื่อช่องข้อมูลต้องเป็นข้อความ")
    if labels and len(labels) != len(fields):
        return _("ต้องมีชื่อช่องข้อมูลครบทุกช่อง")
    problems = (thai.problem_in(text, LONGEST_HEADING) for text in (heading, group, *labels))
    return next(filter(None, problems), None)


def column_label(column: Mapping[str, Any]) -> str:
    """What a column is called where its neighbours are not in sight: two may have one heading under two groups."""
    return " – ".join(filter(None, (column.get("group", ""), column["heading"])))


def field_label(column: Mapping[str, Any], key: str) -> str:
    """What a field of the column is called: in the form's own words, else by the column, else by its usual heading."""
    labels = column.get("labels")
    if labels:
        return str(labels[list(column["fields"]).index(key)])
    return column_label(column) if len(column["fields"]) == 1 else FIELDS.get(key, key)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None
