"""Rows that close a table and are no measures: those that count (รวม | 5 มาตรการ), and remarks (หมายเหตุ …). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_UNIT: Final = "(?:มาตรการ|แนวทาง|กิจกรรม|โครงการ|ประเด็น|ตัวชี้วัด|หัวข้อ|รายการ|เรื่อง|ข้อ|งาน|ครั้ง|หน่วยงาน|แห่ง|คน|ราย|ฉบับ|บาท|วัน|เดือน|%)"
_SUM: Final = re.compile(
    f"(?:(?:ผล|ยอด)?รวม(?:เป็น)?(?:ทั้งสิ้น|ทั้งหมด|ทุก{_UNIT})?|grand total|total)(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_FIGURE: Final = re.compile(f"(?:จำนวน|ร้อยละ|และ|รวม)|(?:[0-9][0-9,]*(?:[.][0-9]+)?|[.…]+) ?{_UNIT}?")
_BETWEEN: Final = re.compile("[-–—.…_/,:()]")
_REMARK: Final = re.compile(r"[*_\s]*หมายเหตุ")
_LONGEST: Final = 200
"""Letters of a cell that may still be a figure."""


def only_sums_up(texts: Sequence[str]) -> bool:
    """The first cell that says anything is a sum; the others hold figures with their units, dashes or dots."""
    said = [" ".join(text.split()) for text in texts if text.strip()]
    if not said or any(len(text) > _LONGEST for text in said):
        return False
    found = _SUM.fullmatch(said[0])
    return found is not None and all(map(_is_figure, [found["rest"].strip(), *said[1:]]))


def remark_in(texts: Sequence[str]) -> str:
    """The remark that the row is, in its lines; "" for any other row. It stands in the first cell, or beside that word."""
    said = [text for text in texts if text.strip()]
    if not said or said[0] is not texts[0] or not _REMARK.match(said[0]):
        return ""
    label = said[0].strip("*_: \n") == "หมายเหตุ"
    return " ".join(said) if len(said) == 1 or (label and len(said) == 2) else ""


def _is_figure(text: str) -> bool:
    """Nothing is left without figures and units; ``1. จัดประชุม`` is an item of a list."""
    return re.fullmatch(_UNIT, text) is not None or not _BETWEEN.sub("", _FIGURE.sub("", text)).strip()
