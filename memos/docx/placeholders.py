"""Every placeholder that a Word template may hold: the one table the compiler, the README and the tests read.

A placeholder is typed in Word as `{{name}}`. What repeats follows from its kind, so templates hold no logic.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Template = Literal["memo", "measures", "summary", "evidence"]
Kind = Literal["text", "lines", "picture", "signature"]
# Where a placeholder gets its value from, and so how often it is written.
Scope = Literal["document", "cover", "drafter", "opinion", "section", "header_cell", "body_cell"]


def _(meaning: str) -> str:
    """Marks what the page of templates translates; Django's own mark asks for settings, and templates are built without."""
    return meaning


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`meaning` is for whoever makes a template; pages translate it. `required`: text would be lost without it.

    `vanishes`: when the value is empty, its paragraph goes with its label; goes when nothing else stands in it; stays.
    """

    name: str
    kind: Kind
    scope: Scope
    meaning: str
    required: bool = True
    vanishes: Literal["with label", "alone", "never"] = "with label"


MEMO = (
    Placeholder(
        "ครุฑ", "picture", "document", _("ภาพครุฑ พิมพ์เป็นข้อความแสดงแทน (Alt Text) ของภาพในแม่แบบ"), required=False
    ),
    Placeholder("ชั้นความเร็ว", "text", "document", _("ด่วน ด่วนมาก หรือด่วนที่สุด"), vanishes="alone"),
    Placeholder(
        "ชั้นความลับ", "text", "document", _("ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้"), vanishes="alone"
    ),
    Placeholder("ส่วนราชการ", "text", "document", _("ส่วนราชการเจ้าของเรื่อง"), vanishes="never"),
    Placeholder("ที่", "text", "document", _("เลขที่หนังสือ เช่น สฎ ๗๒๗๐๑/๑๒"), vanishes="never"),
    Placeholder("วันที่", "text", "document", _("วันที่ของหนังสือ เช่น ๑ เมษายน ๒๕๖๕"), vanishes="never"),
    Placeholder("เรื่อง", "text", "document", _("ชื่อเรื่อง"), vanishes="never"),
    Placeholder("เรียน", "lines", "document", _("ผู้รับ บรรทัดละหนึ่งราย")),
    Placeholder("ผ่าน", "lines", "document", _("ผู้ที่หนังสือผ่าน บรรทัดละหนึ่งราย")),
    Placeholder("อ้างถึง", "lines", "document", _("หนังสือที่อ้างถึง บรรทัดละหนึ่งฉบับ")),
    Placeholder("สิ่งที่ส่งมาด้วย", "lines", "document", _("สิ่งที่ส่งมาด้วย พร้อมจำนวน บรรทัดละหนึ่งรายการ")),
    Placeholder("เนื้อความ", "lines", "document", _("เนื้อความ ย่อหน้าละหนึ่งบรรทัด")),
    Placeholder("วันที่ผู้เสนอ", "text", "drafter", _("วันที่ผู้เสนอลงชื่อ"), required=False),
    Placeholder(
        "ลายมือชื่อผู้เสนอ", "signature", "drafter", _("ภาพลายมือชื่อผู้เสนอ หรือที่ว่างสำหรับลงชื่อ"), required=False
    ),
    Placeholder("ชื่อผู้เสนอ", "text", "drafter", _("ชื่อเต็มของผู้เสนอ")),
    Placeholder("ตำแหน่งผู้เสนอ", "lines", "drafter", _("ตำแหน่งของผู้เสนอ")),
    Placeholder("หัวข้อความเห็น", "text", "opinion", _("หัวข้อ เช่น ความเห็นของปลัด")),
    Placeholder("หมายเหตุ", "text", "opinion", _("หมายเหตุใต้หัวข้อ เช่น เหตุที่ข้ามขั้นตอน")),
    Placeholder("ความเห็น", "lines", "opinion", _("ความเห็น หรือเส้นประเมื่อยังไม่ได้ลงความเห็น")),
    Placeholder("ลายมือชื่อ", "signature", "opinion", _("ภาพลายมือชื่อ หรือที่ว่างสำหรับลงชื่อ"), required=False),
    Placeholder("ชื่อ", "text", "opinion", _("ชื่อเต็มของผู้ให้ความเห็น")),
    Placeholder("ตำแหน่ง", "lines", "opinion", _("ตำแหน่ง รวมถึงการรักษาราชการแทน")),
    Placeholder("ลงวันที่", "text", "opinion", _("วันที่ให้ความเห็น")),
)

MEASURES = (
    Placeholder(
        "ชั้นความลับ",
        "text",
        "document",
        _("ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้"),
        required=False,
        vanishes="alone",
    ),
    Placeholder("ปก", "lines", "cover", _("หัวเรื่องบนหน้าปก บรรทัดละหนึ่งบรรทัด เมื่อรายงานมีหน้าปก"), required=False),
    Placeholder(
        "ปกหน่วยงาน", "lines", "cover", _("ชื่อหน่วยงานบนหน้าปก คือบรรทัดหลังบรรทัดว่างของหน้าปก"), required=False
    ),
    Placeholder("ชื่อรายงาน", "lines", "section", _("ชื่อรายงานที่หัวตาราง ซ้ำทุกส่วน ยกเว้นกลุ่มย่อย")),
    Placeholder("หัวข้อส่วน", "lines", "section", _("หัวข้อของส่วน")),
    Placeholder("คำนำ", "lines", "section", _("ข้อความก่อนตาราง ย่อหน้าละหนึ่งบรรทัด")),
    Placeholder("หัวคอลัมน์", "lines", "header_cell", _("หัวคอลัมน์ อยู่ในแถวแรกของตารางต้นแบบ")),
    Placeholder("ข้อมูล", "lines", "body_cell", _("ข้อมูลในช่อง อยู่ในแถวที่สองของตารางต้นแบบ")),
    Placeholder("คำลงท้าย", "lines", "section", _("ข้อความหลังตาราง ย่อหน้าละหนึ่งบรรทัด")),
)

SUMMARY = (
    Placeholder(
        "ชั้นความลับ",
        "text",
        "document",
        _("ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้"),
        required=False,
        vanishes="alone",
    ),
    Placeholder("หน่วยงาน", "text", "document", _("ชื่อเต็มของหน่วยงาน")),
    Placeholder("ชื่อรายงาน", "lines", "document", _("ชื่อรายงาน บรรทัดละหนึ่งบรรทัด")),
    Placeholder("ปีงบประมาณ", "text", "document", _("ปีงบประมาณที่รายงาน เช่น ๒๕๖๕")),
    Placeholder("จำนวนมาตรการ", "text", "document", _("จำนวนมาตรการ")),
    Placeholder("จำนวนกิจกรรม", "text", "document", _("จำนวนกิจกรรม")),
    Placeholder("มีผลแล้ว", "text", "document", _("จำนวนกิจกรรมที่มีผลการดำเนินการแล้ว")),
    Placeholder("ยังไม่ดำเนินการ", "text", "document", _("จำนวนกิจกรรมที่รายงานว่ายังไม่มีการดำเนินการ")),
    Placeholder("ยังไม่มีผล", "text", "document", _("จำนวนกิจกรรมที่ยังไม่ได้กรอกผล หายไปเมื่อไม่มี")),
    Placeholder("มาตรการ", "lines", "document", _("มาตรการ (ผู้รับผิดชอบ) แท็บ แล้วสถานะ ย่อหน้าละหนึ่งมาตรการ")),
    Placeholder("ข้อเสนอ", "text", "document", _("สิ่งที่ขอให้พิจารณา จากประโยค “จึงเรียน…” ของบันทึกข้อความ")),
)

EVIDENCE = (
    Placeholder(
        "ชั้นความลับ",
        "text",
        "document",
        _("ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้"),
        required=False,
        vanishes="alone",
    ),
    Placeholder(
        "คิวอาร์", "picture", "document", _("ภาพรหัสคิวอาร์ พิมพ์เป็นข้อความแสดงแทน (Alt Text) ของภาพในแม่แบบ")
    ),
    Placeholder("หน่วยงาน", "text", "document", _("ชื่อเต็มของหน่วยงาน")),
    Placeholder("ชื่อรายงาน", "lines", "document", _("ชื่อรายงาน บรรทัดละหนึ่งบรรทัด")),
    Placeholder("เรื่อง", "text", "document", _("ชื่อเรื่องของบันทึกข้อความ")),
    Placeholder("ที่", "text", "document", _("เลขที่หนังสือ เมื่อมีเลขแล้ว")),
    Placeholder("ลงนามเมื่อ", "text", "document", _("วันและเวลาที่ลงนาม")),
    Placeholder("รหัสตรวจสอบ", "text", "document", _("รหัสของชุดเอกสาร เช่น 0F3A-91C0-77D2-4BE8-A651")),
    Placeholder("หน้าตรวจสอบ", "text", "document", _("ที่อยู่ของหน้าตรวจสอบ")),
    Placeholder("ผู้กระทำ", "text", "opinion", _("ลำดับและชื่อเต็มของผู้เสนอ ผู้ให้ความเห็น หรือผู้ลงนาม")),
    Placeholder("ตำแหน่งผู้กระทำ", "text", "opinion", _("ตำแหน่งตามที่พิมพ์ในบันทึกข้อความ")),
    Placeholder("ฐานะ", "text", "opinion", _("ฐานะที่กระทำ และคำสั่งหรือฐานอำนาจ")),
    Placeholder("การกระทำ", "text", "opinion", _("สิ่งที่กระทำ เช่น ลงนาม วันเวลา และสื่อที่ใช้")),
    Placeholder("ความเห็น", "lines", "opinion", _("ความเห็นหรือเหตุผล")),
    Placeholder("แฮชการกระทำ", "text", "opinion", _("ลำดับในสายโซ่และแฮชของการกระทำ")),
    Placeholder("แฮชเนื้อหา", "text", "document", _("แฮช SHA-256 ของเนื้อหา")),
    Placeholder("แฮชบันทึกข้อความ", "text", "document", _("แฮช SHA-256 ของไฟล์บันทึกข้อความ")),
    Placeholder("แฮชตารางมาตรการ", "text", "document", _("แฮช SHA-256 ของไฟล์ตารางมาตรการ")),
    Placeholder("ตราประทับ", "lines", "document", _("ใบรับรองที่ใช้ประทับตรา")),
)

TABLES: dict[Template, dict[str, Placeholder]] = {
    "memo": {placeholder.name: placeholder for placeholder in MEMO},
    "measures": {placeholder.name: placeholder for placeholder in MEASURES},
    "summary": {placeholder.name: placeholder for placeholder in SUMMARY},
    "evidence": {placeholder.name: placeholder for placeholder in EVIDENCE},
}
# The kinds that an authority may have of its own, found by the name that a row or an address holds. The page of
# evidence says the same everywhere: who checks one knows where to look.
KINDS: dict[str, Template] = {kind: kind for kind in TABLES if kind != "evidence"}

_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff"))


def canonical_name(typed: str) -> str:
    """The name that was meant: without blanks, ำ composed from its two halves, แ from two เ."""
    name = unicodedata.normalize("NFC", typed.translate(_DROPPED))
    return name.replace("\u0e4d\u0e32", "\u0e33").replace("\u0e40\u0e40", "\u0e41")


def as_markdown(template: Template) -> str:
    """The placeholder list of one template, as it stands in templates_docx/README.md."""
    scopes = {
        "document": "ทั้งฉบับ",
        "cover": "หน้าปก",
        "drafter": "ชุดลงชื่อผู้เสนอ",
        "opinion": "ซ้ำทุกความเห็น",
        "section": "ซ้ำทุกส่วน",
    }
    rows = ["| พิมพ์ใน Word | ความหมาย | ใช้ที่ | ต้องมี |", "|---|---|---|---|"]
    for placeholder in TABLES[template].values():
        scope = scopes.get(placeholder.scope, "ตารางต้นแบบ")
        required = "ต้องมี" if placeholder.required else "ไม่บังคับ"
        rows.append(f"| `{{{{{placeholder.name}}}}}` | {placeholder.meaning} | {scope} | {required} |")
    return "\n".join(rows) + "\n"
