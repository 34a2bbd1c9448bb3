"""Ready words for opinions and returns. They go on paper and into acts, so they are Thai whatever the reader's language.

Source: the usual words of each post in memos of subdistrict authorities.
"""

from __future__ import annotations

from workflows.models import ApprovalStep, State

_BY_STATE = {
    State.SECTION_HEAD_REVIEWED: [
        "เพื่อโปรดพิจารณา",
        "ตรวจสอบแล้ว ถูกต้องครบถ้วน เห็นควรเสนอนายกฯ เพื่อโปรดทราบ",
    ],
    State.DEPUTY_APPROVED: [
        "เห็นควรนำเรียนนายกฯ เพื่อโปรดทราบและพิจารณา",
        "เห็นควรเผยแพร่ทางเว็บไซต์หลัก",
    ],
    State.MAYOR_SIGNED: ["ทราบ", "ทราบ ให้เผยแพร่", "อนุมัติ", "ดำเนินการตามเสนอ"],
}
_OF_OTHER_STEPS = ["ตรวจสอบแล้ว ถูกต้องครบถ้วน", "เพื่อโปรดพิจารณา"]
_RETURN_REASONS = [
    "ข้อมูลไม่ครบถ้วน",
    "ผลการดำเนินการไม่ชัดเจน",
    "ขาดหลักฐาน/ลิงก์",
    "ปีงบประมาณไม่ตรงกัน",
    "แก้ไขถ้อยคำ/ตัวสะกด",
    "สิ่งที่ส่งมาด้วยไม่ครบ",
]


def presets(step: ApprovalStep) -> list[str]:
    """Opinions that the post of this step usually writes, the usual one first."""
    if not step.reaches:
        return list(_OF_OTHER_STEPS)
    texts = list(_BY_STATE[State(step.reaches)])
    if step.is_final:
        texts.append(f"มอบ{step.approval.organisation.clerk_office_name}ดำเนินการ")
    return texts


def return_reasons() -> list[str]:
    return list(_RETURN_REASONS)
