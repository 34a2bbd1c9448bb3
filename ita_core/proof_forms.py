"""Forms of the second proof: the PIN with the password before it, and the name of an app's code."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ita_core import pin
from ita_core.models import User


def _code_field(label: Any, help_text: Any = "") -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, max_length=40, widget=widget)


class PinForm(forms.Form):
    """A new PIN, or the old one opened again; the password first, for who has one.

    Wrong passwords are counted as those of allauth's own question for it are.
    """

    password = forms.CharField(
        label=_("รหัสผ่านที่ใช้เข้าสู่ระบบ"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = _code_field(_("PIN ใหม่"), _("ตัวเลข ๖ ถึง ๑๒ หลัก ไม่ใช่วันเกิด ไม่เรียงกัน ไม่ซ้ำกัน"))
    again = _code_field(_("PIN ใหม่อีกครั้ง"))

    def __init__(self, *args: Any, request: HttpRequest, user: User, unlocks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user, self.unlocks = request, user, unlocks
        if not user.has_usable_password():
            del self.fields["password"]
        if unlocks:
            del self.fields["code"], self.fields["again"]

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        if not ratelimit.consume(self.request, action="reauthenticate", user=self.user):
            raise ValidationError(_("ใส่รหัสผ่านถี่เกินไป โปรดรอหนึ่งนาทีแล้วลองใหม่"))
        if not self.user.check_password(typed):
            raise ValidationError(_("รหัสผ่านไม่ถูกต้อง"))
        return typed

    def clean_code(self) -> str:
        code = pin.digits(self.cleaned_data["code"])
        pin.check(code, self.user)
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "code" in data and "again" in data and data["code"] != pin.digits(data["again"]):
            self.add_error("again", _("PIN สองช่องไม่ตรงกัน"))
        return data

    def save(self) -> None:
        """After ``is_valid``."""
        if self.unlocks:
            pin.unlock(self.user)
        else:
            pin.keep(self.user, self.cleaned_data["code"])
