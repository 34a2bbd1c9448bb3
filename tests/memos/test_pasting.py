"""Where the cells of a block go in a section's table, and which rows are added for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from memos import pasting
from memos.clipboard import NotPasted, Spot
from memos.models import Activity, FormVersion, Measure, Report, Section
from tests import reports
from tests.memos.editor_forms import as_person
from tests.personas import Authority

pytestmark = pytest.mark.once

Rows = Sequence[Sequence[str | Spot | None]]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def section(report: Report) -> Section:
    return begun(report, "result", 2, 1)


def begun(report: Report, form: str, *activities: int) -> Section:
    """A section with as many measures as numbers, each with that many empty activities."""
    version = FormVersion.objects.filter(slug=form, organisation=None).latest("number")
    section = Section.objects.create(report=report, form=version, heading="ใหม่", position=9)
    for position, count in enumerate(activities):
        measure = Measure.objects.create(section=section, position=position)
        for place in range(count):
            Activity.objects.create(measure=measure, position=place)
    return section


def names(section: Section) -> dict[str, str]:
    """Row name → as it is written below: m0, m0.a1."""
    found = {}
    for m, measure in enumerate(section.measures.all()):
        found[f"measure-{measure.pk}"] = f"m{m}"
        for a, activity in enumerate(measure.activities.all()):
            found[f"activity-{activity.pk}"] = f"m{m}.a{a}"
    return found


def row(section: Section, name: str) -> str:
    return next(key for key, known in names(section).items() if known == name)


def laid(section: Section, at: str, key: str, block: Rows) -> tuple[list[str], list[str]]:
    """("row.field=text" …, "row>new row" …) of the plan."""
    spots = [[Spot(one) if isinstance(one, str) else one for one in line] for line in block]
    plan = pasting.lay(section, row(section, at), key, spots).to_json(section)
    known = names(section)
    cells = [f"{known.get(c['row'], c['row'])}.{c['field']}={c['text']}" for c in plan["cells"]]
    return cells, [f"{known.get(op['row'], op['op'])}>{op['as']}" for op in plan["ops"]]


def test_it_fills_right_and_down_across_measures(section: Section) -> None:
    cells, added = laid(section, "m0.a1", "responsible", [["ก", "ข"], ["ค", ""], ["ง", "จ"]])
    assert cells == [
        "m0.a1.responsible=ก",
        "m0.a1.period=ข",
        "m1.a0.responsible=ค",
        "m1.a0.period=",
        "new-1.responsible=ง",
        "new-1.period=จ",
    ]
    assert added == ["m1>new-1"]


def test_a_measure_spans_what_the_block_says_it_spans(section: Section) -> None:
    below = Spot("1", below=True)
    block: Rows = [
        [Spot("1"), Spot("ก")],
        [below, Spot("ข")],
        [below, Spot("ค")],
        [Spot("2"), Spot("ง")],
        [Spot(""), Spot("จ")],
        [Spot("3"), Spot("")],
    ]
    cells, added = laid(section, "m0", "measure", block)
    assert cells == [
        "m0.measure=1",
        "m0.a0.method=ก",
        "m0.a1.method=ข",
        "new-1.method=ค",
        "m1.measure=2",
        "m1.a0.method=ง",
        "new-2.method=จ",
        "new-3.measure=3",
        "new-3.activity.method=",
    ]
    assert added == ["m0>new-1", "m1>new-2", "add-measure>new-3"]


def test_measures_alone_are_measures(section: Section) -> None:
    cells, added = laid(section, "m1", "measure", [["ก"], [""], ["ค"]])
    assert cells == ["m1.measure=ก", "new-1.measure=", "new-2.measure=ค"]
    assert added == ["add-measure>new-1", "add-measure>new-2"]


def test_a_cell_over_two_rows_is_said_in_both_activities(section: Section) -> None:
    block: Rows = [[Spot("ก"), Spot("สำนักปลัด")], [Spot("ข"), Spot("สำนักปลัด", below=True)]]
    cells, _added = laid(section, "m0.a0", "method", block)
    assert cells[1] == "m0.a0.responsible=สำนักปลัด"
    assert cells[3] == "m0.a1.responsible=สำนักปลัด"


def test_a_cell_over_two_columns_leaves_the_second_as_it_is(section: Section) -> None:
    assert laid(section, "m0.a0", "method", [["ทั้งปี", None, "ข"]])[0] == [
        "m0.a0.method=ทั้งปี",
        "m0.a0.period=ข",
    ]


def test_headings_copied_along_are_left_out(section: Section) -> None:
    headings = ["มาตรการ/แนวทาง", "วิธีการดำเนินงาน", "ผู้รับผิดชอบ"]
    plan = pasting.lay(
        section,
        row(section, "m0"),
        "measure",
        [[Spot(t) for t in headings], [Spot("ก"), Spot("ข"), Spot("ค")]],
    )
    assert [text for _row, _key, text in plan.cells] == ["ก", "ข", "ค"]
    assert plan.notes == ["วางแล้ว ๓ ช่อง", "หัวตาราง ๑ แถวที่คัดลอกมาด้วยไม่ได้วาง"]


def test_headings_alone_are_pasted(section: Section) -> None:
    assert laid(section, "m0", "measure", [["มาตรการ/แนวทาง", "วิธีการดำเนินงาน"]])[0] == [
        "m0.measure=มาตรการ/แนวทาง",
        "m0.a0.method=วิธีการดำเนินงาน",
    ]


def test_what_does_not_fit_to_the_right_is_told(section: Section) -> None:
    plan = pasting.lay(section, row(section, "m0.a0"), "suggestion", [[Spot("ก"), Spot("ข"), Spot("ค")]])
    assert [text for _row, _key, text in plan.cells] == ["ก"]
    assert "๒ คอลัมน์สุดท้าย" in plan.notes[1]


def test_a_number_that_excel_could_not_show_is_told(section: Section) -> None:
    plan = pasting.lay(section, row(section, "m0.a0"), "period", [[Spot("######")], [Spot("ก ## ข")]])
    assert len(plan.notes) == 2 and "####" in plan.notes[1]


def test_a_column_of_two_fields(report: Report) -> None:
    section = begun(report, "weakness", 1)
    assert laid(section, "m0", "topic", [["ด้านที่หนึ่ง\n- ยังไม่เผยแพร่", "ก"]])[0] == [
        "m0.topic=ด้านที่หนึ่ง",
        "m0.issue=- ยังไม่เผยแพร่",
        "m0.a0.method=ก",
    ]
    assert laid(section, "m0", "topic", [["หนึ่ง\nสอง", "ก"]])[0] == ["m0.topic=หนึ่ง\nสอง", "m0.a0.method=ก"]
    assert laid(section, "m0", "issue", [["หนึ่ง\nสอง", "ก"]])[0] == ["m0.issue=หนึ่ง\nสอง", "m0.a0.method=ก"]


def test_a_measure_without_activities_gets_one(report: Report) -> None:
    section = begun(report, "result", 0)
    assert laid(section, "m0", "measure", [["1", "ก"]]) == (["m0.measure=1", "new-1.method=ก"], ["m0>new-1"])


@pytest.mark.parametrize(("at", "key"), [("measure-999999", "measure"), ("m0", "no-such-field")])
def test_a_cell_that_is_gone(section: Section, at: str, key: str) -> None:
    with pytest.raises(NotPasted):
        pasting.lay(section, row(section, at) if at == "m0" else at, key, [[Spot("ก"), Spot("ข")]])


def test_more_rows_than_a_table_holds(section: Section) -> None:
    with pytest.raises(NotPasted) as refused:
        laid(section, "m0", "measure", [["ก"]] * 320)
    assert "๖๐๐" in refused.value.sentence


# --- by HTTP


def post(client: Client, section: Section, **data: Any) -> Any:
    org, pk = section.report.organisation.slug, section.report.pk
    url = reverse("memos:paste", args=[org, pk, section.pk])
    return client.post(url, json.dumps(data), content_type="application/json")


def test_it_answers_with_a_plan(home: Authority, section: Section) -> None:
    at = row(section, "m1.a0")
    answer = post(as_person(home), section, html="", text="ก\tข", row=at, field="method")
    assert answer.json() == {
        "ops": [],
        "cells": [
            {"row": at, "field": "method", "text": "ก"},
            {"row": at, "field": "responsible", "text": "ข"},
        ],
        "notes": ["วางแล้ว ๒ ช่อง"],
    }
    assert post(as_person(home), section, html="", text="1.\tก", row=at, field="method").json() == {
        "text": "1. ก"
    }


@pytest.mark.parametrize("html", ["<table><tr>" + "<td>ก" * 70, "<table><tr><td>" + "ก" * 20_001])
def test_what_cannot_be_read_is_told_in_words(home: Authority, section: Section, html: str) -> None:
    answer = post(as_person(home), section, html=html, text="", row=row(section, "m0"), field="measure")
    assert answer.status_code == 400 and answer.json()["sentence"]


def test_who_may_not_write_may_not_paste(home: Authority, section: Section) -> None:
    data = {"html": "", "text": "ก\tข", "row": row(section, "m0"), "field": "measure"}
    assert post(as_person(home, "mayor"), section, **data).status_code == 403
    reports.submit(home, section.report)
    answer = post(as_person(home), section, **data)
    assert answer.status_code == 409 and answer.json()["sentence"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"html": 1}', '"ก"', "[" * 100_000])
def test_nonsense_is_refused(home: Authority, section: Section, body: str) -> None:
    org, pk = section.report.organisation.slug, section.report.pk
    url = reverse("memos:paste", args=[org, pk, section.pk])
    answer = as_person(home).post(url, body, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["sentence"]
