"""What belongs into each field of a measure table, said beside it: from the guides' three questions (what was done, what

came of it, what changed by it) and from what assessors ask about most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from memos.forms_data import field_label

HELP = {
    "topic": _("หัวข้อหรือตัวชี้วัดของการประเมิน ITA ที่มาตรการนี้แก้ไข ใส่รหัสข้อคำถามด้วยได้ เช่น I๗ E๑๒ O๑๙"),
    "issue": _("จุดอ่อนที่ผลการประเมินพบ เขียนให้เห็นว่าต้องแก้อะไร"),
    "measure": _("ชื่อมาตรการหรือแนวทาง หนึ่งมาตรการมีได้หลายกิจกรรม"),
    "method": _("ทำอะไร อย่างไร เป็นข้อ ๆ หนึ่งบรรทัดต่อหนึ่งข้อ"),
    "responsible": _("หน่วยงานหรือตำแหน่งที่รับผิดชอบ เช่น กองคลัง ไม่ต้องใส่ชื่อบุคคล"),
    "period": _("เดือนและปีที่ดำเนินการ เช่น ต.ค. ๖๔ – มี.ค. ๖๕ ควรอยู่ในปีงบประมาณที่รายงาน"),
    "monitoring": _("ติดตามอย่างไร เมื่อใด และรายงานใคร"),
    "result": _("สิ่งที่ทำจริง พร้อมจำนวนและวันที่ ไม่ใช่เพียงว่าดำเนินการแล้ว ถ้ายังไม่ได้ทำให้บอกเหตุผล"),
    "outcome": _("สิ่งที่เปลี่ยนไปเพราะมาตรการนี้ ไม่ใช่ข้อความเดียวกับผลการดำเนินการ"),
    "suggestion": _("สิ่งที่ควรปรับปรุงในปีต่อไป ถ้าไม่มีให้ใส่ -"),
    "evidence": _("ที่อยู่บนเว็บไซต์หลักของหน่วยงานที่เปิดดูได้จริง ที่อยู่ที่เผยแพร่แล้วไม่ควรเปลี่ยน"),
    "budget": _("จำนวนเงินและแหล่งงบประมาณ ถ้าไม่ใช้งบประมาณให้ใส่ -"),
    "target": _("สิ่งที่ตั้งใจให้ได้ เป็นจำนวนที่วัดได้"),
    "indicator": _("ใช้อะไรวัดว่าสำเร็จ"),
}


def of_columns(columns: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(what the table calls the field, its help) in the order of the table; an authority's own fields have none."""
    return [
        (field_label(column, key), str(HELP[key]))
        for column in columns
        for key in column["fields"]
        if key in HELP
    ]
