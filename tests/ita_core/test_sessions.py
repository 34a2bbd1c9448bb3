"""Sessions are listed with their browser and ended one by one; what an administrator forgets is made anew."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.test import Client

from ita_core import second_proof
from ita_core.models import User
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = "/accounts/sessions/"
TELEPHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def by_form(login: str, **more: Any) -> Client:
    client = Client(**more)
    assert client.post("/accounts/login/", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def test_one_is_ended_and_is_out_at_its_next_request(home: Authority) -> None:
    here, telephone, other = by_form("clerk"), by_form("clerk", HTTP_USER_AGENT=TELEPHONE), by_form("mayor")
    page = here.get(HERE).content.decode()
    assert "Chrome Android" in page and "อุปกรณ์นี้" in page
    keys = {row.session_key: row.pk for row in UserSession.objects.all()}
    assert here.post(HERE, {"end": keys[other.session.session_key]}).status_code == 302
    assert other.get(HERE).status_code == 200, "another person's is not his to end"
    here.post(HERE, {"end": keys[telephone.session.session_key]})
    assert telephone.get(HERE).status_code == 302
    assert here.get(HERE).status_code == 200


def test_all_others_at_once_and_nonsense_ends_nothing(home: Authority) -> None:
    here, one, two = (by_form("clerk") for _ in range(3))
    for nonsense in ({}, {"end": ""}, {"end": "x"}, {"end": "999999999"}):
        here.post(HERE, nonsense)
    assert one.get(HERE).status_code == 200
    here.post(HERE, {"end": "others"})
    assert [client.get(HERE).status_code for client in (here, one, two)] == [200, 302, 302]


def test_the_administration_forgets_what_was_lost_and_reads_none_of_it(home: Authority) -> None:
    mayor = home.people["mayor"]
    TOTP.activate(mayor, generate_totp_secret())
    boss = User.objects.create_superuser("boss", password=PASSWORD, full_name="นายผู้ดูแล")
    client = log_in(Client(), boss)
    chosen = {"action": "forget_proofs", "_selected_action": [mayor.pk]}
    assert client.post("/admin/ita_core/user/", chosen).status_code == 302
    assert not second_proof.ways(mayor).any
    assert second_proof.ways(home.people["clerk"]).pin
    assert not Authenticator.objects.exists()
    for model in second_proof.SECRETS:
        assert not admin.site.is_registered(model)
