"""Ready words for opinions and returns. They go on paper and into acts, so they are Thai whatever the reader's language.

Source: the usual words of each post in memos of subdistrict authorities.
"""

from __future__ import annotations

from collections import Counter

from ita_core.organisations import Role
from workflows.models import FORWARD_ACTS, Act, ApprovalStep, State
from workflows.permissions import Actor

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
# Steps that reach no state of their own: whoever stands between the others.
_BY_ROLE = {
    Role.REGISTRAR: ["ตรวจสอบแล้ว ถูกต้องครบถ้วน", "ตรวจสอบแล้ว เห็นควรเสนอตามลำดับชั้น"],
    Role.OFFICER: ["ตรวจสอบแล้ว ถูกต้องครบถ้วน", "เพื่อโปรดพิจารณา"],
    Role.LEGAL_OFFICER: ["ตรวจสอบแล้ว เป็นไปตามระเบียบที่เกี่ยวข้อง", "เพื่อโปรดพิจารณา"],
    Role.SECTION_HEAD: ["เพื่อโปรดพิจารณา", "ตรวจสอบแล้ว ถูกต้องครบถ้วน เห็นควรเสนอตามลำดับชั้น"],
    Role.DEPUTY_CLERK: ["เพื่อโปรดพิจารณา", "ตรวจสอบแล้ว เห็นควรเสนอปลัดฯ เพื่อโปรดพิจารณา"],
    Role.CLERK: ["เห็นควรนำเรียนนายกฯ เพื่อโปรดทราบและพิจารณา", "ตรวจสอบแล้ว ถูกต้องครบถ้วน"],
    Role.DEPUTY_MAYOR: ["เห็นควรเสนอนายกฯ เพื่อโปรดทราบและพิจารณา", "เห็นชอบตามเสนอ"],
}
_OF_OTHER_STEPS = ["ตรวจสอบแล้ว ถูกต้องครบถ้วน", "เพื่อโปรดพิจารณา"]
# His own words are offered when he wrote them more than once in his last opinions, and they fit on a button.
_LAST, _OFTEN, _MOST_OWN, _LONGEST = 30, 2, 3, 90
RETURN_REASONS = [
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
        roles = [Role(post.role) for post in step.posts.all()]
        return list(next((_BY_ROLE[role] for role in roles if role in _BY_ROLE), _OF_OTHER_STEPS))
    texts = list(_BY_STATE[State(step.reaches)])
    if step.is_final:
        texts.append(f"มอบ{step.approval.organisation.clerk_office_name}ดำเนินการ")
    return texts


def own(actor: Actor, step: ApprovalStep) -> list[str]:
    """What the officer himself keeps writing under this heading and no list offers, the most frequent first. One query."""
    acts = Act.objects.of(actor.organisation).filter(
        user=actor.user, step_heading=step.heading, kind__in=FORWARD_ACTS, stance=Act.Stance.AGREES
    )
    written = acts.order_by("-sequence").values_list("opinion", flat=True)[:_LAST]
    counted = Counter(_as_typed(opinion, step) for opinion in written)
    offered = presets(step)
    return [
        text
        for text, times in counted.most_common()
        if times >= _OFTEN and text and "\n" not in text and len(text) <= _LONGEST and text not in offered
    ][:_MOST_OWN]


def _as_typed(opinion: str, step: ApprovalStep) -> str:
    """Without whom it addresses, which the paper opens with by itself."""
    return opinion.removeprefix(f"{step.addresses}\n") if step.addresses else opinion


def return_reasons() -> list[str]:
    return list(RETURN_REASONS)
