"""The one-page summary: from the words that its reader sees on the report's page, with the template of its content."""

from __future__ import annotations

import dataclasses
import io
from urllib.parse import unquote

import docx
import pytest
from django.test import Client
from django.urls import reverse

from memos import content, issuing
from memos.models import Report, TemplateVersion
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from workflows.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(home: Authority, report: Report) -> str:
    return reverse("workflows:summary", args=[home.organisation.slug, report.pk])


def lines(client: Client, home: Authority, report: Report) -> list[str]:
    answer = client.get(address(home, report))
    assert answer.status_code == 200
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]


def test_it_is_a_word_file_named_in_thai(client: Client, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    log_in(client, home.people["mayor"])
    answer = client.get(address(home, report))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    name = f"สรุปหนึ่งหน้า-{report.fiscal_year}.docx"
    assert unquote(answer["Content-Disposition"]) == f"attachment; filename*=utf-8''{name}"
    again = client.get(address(home, report), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_others_read_what_was_submitted_and_the_drafter_his_draft(client: Client, home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    report.title = "หัวเรื่องที่แก้แล้ว"
    report.save()
    for person, sees in (("legal_officer", True), ("mayor", False)):
        log_in(client, home.people[person])
        assert (report.title in lines(client, home, report)) is sees


@pytest.mark.parametrize(("page", "person"), [("report", "reader"), ("decide", "section_head")])
def test_the_pages_of_a_report_link_to_it(client: Client, home: Authority, page: str, person: str) -> None:
    report = reports.in_state(home, State.DRAFTED)
    log_in(client, home.people[person])
    answer = client.get(reverse(f"workflows:{page}", args=[home.organisation.slug, report.pk]))
    assert address(home, report) in answer.content.decode()


def test_contents_from_before_there_were_summaries_take_the_shipped_template(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    version = report.approval.content
    assert version is not None
    frozen = content.load(version)
    shipped = TemplateVersion.objects.get(kind="summary", organisation=None)
    assert frozen.templates.summary == shipped.sha256
    old = dataclasses.replace(frozen, templates=dataclasses.replace(frozen.templates, summary=""))
    assert issuing.summary_bytes(old, home.organisation) == issuing.summary_bytes(frozen, home.organisation)
