"""The editor by HTTP: memo and sections; nobody else gets in; nothing is overwritten unseen."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests import reports
from tests.memos.editor_forms import as_person, cells, fields_in, form_of, fresh, memo_url, section_url
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def client(home: Authority) -> Client:
    return as_person(home)


class TestMemo:
    def test_saving_the_page_unchanged_changes_no_word(self, client: Client, report: Report) -> None:
        # Who saved, and when, is not a word.
        apart = {"_state": None, "revision": None, "written_by_id": None}
        before = fresh(report).memo.__dict__ | apart
        answer = client.post(memo_url(report), form_of(client, memo_url(report)) | {"do": "save"})
        assert answer.status_code == 302
        assert fresh(report).memo.__dict__ | apart == before
        assert fresh(report).revision == report.revision + 1

    def test_years_and_the_date_are_shown_in_thai_digits(self, client: Client, report: Report) -> None:
        report.memo.date = datetime.date(2022, 4, 1)
        report.memo.save()
        shown = form_of(client, memo_url(report))
        assert (shown["fiscal_year"], shown["date_day"], shown["date_year"]) == ("๒๕๖๕", "๑", "๒๕๖๕")

    def test_every_field_is_stored_normalised(self, client: Client, report: Report) -> None:
        typed = form_of(client, memo_url(report)) | {
            "office": "สํานักปลัด",
            "date_day": "๑",
            "date_month": "4",
            "date_year": "๖๕",
            "subject": "เรื่อง\nสองบรรทัด",
            "recipients": "นายก\n\n ปลัด ",
            "via": "รองนายก",
            "references": "หนังสือ ที่ ๑\nหนังสือ ที่ ๒",
            "body": "__เรื่องเดิม__\r\n  ตามที่ ๑",
            "speed": "ด่วนมาก",
            "secrecy": "ลับ",
            "title": "หัวเรื่อง\nบรรทัดสอง",
            "e0.title": "รายงาน ๑",
            "e0.pages": "๑๒",
            "do": "save",
        }
        assert client.post(memo_url(report), typed).status_code == 302
        saved = fresh(report)
        memo = saved.memo
        assert (memo.office, str(memo.date)) == ("สำนักปลัด", "2022-04-01")
        assert memo.subject == "เรื่อง สองบรรทัด"
        assert (memo.recipients, memo.via) == (["นายก", "ปลัด"], ["รองนายก"])
        assert memo.references == ["หนังสือ ที่ 1", "หนังสือ ที่ 2"]
        assert memo.body == "__เรื่องเดิม__\n  ตามที่ 1"
        assert (memo.speed, memo.secrecy, saved.title) == ("ด่วนมาก", "ลับ", "หัวเรื่อง\nบรรทัดสอง")
        enclosure = memo.enclosures.get()
        assert (enclosure.title, enclosure.pages) == ("รายงาน 1", 12)

    def test_enclosures_are_added_moved_deleted_and_put_back(self, client: Client, report: Report) -> None:
        url = memo_url(report)
        typed = form_of(client, url) | {"e1.title": "ภาพถ่าย", "e2.title": "คำสั่ง", "do": "enclosure-up-2"}
        client.post(url, typed)
        first = str(report.memo.enclosures.all()[0])
        assert [str(row) for row in report.memo.enclosures.all()] == [first, "คำสั่ง", "ภาพถ่าย"]
        answer = client.post(url, form_of(client, url) | {"do": "enclosure-delete-1"}, follow=True)
        assert [str(row) for row in report.memo.enclosures.all()] == [first, "ภาพถ่าย"]
        assert 'value="undo"' in answer.content.decode()
        client.post(url, form_of(client, url) | {"do": "undo"})
        assert [str(row) for row in report.memo.enclosures.all()] == [first, "คำสั่ง", "ภาพถ่าย"]

    def test_adding_an_enclosure_saves_the_rest_and_offers_an_empty_row(
        self, client: Client, report: Report
    ) -> None:
        url = memo_url(report)
        answer = client.post(
            url, form_of(client, url) | {"subject": "ใหม่", "do": "enclosure-add"}, follow=True
        )
        assert fresh(report).memo.subject == "ใหม่"
        assert re.search(r'name="e1\.title" value=""[^>]* autofocus', answer.content.decode())

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("subject", "เรื่อง\x00ราว"),
            ("body", "ยาว" * 20_000),
            ("body", "\u202eกลับ"),
            ("office", "ก" * 301),
            ("recipients", "\ue000"),
            ("references", "ก\n" * 100),
            ("date_day", "31x"),
            ("date_year", "9" * 5000),
            ("fiscal_year", "9" * 400),
            ("fiscal_year", ""),
            ("item", "9" * 40),
            ("item", "\x00"),
            ("period", "weekly"),
            ("speed", "เร็วมาก"),
            ("e0.pages", "-1"),
            ("e0.pages", "9" * 30),
            ("e0.title", "ก" * 600),
        ],
    )
    def test_bad_input_comes_back_whole_and_saves_nothing(
        self, client: Client, report: Report, name: str, typed: str
    ) -> None:
        url = memo_url(report)
        posted = form_of(client, url) | {
            "date_day": "1",
            "date_month": "4",
            "date_year": "2565",
            "via": "คำที่พิมพ์ไว้",
        }
        answer = client.post(url, posted | {name: typed, "do": "save"})
        assert answer.status_code == 400
        page = answer.content.decode()
        assert "คำที่พิมพ์ไว้" in page
        assert 'class="fault"' in page
        assert fresh(report).revision == report.revision

    def test_a_year_that_another_report_has_is_refused_in_words(
        self, home: Authority, client: Client, report: Report
    ) -> None:
        other = reports.begin(home, fiscal_year=2566)
        answer = client.post(memo_url(other), form_of(client, memo_url(other)) | {"fiscal_year": "2565"})
        assert answer.status_code == 400
        assert "มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว" in answer.content.decode()


class TestTwoWindows:
    def test_the_second_one_is_told_and_keeps_what_was_typed(self, client: Client, report: Report) -> None:
        url = section_url(report)
        first, second = form_of(client, url), form_of(client, url)
        client.post(url, first | {"m0.a0.c.method": "หน้าต่างแรก"})
        answer = client.post(url, second | {"m0.a0.c.method": "หน้าต่างที่สอง"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "มีการบันทึกรายงานนี้จากหน้าต่างอื่น" in page
        assert fields_in(page)["m0.a0.c.method"] == "หน้าต่างที่สอง"
        assert cells(report)[0][1][0]["method"] == "หน้าต่างแรก"

    def test_seen_and_pressed_again_it_is_saved(self, client: Client, report: Report) -> None:
        url = memo_url(report)
        stale = form_of(client, url)
        client.post(url, stale | {"subject": "แรก"})
        again = fields_in(client.post(url, stale | {"subject": "สอง"}).content.decode())
        assert client.post(url, again).status_code == 302
        assert fresh(report).memo.subject == "สอง"

    def test_once_submitted_nothing_is_saved_and_the_text_is_shown(
        self, home: Authority, client: Client, report: Report
    ) -> None:
        typed = {url: form_of(client, url) for url in (memo_url(report), section_url(report))}
        reports.submit(home, report)
        for url, fields in typed.items():
            name = "subject" if "subject" in fields else "m0.a0.c.method"
            answer = client.post(url, fields | {name: "พิมพ์ช้าไป"})
            assert answer.status_code == 409
            page = answer.content.decode()
            assert "พิมพ์ช้าไป" in page
            assert 'value="save"' not in page
            assert client.get(url).status_code == 409
        assert fresh(report).memo.subject != "พิมพ์ช้าไป"


class TestSections:
    def url(self, report: Report) -> str:
        return reverse("memos:sections", args=[report.organisation.slug, report.pk])

    def post(self, client: Client, report: Report, **fields: Any) -> Any:
        return client.post(self.url(report), {"revision": fresh(report).revision, **fields})

    def test_a_section_is_added_in_a_chosen_form(self, client: Client, report: Report) -> None:
        form = report.sections.all()[0].form
        answer = self.post(client, report, do="add", heading="๓. เพิ่มเติม", form=form.pk)
        section = report.sections.all()[2]
        assert answer.status_code == 302
        assert (section.heading, section.form) == ("3. เพิ่มเติม", form)
        assert section.measures.get().activities.count() == 1

    @pytest.mark.parametrize("form", ["", "0", "9" * 40, "x", "\x00"])
    def test_an_unknown_form_is_refused(self, client: Client, report: Report, form: str) -> None:
        answer = self.post(client, report, do="add", heading="คงไว้", form=form)
        assert answer.status_code == 400
        assert "คงไว้" in answer.content.decode()
        assert report.sections.count() == 2

    def test_sections_move(self, client: Client, report: Report) -> None:
        first, second = report.sections.all()
        self.post(client, report, do=f"down-{first.pk}")
        assert list(report.sections.all()) == [second, first]
        self.post(client, report, do=f"down-{first.pk}")
        assert list(report.sections.all()) == [second, first]
        self.post(client, report, do=f"up-{first.pk}")
        assert list(report.sections.all()) == [first, second]

    def test_deleting_asks_first(self, client: Client, report: Report) -> None:
        section = report.sections.all()[0]
        url = reverse("memos:delete_section", args=[report.organisation.slug, report.pk, section.pk])
        assert client.get(url).status_code == 200
        assert report.sections.count() == 2
        assert client.post(url, {"revision": report.revision + 7}).status_code == 409
        assert report.sections.count() == 2
        assert client.post(url, {"revision": fresh(report).revision}).status_code == 302
        assert report.sections.count() == 1
        assert client.get(url).status_code == 404

    def test_another_reports_section_is_not_found(
        self, home: Authority, client: Client, report: Report
    ) -> None:
        other = reports.begin(home, fiscal_year=2570)
        section = other.sections.all()[0]
        for name in ("memos:edit_section", "memos:delete_section"):
            url = reverse(name, args=[report.organisation.slug, report.pk, section.pk])
            assert client.get(url).status_code == 404
            assert client.post(url, {"revision": fresh(report).revision}).status_code == 404
        assert self.post(client, report, do=f"up-{section.pk}").status_code == 404


class TestWho:
    def pages(self, report: Report) -> list[str]:
        place = [report.organisation.slug, report.pk]
        section = report.sections.all()[0]
        return [
            memo_url(report),
            section_url(report),
            reverse("memos:sections", args=place),
            reverse("memos:delete_section", args=[*place, section.pk]),
        ]

    @pytest.mark.parametrize("key", ["second_legal_officer", "section_head", "mayor", "org_admin", "reader"])
    def test_another_of_the_authority_reads_why_not(self, home: Authority, report: Report, key: str) -> None:
        other = as_person(home, key)
        for url in self.pages(report):
            for answer in (other.get(url), other.post(url, {"revision": report.revision})):
                assert answer.status_code == 403
                assert str(report.drafter) in answer.content.decode()

    def test_strangers_find_nothing(self, stranger: Authority, report: Report) -> None:
        foreign = as_person(stranger)
        for url in self.pages(report):
            assert foreign.get(url).status_code == 404
            assert foreign.post(url, {"revision": report.revision}).status_code == 404

    def test_nobody_logged_in_is_asked_to(self, report: Report) -> None:
        for url in self.pages(report):
            assert Client().get(url)["Location"].startswith("/accounts/login/")

    def test_a_number_that_no_database_holds_is_not_found(self, client: Client, report: Report) -> None:
        url = memo_url(report).replace(f"/{report.pk}/", f"/{'9' * 40}/")
        assert client.get(url).status_code == 404

    def test_the_way_on_saves_first(self, client: Client, report: Report) -> None:
        answer = client.post(
            memo_url(report), form_of(client, memo_url(report)) | {"subject": "ก", "do": "next"}
        )
        assert answer["Location"] == section_url(report)
        assert fresh(report).memo.subject == "ก"
        typed = form_of(client, section_url(report, 1)) | {"do": "next"}
        check = reverse("workflows:check", args=[report.organisation.slug, report.pk])
        assert client.post(section_url(report, 1), typed)["Location"] == check
        htmx = client.post(
            memo_url(report),
            form_of(client, memo_url(report)) | {"do": "check"},
            headers={"HX-Request": "true"},
        )
        assert htmx["HX-Redirect"] == check
