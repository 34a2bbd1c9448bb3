"""A personal PIN: which ones are too easy, how it is kept, and the few tries there are.

Tries are counted in a row, under a lock, before the PIN is looked at: two guesses at once are two, and a process that is
killed meanwhile has used up its try. Codes of an app count along: a stolen session must not go on guessing with the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import thai

if TYPE_CHECKING:
    from ita_core.models import User

SHORTEST, LONGEST = 6, 12
TRIES = 5
FEWEST_DIFFERENT = 3


class SecondProof(models.Model):
    """What a person proves himself with beside the password: the PIN's hash, "" without one, and wrong codes in a row."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="second_proof",
        verbose_name=gettext_lazy("ผู้ใช้"),
    )
    pin = models.CharField(gettext_lazy("PIN"), max_length=200, blank=True, editable=False)
    pin_set_at = models.DateTimeField(gettext_lazy("ตั้ง PIN เมื่อ"), null=True, editable=False)
    tries = models.PositiveSmallIntegerField(gettext_lazy("ใส่รหัสผิดติดกัน (ครั้ง)"), default=0, editable=False)

    class Meta:
        verbose_name = gettext_lazy("วิธียืนยันตัวตน")
        verbose_name_plural = gettext_lazy("วิธียืนยันตัวตน")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_locked(self) -> bool:
        return self.tries >= TRIES

    @property
    def tries_left(self) -> int:
        return max(0, TRIES - self.tries)


def of(user: User) -> SecondProof | None:
    return SecondProof.objects.filter(user=user).first()


def digits(typed: str) -> str:
    """As it is kept: without spaces and dashes, Thai digits as Arabic ones."""
    return thai.to_arabic_digits(re.sub(r"[\s-]", "", typed))


def check(code: str, user: User) -> None:
    """ValidationError with a sentence for a PIN that is no PIN, or that somebody else would try first."""
    if not re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", code):
        raise ValidationError(_("PIN ต้องเป็นตัวเลข ๖ ถึง ๑๒ หลัก"))
    if len(set(code)) < FEWEST_DIFFERENT or _repeats(code):
        raise ValidationError(_("PIN นี้ซ้ำตัวเลขเดิมมากเกินไป เดาได้ง่าย"))
    if _is_sequence(code):
        raise ValidationError(_("PIN นี้เป็นตัวเลขเรียงกัน เดาได้ง่าย"))
    if _reads_as_a_day(code):
        raise ValidationError(_("PIN นี้อ่านเป็นวันเดือนปีได้ วันเกิดเป็นสิ่งแรกที่ผู้อื่นจะลอง"))
    if code in user.username or code in user.email:
        raise ValidationError(_("PIN นี้อยู่ในชื่อผู้ใช้ของท่าน"))


def _repeats(code: str) -> bool:
    """121212, 123123, 12341234."""
    return any(
        code == (code[:size] * len(code))[: len(code)] and len(code) >= 2 * size
        for size in range(1, len(code) // 2 + 1)
    )


def _is_sequence(code: str) -> bool:
    """The same step from each digit to the next, round the end: 345678, 987654, 246802."""
    return len({(int(b) - int(a)) % 10 for a, b in zip(code, code[1:], strict=False)}) == 1


def _reads_as_a_day(code: str) -> bool:
    """Day, month, year in either order, the year with two digits or four (พ.ศ. or ค.ศ.)."""
    if len(code) == 6:
        return _day(code[:2], code[2:4]) or _day(code[4:], code[2:4])
    if len(code) == 8:
        ends, begins = code[4:], code[:4]
        return (_year(ends) and _day(code[:2], code[2:4])) or (_year(begins) and _day(code[6:], code[4:6]))
    return False


def _day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _year(year: str) -> bool:
    return 1900 <= int(year) <= 2099 or 2440 <= int(year) <= 2643


@transaction.atomic
def keep(user: User, code: str) -> None:
    """The person's PIN from now on; the tries begin anew. ValidationError as ``check`` says."""
    check(code, user)
    row = _locked(user)
    row.pin, row.pin_set_at, row.tries = make_password(code), timezone.now(), 0
    row.save(update_fields=["pin", "pin_set_at", "tries"])


def unlock(user: User) -> None:
    """After the password was given."""
    SecondProof.objects.filter(user=user).update(tries=0)


def forget(user: User) -> None:
    SecondProof.objects.filter(user=user).update(pin="", pin_set_at=None, tries=0)


@transaction.atomic
def take_a_try(user: User) -> SecondProof | None:
    """One try less, whatever comes of it; None when none was left."""
    row = _locked(user)
    if row.is_locked:
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return row


def matches(row: SecondProof, code: str) -> bool:
    return bool(row.pin) and check_password(code, row.pin)


def _locked(user: User) -> SecondProof:
    SecondProof.objects.get_or_create(user=user)
    return SecondProof.objects.select_for_update().get(user=user)
