"""The states of a report's approval, and which acts move it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    WRITING = "writing", _("กำลังร่าง")
    DRAFTED = "drafted", _("เสนอแล้ว")
    SECTION_HEAD_REVIEWED = "section_head_reviewed", _("หัวหน้าสำนักปลัดเสนอความเห็นแล้ว")
    DEPUTY_APPROVED = "deputy_approved", _("ปลัดเสนอความเห็นแล้ว")
    MAYOR_SIGNED = "mayor_signed", _("ลงนามแล้ว")
    REFUSED = "refused", pgettext_lazy("state", "ไม่อนุมัติ")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "ถอนเรื่อง")
    DISPOSED = "disposed", pgettext_lazy("state", "ทำลายแล้ว")


class ActKind(models.TextChoices):
    """The words of a deed done; buttons say the same in Thai and not in other languages."""

    SUBMIT = "submit", pgettext_lazy("act", "เสนอตามลำดับชั้น")
    ENDORSE = "endorse", pgettext_lazy("act", "ลงความเห็นและเสนอต่อ")
    SIGN = "sign", pgettext_lazy("act", "ลงนาม")
    SKIP = "skip", pgettext_lazy("act", "ข้ามขั้นตอน")
    SEND_BACK = "send_back", pgettext_lazy("act", "ส่งคืนแก้ไข")
    REFUSE = "refuse", pgettext_lazy("act", "ไม่อนุมัติ")
    RECALL = "recall", pgettext_lazy("act", "ดึงเรื่องกลับ")
    WITHDRAW = "withdraw", pgettext_lazy("act", "ถอนเรื่อง")
    HAND_OVER = "hand_over", pgettext_lazy("act", "มอบให้ผู้อื่นจัดทำต่อ")
    CONFIRM = "confirm", pgettext_lazy("act", "ยืนยันความเห็นเดิมและเสนอต่อ")
    ASK_VIEW = "ask_view", pgettext_lazy("act", "ขอความเห็น")
    GIVE_VIEW = "give_view", pgettext_lazy("act", "ให้ความเห็น")
    PREPARE = "prepare", pgettext_lazy("act", "เตรียมเสนอ")
    ASSIGN = "assign", pgettext_lazy("act", "มอบหมาย")
    CIRCULATE = "circulate", pgettext_lazy("act", "เวียนให้ทราบ")
    ACKNOWLEDGE = "acknowledge", pgettext_lazy("act", "รับทราบ")
    NUMBER = "number", pgettext_lazy("act", "ออกเลข")
    VOID_NUMBER = "void_number", pgettext_lazy("act", "ยกเลิกเลข")
    PUBLISH = "publish", pgettext_lazy("act", "เผยแพร่")
    UNPUBLISH = "unpublish", pgettext_lazy("act", "ถอนการเผยแพร่")
    CORRECT = "correct", pgettext_lazy("act", "แก้ไขเป็นฉบับใหม่")
    REPLACE = "replace", pgettext_lazy("act", "มีฉบับแก้ไขแทน")
    RETAIN = "retain", pgettext_lazy("act", "กำหนดอายุการเก็บ")
    HOLD = "hold", pgettext_lazy("act", "ระงับการทำลาย")
    RELEASE = "release", pgettext_lazy("act", "ยกเลิกการระงับการทำลาย")
    DISPOSE = "dispose", pgettext_lazy("act", "ทำลาย")


UNDER_WAY = [State.DRAFTED, State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED]
CLOSED = [State.MAYOR_SIGNED, State.REFUSED, State.WITHDRAWN, State.DISPOSED]
# Acts by which a step is passed; and those that leave the round where it stands.
FORWARD_ACTS = [ActKind.ENDORSE, ActKind.CONFIRM, ActKind.SIGN]
ASIDES = [
    *(ActKind.ASK_VIEW, ActKind.GIVE_VIEW, ActKind.PREPARE, ActKind.ASSIGN, ActKind.CIRCULATE),
    *(ActKind.ACKNOWLEDGE, ActKind.HAND_OVER),
    *(ActKind.NUMBER, ActKind.VOID_NUMBER, ActKind.PUBLISH, ActKind.UNPUBLISH),
    *(ActKind.CORRECT, ActKind.REPLACE, ActKind.RETAIN, ActKind.HOLD, ActKind.RELEASE),
]
REACHABLE = [State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED, State.MAYOR_SIGNED]
