"""What is too much is judged before any work is spent on it, and the page shows no more than it can."""

from __future__ import annotations

import pytest
from django.test import Client

from ita_core import thai
from memos import enclosures, table
from memos.fields import LONGEST_TEXT
from memos.models import Report
from tests import reports
from tests.memos.editor_forms import as_person, cells, fields_in, form_of, fresh, memo_url, section_url
from tests.personas import Authority

pytestmark = pytest.mark.django_db

ROWS = table.MOST_ROWS
LONG = "ก้" * 500_000


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def client(home: Authority) -> Client:
    return as_person(home)


@pytest.fixture
def lengths(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length of every text that was normalised."""
    seen: list[int] = []
    real = thai.normalise

    def counted(text: str) -> str:
        seen.append(len(text))
        return real(text)

    monkeypatch.setattr(thai, "normalise", counted)
    return seen


@pytest.mark.parametrize(
    "field", ["body", "subject", "recipients", "fiscal_year", "date_day", "date_year", "e0.title"]
)
def test_an_over_long_field_of_the_memo_is_refused_unread(
    client: Client, report: Report, lengths: list[int], field: str
) -> None:
    typed = form_of(client, memo_url(report)) | {field: LONG}
    assert field in fields_in(client.get(memo_url(report)).content.decode()) or field == "e0.title"
    answer = client.post(memo_url(report), typed)
    assert answer.status_code == 400
    assert LONG in answer.content.decode()
    assert max(lengths) <= 2 * LONGEST_TEXT


def test_an_over_long_cell_is_refused_unread_and_comes_back(
    client: Client, report: Report, lengths: list[int]
) -> None:
    answer = client.post(section_url(report), form_of(client, section_url(report)) | {"m0.a0.c.method": LONG})
    assert answer.status_code == 400
    assert fields_in(answer.content.decode())["m0.a0.c.method"] == LONG
    assert max(lengths) <= 2 * LONGEST_TEXT


def test_line_ends_of_two_characters_do_not_count_twice(client: Client, report: Report) -> None:
    lines = "\r\n".join("ก" for _line in range(LONGEST_TEXT // 2))
    assert len(lines) > LONGEST_TEXT
    url = section_url(report)
    assert client.post(url, form_of(client, url) | {"m0.a0.c.method": lines}).status_code == 302
    assert cells(report)[0][1][0]["method"] == thai.normalise(lines)


def test_of_too_many_rows_the_first_ones_alone_are_read_and_shown(
    client: Client, report: Report, lengths: list[int]
) -> None:
    many = {f"m{n}.c.measure": "ก" for n in range(3_000)} | {f"m0.a{n}.c.method": "ข" for n in range(3_000)}
    before = cells(report)
    answer = client.post(section_url(report), {"revision": str(fresh(report).revision), **many})
    assert answer.status_code == 400
    assert len(answer.context["table"].measures[0].activities) == ROWS - 1
    assert sum(1 for _row in answer.context["table"].rows()) == ROWS
    assert len(lengths) < 10 * ROWS
    assert "แถวแรก" in answer.content.decode()
    assert cells(report) == before


@pytest.mark.parametrize("do", ["measure-add", "activity-add-0", "undo"])
def test_a_full_table_takes_no_further_row_and_loses_none(client: Client, report: Report, do: str) -> None:
    url = section_url(report)
    client.post(url, form_of(client, url) | {"do": "activity-delete-0-0"})
    full = {f"m0.a{n}.c.method": f"แถว {n}" for n in range(ROWS - 1)} | {"m0.c.measure": "เต็ม"}
    answer = client.post(url, {"revision": str(fresh(report).revision), **full, "do": do})
    assert answer.status_code == 400
    back = fields_in(answer.content.decode())
    assert [back[f"m0.a{n}.c.method"] for n in range(ROWS - 1)] == list(full.values())[:-1]
    assert client.post(url, back | {"do": "save"}).status_code == 302
    assert len(cells(report)[0][1]) == ROWS - 1


@pytest.mark.parametrize("do", ["save", "enclosure-add"])
def test_of_too_many_enclosures_the_first_ones_alone_are_shown(
    client: Client, report: Report, do: str
) -> None:
    count = enclosures.MOST if do == "enclosure-add" else 900
    many = {f"e{n}.title": f"สิ่งที่ {n}" for n in range(count)}
    answer = client.post(memo_url(report), form_of(client, memo_url(report)) | many | {"do": do})
    assert answer.status_code == 400
    assert [row.title for row in answer.context["enclosures"]] == list(many.values())[: enclosures.MOST]
