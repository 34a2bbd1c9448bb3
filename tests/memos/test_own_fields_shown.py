"""Fields of an authority's own and headings in two rows, wherever a table is written, read or spoken of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from memos import checks, content
from memos.forms_data import validate_columns
from memos.models import Activity, FormVersion, Measure, Report, Section
from tests import reports
from tests.memos.editor_forms import as_person, section_url
from tests.personas import Authority

pytestmark = pytest.mark.django_db

COLUMNS: list[dict[str, Any]] = [
    {"key": "measure", "heading": "มาตรการ", "fields": ["measure"], "width": 20, "level": "measure", "required": True},
    {"key": "budget", "heading": "บาท", "fields": ["budget"], "width": 10, "level": "activity", "required": True,
     "group": "แผน"},
    {"key": "target", "heading": "เป้าหมายและผล", "fields": ["target", "result"], "width": 30, "level": "activity",
     "required": False, "group": "แผน", "labels": ["เป้าหมาย", "ทำได้จริง"]},
    {"key": "spent", "heading": "บาท", "fields": ["own_1"], "width": 10, "level": "activity", "required": True,
     "group": "ผล"},
    {"key": "outcome", "heading": "ความสำเร็จ", "fields": ["outcome"], "width": 20, "level": "activity",
     "required": False},
]  # fmt: skip


@pytest.fixture
def report(home: Authority) -> Report:
    validate_columns(COLUMNS)
    made = reports.begin(home)
    made.sections.all().delete()
    form = FormVersion(
        organisation=home.organisation, slug="own-1", number=1, title="แบบของเรา", columns=COLUMNS
    )
    form.save()
    section = Section(report=made, form=form)
    section.save()
    measure = Measure(section=section, cells={"measure": "มาตรการหนึ่ง"})
    measure.save()
    Activity(measure=measure, cells={"target": "ร้อยละ 80", "own_1": "5,000"}).save()
    return made


def headings(page: str) -> list[tuple[str, str]]:
    """(attributes, words) of every heading cell."""
    head = page.split("<thead>", 1)[1].split("</thead>", 1)[0]
    return [
        (" ".join(attributes.split()), re.sub("<[^>]*>", "", words))
        for attributes, words in re.findall(r"<th( [^>]*)>(.*?)</th>", head)
    ]


EXPECTED = [
    ('scope="col" rowspan="2"', "มาตรการ"),
    ('scope="colgroup" colspan="2"', "แผน"),
    ('scope="colgroup"', "ผล"),
    ('scope="col" rowspan="2"', "ความสำเร็จ"),
]
BELOW = [('scope="col"', "บาท"), ('scope="col"', "เป้าหมายและผล"), ('scope="col"', "บาท")]


def test_two_rows_in_the_editor(home: Authority, report: Report) -> None:
    page = as_person(home).get(section_url(report)).content.decode()
    tools = ('scope="col" class="tools" rowspan="2"', "จัดการแถว")
    assert headings(page) == [*EXPECTED, tools, *BELOW]
    assert page.count("<colgroup>") == 5
    spoken = re.findall(r'aria-label="([^"]*) มาตรการที่ ๑ กิจกรรมที่ ๑"', page)
    assert spoken == ["แผน – บาท", "เป้าหมาย", "ทำได้จริง", "ผล – บาท", "ความสำเร็จ"]


def test_two_rows_on_the_page_to_read(report: Report) -> None:
    page = render_to_string("memos/_content.html", {"content": content.snapshot(report)})
    assert headings(page) == [*EXPECTED, *BELOW]
    named = re.findall(r'data-label="([^"]*)"', page)
    assert named == ["มาตรการ", "แผน – บาท", "แผน – เป้าหมายและผล", "ผล – บาท", "ความสำเร็จ"]
    assert re.findall(r'class="cell-label">([^<]*)<', page) == ["เป้าหมาย", "ทำได้จริง"]
    assert "ร้อยละ ๘๐" in page
    assert "๕,๐๐๐" in page


def test_a_missing_cell_is_named_by_its_group(report: Report) -> None:
    sentences = [finding.sentence for finding in checks.findings(report)]
    assert any("แผน – บาท" in sentence for sentence in sentences)
    assert not any("ผล – บาท" in sentence for sentence in sentences)
