"""Passwords that somebody who knows the office would try first."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.personas import PASSWORD, Authority

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "password2565!", "Password-2565", "qwertyuiop12", "123football123", "monkeymonkey",
        # the commonest ones and words of the trade, typed while the keyboard stood on the other language
        "ยฟหหไนพก2565", "isylzjko12345", "องค์การบริหารส่วนตำบล", "เทศบาล256500", "นิติกร2565!!!!", "nitikorn-2565",
        "gmL[k]256500", "ob9bdi2565!!", "หนองตัวอย่าง2565", "nong-tua-yang-65", "เมืองสมมติ1234", "transparency65",
    ],
)  # fmt: skip
def test_what_anybody_here_would_try_is_refused(password: str, home: Authority) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, home.people["mayor"])


@pytest.mark.parametrize(
    "password", [PASSWORD, "ม้าเขียวกินดาวสิบสองดวง", "correct horse staple", "nong-tua-yang blue kettle sings"]
)
def test_several_words_of_ones_own_are_taken(password: str, home: Authority) -> None:
    validate_password(password, home.people["mayor"])


def test_names_of_ones_own_authority_alone(home: Authority, stranger: Authority) -> None:
    password = "ban-sommut-2565"
    validate_password(password, home.people["legal_officer"])
    with pytest.raises(ValidationError):
        validate_password(password, stranger.people["legal_officer"])
