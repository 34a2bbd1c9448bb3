"""The frame of the pages: login, menus, languages, the home page, and the pages that say no."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from ita_core import views
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority, Personas

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def logged_in(home: Authority, key: str) -> Client:
    client = Client()
    log_in(client, home.people[key])
    return client


class TestLogin:
    @pytest.mark.parametrize("login", ["legal_officer", "legal_officer@example.org"])
    def test_by_name_or_address_to_the_authority(self, home: Authority, login: str) -> None:
        answer = Client().post("/accounts/login/", {"login": login, "password": PASSWORD}, follow=True)
        assert answer.request["PATH_INFO"] == f"/o/{home.organisation.slug}/"

    @pytest.mark.parametrize("login", ["legal_officer", "nobody", "\x00", "ก" * 10_000])
    def test_a_wrong_password_is_refused_in_thai_and_the_name_stays(
        self, home: Authority, login: str
    ) -> None:
        answer = Client().post("/accounts/login/", {"login": login, "password": "wrong"})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "ไม่ถูกต้อง" in page or 'class="fault"' in page
        assert "not correct" not in page

    def test_nobody_signs_up_alone(self) -> None:
        assert "ไม่เปิดให้สมัครเอง" in Client().get("/accounts/signup/").content.decode()

    def test_logging_out_is_a_post(self, home: Authority) -> None:
        client = logged_in(home, "legal_officer")
        assert client.get("/accounts/logout/").status_code == 200
        assert "_auth_user_id" in client.session
        client.post("/accounts/logout/")
        assert "_auth_user_id" not in client.session

    def test_a_forgotten_password_is_reset_by_mail(self, home: Authority) -> None:
        client = Client()
        client.post("/accounts/password/reset/", {"email": "legal_officer@example.org"}, follow=True)
        link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
        assert link is not None
        page = client.get(link[1], follow=True)
        new = "another-long-phrase-2566"
        done = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
        assert "เปลี่ยนรหัสผ่านแล้ว" in done.content.decode()
        assert client.login(username="legal_officer", password=new)

    def test_a_weak_password_is_refused_in_thai(self, home: Authority) -> None:
        client = logged_in(home, "reader")
        typed = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
        page = client.post("/accounts/password/change/", typed).content.decode()
        for sentence in ("รหัสผ่านสั้นเกินไป", "รหัสผ่านนี้เดาง่ายเกินไป", "รหัสผ่านเป็นตัวเลขล้วน"):
            assert sentence in page

    def test_a_used_link_says_so(self, home: Authority) -> None:
        answer = Client().get("/accounts/password/reset/key/1-abc-def/", follow=True)
        assert "ขอลิงก์ใหม่" in answer.content.decode()


class TestHome:
    def test_strangers_log_in_first(self, home: Authority) -> None:
        assert Client().get("/")["Location"].startswith("/accounts/login/")

    def test_to_the_authority_served(self, home: Authority) -> None:
        assert logged_in(home, "mayor").get("/")["Location"] == f"/o/{home.organisation.slug}/"

    def test_who_serves_none_today_is_told_whom_to_ask(self, home: Authority) -> None:
        page = logged_in(home, "former").get("/").content.decode()
        assert "โปรดแจ้งผู้ดูแลระบบของหน่วยงาน" in page

    def test_who_serves_two_sees_which_one_and_can_switch(self, personas: Personas) -> None:
        client = logged_in(personas.home, "two_hats")
        page = client.get(f"/o/{personas.stranger.organisation.slug}/").content.decode()
        for authority in (personas.home, personas.stranger):
            assert f'href="/o/{authority.organisation.slug}/"' in page
        assert re.search(r'href="/o/ban-sommut/" aria-current="true"', page)

    def test_who_serves_one_sees_its_name_and_no_switch(self, home: Authority) -> None:
        page = logged_in(home, "reader").get(f"/o/{home.organisation.slug}/").content.decode()
        assert home.organisation.full_name in page
        assert "เปลี่ยนหน่วยงาน" not in page
        assert "/reports/new/" not in page


class TestLanguage:
    def test_thai_whatever_the_browser_asks_for(self, home: Authority) -> None:
        page = Client().get("/accounts/login/", headers={"accept-language": "en-US,en"}).content.decode()
        assert '<html lang="th">' in page

    def test_english_once_it_was_picked(self, home: Authority) -> None:
        client = logged_in(home, "reader")
        here = f"/o/{home.organisation.slug}/?tab=done"
        answer = client.post("/i18n/setlang/", {"language": "en", "next": here})
        assert answer["Location"] == here
        assert '<html lang="en">' in client.get(here).content.decode()


class TestRefusals:
    def test_not_found_names_nothing(self, home: Authority) -> None:
        answer = logged_in(home, "reader").get("/o/ban-sommut/")
        assert answer.status_code == 404
        assert "ไม่พบหน้าที่ท่านเปิด" in answer.content.decode()

    @pytest.mark.parametrize("status", [400, 403, 404, 409, 503])
    def test_every_refusal_has_a_page_and_says_its_sentence(self, rf: RequestFactory, status: int) -> None:
        request = rf.get("/")
        plain = views.refusal(request, status)
        assert plain.status_code == status
        assert (
            views.refusal(request, status, "เพราะ <เหตุนี้>").content.decode().count("เพราะ &lt;เหตุนี้&gt;") == 1
        )

    def test_the_sentence_of_the_rule_is_shown(self, rf: RequestFactory) -> None:
        assert "กฎข้อนี้" in views.forbidden(rf.get("/"), PermissionDenied("กฎข้อนี้")).content.decode()

    def test_a_failure_needs_neither_request_nor_database(
        self, rf: RequestFactory, django_assert_num_queries: object
    ) -> None:
        with translation.override("th"), django_assert_num_queries(0):  # type: ignore[operator]
            answer = views.server_error(rf.get("/"))
        assert answer.status_code == 500
        assert "ระบบขัดข้อง" in answer.content.decode()

    def test_a_missing_token_is_explained(self, home: Authority) -> None:
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/accounts/login/", {"login": "x", "password": "y"})
        assert answer.status_code == 403
        assert "เปิดทิ้งไว้นานเกินไป" in answer.content.decode()


class TestStrictPolicy:
    """The pages run under script-src 'self'; style-src 'self'."""

    @pytest.mark.parametrize("url", ["/accounts/login/", "/accounts/password/reset/", "/o/nong-tua-yang/"])
    def test_no_script_or_style_stands_in_the_page(self, home: Authority, url: str) -> None:
        page = (Client() if "accounts" in url else logged_in(home, "legal_officer")).get(url).content.decode()
        assert not re.search(r"<script(?![^>]* src=)", page)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


def _page_of(rf: RequestFactory) -> HttpResponse:
    request: HttpRequest = rf.get("/somewhere/")
    return HttpResponse(render_to_string("base.html", request=request))


def test_every_page_has_its_landmarks(rf: RequestFactory) -> None:
    page = _page_of(rf).content.decode()
    for part in ('href="#main"', "<main", 'id="main"', "<header", "<footer", 'role="status"'):
        assert part in page
