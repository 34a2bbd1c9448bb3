"""The sheet of people: its headings, the empty one to download, and what somebody filled in as rows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Organisation, Post
from memos.people_sheet import Sheet, as_xlsx
from workflows.setting_up_people import CAPACITIES
from workflows.setting_up_rows import Fault, NotEntered, PersonRow, problem

SHEET = "บุคคล"
POSTS_SHEET = "ตำแหน่งที่มี"
_CAPACITY_SHEET = "ฐานะ"
EXAMPLE = "(ตัวอย่าง)"
"""Before the name of the row that only shows how: such a row is passed over."""
MOST = 500
# In the order of the columns. A sheet is Thai whatever the reader's language.
HEADINGS: dict[str, str] = {
    "name": "ชื่อ-นามสกุล (พร้อมคำนำหน้า)",
    "login": "ชื่อผู้ใช้",
    "email": "อีเมล",
    "post": "ตำแหน่ง",
    "unit": "ส่วนราชการ",
    "capacity": "ฐานะ",
    "own_title": "ตำแหน่งของตนเอง",
    "legal_basis": "คำสั่งหรือฐานอำนาจ",
    "scope": "ขอบเขตที่มอบหมาย",
    "starts": "ตั้งแต่วันที่",
}
_NEEDED = ("name", "login", "post")
_NOTES = (
    "กรอกหนึ่งคนต่อหนึ่งแถว ผู้มีหลายตำแหน่งให้กรอกหลายแถวด้วยชื่อผู้ใช้เดียวกัน แถวตัวอย่างไม่ต้องลบ ระบบจะข้ามไป",
    "ผู้ดำรงตำแหน่งเว้นช่องฐานะถึงขอบเขตไว้ได้ ผู้รักษาราชการแทนต้องกรอกตำแหน่งของตนเองและคำสั่ง วันที่เว้นไว้คือวันนี้",
)
_SHOWN = {
    "name": f"{EXAMPLE} นางสาวสมศรี ตัวอย่างดี",
    "login": "somsri.t",
    "email": "somsri@example.go.th",
    "post": "หัวหน้าสำนักปลัด",
    "capacity": "รักษาราชการแทน",
    "own_title": "นักจัดการงานทั่วไปชำนาญการ",
    "legal_basis": "คำสั่งที่ 12/2568 ลงวันที่ 1 ตุลาคม 2568",
    "starts": "1 ตุลาคม 2568",
}


def empty(organisation: Organisation) -> bytes:
    """The sheet to fill in: a row for each post without anybody yet to type, and the lists that its cells offer."""
    posts = Post.objects.of(organisation).select_related("unit").order_by("pk")
    rows = [[_SHOWN.get(key, "") for key in HEADINGS]]
    rows += [_row_for(post) for post in posts]
    keys = list(HEADINGS)
    choices = {
        keys.index("post"): (POSTS_SHEET, 0),
        keys.index("unit"): (POSTS_SHEET, 1),
        keys.index("capacity"): (_CAPACITY_SHEET, 0),
    }
    listed = [[post.title, post.unit.name if post.unit else ""] for post in posts]
    return as_xlsx(
        [
            Sheet(SHEET, list(HEADINGS.values()), rows, _NOTES, choices),
            Sheet(POSTS_SHEET, [HEADINGS["post"], HEADINGS["unit"]], listed),
            Sheet(_CAPACITY_SHEET, [HEADINGS["capacity"]], [[words] for words in CAPACITIES if words]),
        ]
    )


def _row_for(post: Post) -> list[str]:
    said = {"post": post.title, "unit": post.unit.name if post.unit else ""}
    return [said.get(key, "") for key in HEADINGS]


def read(sheets: Sequence[tuple[str, list[list[str]]]]) -> list[PersonRow]:
    """The rows in which a person is named. NotEntered when the table is not there, or is none of ours.

    A row that names a post and nobody is one that was left empty.
    """
    found = next((rows for name, rows in sheets if name == SHEET), None)
    rows = found if found is not None else sheets[0][1] if sheets else []
    head, columns = _headings(rows)
    people = []
    for place, row in enumerate(rows[head + 1 :], head + 2):
        said = {key: _text(row[column]) for key, column in columns.items() if column < len(row)}
        if any(said.get(key) for key in ("name", "login", "email")) and not said.get("name", "").startswith(
            EXAMPLE
        ):
            people.append(PersonRow(place=place, **said))
    if not people:
        raise problem(_("ยังไม่มีผู้ใดในแผ่นงานนี้ โปรดกรอกอย่างน้อยหนึ่งแถว"))
    if len(people) > MOST:
        raise problem(_("แผ่นงานนี้มีเกิน ๕๐๐ แถว โปรดแบ่งเป็นหลายไฟล์"))
    return people


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row of headings, and each field's column; columns may stand in any order."""
    wanted = {_squeezed(heading): key for key, heading in HEADINGS.items()}
    for place, row in enumerate(rows[:20]):
        columns = {
            wanted[_squeezed(text)]: column for column, text in enumerate(row) if _squeezed(text) in wanted
        }
        if len(columns) >= len(_NEEDED):
            missing = [HEADINGS[key] for key in _NEEDED if key not in columns]
            if missing:
                sentence = _("แถวที่ %(row)s ไม่มีหัวคอลัมน์ %(missing)s") % {
                    "row": place + 1,
                    "missing": ", ".join(missing),
                }
                raise problem(sentence, place + 1)
            return place, columns
    raise problem(_("ไม่พบหัวคอลัมน์ของแบบ โปรดใช้ไฟล์ที่ดาวน์โหลดจากหน้านี้"))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _text(cell: str) -> str:
    return " ".join(thai.normalise(cell[:2_000]).split())


def with_cells(refused: NotEntered, sheets: Sequence[tuple[str, list[list[str]]]]) -> list[tuple[str, Fault]]:
    """Each fault with the name of its cell (C5), or "" where it is of the whole sheet or of no sheet of people."""
    found = next((rows for name, rows in sheets if name == SHEET), sheets[0][1] if sheets else [])
    try:
        _head, columns = _headings(found)
    except NotEntered:
        columns = {}
    return [(_cell(fault, columns) if fault.field in HEADINGS else "", fault) for fault in refused.faults]


def _cell(fault: Fault, columns: dict[str, int]) -> str:
    if not (fault.place and columns):
        return ""
    column = columns.get(fault.field, 0)
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{fault.place}"
