"""Signing in by an OpenID Connect provider, against a stand-in that answers over HTTP as one does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from ita_core import oidc, second_proof
from ita_core.models import User
from tests.logging_in import log_in
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = "/accounts/oidc/office/login/"


class Provider(BaseHTTPRequestHandler):
    """Says of everybody what ``person`` says."""

    person: dict[str, Any] = {}
    broken = False

    def do_GET(self) -> None:
        assert isinstance(self.server.server_address, tuple)
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.broken:
            return self._say({}, 500)
        if self.path.endswith("openid-configuration"):
            places = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "userinfo_endpoint": "me",
            }
            return self._say({name: f"{here}/{place}" for name, place in places.items()} | {"issuer": here})
        return self._say(self.person)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "t", "token_type": "Bearer"})

    def _say(self, answer: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: Any) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    Provider.person, Provider.broken = {}, False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    row = {
        "id": "office", "name": "ศูนย์กลาง", "client_id": "ita", "secret": "s",
        "server_url": f"http://127.0.0.1:{server.server_address[1]}",
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.apps(json.dumps([row]))}}
    yield Provider
    server.shutdown()
    server.server_close()


def sign_in(client: Client, **asked: str) -> Any:
    """As a browser: the button of the login page, the provider's page, and back with what it gave."""
    leaving = client.post(HERE, asked)
    address = leaving["Refresh"].split("url=", 1)[1]
    assert address.replace("&", "&amp;") in leaving.content.decode()
    state = parse_qs(urlsplit(address).query)["state"][0]
    return client.get(f"{HERE}callback/", {"state": state, "code": "c"})


def test_the_login_page_offers_it(provider: type[Provider], client: Client) -> None:
    assert "เข้าสู่ระบบด้วย ศูนย์กลาง" in client.get("/accounts/login/").content.decode()
    assert client.get(HERE).status_code == 302


def test_a_verified_address_is_matched_once_and_the_subject_ever_after(
    provider: type[Provider], home: Authority
) -> None:
    clerk = home.people["clerk"]
    provider.person = {"sub": "77", "email": clerk.email.upper(), "email_verified": True}
    client = Client()
    assert sign_in(client).status_code == 302
    assert client.session["_auth_user_id"] == str(clerk.pk)
    clerk.email = "other@example.org"
    clerk.save()
    client = Client()
    sign_in(client)
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_an_address_that_passed_to_a_successor_opens_nothing(
    provider: type[Provider], home: Authority
) -> None:
    clerk = home.people["clerk"]
    provider.person = {"sub": "77", "email": clerk.email, "email_verified": True}
    sign_in(Client())
    provider.person["sub"] = "78"
    client = Client()
    assert sign_in(client).status_code == 403
    assert "_auth_user_id" not in client.session
    second_proof.forget(clerk)
    assert sign_in(client).status_code == 302


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "1", "email": "clerk@example.org", "email_verified": False},
        {"sub": "1", "email": "clerk@example.org"},
        {"sub": "1", "email": "clerk@example.org", "email_verified": "true"},
        {"sub": "1", "email": "new@example.org", "email_verified": True},
        {"sub": "1"},
        {"sub": "1", "email": "", "email_verified": True},
        {"email": "clerk@example.org", "email_verified": True},
    ],
)
def test_anybody_else_reads_a_sentence_and_nobody_is_made(
    person: dict[str, Any], provider: type[Provider], home: Authority
) -> None:
    provider.person = person
    before = User.objects.count()
    client = Client()
    answer = sign_in(client)
    assert answer.status_code in (403, 503)
    assert "โปรด" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_address_of_two_people_or_of_one_who_left_is_nobodys(
    provider: type[Provider], home: Authority
) -> None:
    provider.person = {"sub": "1", "email": "clerk@example.org", "email_verified": True}
    mayor = home.people["mayor"]
    mayor.email = "clerk@example.org"
    mayor.save()
    assert sign_in(Client()).status_code == 403
    User.objects.filter(email="clerk@example.org").update(is_active=False)
    assert sign_in(Client()).status_code == 403


def test_an_open_session_joins_nothing(provider: type[Provider], home: Authority) -> None:
    provider.person = {"sub": "evil", "email": "x@example.org", "email_verified": True}
    client = log_in(Client(), home.people["clerk"])
    leaving = client.post(f"{HERE}?process=connect")
    state = parse_qs(urlsplit(leaving["Refresh"]).query)["state"][0]
    client.get(f"{HERE}callback/", {"state": state, "code": "c"})
    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_down_or_talks_nonsense(provider: type[Provider], home: Authority) -> None:
    provider.broken = True
    assert Client().post(HERE).status_code == 503
    for query in ({}, {"state": "x"}, {"state": "x", "code": "c"}, {"error": "access_denied"}):
        assert Client().get(f"{HERE}callback/", query).status_code in (200, 302, 401, 403, 503)


@pytest.mark.parametrize("configured", ["{", "{}", "[1]", '[{"id": "x"}]'])
def test_settings_that_say_nothing_are_refused(configured: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        oidc.apps(configured)
    assert oidc.apps("") == []
