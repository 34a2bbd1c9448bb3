"""The editor's talk with the server: a cell is saved, disputed, refused or gone; rows by number; nothing happens twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from memos.models import Report
from tests import reports
from tests.logging_in import log_in
from tests.memos.desk import Window, cell, co_drafter, first_activity, live_url
from tests.memos.editor_forms import as_person, cells, form_of, fresh, section_url
from tests.personas import Authority, Personas
from workflows import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def window(home: Authority, report: Report) -> Window:
    return Window(home, report)


def test_a_cell_is_saved_and_the_revision_rises(window: Window, report: Report) -> None:
    row, before = first_activity(window), fresh(report).revision
    told = window.type(row, "method", "ประชุม 4 ครั้ง  \r\nแล้วเสร็จ")
    assert told["saved"] == [{"row": row, "field": "method", "text": "ประชุม 4 ครั้ง\nแล้วเสร็จ"}]
    assert cells(report)[0][1][0]["method"] == "ประชุม 4 ครั้ง\nแล้วเสร็จ"
    assert told["revision"] == fresh(report).revision == before + 1
    assert told["at"].endswith("น.")


def test_the_same_text_again_raises_nothing(window: Window, report: Report) -> None:
    row = first_activity(window)
    window.type(row, "method", "ครั้งเดียว")
    revision = fresh(report).revision
    window.body["revision"] = revision
    window.type(row, "method", "ครั้งเดียว")
    assert fresh(report).updated_at is not None
    assert cells(report)[0][1][0]["method"] == "ครั้งเดียว"


def test_a_cell_that_somebody_else_changed_is_told_not_overwritten(
    home: Authority, window: Window, report: Report
) -> None:
    other = co_drafter(home, report)
    row = first_activity(window)
    other.type(row, "method", "ของผู้ร่วม")
    told = window.say([cell(row, "method", window.texts[row, "method"], "ของฉัน")])
    name = str(home.people["second_legal_officer"])
    assert told["conflicts"] == [{"row": row, "field": "method", "theirs": "ของผู้ร่วม", "by": name}]
    assert told["saved"] == []
    assert cells(report)[0][1][0]["method"] == "ของผู้ร่วม"
    assert window.type(row, "method", "ของฉัน")["saved"], "chosen: mine"


def test_other_cells_of_a_row_do_not_dispute(home: Authority, window: Window, report: Report) -> None:
    other, row = co_drafter(home, report), first_activity(window)
    other.type(row, "method", "ของผู้ร่วม")
    told = window.type(row, "responsible", "กองคลัง")
    assert told["saved"] and not told["conflicts"]
    assert {"row": row, "field": "method", "text": "ของผู้ร่วม"}.items() <= next(
        one for one in told["changed"] if one["field"] == "method"
    ).items()
    assert cells(report)[0][1][0]["method"] == "ของผู้ร่วม"


def test_a_text_that_paper_cannot_carry_is_refused_alone(window: Window, report: Report) -> None:
    row = first_activity(window)
    told = window.say(
        [
            cell(row, "method", window.texts[row, "method"], "เสีย\ue000"),
            cell(row, "responsible", window.texts[row, "responsible"], "กองคลัง"),
        ]
    )
    assert [fault["field"] for fault in told["faults"]] == ["method"]
    assert "พิมพ์ลงกระดาษไม่ได้" in told["faults"][0]["sentence"]
    assert [one["field"] for one in told["saved"]] == ["responsible"]


@pytest.mark.parametrize("text", ["\x00", "\ud800", "ก" * 20_001])
def test_texts_that_no_database_takes_are_faults(window: Window, text: str) -> None:
    told = window.type(first_activity(window), "method", text)
    assert len(told["faults"]) == 1


def test_who_else_is_here(home: Authority, window: Window, report: Report) -> None:
    other = co_drafter(home, report)
    row = first_activity(other)
    other.ask(place=f"{row}-method")
    present = window.look()["present"]
    name = str(home.people["second_legal_officer"])
    assert present == [{"name": name, "place": f"{row}-method", "where": "ส่วนที่ ๑"}]
    other.ask(leaves=True)
    assert window.look()["present"] == []


def test_what_checks_find_comes_with_the_save(window: Window) -> None:
    row = first_activity(window)
    told = window.type(row, "period", "ตลอดไป")
    assert f"{row}-period" in told["notes"]
    assert "ข้อที่พบในหน้านี้" in told["panel"]
    assert "notes" not in window.look()


def test_a_page_that_only_looks_is_cheap(window: Window, django_assert_max_num_queries: Any) -> None:
    window.look()
    with django_assert_max_num_queries(12):
        window.look()


def test_the_form_without_scripts_is_told_to_the_other_page(
    home: Authority, window: Window, report: Report
) -> None:
    client, url = as_person(home), section_url(report)
    client.post(url, form_of(client, url) | {"m0.a0.c.method": "จากแบบฟอร์ม", "do": "save"})
    told = window.look()
    assert window.texts[first_activity(window), "method"] == "จากแบบฟอร์ม"
    assert told["changed"][0]["by"] == str(home.people["legal_officer"])
    assert client.post(url, form_of(client, url) | {"do": "activity-delete-0-0"}).status_code == 302
    window.look()
    assert len(window.order) == 2
    assert report.removed_rows.count() == 1


# --- who may, and what is no request of ours


def test_who_may_write(home: Authority, window: Window, report: Report) -> None:
    other = co_drafter(home, report)
    assert other.ask().status_code == 200
    report.co_drafters.all().delete()
    refused = other.ask(turn=9, cells=[cell(first_activity(other), "method", "", "x")])
    assert refused.status_code == 403
    assert "ผู้จัดทำ" in refused.json()["sentence"]


def test_a_submitted_report_is_closed(home: Authority, window: Window, report: Report) -> None:
    reports.submit(home, report)
    answer = window.ask(turn=5, cells=[cell(first_activity(window), "method", "", "x")])
    assert answer.status_code == 409
    assert "เสนอไปแล้ว" in answer.json()["sentence"]
    actions.recall(home.actor("legal_officer"), report.pk)
    assert window.ask().status_code == 200


def test_after_the_login_expired(window: Window) -> None:
    window.client.logout()
    answer = window.ask()
    assert (answer.status_code, answer.json()) == (401, {"login": True})


def test_somebody_else_logged_in_meanwhile(home: Authority, window: Window, report: Report) -> None:
    """In another window of the same browser: his request must not be written in the other's name."""
    co_drafter(home, report)
    log_in(window.client, home.people["second_legal_officer"])
    answer = window.ask(turn=1, cells=[cell(first_activity(window), "method", "", "x")])
    assert (answer.status_code, answer.json()) == (401, {"person": True})


