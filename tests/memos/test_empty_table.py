"""A form's empty table as a Word file, before anybody has written in it."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.test import Client
from docx import Document

from memos.models import FormVersion
from tests.memos.editor_forms import as_person
from tests.memos.test_forms_page import BUDGET, NEW, RESULT, typed
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/o/nong-tua-yang/settings/forms/"


@pytest.fixture
def admin(home: Authority) -> Client:
    return as_person(home, "org_admin")


def table_of(docx: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(docx)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_empty_table_as_word(admin: Client, home: Authority) -> None:
    form = FormVersion.objects.get(organisation=None, slug="plan")
    answer = admin.get(f"{PAGE}{form.pk}/empty-table.docx")
    rows = table_of(answer.content)
    assert rows[0] == [column["heading"] for column in form.columns]
    assert len(rows) == 3
    assert not any(text for row in rows[1:] for text in row)


def test_the_empty_table_of_a_form_not_yet_kept(admin: Client, home: Authority) -> None:
    page = admin.post(NEW, typed({}, {**RESULT, "group": "ปีนี้"}, BUDGET, do="preview")).content.decode()
    sent = re.search(r'name="form" value="([^"]*)"', page)
    assert sent is not None
    answer = admin.post(f"{PAGE}empty-table.docx", {"form": unescape(sent[1])})
    assert answer.status_code == 200
    assert table_of(answer.content)[:2] == [
        ["มาตรการ", "ปีนี้", "งบประมาณ (บาท)"],
        ["มาตรการ", "ผล", "งบประมาณ (บาท)"],
    ]


@pytest.mark.parametrize(
    "sent",
    ["", "{", "[]", "[" * 100_000, '{"title": 1}', '{"title": "x"}', '{"title": "x", "columns": [{}]}',
     '{"title": "x\\u0000", "columns": []}', "1" * 5000],
)  # fmt: skip
def test_what_is_no_form_is_refused_in_words(sent: str, admin: Client) -> None:
    answer = admin.post(f"{PAGE}empty-table.docx", {"form": sent})
    assert answer.status_code == 400
    assert re.search("แบบตาราง|คอลัมน์", answer.content.decode())


def test_a_faulty_form_offers_no_word_file_and_says_why(admin: Client) -> None:
    page = admin.post(NEW, typed({"heading": ""}, do="preview")).content.decode()
    assert "ดูเป็น Word ได้เมื่อ" in page
    assert 'name="form"' not in page
