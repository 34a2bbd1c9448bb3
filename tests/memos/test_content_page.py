"""Content shown to read: what paper will say, with its digits, underlines and spans, and nothing else of it is markup."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from ita_core import thai
from memos import content
from memos.models import Activity, Measure, Report
from tests import reports
from tests.personas import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def shown(report: Report) -> str:
    html: str = render_to_string("memos/_content.html", {"content": content.snapshot(report)})
    return html


def write(report: Report, **cells: str) -> None:
    activity = report.sections.all()[0].measures.get().activities.all()[0]
    activity.cells = {**activity.cells, **cells}
    activity.save()


def test_the_memo_stands_first_in_thai_digits(report: Report) -> None:
    report.memo.recipients, report.memo.via = ["นายก", "ปลัด"], ["รองนายก"]
    report.memo.references = ["หนังสือ ที่ 12"]
    page = shown(report)
    for words in ("นายก", "ปลัด", "รองนายก", "หนังสือ ที่ ๑๒", "สม ๗๑๐๐๑/…", "ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๕"):
        assert words in page
    assert not re.search(r">[^<]*[0-9][^<]*</(p|dd|td|h3|h4)>", page)


def test_hugging_underscores_underline_and_fill_in_lines_stay(report: Report) -> None:
    write(report, method="1. __เน้น__ ข้อความ\n(1) กรอก ____ ที่นี่")
    page = shown(report)
    assert "<u>เน้น</u> ข้อความ" in page
    assert "กรอก ____ ที่นี่" in page
    assert 'class="item"' in page
    assert 'class="item nested"' in page


def test_a_headed_paragraph(report: Report) -> None:
    report.memo.body = "__เรื่องเดิม__\nตามที่ 1"
    assert (
        '<p id="at-memo.body.0" class="headed"><u>เรื่องเดิม</u></p><p id="at-memo.body.1">ตามที่ ๑</p>'
        in shown(report)
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "__<b>หนา</b>__", "{{ x }} {% y %}", "&lt; ]]>"]
)
def test_text_is_never_markup(report: Report, text: str) -> None:
    write(report, method=text)
    report.memo.subject = report.memo.body = text
    section = report.sections.all()[0]
    section.heading = section.preamble = section.closing = text
    section.save()
    page = shown(report)
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count(escape(thai.printed(text.replace("__", "")))) >= 5


def test_a_measure_spans_its_activities_and_may_have_none(report: Report) -> None:
    section = report.sections.all()[0]
    assert 'rowspan="2"' in shown(report)
    bare = Measure(section=section, position=5, cells={"measure": "ว่าง"})
    bare.save()
    page = shown(report)
    columns = len(section.form.columns)
    [row] = [row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if "ว่าง" in row]
    assert row.count("<td") == columns
    Activity(measure=bare, cells={}).save()
    assert shown(report).count("<tr>") == page.count("<tr>")


def test_tables_scroll_in_a_place_that_the_keyboard_reaches(report: Report) -> None:
    assert shown(report).count('tabindex="0" role="region" aria-label=') == 2
