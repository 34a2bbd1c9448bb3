"""The table of a section by HTTP: what is typed is saved with every button, or comes back."""

from __future__ import annotations

import pytest
from django.test import Client

from ita_core import thai
from memos.models import Activity, FormVersion, Report
from tests import reports
from tests.memos.editor_forms import as_person, cells, fields_in, form_of, fresh, section_url
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NASTY = "& < > ]]> {{ x }} {% y %} <script>alert(1)</script> ก้้้ำ 😀"


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def client(home: Authority) -> Client:
    return as_person(home)


class TestTable:
    def test_cells_are_saved_by_every_row_button(self, client: Client, report: Report) -> None:
        url = section_url(report)
        for action in ("measure-add", "activity-add-0", "activity-down-0-0", "measure-up-1", "nonsense"):
            typed = form_of(client, url) | {"m0.a0.c.method": f"พิมพ์ก่อนกด {action}", "do": action}
            assert client.post(url, typed).status_code == 302
            assert any(
                row["method"] == f"พิมพ์ก่อนกด {action}"
                for _measure, rows in cells(report)
                for row in rows
                if row
            )

    def test_a_form_without_columns_for_activities_offers_no_second_one(
        self, client: Client, report: Report
    ) -> None:
        section = report.sections.all()[0]
        assert b"activity-add-0" in client.get(section_url(report)).content
        columns = [{**column, "level": "measure"} for column in section.form.columns]
        section.form = FormVersion.objects.create(
            organisation=report.organisation, slug="wide", number=1, title="ระดับมาตรการ", columns=columns
        )
        section.save()
        page = client.get(section_url(report)).content
        assert b"measure-add" in page and b"activity-add-0" not in page

    def test_rows_move_and_keep_their_ids(self, client: Client, report: Report) -> None:
        url = section_url(report)
        here = Activity.objects.of(report.organisation).filter(measure__section=report.sections.all()[0])
        before = list(here.values_list("pk", flat=True))
        client.post(url, form_of(client, url) | {"do": "activity-down-0-0"})
        section = report.sections.all()[0]
        rows = [activity.pk for measure in section.measures.all() for activity in measure.activities.all()]
        assert rows == [before[1], before[0]]

    def test_copies_stand_behind_their_rows_and_are_rows_of_their_own(
        self, client: Client, report: Report
    ) -> None:
        url = section_url(report)
        (measure, activities), *others = cells(report)
        client.post(url, form_of(client, url) | {"do": "activity-copy-0-0"})
        assert cells(report)[0] == (measure, [activities[0], *activities])
        client.post(url, form_of(client, url) | {"do": "measure-copy-0"})
        assert cells(report) == [(measure, [activities[0], *activities])] * 2 + others
        measures = report.sections.all()[0].measures.all()
        assert len({one.pk for row in measures for one in row.activities.all()}) == 2 * (len(activities) + 1)

    def test_a_deleted_measure_can_be_put_back_with_its_activities(
        self, client: Client, report: Report
    ) -> None:
        url = section_url(report)
        whole = cells(report)
        answer = client.post(url, form_of(client, url) | {"do": "measure-delete-0"}, follow=True)
        assert cells(report) == []
        assert client.get(url).status_code == 200
        assert 'value="undo"' in answer.content.decode()
        client.post(url, form_of(client, url) | {"do": "undo"})
        assert cells(report) == whole

    def test_a_deleted_activity_can_be_put_back_where_it_stood(self, client: Client, report: Report) -> None:
        url = section_url(report)
        whole = cells(report)
        client.post(url, form_of(client, url) | {"do": "activity-delete-0-0"})
        assert len(cells(report)[0][1]) == 1
        client.post(url, form_of(client, url) | {"do": "undo"})
        assert cells(report) == whole

    def test_the_undo_is_gone_once_something_else_was_saved(self, client: Client, report: Report) -> None:
        url = section_url(report)
        client.post(url, form_of(client, url) | {"do": "activity-delete-0-0"})
        client.post(url, form_of(client, url) | {"do": "save"})
        client.post(url, form_of(client, url) | {"do": "undo"})
        assert len(cells(report)[0][1]) == 1

    def test_the_row_to_delete_stays_when_another_cell_is_bad(self, client: Client, report: Report) -> None:
        url = section_url(report)
        typed = form_of(client, url) | {
            "m0.a0.c.method": "เสีย\x00",
            "m0.a1.c.method": "จะลบแถวนี้",
            "do": "activity-delete-0-1",
        }
        answer = client.post(url, typed)
        assert answer.status_code == 400
        assert "จะลบแถวนี้" in answer.content.decode()
        assert len(cells(report)[0][1]) == 2

    def test_an_action_is_carried_out_on_the_page_even_when_it_cannot_be_saved(
        self, client: Client, report: Report
    ) -> None:
        url = section_url(report)
        answer = client.post(
            url, form_of(client, url) | {"m0.a0.c.method": "เสีย\x07", "do": "activity-add-0"}
        )
        back = fields_in(answer.content.decode())
        assert answer.status_code == 400
        assert "m0.a2.c.method" in back
        assert back["m0.a0.c.method"] == "เสีย\x07"

    @pytest.mark.parametrize("text", [NASTY, "-", "(1) ก\n(2) ข", "____ กรอก ____", "__เน้น__", " เว้นหน้า"])
    def test_text_comes_back_as_it_was_typed(self, client: Client, report: Report, text: str) -> None:
        url = section_url(report)
        client.post(url, form_of(client, url) | {"m0.a0.c.method": text, "do": "save"})
        assert cells(report)[0][1][0]["method"] == thai.normalise(text)
        assert form_of(client, url)["m0.a0.c.method"] == thai.normalise(text)
        assert "<script>alert" not in client.get(url).content.decode()

    def test_a_hundred_thousand_characters_are_refused_beside_their_cell(
        self, client: Client, report: Report
    ) -> None:
        url = section_url(report)
        answer = client.post(url, form_of(client, url) | {"m0.a0.c.method": "ก" * 100_000, "do": "save"})
        assert answer.status_code == 400
        assert 'aria-invalid="true"' in answer.content.decode()

    def test_ids_of_other_rows_make_new_rows_and_touch_nothing_else(
        self, home: Authority, stranger: Authority, client: Client, report: Report
    ) -> None:
        foreign = reports.begin(stranger, fiscal_year=2565)
        theirs = cells(foreign)
        target = foreign.sections.all()[0].measures.all()[0]
        url = section_url(report)
        typed = form_of(client, url) | {"m0.id": str(target.pk), "m0.c.measure": "เข้ามาแก้", "do": "save"}
        assert client.post(url, typed).status_code == 302
        assert cells(foreign) == theirs
        assert cells(report)[0][0]["measure"] == "เข้ามาแก้"

    @pytest.mark.parametrize(
        "odd",
        [
            {"m0.id": "9" * 400},
            {"m0.id": "\x00"},
            {"m0.a0.id": "-1"},
            {"m9999.c.measure": "ไกล"},
            {"m0.c.no_such_field": "x"},
            {"m0.a0.c.\n": "x"},
            {"do": "measure-delete-9999"},
            {"do": "activity-up-0-9999"},
            {"do": "activity-up"},
            {"do": "measure-up-0\x00"},
            {"do": "undo"},
        ],
    )
    def test_odd_posts_are_answered_without_harm(
        self, client: Client, report: Report, odd: dict[str, str]
    ) -> None:
        url = section_url(report)
        answer = client.post(url, form_of(client, url) | odd)
        assert answer.status_code == 302
        assert cells(report)[0][0]["measure"] == "1. มาตรการที่หนึ่ง"

    @pytest.mark.parametrize("revision", ["", "x", "9" * 400, "-1", "๑", "\x00"])
    def test_without_a_revision_nothing_is_saved(self, client: Client, report: Report, revision: str) -> None:
        url = section_url(report)
        typed = form_of(client, url) | {"revision": revision, "m0.a0.c.method": "พิมพ์แล้ว"}
        answer = client.post(url, typed)
        assert answer.status_code == 409
        assert "พิมพ์แล้ว" in answer.content.decode()

    def test_repeated_keys_and_an_empty_post_are_no_fault(self, client: Client, report: Report) -> None:
        url = section_url(report)
        revision = str(fresh(report).revision)
        assert client.post(url, {"revision": [revision, revision], "do": ["save", "save"]}).status_code == 302
        assert cells(report) == []

    def test_too_many_rows_are_refused_in_words(self, client: Client, report: Report) -> None:
        url = section_url(report)
        many = {f"m{n}.c.measure": "ก" for n in range(700)}
        answer = client.post(url, {"revision": str(fresh(report).revision), **many})
        assert answer.status_code == 400
        assert "แถว" in answer.content.decode()
