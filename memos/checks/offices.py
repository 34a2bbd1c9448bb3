"""Who is responsible has to be an office or a post, not a person and not everybody's nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memos.checks.rule import Note, Rule, note, quoted
from memos.checks.view import View

# How offices and posts are called besides their registered names: งานพัสดุ, ทุกส่วน/กอง, นักทรัพยากรบุคคล, ผอ.กองคลัง
_OFFICE_OR_POST: Final = re.compile(
    "สำนัก|กอง|ฝ่าย|งาน|ทุกส่วน|ส่วนราชการ|หน่วย|ศูนย์|กลุ่ม|โรงเรียน|สถานี|คณะ|ปลัด|นายก|นายช่าง|นิติกร|นัก[ก-ฮเ-ไ]|เจ้าพนักงาน|เจ้าหน้าที่"
    r"|หัวหน้า|ผู้อำนวยการ|ผอ\.|ผู้ช่วย|ผู้บริหาร|ครู|วิศวกร|สถาปนิก|พยาบาล|สภา|เลขานุการ|เลขาฯ|กำนัน|ผู้ใหญ่บ้าน|ผู้บังคับบัญชา|ผู้ดูแล|ลูกจ้าง|บุคลากร|อบต\.|อบจ\.|เทศบาล|ส่วนการ|ส่วนโยธา"
    # As offices shorten them
    r"|สป\.|ก\.|จนท\.|จพง\.|นวก\.|หน\.|ผช\.|ผส\.|ศพด\.?|รพ\.?สต"
)
# A person's name and surname; นายก and นายช่าง are posts.
_PERSON: Final = re.compile(
    r"(?:นางสาว|น\.ส\.|นาง|นาย(?!ก|ช่าง|ทะเบียน|ตรวจ|สัตว))\s*[ก-ฮเ-ไ]\S*(?:\s+[ก-ฮเ-ไ]\S*)?"
)


def names_office(text: str, registered: tuple[str, ...]) -> bool:
    """Whether the text names an office or a post: one registered by the authority, or a usual word for one."""
    bare = "".join(text.split())
    return any(name in bare for name in registered if name) or bool(
        _OFFICE_OR_POST.search(_PERSON.sub("", text))
    )


def unknown(view: View) -> Iterator[Note]:
    for part in view.parts:
        for cell in part.cells("responsible"):
            if not cell.blank and not names_office(cell.plain, view.offices_and_posts):
                sentence = _("“%(text)s” ไม่ใช่ชื่อส่วนราชการหรือตำแหน่ง") % {"text": quoted(cell.text)}
                yield note(cell, sentence, _("ไม่ใช่ชื่อส่วนราชการหรือตำแหน่ง"))


RULES = (
    Rule(
        "responsible-unknown",
        "word",
        gettext_lazy("ผู้รับผิดชอบที่ไม่ใช่ส่วนราชการหรือตำแหน่ง"),
        gettext_lazy("ควรเป็นชื่อส่วนราชการหรือตำแหน่ง เช่น สำนักปลัด งานพัสดุ กองคลัง นิติกร ทุกส่วนงาน"),
        unknown,
    ),
)
