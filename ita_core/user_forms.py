"""People in the administration of facts: a new one, and what is known of one."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import entering
from ita_core.administration import PictureForm
from ita_core.models import User


class OneAddress(forms.BaseModelForm):  # type: ignore[type-arg]
    """In the transaction that saves: of two with one name or address the second is told so and not shown a failure."""

    def full_clean(self) -> None:
        if self.is_bound:
            entering.lock()
        super().full_clean()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if entering.is_address_taken(email, self.instance):
            raise ValidationError(_("มีผู้ใช้อื่นใช้อีเมลนี้แล้ว"))
        return email


class NewUserForm(OneAddress, PictureForm, UserCreationForm):  # type: ignore[type-arg]
    picture_field = "signature"

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "is_superuser")


class UserForm(OneAddress, PictureForm, UserChangeForm):  # type: ignore[type-arg]
    picture_field = "signature"

    class Meta:
        model = User
        exclude = ("signature",)
