"""The code that lets the first administrator in, on an installation where nobody can log in yet."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import entering, thai
from ita_core.models import SetupCode, User

LASTS = datetime.timedelta(hours=24)
# Without letters and digits that are taken for one another; sixteen of thirty-two are 80 bits.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH, _GROUP = 16, 4


class NoCode(Exception):
    """No code can be given, or the one that was typed does not let in; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def nobody_yet() -> bool:
    """Whether this installation has no user at all."""
    return not User.objects.exists()


@transaction.atomic
def make() -> str:
    """A new code, which ends every earlier one. NoCode once there is a user: it would let a second one in.

    Of two that are asked for at once the later ends the earlier: never are there two.
    """
    entering.lock()
    if not nobody_yet():
        raise NoCode(_("ระบบนี้มีผู้ใช้แล้ว จึงไม่ออกรหัสติดตั้ง โปรดเข้าสู่ระบบด้วยบัญชีผู้ดูแลระบบกลาง"))
    SetupCode.objects.filter(used_at=None).delete()
    letters = "".join(secrets.choice(_LETTERS) for _place in range(_LENGTH))
    SetupCode(digest=_digest(letters)).save()
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


@transaction.atomic
def open_with(typed: str, first: User, password: str) -> User:
    """``first`` becomes the superuser, and the code is used up. NoCode: wrong, used, too old, or somebody was faster.

    People are entered one after the other, so that of two people with one code one is told no.
    """
    entering.lock()
    code = SetupCode.objects.filter(digest=_digest(typed), used_at=None).first()
    if not nobody_yet():
        raise NoCode(_("มีผู้ตั้งบัญชีผู้ดูแลระบบกลางไปแล้ว โปรดเข้าสู่ระบบ"))
    if code is None or code.made_at < timezone.now() - LASTS:
        raise NoCode(_("รหัสติดตั้งไม่ถูกต้องหรือหมดอายุแล้ว โปรดเรียก manage.py setup_code เพื่อออกรหัสใหม่"))
    first.is_superuser = first.is_staff = True
    first.set_password(password)
    first.save()
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])
    return first


def _digest(typed: str) -> str:
    letters = "".join(letter for letter in thai.normalise(typed[:200]).upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
