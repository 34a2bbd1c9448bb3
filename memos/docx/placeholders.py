"""Every placeholder that a Word template may hold: the one table the compiler, the README and the tests read.

A placeholder is typed in Word as `{{name}}`. What repeats follows from its kind, so templates hold no logic.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Template = Literal["memo", "measures", "summary"]
Kind = Literal["text", "lines", "picture", "signature"]
# Where a placeholder gets its value from, and so how often it is written.
Scope = Literal["document", "cover", "drafter", "opinion", "section", "header_cell", "body_cell"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`required`: text would be lost without it.

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
        "ครุฑ", "picture", "document", "ภาพครุฑ พิมพ์เป็นข้อความแสดงแทน (Alt Text) ของภาพในแม่แบบ", required=False
    ),
    Placeholder("ชั้นความเร็ว", "text", "document", "ด่วน ด่วนมาก หรือด่วนที่สุด", vanishes="alone"),
    Placeholder("ชั้นความลับ", "text", "document", "ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้", vanishes="alone"),
    Placeholder("ส่วนราชการ", "text", "document", "ส่วนราชการเจ้าของเรื่อง", vanishes="never"),
    Placeholder("ที่", "text", "document", "เลขที่หนังสือ เช่น สฎ ๗๒๗๐๑/๑๒", vanishes="never"),
    Placeholder("วันที่", "text", "document", "วันที่ของหนังสือ เช่น ๑ เมษายน ๒๕๖๕", vanishes="never"),
    Placeholder("เรื่อง", "text", "document", "ชื่อเรื่อง", vanishes="never"),
    Placeholder("เรียน", "lines", "document", "ผู้รับ บรรทัดละหนึ่งราย"),
    Placeholder("ผ่าน", "lines", "document", "ผู้ที่หนังสือผ่าน บรรทัดละหนึ่งราย"),
    Placeholder("อ้างถึง", "lines", "document", "หนังสือที่อ้างถึง บรรทัดละหนึ่งฉบับ"),
    Placeholder("สิ่งที่ส่งมาด้วย", "lines", "document", "สิ่งที่ส่งมาด้วย พร้อมจำนวน บรรทัดละหนึ่งรายการ"),
    Placeholder("เนื้อความ", "lines", "document", "เนื้อความ ย่อหน้าละหนึ่งบรรทัด"),
    Placeholder("วันที่ผู้เสนอ", "text", "drafter", "วันที่ผู้เสนอลงชื่อ", required=False),
    Placeholder("ลายมือชื่อผู้เสนอ", "signature", "drafter", "ภาพลายมือชื่อผู้เสนอ หรือที่ว่างสำหรับลงชื่อ", required=False),
    Placeholder("ชื่อผู้เสนอ", "text", "drafter", "ชื่อเต็มของผู้เสนอ"),
    Placeholder("ตำแหน่งผู้เสนอ", "lines", "drafter", "ตำแหน่งของผู้เสนอ"),
    Placeholder("หัวข้อความเห็น", "text", "opinion", "หัวข้อ เช่น ความเห็นของปลัด"),
    Placeholder("หมายเหตุ", "text", "opinion", "หมายเหตุใต้หัวข้อ เช่น เหตุที่ข้ามขั้นตอน"),
    Placeholder("ความเห็น", "lines", "opinion", "ความเห็น หรือเส้นประเมื่อยังไม่ได้ลงความเห็น"),
    Placeholder("ลายมือชื่อ", "signature", "opinion", "ภาพลายมือชื่อ หรือที่ว่างสำหรับลงชื่อ", required=False),
    Placeholder("ชื่อ", "text", "opinion", "ชื่อเต็มของผู้ให้ความเห็น"),
    Placeholder("ตำแหน่ง", "lines", "opinion", "ตำแหน่ง รวมถึงการรักษาราชการแทน"),
    Placeholder("ลงวันที่", "text", "opinion", "วันที่ให้ความเห็น"),
)

MEASURES = (
    Placeholder(
        "ชั้นความลับ",
        "text",
        "document",
        "ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้",
        required=False,
        vanishes="alone",
    ),
    Placeholder("ปก", "lines", "cover", "หัวเรื่องบนหน้าปก บรรทัดละหนึ่งบรรทัด เมื่อรายงานมีหน้าปก", required=False),
    Placeholder("ปกหน่วยงาน", "lines", "cover", "ชื่อหน่วยงานบนหน้าปก คือบรรทัดหลังบรรทัดว่างของหน้าปก", required=False),
    Placeholder("ชื่อรายงาน", "lines", "section", "ชื่อรายงานที่หัวตาราง ซ้ำทุกส่วน ยกเว้นกลุ่มย่อย"),
    Placeholder("หัวข้อส่วน", "lines", "section", "หัวข้อของส่วน"),
    Placeholder("คำนำ", "lines", "section", "ข้อความก่อนตาราง ย่อหน้าละหนึ่งบรรทัด"),
    Placeholder("หัวคอลัมน์", "lines", "header_cell", "หัวคอลัมน์ อยู่ในแถวแรกของตารางต้นแบบ"),
    Placeholder("ข้อมูล", "lines", "body_cell", "ข้อมูลในช่อง อยู่ในแถวที่สองของตารางต้นแบบ"),
    Placeholder("คำลงท้าย", "lines", "section", "ข้อความหลังตาราง ย่อหน้าละหนึ่งบรรทัด"),
)

SUMMARY = (
    Placeholder(
        "ชั้นความลับ",
        "text",
        "document",
        "ลับ ลับมาก หรือลับที่สุด ใช้ในหัวและท้ายกระดาษได้",
        required=False,
        vanishes="alone",
    ),
    Placeholder("หน่วยงาน", "text", "document", "ชื่อเต็มของหน่วยงาน"),
    Placeholder("ชื่อรายงาน", "lines", "document", "ชื่อรายงาน บรรทัดละหนึ่งบรรทัด"),
    Placeholder("ปีงบประมาณ", "text", "document", "ปีงบประมาณที่รายงาน เช่น ๒๕๖๕"),
    Placeholder("จำนวนมาตรการ", "text", "document", "จำนวนมาตรการ"),
    Placeholder("จำนวนกิจกรรม", "text", "document", "จำนวนกิจกรรม"),
    Placeholder("มีผลแล้ว", "text", "document", "จำนวนกิจกรรมที่มีผลการดำเนินการแล้ว"),
    Placeholder("ยังไม่ดำเนินการ", "text", "document", "จำนวนกิจกรรมที่รายงานว่ายังไม่มีการดำเนินการ"),
    Placeholder("ยังไม่มีผล", "text", "document", "จำนวนกิจกรรมที่ยังไม่ได้กรอกผล หายไปเมื่อไม่มี"),
    Placeholder("มาตรการ", "lines", "document", "มาตรการ ผู้รับผิดชอบ และสถานะ คั่นด้วยแท็บ บรรทัดละหนึ่งมาตรการ"),
    Placeholder("ข้อเสนอ", "text", "document", "สิ่งที่ขอให้พิจารณา จากประโยค “จึงเรียน…” ของบันทึกข้อความ"),
)

TABLES: dict[Template, dict[str, Placeholder]] = {
    "memo": {placeholder.name: placeholder for placeholder in MEMO},
    "measures": {placeholder.name: placeholder for placeholder in MEASURES},
    "summary": {placeholder.name: placeholder for placeholder in SUMMARY},
}
# The kinds of template, found by the name that a row or an address holds.
KINDS: dict[str, Template] = {kind: kind for kind in TABLES}

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
