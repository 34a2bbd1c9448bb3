"""Rows that were deleted are listed on their page and come back as the same rows, with scripts and without."""

from __future__ import annotations

import pytest
from django.test import Client

from memos.models import Activity, CoDrafter, Measure, RemovedRow, Report
from tests import reports
from tests.memos.editor_forms import as_person, cells, form_of, memo_url, section_url
from tests.personas import Authority

pytestmark = pytest.mark.django_db

LIST = 'class="removed-rows"'


@pytest.fixture
def report(home: Authority) -> Report:
    """Saved once, so that its rows stand at the places that saving gives them."""
    begun = reports.begin(home, fiscal_year=2565)
    _post(as_person(home), section_url(begun), "save")
    return begun


@pytest.fixture
def client(home: Authority) -> Client:
    return as_person(home)


def _post(client: Client, url: str, do: str) -> str:
    answer = client.post(url, form_of(client, url) | {"do": do}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _rows(report: Report) -> list[tuple[int, list[int]]]:
    """Numbers of the first section's measures, each with its activities'."""
    measures = report.sections.all()[0].measures.all()
    return [(row.pk, [below.pk for below in row.activities.all()]) for row in measures]


@pytest.mark.parametrize("do", ["activity-delete-0-0", "measure-delete-0"])
def test_a_row_comes_back_as_itself_after_the_page_was_left(client: Client, report: Report, do: str) -> None:
    url = section_url(report)
    assert LIST not in client.get(url).content.decode()
    rows, whole = _rows(report), cells(report)
    assert LIST in _post(client, url, do)
    _post(client, url, "save")
    page = client.get(url).content.decode()
    assert "ดำเนินการแล้ว" in page.split(LIST)[1]
    name = RemovedRow.objects.of(report.organisation).get().row
    assert f'value="restore-{name}"' in page
    assert LIST not in _post(client, url, f"restore-{name}")
    assert (_rows(report), cells(report)) == (rows, whole)


@pytest.mark.parametrize("do", ["activity-delete-0-0", "measure-delete-0"])
def test_the_undo_brings_back_the_same_row(client: Client, report: Report, do: str) -> None:
    """So that what was remarked about it stays beside it, and nothing is offered a second time."""
    url, rows = section_url(report), _rows(report)
    _post(client, url, do)
    assert LIST not in _post(client, url, "undo")
    assert _rows(report) == rows


def test_what_went_with_its_measure_waits_for_it(client: Client, report: Report) -> None:
    url, rows = section_url(report), _rows(report)
    _post(client, url, "activity-delete-0-0")
    page = _post(client, url, "measure-delete-0")
    assert "โปรดนำมาตรการกลับมาก่อน" in page
    measure, (first, _second) = rows[0]
    assert f'value="restore-activity-{first}"' not in page
    assert "ถูกลบไปแล้ว" in _post(client, url, f"restore-activity-{first}")
    _post(client, url, f"restore-measure-{measure}")
    _post(client, url, f"restore-activity-{first}")
    assert _rows(report) == rows


def test_enclosures_come_back_on_the_memo_s_page(client: Client, report: Report) -> None:
    url = memo_url(report)
    _post(client, url, "enclosure-delete-0")
    page = _post(client, url, "save")
    enclosure = RemovedRow.objects.of(report.organisation).get().row
    assert f'value="restore-{enclosure}"' in page
    assert LIST not in client.get(section_url(report)).content.decode()
    _post(client, url, f"restore-{enclosure}")
    assert [f"enclosure-{row.pk}" for row in report.memo.enclosures.all()] == [enclosure]


def test_each_page_lists_its_own_and_no_empty_rows(client: Client, report: Report) -> None:
    first, second = section_url(report), section_url(report, 1)
    _post(client, second, "measure-delete-0")
    assert LIST not in client.get(first).content.decode()
    assert LIST in client.get(second).content.decode()
    _post(client, first, "activity-add-0")
    _post(client, first, "activity-delete-0-2")
    assert LIST not in client.get(first).content.decode()


def test_who_writes_along_may_bring_back_what_another_removed(
    client: Client, home: Authority, report: Report
) -> None:
    rows, url = _rows(report), section_url(report)
    _post(client, url, "activity-delete-0-0")
    helper = as_person(home, "second_legal_officer")
    assert helper.get(url).status_code == 403
    person = home.people["second_legal_officer"]
    CoDrafter(organisation=home.organisation, report=report, user=person).save()
    page = helper.get(url).content.decode().split(LIST)[1]
    assert str(home.people["legal_officer"]) in page
    _post(helper, url, f"restore-activity-{rows[0][1][0]}")
    assert _rows(report) == rows


def test_another_report_s_row_is_not_brought_here(client: Client, home: Authority, report: Report) -> None:
    other = reports.begin(home)
    row = _rows(other)[0][1][0]
    _post(client, section_url(other), "activity-delete-0-0")
    before = _rows(report)
    assert "ถูกลบไปแล้ว" in _post(client, section_url(report), f"restore-activity-{row}")
    typed = form_of(client, section_url(report)) | {"m0.a0.id": str(row), "do": "save"}
    client.post(section_url(report), typed)
    assert row not in _rows(report)[0][1]
    assert RemovedRow.objects.of(home.organisation).filter(report=other).exists()
    assert before[0][0] == _rows(report)[0][0]
    for nonsense in ("restore-", "restore-section-1", "restore-measure-x", f"restore-measure-{10**18}"):
        assert client.post(
            section_url(report), form_of(client, section_url(report)) | {"do": nonsense}
        ).status_code in (302, 400)


def test_several_are_listed_one_by_one(client: Client, report: Report) -> None:
    section = report.sections.all()[0]
    measure = section.measures.all()[0]
    for number in range(30):
        Activity(measure=measure, position=number, cells={"method": f"แถวที่ {number}"}).save()
    url = section_url(report)
    for _turn in range(5):
        _post(client, url, "activity-delete-0-0")
    assert client.get(url).content.decode().count('value="restore-') == 5
    assert Measure.objects.of(report.organisation).filter(section=section).count() == 1
