"""What a unit wrote stands under the table's own headings, and a page offers what is still to be done."""

from __future__ import annotations

import pytest
from django.urls import reverse

from memos import collecting_rows
from memos.collecting_words import Words
from memos.models import Report
from tests import reports
from tests.memos.collecting_hand import accept, ask, in_days, rows, save, send, sent
from tests.memos.editor_forms import as_person
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def address(name: str, report: Report, home: Authority) -> str:
    """Of the finance division's part: ``fill`` for the unit, ``collect_unit`` for the drafter."""
    return reverse(f"memos:{name}", args=[home.organisation.slug, report.pk, home.units["finance"].pk])


def test_the_texts_of_a_row_stand_under_the_tables_headings(home: Authority, report: Report) -> None:
    """In the boxes, and afterwards when there are none; a link is listed once."""
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    officer, url = as_person(home, "acting_head"), address("fill", report, home)
    heading = collecting_rows.by_name(report)[row].fields["result"]
    assert heading == "ผลการดำเนินการ"
    box = f'<h3 class="collect-head"><label for="{row}.result">{heading}</label></h3>'
    assert box in officer.get(url).content.decode()
    save(home, report, "finance", {row: Words(result="ทำแล้ว", links=("https://a.go.th/x",))})
    assert send(home, report, "finance") == {}
    page = officer.get(url).content.decode()
    assert f'<h3 class="collect-head">{heading}</h3>' in page and page.count(">https://a.go.th/x<") == 1


def test_a_day_is_asked_of_units_that_still_have_to_send(home: Authority, report: Report) -> None:
    row, drafter, url = rows(report)[0], as_person(home), address("collect_unit", report, home)
    ask(home, report, {row: "finance"}, in_days(5))
    button = 'value="due"'
    assert button in drafter.get(url).content.decode()
    sent(home, report, "finance")
    assert button not in drafter.get(url).content.decode()
    accept(home, report, "finance", [row])
    assert button not in drafter.get(url).content.decode()
