"""Closed pages while somebody works on the system, and the other pages that say no."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from lxml import html

from ita_core import settings as shipped
from ita_core.views import refused_methods
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority


@pytest.fixture
def note(tmp_path: Path, settings: object) -> Path:
    path = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE = path  # type: ignore[attr-defined]
    return path


class TestClosed:
    @pytest.mark.parametrize("address", ["/", "/accounts/login/", "/o/nowhere/", "/admin/", "/nowhere/"])
    def test_every_page_without_the_database(self, note: Path, address: str) -> None:
        """Outside of a test that may use the database, any query fails."""
        note.write_text("เปิดใหม่เวลา 13.30 น. <b>วันนี้</b>", encoding="utf-8")
        client = Client()
        client.cookies["sessionid"] = "a" * 32
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 503
        assert answer["Retry-After"] == "300"
        assert answer["Cache-Control"] == "private, no-store"
        assert "ปิดปรับปรุงระบบชั่วคราว" in page
        assert "๑๓.๓๐ น. &lt;b&gt;วันนี้&lt;/b&gt;" in page

    def test_an_empty_file_and_one_that_is_no_text_close_too(self, note: Path) -> None:
        for written in (b"", b"\xff\xfe\x00", b"\n" * 50_000):
            note.write_bytes(written)
            assert Client().get("/accounts/login/").status_code == 503
        note.unlink()
        note.mkdir()
        assert Client().get("/accounts/login/").status_code == 503

    def test_in_the_language_that_was_picked(self, note: Path) -> None:
        note.touch()
        client = Client()
        client.cookies["django_language"] = "en"
        assert '<html lang="en">' in client.get("/").content.decode()

    @pytest.mark.django_db
    def test_the_look_is_served(self, note: Path) -> None:
        note.touch()
        answer = Client().get("/static/ita_core/app.css")
        answer.close()
        assert answer.status_code == 200

    def test_what_was_typed_comes_back_to_copy_and_no_password(self, note: Path) -> None:
        note.touch()
        typed = {"csrfmiddlewaretoken": "x" * 64, "opinion": "เห็นควร <ทราบ>", "step": "5", "password": "ลับ"}
        page = html.fromstring(Client().post("/o/anywhere/reports/1/decide/", typed).content.decode())
        assert [area.text.strip() for area in page.xpath("//textarea[@readonly]")] == ["เห็นควร <ทราบ>"]
        answer = Client().post("/accounts/login/", {"login": "mayor", "password": PASSWORD})
        assert answer.status_code == 503
        assert "<textarea" not in answer.content.decode()

    def test_a_form_nobody_can_read_is_answered_too(self, note: Path) -> None:
        note.touch()
        answer = Client().post(
            "/o/anywhere/reports/1/decide/",
            b"--x\r\nnonsense",
            content_type="multipart/form-data; boundary=x",
        )
        assert answer.status_code == 503

    @pytest.mark.django_db
    def test_open_again_without_a_restart(self, note: Path) -> None:
        note.touch()
        assert Client().get("/accounts/login/").status_code == 503
        note.unlink()
        assert Client().get("/accounts/login/").status_code == 200

    def test_the_file_stands_in_var_unless_said_otherwise(self) -> None:
        assert shipped.MAINTENANCE_FILE.name == "maintenance"


@pytest.mark.django_db
class TestMethods:
    """Django's own answer is an empty page."""

    def test_a_forms_address_opened_as_a_page_says_what_to_do(self, rf: RequestFactory) -> None:
        answer = refused_methods(lambda request: HttpResponseNotAllowed(["POST"]))(rf.get("/"))
        assert isinstance(answer, HttpResponse)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "เปิดที่อยู่นี้โดยตรงไม่ได้" in answer.content.decode()

    def test_so_do_the_pages(self, home: Authority) -> None:
        client = Client()
        log_in(client, home.people["legal_officer"])
        answer = client.put(f"/o/{home.organisation.slug}/")
        assert answer.status_code == 405
        assert "เปิดที่อยู่นี้โดยตรงไม่ได้" in answer.content.decode()


@pytest.mark.django_db
def test_a_strange_host_is_refused_in_words() -> None:
    answer = Client().get("/accounts/login/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "คำขอไม่ถูกต้อง" in answer.content.decode()
