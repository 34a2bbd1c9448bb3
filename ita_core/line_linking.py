"""A person's LINE address counts when he has read there the code that was sent to it: nobody can name another one's."""

from __future__ import annotations

import datetime
import secrets
import uuid
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from ita_core import outbox
from ita_core.channels.line import PERSON
from ita_core.deliveries import CODE
from ita_core.models import User
from ita_core.telling_models import TellingPreference

VALID: Final = datetime.timedelta(minutes=30)
BETWEEN: Final = datetime.timedelta(minutes=1)
TRIES: Final = 5


@transaction.atomic
def begin(user: User, typed: str) -> str:
    """Send a code to the address; until it is typed here nothing else goes there. Returns what is wrong, or ""."""
    wish = locked(user)
    line_id = typed.strip()
    line_id = line_id[:1].upper() + line_id[1:].lower()
    if not PERSON.fullmatch(line_id):
        return _("รหัสผู้ใช้ LINE ขึ้นต้นด้วย U แล้วตามด้วยตัวเลขหรืออักษร a ถึง f อีก 32 ตัว")
    now = timezone.now()
    if wish.line_code_at is not None and now - wish.line_code_at < BETWEEN:
        return _("เพิ่งส่งรหัสยืนยันไป โปรดรอหนึ่งนาทีก่อนขอใหม่")
    wish.line_id, wish.line_checked_at = line_id, None
    wish.line_code, wish.line_code_at, wish.line_code_tries = f"{secrets.randbelow(10**6):06}", now, 0
    wish.save()
    number = str(uuid.uuid4())
    outbox.want(CODE, number, {"id": number, "user": user.pk, "at": now.isoformat()})
    return ""


@transaction.atomic
def check(user: User, typed: str) -> str:
    """The code that was read there. Returns what is wrong, or "". Wrong ones are counted."""
    wish = locked(user)
    sent = wish.line_code_at
    if not wish.line_code or sent is None or timezone.now() - sent > VALID:
        return _("รหัสยืนยันหมดอายุแล้ว โปรดขอรหัสใหม่")
    if wish.line_code_tries >= TRIES:
        return _("ใส่รหัสผิดหลายครั้งแล้ว โปรดขอรหัสใหม่")
    if not constant_time_compare(wish.line_code, typed.strip()):
        wish.line_code_tries += 1
        wish.save(update_fields=["line_code_tries"])
        return _("รหัสยืนยันไม่ถูกต้อง โปรดดูในข้อความ LINE ล่าสุด")
    wish.line_checked_at, wish.line_code = timezone.now(), ""
    wish.save(update_fields=["line_checked_at", "line_code"])
    return ""


@transaction.atomic
def remove(user: User) -> None:
    wish = locked(user)
    wish.line_id, wish.line_code, wish.line_checked_at = "", "", None
    wish.save(update_fields=["line_id", "line_code", "line_checked_at"])


def locked(user: User) -> TellingPreference:
    """The person's row, made when first needed, held until the transaction ends."""
    TellingPreference.objects.bulk_create([TellingPreference(user=user)], ignore_conflicts=True)
    return TellingPreference.objects.select_for_update().get(user=user)
