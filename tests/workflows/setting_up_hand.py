"""What tests of the first hour share: a superuser, an authority with its proposed offices, addresses, words of a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core.models import Organisation, User
from tests.logging_in import log_in
from workflows import setting_up_authority, setting_up_units

PASSWORD = "four-sheets-on-the-table"
AUTHORITY = {"kind": "sao", "name": "ทดสอบ", "province": "สมมติ", "number_prefix": "สม 71009"}


@pytest.fixture
def central() -> Client:
    user = User.objects.create_superuser("central", "", PASSWORD, full_name="นายห้า ดูแลกลาง")
    return log_in(Client(), user)


@pytest.fixture
def made() -> Organisation:
    """An authority with the offices and posts of the proposal, and nobody in them."""
    organisation = setting_up_authority.save({**AUTHORITY, "district": "", "slug": ""})
    setting_up_units.save(organisation, *setting_up_units.proposal(organisation))
    return organisation


def at(organisation: Organisation, step: str) -> str:
    return reverse(f"first:{step}", kwargs={"org": organisation.slug})


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())
