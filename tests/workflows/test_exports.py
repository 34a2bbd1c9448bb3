"""Downloads of the tables as data: whose words they hold, and where they are offered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from memos.importing import own
from tests import reports
from tests.logging_in import log_in
from tests.memos.test_exporting import WAYS
from tests.personas import Authority
from workflows.models import State

pytestmark = pytest.mark.django_db


class TestDownload:
    def url(self, home: Authority, pk: int, ending: str) -> str:
        return reverse("workflows:export", args=[home.organisation.slug, pk, ending])

    @pytest.mark.parametrize("ending", WAYS)
    def test_others_get_what_was_submitted_the_drafter_his_draft(
        self, client: Client, home: Authority, ending: str
    ) -> None:
        report = reports.in_state(home, reports.RETURNED)
        section = report.sections.all()[0]
        section.heading = "หัวข้อที่แก้แล้ว"
        section.save()
        url = self.url(home, report.pk, ending)
        headings = {}
        for who in ("legal_officer", "reader"):
            log_in(client, home.people[who])
            answer = client.get(url)
            assert answer.status_code == 200
            assert answer["Content-Disposition"].endswith(f"-{report.fiscal_year}.{ending}")
            headings[who] = own.parts(WAYS[ending][1](answer.content))[0][0]
        assert headings["legal_officer"] == "หัวข้อที่แก้แล้ว"
        assert headings["reader"].startswith("1. ")

    def test_an_unchanged_workbook_is_not_sent_again(self, client: Client, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        log_in(client, home.people["reader"])
        url = self.url(home, report.pk, "xlsx")
        tag = client.get(url)["ETag"]
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(self.url(home, report.pk, "csv"))["ETag"] != tag

    def test_the_pages_lead_to_it(self, client: Client, home: Authority) -> None:
        report = reports.begin(home)
        log_in(client, home.people["legal_officer"])
        page = client.get(reverse("workflows:report", args=[home.organisation.slug, report.pk]))
        editor = client.get(reverse("memos:edit_memo", args=[home.organisation.slug, report.pk]))
        for ending in WAYS:
            assert self.url(home, report.pk, ending) in page.content.decode()
        assert self.url(home, report.pk, "xlsx") in editor.content.decode()
