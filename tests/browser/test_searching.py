"""The archive is searched by a part of a Thai word: with the keyboard, without scripts, on a telephone and on a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import demo
from tests.browser.album import address
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_page
from tests.browser.touring import Tour
from tests.personas import Authority
from workflows.models import State


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (DESK, True)])
def test_a_part_of_a_word_finds_the_report(
    example: Authority, login: Callable[..., Page], width: int, scripts: bool
) -> None:
    made = demo.in_every_state(example)
    page = login(example.people["reader"], width, scripts=scripts)
    page.goto(address("workflows:archive"))
    page.get_by_label("คำ ชื่อคน หรือส่วนของคำ").fill("ฟื้นฟูโครงสร้าง")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ไม่พบรายงานตามที่ค้นหา")).to_be_visible()
    page.get_by_label("คำ ชื่อคน หรือส่วนของคำ").fill("พึงพอใจ ๒๕๖")
    page.keyboard.press("Enter")
    expect(page.locator(".passage mark").first).to_have_text("พึงพอใจ")
    expect(page.locator(".work-item")).to_have_count(1)
    if scripts:
        check_page(page)
    page.locator(".narrowing summary").click()
    page.get_by_label("สถานะ", exact=True).select_option(State.DRAFTED.value)
    page.get_by_role("button", name="ค้นหา", exact=True).click()
    page.locator(".work-item a").first.click()
    assert page.url.endswith(address("workflows:report", made[State.DRAFTED]))


def test_what_the_archive_finds(example: Authority, login: Callable[..., Page]) -> None:
    demo.in_every_state(example)
    tour, page = Tour("archive"), login(example.people["reader"])
    search = address("workflows:archive")
    tour.visit(page, f"{search}?text=พึงพอใจ", "word", "พึงพอใจ")
    tour.visit(page, f"{search}?text=มาตรการ ทราบ&state=all", "every-state", "ไม่อนุมัติ")
    tour.visit(page, f"{search}?text=ไม่มีคำนี้&state=refused", "nothing", "ไม่พบรายงานตามที่ค้นหา")
    tour.end(at_least=3)
