"""The numbers of rows as they come from outside: in addresses and in forms, no longer than a database can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import register_converter

if TYPE_CHECKING:  # Django's own classes take no parameters when the code runs.
    _Choice = forms.ModelChoiceField[Any]
    _Choices = forms.ModelMultipleChoiceField[Any]
else:
    _Choice, _Choices = forms.ModelChoiceField, forms.ModelMultipleChoiceField

DIGITS = 18
"""Every number of so many digits is below 2⁶³, the bound of a row's number in SQLite and PostgreSQL."""


class RowNumber:
    """``<row:pk>`` in an address: 1–18 ASCII digits; a longer number is an address that does not exist."""

    regex = f"[0-9]{{1,{DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


register_converter(RowNumber, "row")


def may_be_a_row(typed: Any) -> bool:
    """Whether this can be asked of a database at all; whether there is such a row it says itself."""
    return len(str(typed)) <= DIGITS


def number_in(typed: str | None) -> int | None:
    """The number that an address's parameter holds; None for anything that is no row's."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and may_be_a_row(typed) else None


class RowChoice(_Choice):
    """One row; a number too long for the database is an unknown row, as is a shorter one that is not there."""

    def prepare_value(self, value: Any) -> Any:
        """Widgets look up what is chosen before it is known to be right."""
        return super().prepare_value(value) if not isinstance(value, str) or may_be_a_row(value) else None

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and not may_be_a_row(value):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return super().to_python(value)


class RowChoices(_Choices):
    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            value = [one for one in value if not isinstance(one, str) or may_be_a_row(one)]
        return super().prepare_value(value)

    def _check_values(self, value: Iterable[Any]) -> Any:
        for typed in value if isinstance(value, list | tuple) else ():
            if not may_be_a_row(typed):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": typed}
                )
        return super()._check_values(value)  # type: ignore[misc]
