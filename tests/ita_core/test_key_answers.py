"""What no key answers, at the addresses that read answers of keys: refused in words."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests.logging_in import log_in
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]
_KEY = '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": 5, "response": '
ANSWERS = [
    "[" * 100_000,
    "[]",
    '{"id": null, "response": {"clientDataJSON": null}}',
    '{"response": {"userHandle": 5}}',
    _KEY + '{"clientDataJSON": "e30", "attestationObject": "oA"}}',
    _KEY + '{"clientDataJSON": "e30", "authenticatorData": "A", "signature": "A", "userHandle": "MQ"}}',
]


@pytest.fixture
def client(home: Authority) -> Client:
    client = log_in(Client(), home.people["mayor"])
    Authenticator(user=home.people["mayor"], type=Authenticator.Type.WEBAUTHN, data={}).save()
    session = client.session
    session["account_authentication_methods_user"] = str(home.people["mayor"].pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return client


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_no_key_answers_is_refused(client: Client, answer: str) -> None:
    cache.clear()
    anybody = Client()
    anybody.get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    back = anybody.post("/accounts/2fa/webauthn/login/", {"credential": answer}, follow=True)
    assert back.redirect_chain == [("/accounts/login/", 302)]
    assert "_auth_user_id" not in anybody.session
    confirmed = client.session["confirmed"]
    asked = client.post("/accounts/confirm/passkey/", answer, content_type="application/json")
    assert asked.status_code == 400 and "โปรด" in asked.json()["sentence"]
    assert client.session["confirmed"] == confirmed


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_no_key_answers_is_not_added(client: Client, answer: str) -> None:
    cache.clear()
    Authenticator.objects.all().delete()
    page = client.post("/accounts/2fa/webauthn/add/", {"credential": answer, "name": "ก"})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
