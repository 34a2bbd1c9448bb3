"""The columns of a table form: JSON, validated here; the ten fields are the samples' (domain.md)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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
}
LEVELS = ("measure", "activity")
_KEYS = {"key", "heading", "fields", "width", "level", "required"}


def validate_columns(columns: Any) -> None:
    """A non-empty list of columns, measure-level ones first, each field shown once; ValidationError says what is wrong.

    A column: key, heading, fields (one or two field keys), width (1–100, relative), level, required.
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
    if not isinstance(column, dict) or set(column) != _KEYS:
        raise ValidationError(
            _("คอลัมน์ที่ %(n)d: ต้องมี %(keys)s") % {"n": number, "keys": ", ".join(sorted(_KEYS))}
        )
    fields, width = column["fields"], column["width"]
    if not (
        isinstance(fields, list) and 1 <= len(fields) <= 2 and all(isinstance(f, str) and f for f in fields)
    ):
        raise ValidationError(_("คอลัมน์ที่ %(n)d: ต้องแสดงหนึ่งหรือสองช่องข้อมูล") % {"n": number})
    if not (isinstance(width, int) and 1 <= width <= 100) or isinstance(width, bool):
        raise ValidationError(_("คอลัมน์ที่ %(n)d: ความกว้างต้องเป็นจำนวนเต็ม 1–100") % {"n": number})
    if (
        column["level"] not in LEVELS
        or not isinstance(column["required"], bool)
        or not str(column["heading"]).strip()
    ):
        raise ValidationError(_("คอลัมน์ที่ %(n)d: หัวคอลัมน์ ระดับ หรือการบังคับกรอกไม่ถูกต้อง") % {"n": number})
