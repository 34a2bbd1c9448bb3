"""Numbers no row can have, and forms nobody can read: a page in words, never a failure, whatever DEBUG says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core.models import Appointment, Post
from memos.models import FormVersion
from tests import reports
from tests.administering import organisation, page, superuser
from tests.memos.editor_forms import as_person, form_of, fresh, memo_url
from tests.personas import Authority

__all__ = ["organisation", "superuser"]  # Fixtures, found by their names here.

HUGE = [str(2**63), "1" * 19, "1" * 5_000]
huge = pytest.mark.parametrize("number", HUGE, ids=["bigint", "19 digits", "5000 digits"])
UNREADABLE = ["utf-16", "latin-1", "utf-7", "idna", "hex"]


@huge
def test_no_address_leads_to_a_row_beyond_the_database(home: Authority, number: str) -> None:
    report = reports.begin(home)
    client, org = as_person(home), f"/o/{home.organisation.slug}/"
    within = f"{org}reports/{report.pk}/edit/sections/"
    for address in (f"{org}reports/{number}/", f"{org}reports/{number}/edit/", f"{within}{number}/"):
        assert client.get(address).status_code == 404, address[:40]
    assert client.get(f"{org}?page={number}").status_code == 200
    assert client.get(f"{org}archive/?page={number}&year={number}&drafter={number}").status_code == 200


@huge
def test_a_form_that_names_such_a_row_is_shown_again(home: Authority, number: str) -> None:
    report = reports.begin(home)
    client = as_person(home)
    typed = form_of(client, memo_url(report)) | {"item": number}
    assert client.post(memo_url(report), typed).status_code == 400
    sections = reverse("memos:sections", args=[home.organisation.slug, report.pk])
    adds = {"do": "add", "revision": str(fresh(report).revision), "form": number}
    assert client.post(sections, adds).status_code == 400


@huge
def test_the_administration_takes_it_for_an_unknown_row(superuser: Client, number: str) -> None:
    answer = superuser.post(page(Appointment, "add"), {"user": number, "post": number})
    assert answer.status_code == 200
    assert {"user", "post"} <= answer.context["adminform"].form.errors.keys()
    post = Post.objects.across_organisations().earliest("pk")
    inline = {"appointments-TOTAL_FORMS": "1", "appointments-0-user": number, "appointments-0-id": number}
    for known in "01":
        typed = inline | {"appointments-INITIAL_FORMS": known}
        assert superuser.post(page(Post, "change", post.pk), typed).status_code == 200
    assert superuser.get(f"{page(Appointment, 'add')}?user={number}").status_code == 200
    assert superuser.get(f"{page(FormVersion, 'add')}?source={number}").status_code == 200
    assert superuser.get(page(Appointment, "change", number)).status_code == 302


def _send(client: Client, address: str, kind: str, charset: str) -> Any:
    if kind == "multipart/form-data":
        body = b'--B\r\nContent-Disposition: form-data; name="subject"\r\n\r\nabc\r\n--B--\r\n'
        return client.generic("POST", address, body, content_type=f"{kind}; boundary=B; charset={charset}")
    body = b"subject=%E0%B8%81&do=save"
    return client.generic("POST", address, body, content_type=f"{kind}; charset={charset}")


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("charset", UNREADABLE)
@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_form_in_another_charset_is_refused_on_a_page(
    home: Authority, settings: Any, kind: str, charset: str, debug: bool
) -> None:
    report = reports.begin(home)
    settings.DEBUG = debug
    answer = _send(as_person(home), memo_url(report), kind, charset)
    assert answer.status_code == 400
    assert "ระบบอ่านข้อมูลที่ส่งมาไม่ได้" in answer.content.decode()
    assert fresh(report).revision == report.revision


def test_a_multipart_form_without_its_boundary_is_refused_on_a_page(home: Authority) -> None:
    address = memo_url(reports.begin(home))
    answer = as_person(home).generic("POST", address, b"--B", content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "ระบบอ่านข้อมูลที่ส่งมาไม่ได้" in answer.content.decode()


@pytest.mark.parametrize("debug", [False, True])
def test_a_form_too_large_is_refused_and_says_that_nothing_of_it_is_kept(
    home: Authority, settings: Any, debug: bool
) -> None:
    report = reports.begin(home)
    settings.DEBUG = debug
    client = as_person(home)
    large = "body=" + "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    many = "&".join(f"m{n}=" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    for body in (large, many):
        kind = "application/x-www-form-urlencoded"
        answer = client.generic("POST", memo_url(report), body, content_type=kind)
        assert answer.status_code == 413
        assert "เก็บข้อความที่ส่งมาไว้ไม่ได้" in answer.content.decode()
        assert answer.wsgi_request.read() == b"", "who is still sending would never see the answer"
    assert fresh(report).revision == report.revision


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=B", "application/json"])
def test_other_bodies_too_large_are_heard_out_too(home: Authority, settings: Any, kind: str) -> None:
    """The answer reaches a browser only after all that it sends was read."""
    report = reports.begin(home)
    large = "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    body = f'--B\r\nContent-Disposition: form-data; name="body"\r\n\r\n{large}\r\n--B--\r\n'
    name = "memos:live" if kind.endswith("json") else "memos:edit_memo"
    address = reverse(name, args=[home.organisation.slug, report.pk])
    answer = as_person(home).generic("POST", address, body, content_type=kind)
    assert (answer.status_code, answer.wsgi_request.read()) == (413, b"")
