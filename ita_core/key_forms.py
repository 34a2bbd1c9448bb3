"""What a browser says that a key answered: anybody may send anything there, and allauth reads its parts unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError


class AnswerField(forms.JSONField):
    """JSON of brackets without end is none."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Shown again with the form, which a new answer of a key replaces."""
        return initial


def _read(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _field() -> AnswerField:
    return AnswerField(widget=forms.HiddenInput)


class AddForm(allauth_forms.AddWebAuthnForm):  # type: ignore[misc]
    credential = _field()

    def clean(self) -> Any:
        return _read(super().clean)


class LoginForm(allauth_forms.LoginWebAuthnForm):  # type: ignore[misc]
    credential = _field()

    def clean_credential(self) -> Any:
        return _read(super().clean_credential)


class AuthenticateForm(allauth_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _field()

    def clean_credential(self) -> Any:
        return _read(super().clean_credential)


class ReauthenticateForm(allauth_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _field()

    def clean_credential(self) -> Any:
        return _read(super().clean_credential)
