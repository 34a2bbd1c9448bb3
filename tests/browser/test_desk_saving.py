"""Texts save themselves: after a pause, past a lost network and an expired login, beside another writer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memos.models import Report
from tests import reports
from tests.browser.looking import check_page
from tests.memos.editor_forms import cells, memo_url, section_url
from tests.personas import Authority
from workflows import actions
from workflows.models import Comment
from workflows.pinning import Remark

FIRST = "textarea[name='m0.a0.c.method']"
SECOND = "textarea[name='m0.a1.c.method']"
Officer = Callable[..., Page]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def page(officer: Officer, report: Report) -> Page:
    opened = officer("legal_officer")
    opened.goto(section_url(report))
    return opened


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")


def test_a_text_saves_itself(page: Page, report: Report) -> None:
    page.locator(FIRST).fill("พิมพ์แล้วหยุด")
    expect(page.locator("[data-save-state]")).to_have_text("ยังไม่ได้บันทึก")
    saved(page)
    assert cells(report)[0][1][0]["method"] == "พิมพ์แล้วหยุด"


def test_rows(page: Page, report: Report) -> None:
    page.locator("button[value='activity-add-0']").click()
    expect(page.locator("textarea[name='m0.a2.c.method']")).to_have_count(1)
    expect(page.locator("[id^=activity-]:focus")).to_have_count(1)
    page.locator(FIRST).fill("จะเลื่อน")
    page.locator("button[value='activity-down-0-0']").click()
    expect(page.locator(SECOND)).to_have_value("จะเลื่อน")
    page.locator("button[value='activity-delete-0-1']").click()
    expect(page.locator(SECOND)).not_to_have_value("จะเลื่อน")
    page.locator("[data-desk-undo]").click()
    expect(page.locator(SECOND)).to_have_value("จะเลื่อน")


def test_the_memo(page: Page, report: Report) -> None:
    page.goto(memo_url(report))
    page.locator("[name=subject]").fill("เรื่องใหม่")
    page.locator("[name=date_day]").fill("3")
    page.locator("[name=date_month]").select_option("4")
    page.locator("[name=date_year]").fill("2565")
    page.locator("#enclosure-0-title").fill("ภาพถ่าย")
    page.locator("[name=office]").click()
    saved(page)
    page.wait_for_timeout(2500)
    page.reload()
    expect(page.locator("[name=subject]")).to_have_value("เรื่องใหม่")
    expect(page.locator("[name=date_year]")).to_have_value("๒๕๖๕")
    expect(page.locator("#enclosure-0-title")).to_have_value("ภาพถ่าย")


def test_remarks_stand_beside_their_boxes_and_are_answered_there(officer: Officer, home: Authority) -> None:
    report = reports.begin(home)
    section = report.sections.all()[0]
    first = section.measures.get().activities.all()[0]
    reports.submit(home, report)
    step, content = reports.shown(home, report)
    actions.send_back(
        home.actor("section_head"),
        report.pk,
        step=step,
        content=content,
        reason="โปรดแก้ไข",
        remarks=[
            Remark("s0.m0.a0.method", "ระบุจำนวนครั้ง"),
            Remark("memo.subject", "เติมปี"),
            Remark("s0.heading", "ย่อ"),
        ],
    )
    page = officer("legal_officer")
    page.goto(section_url(report))
    beside = page.locator(f".cell-part:has(#activity-{first.pk}-method) .desk-remark")
    expect(beside).to_contain_text("ระบุจำนวนครั้ง")
    expect(page.locator(".field:has(#id_heading) .desk-remark")).to_contain_text("ย่อ")
    check_page(page)
    beside.locator("textarea").fill("แก้แล้วสี่ครั้ง")
    beside.locator("button").click()
    expect(beside).to_contain_text("แก้ไขแล้ว")
    page.locator("button[value='activity-down-0-0']").click()
    moved = page.locator(f"tr:nth-of-type(3) .cell-part:has(#activity-{first.pk}-method) .desk-remark")
    expect(moved).to_contain_text("แก้แล้วสี่ครั้ง")
    comment = Comment.objects.of(home.organisation).get(place="s0.m0.a0.method")
    assert (comment.answer, comment.resolved_by) == ("แก้แล้วสี่ครั้ง", home.people["legal_officer"])
    page.goto(memo_url(report))
    expect(page.locator(".field:has(#id_subject) .desk-remark")).to_contain_text("เติมปี")
    check_page(page)
