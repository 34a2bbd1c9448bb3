"""Login rules and words that differ from django-allauth's defaults."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core import language


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: an authority's administrator enters its people."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("บัญชีนี้ปิดการใช้งาน โปรดติดต่อผู้ดูแลระบบของหน่วยงาน"),
        "email_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"),
        "username_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"),
        "enter_current_password": _("โปรดใส่รหัสผ่านปัจจุบันให้ถูกต้อง"),
        "incorrect_password": _("รหัสผ่านไม่ถูกต้อง"),
        "invalid_password_reset": _("ลิงก์ตั้งรหัสผ่านนี้ใช้ไม่ได้แล้ว"),
        "too_many_login_attempts": _("ใส่รหัสผ่านผิดหลายครั้งเกินไป โปรดรอสักครู่แล้วลองใหม่"),
        "rate_limited": _("ส่งคำขอถี่เกินไป โปรดรอสักครู่แล้วลองใหม่"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Words of the second proof, and what an authenticator app and a key are told of this site."""

    error_messages: ClassVar = {
        "add_email_blocked": _("เพิ่มอีเมลเองไม่ได้ โปรดติดต่อผู้ดูแลระบบ"),
        "cannot_delete_authenticator": _("ปิดวิธียืนยันตัวตนนี้ไม่ได้"),
        "cannot_generate_recovery_codes": _("สร้างรหัสสำรองได้เมื่อมีแอปหรือพาสคีย์แล้ว"),
        "incorrect_code": _("รหัสไม่ถูกต้อง โปรดใส่รหัสที่แอปแสดงอยู่ขณะนี้ หรือลองพาสคีย์อีกครั้ง"),
        "unverified_email": _("ยังเปิดใช้ไม่ได้ โปรดติดต่อผู้ดูแลระบบ"),
    }

    def get_totp_issuer(self) -> str:
        return "ITA Memos"

    def _get_site_name(self) -> str:
        return "ITA Memos"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)

    def generate_authenticator_name(self, user: Any, kind: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=kind).count() + 1
        return gettext("พาสคีย์ที่ %(number)s") % {"number": language.shown(number)}


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Says the number in the digits of the page."""

    def get_error_message(self) -> str:
        return language.shown(super().get_error_message())

    def get_help_text(self) -> str:
        return language.shown(super().get_help_text())
