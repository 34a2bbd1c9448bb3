"""Passwords cannot be guessed without end, nor reset by an address that the administrator did not enter."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.core import mail
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from ita_core.models import User
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority

pytestmark = pytest.mark.django_db
LIMIT = 5
RIGHT = {"login": "clerk", "password": PASSWORD}


def guess(times: int) -> None:
    for number in range(times):
        assert Client().post("/accounts/login/", RIGHT | {"password": f"wrong {number}"}).status_code == 200


def test_the_right_password_is_refused_after_too_many_wrong_ones(home: Authority) -> None:
    guess(LIMIT)
    client = Client()
    page = client.post("/accounts/login/", RIGHT).content.decode()
    assert "ใส่รหัสผ่านผิดหลายครั้งเกินไป" in page
    assert "_auth_user_id" not in client.session


def test_one_wrong_guess_fewer_and_the_right_password_opens(home: Authority) -> None:
    guess(LIMIT - 1)
    client = Client()
    assert client.post("/accounts/login/", RIGHT).status_code == 302
    assert "_auth_user_id" in client.session


def test_workers_share_the_count(home: Authority) -> None:
    """A cache object made anew, as another worker has it, finds what this one wrote."""
    assert isinstance(caches["default"], DatabaseCache)
    cache.set("counted_here", 3)
    assert caches.create_connection("default").get("counted_here") == 3


def test_migrate_makes_the_table_of_the_cache_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE ita_core_cache")
    call_command("migrate", verbosity=0)
    cache.set("there", 1)
    assert cache.get("there") == 1


@pytest.mark.parametrize("page", ["/admin/", "/admin/login/", "/admin/ita_core/user/"])
def test_the_stock_pages_ask_nobody_for_a_password(page: str, home: Authority) -> None:
    User.objects.create_superuser("boss", password=PASSWORD, full_name="นายผู้ดูแล")
    client = Client()
    for answer in (
        client.get(page, follow=True),
        client.post(page, {"username": "boss", "password": PASSWORD}, follow=True),
    ):
        assert answer.request["PATH_INFO"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_viewflows_pages_have_no_login_of_their_own() -> None:
    for page in ("/flow/", "/flow/reportapproval/queue/"):
        assert Client().get(page).status_code == 403
    for page in ("login/", "accounts/login/", "logout/"):
        assert Client().post(f"/flow/{page}", {"username": "x", "password": "y"}).status_code in {403, 404}


def test_who_is_logged_in_cannot_guess_at_the_administration_either(home: Authority) -> None:
    staff = home.people["org_admin"]
    staff.is_staff = True
    staff.save()
    client = Client()
    log_in(client, staff)
    assert client.post("/admin/login/", {"username": "clerk", "password": PASSWORD}).status_code == 405
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    log_in(client, home.people["reader"])
    assert client.post("/admin/login/", {"username": "clerk", "password": PASSWORD}).status_code == 403


def test_a_reset_goes_by_the_address_the_administrator_entered_last(home: Authority) -> None:
    clerk = home.people["clerk"]
    Client().post("/accounts/password/reset/", {"email": clerk.email})
    Client().post("/accounts/login/", {"login": clerk.email, "password": PASSWORD})
    assert [message.to for message in mail.outbox] == [["clerk@example.org"]]
    clerk.email = "new@example.org"
    clerk.save()
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": "clerk@example.org"})
    assert not [message for message in mail.outbox if "/password/reset/key/" in str(message.body)]
    Client().post("/accounts/password/reset/", {"email": "new@example.org"})
    assert "/password/reset/key/" in str(mail.outbox[-1].body)
    assert not EmailAddress.objects.exists()
    assert not admin.site.is_registered(EmailAddress)


def test_too_many_requests_are_refused_in_thai(home: Authority) -> None:
    answers = [Client().post("/accounts/login/", {"login": f"nobody{n}", "password": "x"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "ส่งคำขอถี่เกินไป" in answers[-1].content.decode()