def test_strangers_and_rows_of_others(personas: Personas, report: Report) -> None:
    home, stranger = personas.home, personas.stranger
    assert (
        as_person(stranger).post(live_url(report), "{}", content_type="application/json").status_code == 404
    )
    theirs = reports.begin(stranger, fiscal_year=2565)
    row = f"activity-{theirs.sections.all()[0].measures.get().activities.all()[0].pk}"
    window = Window(home, report)
    before = cells(theirs)
    assert window.say([cell(row, "method", "", "x")])["gone"] == [{"row": row, "field": "method", "by": ""}]
    for op in ("delete", "copy", "move", "restore", "add-activity"):
        assert window.say(ops=[{"op": op, "row": row, "to": window.order[0]}])["refused"]
    assert cells(theirs) == before
    assert window.ask(page=f"section-{theirs.sections.all()[0].pk}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '"x"',
        "[" * 50_000,
        json.dumps({"window": "x"}),
        json.dumps({"window": "0" * 12, "user": True, "page": "memo", "revision": 0}),
        json.dumps({"window": "0" * 12, "user": 1, "page": "memo", "revision": -1}),
        json.dumps({"window": "0" * 12, "user": 1, "page": "other", "revision": 0}),
        json.dumps({"window": "0" * 12, "user": 1, "page": "memo", "revision": 0, "cells": [1]}),
        json.dumps({"window": "0" * 12, "user": 1, "page": "memo", "revision": 0, "ops": [{"op": "drop"}]}),
        json.dumps({"window": "0" * 12, "user": 1, "page": "memo", "revision": 0, "place": "\ud800"}),
        json.dumps({"window": "0" * 12, "user": 1, "page": "memo", "revision": 2**70}),
    ],
)
def test_what_no_page_of_ours_sends(home: Authority, report: Report, body: str) -> None:
    answer = as_person(home).post(live_url(report), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["sentence"]
