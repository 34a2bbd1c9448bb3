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


UNDER_WAY = [State.DRAFTED, State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED]
CLOSED = [State.MAYOR_SIGNED, State.REFUSED, State.WITHDRAWN]
# Acts by which a step is passed; and those that leave the round where it stands.
FORWARD_ACTS = ["endorse", "confirm", "sign"]
ASIDES = [
    *("ask_view", "give_view", "prepare", "assign", "circulate", "acknowledge", "hand_over"),
    *("number", "void_number", "publish"),
]
REACHABLE = [State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED, State.MAYOR_SIGNED]
