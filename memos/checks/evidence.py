"""Links and evidence: reviewers look for them, no sample has any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memos.checks.rule import Note, Rule, whole
from memos.checks.view import View

LINK: Final = re.compile(r"https?://|www\.|\b[\w-]{1,63}\.(?:go|or|ac|in)\.th\b")


def none(view: View) -> Iterator[Note]:
    """Once for the report: a link in any row, a word in a column for evidence, or a file that a unit gave, is enough."""
    tables = [part for part in view.parts if "result" in part.fields]
    cells = list(view.places_of("cell"))
    given = any(cell.key == "evidence" and not cell.blank for cell in cells)
    if not tables or given or any(LINK.search(cell.plain) for cell in cells):
        return
    if not view.rows_with_evidence:
        yield whole(
            tables[0].place, _("ตารางผลไม่มีหลักฐานหรือลิงก์เลย แบบตารางที่มีช่องหลักฐานช่วยให้ผู้ตรวจประเมินตรวจได้ทันที")
        )


RULES = (
    Rule(
        "no-evidence",
        "information",
        gettext_lazy("ไม่มีหลักฐานหรือลิงก์"),
        gettext_lazy("แจ้งครั้งเดียวต่อรายงาน เมื่อไม่มีลิงก์หรือหลักฐานในตารางใดเลย"),
        none,
    ),
)
