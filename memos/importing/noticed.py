"""What a reader noticed in a file, in the officer's words: the readers run without Django and only give codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ita_core import language
from memos.importing.found import ImportFinding
from memos.importing.grids import Source

_SHEET: Final = gettext_noop("แผ่นงาน “%(name)s”")
# Code → (place, sentence). A note's texts are ``name`` and ``where``, in this order.
SENTENCES: Final = {
    "hidden-sheet": (_SHEET, gettext_noop("แผ่นงานนี้ซ่อนไว้ จึงไม่นำเข้า หากต้องการ โปรดเลิกซ่อนใน Excel แล้วส่งไฟล์อีกครั้ง")),
    "hidden-rows": (_SHEET, gettext_noop("แถวที่ %(where)s ซ่อนไว้หรือถูกกรองออก แต่นำเข้าด้วย โปรดตรวจว่าต้องการแถวเหล่านี้")),
    "hidden-columns": (_SHEET, gettext_noop("คอลัมน์ %(where)s ซ่อนไว้ แต่นำเข้าด้วย โปรดตรวจว่าต้องการคอลัมน์เหล่านี้")),
    "no-value": (
        _SHEET,
        gettext_noop("สูตรในช่อง %(where)s ไม่มีผลลัพธ์เก็บไว้ในไฟล์ ช่องจึงว่าง โปรดเปิดไฟล์ใน Excel แล้วบันทึกใหม่ หรือพิมพ์ค่าเอง"),
    ),
    "open-quote": (
        gettext_noop("บรรทัดที่ %(name)s"),
        gettext_noop('เครื่องหมายคำพูด (") ที่เปิดไว้ไม่มีตัวปิด ข้อความที่ตามมาจึงรวมอยู่ในช่องเดียวกัน โปรดแก้ในไฟล์แล้วส่งใหม่ หรือตรวจทุกช่องของแถวนี้'),
    ),
    "footnotes": ("", gettext_noop("เชิงอรรถ %(name)s ข้อต่อท้ายข้อความที่อ้างถึง ในวงเล็บเหลี่ยม โปรดตรวจ")),
}  # fmt: skip


def noticed(source: Source) -> Iterator[ImportFinding]:
    """Every note as a doubtful finding; a code that nobody knows says nothing."""
    for code, *texts in source.notes:
        if code in SENTENCES:
            place, sentence = SENTENCES[code]
            name, where = (*texts, "", "")[:2]
            values = {"name": language.shown(name), "where": language.shown(where)}
            if place == _SHEET:
                values["name"] = name  # as it stands below the sheet in Excel
            yield ImportFinding("doubtful", _(sentence) % values, _(place) % values if place else "")
