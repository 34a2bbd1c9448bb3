"""The page that begins a report from another one: shown first, then done; what stayed is said."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests.memos.editor_forms import as_person
from tests.memos.test_carrying import report
from tests.personas import Authority

__all__ = ["report"]
pytestmark = pytest.mark.django_db


class TestPage:
    def url(self, report: Report) -> str:
        return reverse("workflows:copy", args=[report.organisation.slug, report.pk])

    @pytest.fixture
    def client(self, home: Authority) -> Client:
        return as_person(home)

    def test_the_page_shows_what_would_move_and_does_nothing(self, client: Client, report: Report) -> None:
        page = client.get(self.url(report)).content.decode()
        assert "เริ่มรายงานปีถัดไปจากเรื่องนี้" in page
        assert "ต.ค. ๖๔ - ก.ย. ๖๕" in page and "ต.ค. ๖๕ - ก.ย. ๖๖" in page
        assert report.copies.count() == 0

    def test_other_choices_are_shown_before_they_are_done(self, client: Client, report: Report) -> None:
        typed = {"fiscal_year": "๒๕๖๘", "period": report.period, "results": "keep", "do": "preview"}
        answer = client.post(self.url(report), typed)
        assert answer.status_code == 200
        assert "ต.ค. ๖๗ - ก.ย. ๖๘" in answer.content.decode()
        assert "ล้างผล ผลลัพธ์" not in answer.content.decode()
        assert report.copies.count() == 0

    def test_one_click_carries_the_measures_over_and_says_what_stayed(
        self, client: Client, report: Report
    ) -> None:
        page = client.get(self.url(report)).context["form"]
        typed = {name: page.initial[name] for name in ("fiscal_year", "period", "results")} | {"do": "carry"}
        answer = client.post(self.url(report), typed, follow=True)
        new = report.copies.get()
        assert new.fiscal_year == 2566
        assert answer.redirect_chain[-1][0] == reverse(
            "memos:edit_memo", args=[new.organisation.slug, new.pk]
        )
        text = answer.content.decode()
        assert "สร้างร่างใหม่แล้ว เลื่อนปีและรอบ" in text
        assert "ยังไม่เลื่อนปี ๔ แห่ง" in text
        assert "ตามแผนปี ๒๕๖๕" in text

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("fiscal_year", "9" * 500),
            ("fiscal_year", ""),
            ("period", "x"),
            ("results", "\x00"),
            ("fiscal_year", "2400"),
        ],
    )
    def test_bad_input_comes_back_and_nothing_is_made(
        self, client: Client, report: Report, name: str, value: str
    ) -> None:
        typed = {"fiscal_year": "2566", "period": report.period, "results": "keep", name: value}
        answer = client.post(self.url(report), typed)
        assert answer.status_code == 400
        assert 'class="fault"' in answer.content.decode()
        assert report.copies.count() == 0

    def test_a_report_that_exists_is_named(self, client: Client, report: Report) -> None:
        typed = {"fiscal_year": "2565", "period": report.period, "results": "keep"}
        answer = client.post(self.url(report), typed)
        assert answer.status_code == 409
        assert (
            reverse("workflows:report", args=[report.organisation.slug, report.pk]) in answer.content.decode()
        )
