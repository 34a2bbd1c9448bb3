"""What the browser may keep and run; and what it gets when the login expired while somebody typed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from lxml import html

from ita_core.headers import POLICY
from tests import reports
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority
from tests.test_access import addresses
from workflows.models import State

pytestmark = pytest.mark.django_db


def client_of(home: Authority, key: str = "legal_officer", **options: Any) -> Client:
    client = Client(**options)
    log_in(client, home.people[key])
    return client


class TestKeeping:
    def test_private_pages_are_not_kept(self, home: Authority) -> None:
        client = client_of(home)
        place = f"/o/{home.organisation.slug}/"
        for address in (place, f"{place}archive/", f"{place}nowhere/", "/", "/accounts/password/change/"):
            assert client.get(address)["Cache-Control"] == "private, no-store", address

    def test_a_view_that_says_otherwise_is_left_alone(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        answer = client_of(home).get(addresses(home, report)["workflows:document"])
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-cache"

    def test_static_files_are_not_touched(self) -> None:
        answer = Client().get("/static/ita_core/app.css")
        answer.close()
        assert answer.status_code == 200
        assert "no-store" not in answer.headers.get("Cache-Control", "")
        assert "Content-Security-Policy" not in answer.headers


class TestPolicy:
    def test_on_our_pages_and_refusals(self, home: Authority) -> None:
        client = client_of(home)
        for address in (f"/o/{home.organisation.slug}/", "/nowhere/", "/accounts/password/change/"):
            assert client.get(address)["Content-Security-Policy"] == POLICY
        assert "unsafe" not in POLICY
        assert "script-src 'self';" in POLICY

    def test_not_on_the_stock_pages(self, home: Authority) -> None:
        boss = home.people["org_admin"]
        boss.is_staff = boss.is_superuser = True
        boss.save()
        client = client_of(home, "org_admin")
        for address in ("/admin/", "/flow/reportapproval/queue/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "Content-Security-Policy" not in answer.headers


class TestExpired:
    def test_what_was_typed_comes_back_to_copy(self, home: Authority) -> None:
        """With the token check on: an expired session keeps the token's cookie."""
        report = reports.in_state(home, State.DRAFTED)
        address = addresses(home, report)["workflows:decide"]
        client = client_of(home, "section_head", enforce_csrf_checks=True)
        page = html.fromstring(client.get(address).content.decode())
        (token, *_others) = page.xpath("//form[@method='post']//input[@name='csrfmiddlewaretoken']/@value")
        client.cookies.pop("sessionid")
        typed = {
            "csrfmiddlewaretoken": token, "step": "77", "content": "abc", "decision": "forward", "reason": " ",
            "proof_code": "482915", "opinion": "\nเห็นควร <b>ทราบ</b></textarea>", "reasons": ["ข้อหนึ่ง", "ข้อสอง"],
        }  # fmt: skip
        answer = client.post(address, typed)
        assert answer.status_code == 401
        assert answer["Cache-Control"] == "private, no-store"
        shown = html.fromstring(answer.content.decode())
        texts = [area.text for area in shown.xpath("//textarea[@readonly]")]
        assert [text.removeprefix("\n") for text in texts] == [
            "\nเห็นควร <b>ทราบ</b></textarea>",
            "ข้อหนึ่ง",
            "ข้อสอง",
        ]
        (link,) = shown.xpath("//a[@target='_blank']/@href")
        assert link == "/accounts/login/?next=" + address.replace("/", "%2F")
        assert "ข้อความที่ท่านพิมพ์อยู่ด้านล่าง ยังไม่ได้บันทึก" in answer.content.decode()
        assert Client().post(link, {"login": "section_head", "password": PASSWORD})["Location"] == address

    def test_nothing_typed_promises_nothing(self, home: Authority) -> None:
        page = Client().post(f"/o/{home.organisation.slug}/reports/new/", {"e1.id": "5"}).content.decode()
        assert "<textarea" not in page
        assert "ข้อความที่ท่านพิมพ์อยู่ด้านล่าง" not in page
        assert "ระบบยังไม่ได้ทำรายการ" in page

    def test_the_editors_scripts_get_the_login_as_before(self, home: Authority) -> None:
        address = f"/o/{home.organisation.slug}/reports/new/"
        answer = Client().post(address, {"title": "ก"}, headers={"HX-Request": "true"})
        assert answer["Location"].startswith("/accounts/login/")

    def test_the_session_lasts_from_the_last_page(self, home: Authority) -> None:
        client = client_of(home)
        session = client.session
        session.set_expiry(60)
        session.save()
        stored = Session.objects.filter(session_key=session.session_key)
        soon = timezone.now() + datetime.timedelta(seconds=5)
        stored.update(expire_date=soon)
        assert client.get(f"/o/{home.organisation.slug}/").status_code == 200
        assert stored.get().expire_date > soon
