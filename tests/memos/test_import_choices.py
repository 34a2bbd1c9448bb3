"""Choices on the mapping page: nothing is saved unseen, nothing that was chosen is lost; who may, and when."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from memos import exporting
from memos.models import ImportDraft, Report
from tests import reports
from tests.memos.editor_forms import as_person, cells, fresh
from tests.memos.import_steps import (
    HEAD,
    ROWS,
    client,
    fields_of,
    mapping_of,
    paste,
    place,
    report,
    tsv,
    upload,
)
from tests.memos.sample import CONTENT
from tests.personas import Authority

__all__ = ["client", "report"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestChoosing:
    ODD = ["ลำดับ", "เรื่องที่ทำ", "ทำอย่างไร", "ใครทำ", "เมื่อไร", "ได้อะไร"]

    def test_a_column_that_is_not_known_is_chosen_and_seen_before_it_is_taken(
        self, client: Client, report: Report
    ) -> None:
        url = mapping_of(client, report, tsv(head=self.ODD))
        page = client.get(url).content.decode()
        fields = fields_of(page) | {
            "t0.form": "result",
            "t0.c0": "measure",
            "t0.c1": "method",
            "t0.c2": "responsible",
            "t0.c3": "period",
            "t0.c4": "result",
            "t0.c5": "suggestion",
        }
        unseen = client.post(url, fields | {"do": "import", "mode": "append"})
        assert unseen.status_code == 400
        assert "โปรดตรวจอีกครั้งแล้วกดนำเข้า" in unseen.content.decode()
        assert report.sections.count() == 2
        seen = fields_of(unseen.content.decode())
        assert seen["t0.c4"] == "result"
        assert client.post(url, seen | {"do": "import", "mode": "append"}).status_code == 302
        assert cells(report, 2)[1][0]["measure"] == "2. มาตรการสอง"

    def test_seeing_again_keeps_the_choice(self, client: Client, report: Report) -> None:
        url = mapping_of(client, report)
        fields = fields_of(client.get(url).content.decode()) | {"t0.c5": "", "do": "again"}
        assert client.post(url, fields).status_code == 302
        assert fields_of(client.get(url).content.decode())["t0.c5"] == ""

    def test_the_same_field_twice_is_refused_with_the_choice_kept(
        self, client: Client, report: Report
    ) -> None:
        url = mapping_of(client, report)
        fields = fields_of(client.get(url).content.decode()) | {"t0.c1": "method", "t0.c2": "method"}
        answer = client.post(url, fields | {"do": "import"})
        assert answer.status_code == 400
        assert "มากกว่าหนึ่งคอลัมน์" in answer.content.decode()
        assert fields_of(answer.content.decode())["t0.c2"] == "method"

    def test_a_table_left_out_leaves_nothing_to_import(self, client: Client, report: Report) -> None:
        url = mapping_of(client, report)
        fields = fields_of(client.get(url).content.decode()) | {"t0.form": "", "do": "again"}
        client.post(url, fields)
        page = client.get(url).content.decode()
        assert "ไม่มีแถวที่จะนำเข้า" in page
        answer = client.post(url, fields_of(page) | {"do": "import"})
        assert answer.status_code == 400
        assert report.sections.count() == 2

    @pytest.mark.parametrize("name", ["t0.form", "t0.c0", "mode", "do", "revision"])
    @pytest.mark.parametrize("value", ["\x00", "9" * 400, "x+y", "measure+nothing"])
    def test_forged_choices_are_no_choices(
        self, client: Client, report: Report, name: str, value: str
    ) -> None:
        url = mapping_of(client, report)
        fields = fields_of(client.get(url).content.decode())
        answer = client.post(url, fields | {"do": "import", name: value})
        assert answer.status_code in {302, 400, 409}
        assert client.get(place(report)).status_code == 200

    def test_another_form_for_our_own_file(self, client: Client, report: Report) -> None:
        url = upload(client, report, "ก.json", exporting.as_json(CONTENT))["Location"]
        page = client.get(url).content.decode()
        fields = fields_of(page) | {"t0.form": "complete", "do": "again"}
        assert client.post(url, fields).status_code == 302
        page = client.get(url).content.decode()
        assert fields_of(page)["t0.form"] == "complete"
        assert "ไม่มีช่อง" in page  # the form has no การติดตามผล, and that is said

    def test_cancelling_changes_nothing(self, client: Client, report: Report) -> None:
        url = mapping_of(client, report)
        before = fresh(report).revision
        assert client.post(url, {"do": "cancel"}).status_code == 302
        assert (fresh(report).revision, ImportDraft.objects.of(report.organisation).count()) == (before, 0)
        assert client.get(url).status_code == 404


class TestSaving:
    def test_replacing_says_what_goes(self, client: Client, report: Report) -> None:
        url = mapping_of(client, report)
        page = client.get(url).content.decode()
        assert "ในร่างมี ๒ มาตรการ จะถูกลบ" in page
        assert fields_of(page)["mode"] == "append"
        client.post(url, fields_of(page) | {"mode": "replace", "do": "import"})
        assert report.sections.count() == 1

    def test_an_empty_draft_is_replaced_unless_one_says_otherwise(
        self, client: Client, report: Report
    ) -> None:
        for section in report.sections.all():
            section.measures.all().delete()
        assert fields_of(client.get(mapping_of(client, report)).content.decode())["mode"] == "replace"

    def test_a_draft_saved_elsewhere_meanwhile_is_not_overwritten_unseen(
        self, client: Client, report: Report
    ) -> None:
        url = mapping_of(client, report)
        stale = fields_of(client.get(url).content.decode()) | {"mode": "replace", "do": "import"}
        Report.objects.of(report.organisation).filter(pk=report.pk).update(revision=7)
        answer = client.post(url, stale)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "จากหน้าต่างอื่น" in page
        assert report.sections.count() == 2
        again = fields_of(page)
        assert (again["revision"], again["mode"]) == ("7", "replace")
        assert client.post(url, again | {"do": "import"}).status_code == 302

    def test_once_submitted_nothing_comes_in(self, home: Authority, client: Client, report: Report) -> None:
        url = mapping_of(client, report)
        fields = fields_of(client.get(url).content.decode()) | {"do": "import"}
        reports.submit(home, report)
        assert client.get(url).status_code == 409
        assert client.post(url, fields).status_code == 409
        assert paste(client, report, tsv()).status_code == 409
        assert report.sections.count() == 2

    def test_a_large_table_is_shown_in_part_and_taken_whole(self, client: Client, report: Report) -> None:
        rows = [[f"{n}. มาตรการ", "วิธี", "กองช่าง", "ม.ค. 65", "ผล", ""] for n in range(1, 201)]
        url = mapping_of(client, report, tsv(rows))
        page = client.get(url).content.decode()
        assert "และอีก ๑๗๐ แถว" in page
        assert len(page) < 300_000
        client.post(url, fields_of(page) | {"do": "import", "mode": "append"})
        assert report.sections.all()[2].measures.count() == 200

    def test_a_file_of_very_many_tables_gives_a_page_of_some(self, client: Client, report: Report) -> None:
        def table(width: int) -> str:
            rows = [[f"หัว {k}" for k in range(width)], ["ค่า"] * width]
            return "<table>" + "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in rows) + "</table>"

        many = "".join(map(table, range(10, 60)))
        usual = "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in [HEAD, *ROWS])
        answer = paste(client, report, "x", html=f"{many}<table>{usual}</table>")
        assert answer.status_code == 302
        page = client.get(answer["Location"]).content.decode()
        assert len(page) < 1_500_000
        assert "ตารางอื่นอีก" in page
        assert "มาตรการหนึ่ง" in page


class TestWho:
    def test_others_of_the_authority_and_strangers(
        self, home: Authority, stranger: Authority, client: Client, report: Report
    ) -> None:
        url = mapping_of(client, report)
        for key in ("second_legal_officer", "mayor", "org_admin"):
            other = as_person(home, key)
            assert {other.get(u).status_code for u in (url, place(report))} == {403}
            assert {other.post(u, {"do": "cancel"}).status_code for u in (url, place(report))} == {403}
        foreign = as_person(stranger)
        assert {foreign.get(u).status_code for u in (url, place(report))} == {404}
        assert ImportDraft.objects.of(home.organisation).count() == 1

    def test_a_draft_of_another_report_is_not_found(
        self, home: Authority, client: Client, report: Report
    ) -> None:
        url = mapping_of(client, report)
        other = reports.begin(home, fiscal_year=2570)
        assert client.get(url.replace(f"/{report.pk}/", f"/{other.pk}/", 1)).status_code == 404

    def test_a_new_report_may_begin_from_a_file(self, home: Authority, client: Client) -> None:
        new = reverse("workflows:new", args=[home.organisation.slug])
        page = client.get(new)
        initial = page.context["form"].initial
        typed = {**initial, "title": "", "subject": "", "do": "import"}
        answer = client.post(new, typed)
        assert re.fullmatch(r".*/reports/\d+/edit/import/", answer["Location"])
