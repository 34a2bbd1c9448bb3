"""Two people at one desk, and one person at two: they see each other, and neither overwrites the other's cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memos.models import CoDrafter, Report
from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_page
from tests.memos.editor_forms import cells, memo_url, section_url
from tests.personas import Authority

FIRST = "textarea[name='m0.a0.c.method']"
SECOND = "textarea[name='m0.a1.c.method']"
OTHER_FIELD = "textarea[name='m0.a0.c.period']"
Officer = Callable[..., Page]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def pair(officer: Officer, home: Authority, report: Report) -> tuple[Page, Page]:
    other = home.people["second_legal_officer"]
    CoDrafter(organisation=home.organisation, report=report, user=other).save()
    pages = officer("legal_officer"), officer("second_legal_officer")
    for page in pages:
        page.goto(section_url(report))
    return pages


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")


def look(page: Page) -> None:
    """What the page does by itself every few seconds, without waiting for it."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_they_see_each_other_and_what_the_other_saved(
    pair: tuple[Page, Page], home: Authority, report: Report
) -> None:
    one, two = pair
    two.locator(OTHER_FIELD).fill("ตุลาคม")
    saved(two)
    expect(one.locator("#desk-present")).to_contain_text(
        str(home.people["second_legal_officer"]), timeout=15_000
    )
    look(one)
    expect(one.locator(OTHER_FIELD)).to_have_value("ตุลาคม")
    expect(one.locator(f"{OTHER_FIELD}.desk-there")).to_have_count(1)
    one.locator(FIRST).fill("ของคนแรก")
    saved(one)
    look(two)
    expect(two.locator(FIRST)).to_have_value("ของคนแรก")
    check_page(one)
    two.close()
    look(one)
    expect(one.locator("#desk-present")).to_be_hidden()


def test_one_cell_both_texts_are_shown_and_one_is_chosen(
    pair: tuple[Page, Page], home: Authority, report: Report
) -> None:
    one, two = pair
    for choice, expected in (("mine", "ของคนที่สอง mine"), ("theirs", "ของคนแรก theirs")):
        two.route("**/edit/live/", lambda route: route.abort())
        two.locator(FIRST).fill(f"ของคนที่สอง {choice}")
        one.locator(FIRST).fill(f"ของคนแรก {choice}")
        saved(one)
        two.unroute("**/edit/live/")
        look(two)
        block = two.locator(".desk-conflict")
        expect(block).to_contain_text(str(home.people["legal_officer"]))
        expect(block).to_contain_text(f"ของคนแรก {choice}")
        two.set_viewport_size({"width": PHONE if choice == "mine" else DESK, "height": 900})
        check_page(two)
        block.locator(f"[data-choose={choice}]").click()
        expect(block).to_have_count(0)
        saved(two)
        expect(two.locator(FIRST)).to_have_value(expected)
        look(one)
        expect(one.locator(FIRST)).to_have_value(expected)
    assert cells(report)[0][1][0]["method"] == "ของคนแรก theirs"


@pytest.fixture(autouse=True)
def aborted_requests_are_meant(forgive: Callable[[str], None]) -> None:
    forgive("ERR_FAILED|ERR_INTERNET_DISCONNECTED")


def test_a_row_deleted_under_the_typist(pair: tuple[Page, Page], home: Authority, report: Report) -> None:
    one, two = pair
    two.route("**/edit/live/", lambda route: route.abort())
    two.locator(SECOND).fill("พิมพ์ในแถวที่ถูกลบ")
    one.locator("button[value='activity-delete-0-1']").click()
    expect(one.locator(SECOND)).to_have_count(0)
    two.unroute("**/edit/live/")
    look(two)
    lost = two.locator("#desk-lost > *")
    expect(lost).to_contain_text("พิมพ์ในแถวที่ถูกลบ")
    expect(lost).to_contain_text(str(home.people["legal_officer"]))
    expect(two.locator(SECOND)).to_have_count(0)
    check_page(two)
    lost.locator("[data-choose=back]").click()
    expect(two.locator(SECOND)).to_have_value("พิมพ์ในแถวที่ถูกลบ")
    saved(two)
    look(one)
    expect(one.locator(SECOND)).to_have_value("พิมพ์ในแถวที่ถูกลบ")


def test_rows_of_the_other_come_while_one_types(pair: tuple[Page, Page], report: Report) -> None:
    one, two = pair
    box = one.locator(FIRST)
    box.press_sequentially("กำลังพิมพ์")
    two.locator("button[value='activity-add-0']").click()
    expect(two.locator("textarea[name='m0.a2.c.method']")).to_have_count(1)
    two.locator("button[value='activity-up-0-2']").click()
    expect(two.locator("button[value='activity-up-0-1']")).to_be_focused()
    box.press_sequentially("ต่อ")
    look(one)
    expect(one.locator("textarea[name='m0.a2.c.method']")).to_have_count(1)
    expect(box).to_be_focused()
    one.keyboard.type("อีก")
    saved(one)
    assert "กำลังพิมพ์ต่ออีก" in cells(report)[0][1][0]["method"]


def test_two_windows_of_one_person(officer: Officer, report: Report) -> None:
    one = officer("legal_officer")
    two = one.context.new_page()
    for page in (one, two):
        page.goto(memo_url(report))
    one.locator("[name=subject]").fill("จากหน้าต่างแรก")
    saved(one)
    two.locator("[name=office]").fill("จากหน้าต่างที่สอง")
    saved(two)
    expect(two.locator("[name=subject]")).to_have_value("จากหน้าต่างแรก")
    look(one)
    expect(one.locator("[name=office]")).to_have_value("จากหน้าต่างที่สอง")
    expect(one.locator("#desk-present")).to_contain_text("ท่านเอง")


def test_the_drafter_lets_somebody_in_and_out(officer: Officer, home: Authority, report: Report) -> None:
    page = officer("legal_officer")
    people = f"{memo_url(report)}people/"
    page.goto(people)
    name = str(home.people["second_legal_officer"])
    page.get_by_label("เจ้าหน้าที่").select_option(label=name)
    page.get_by_role("button", name="ให้ร่วมจัดทำ", exact=True).click()
    expect(page.locator("#messages")).to_contain_text(name)
    check_page(page)
    other = officer("second_legal_officer")
    other.goto(people)
    expect(other.locator("main")).to_contain_text("ผู้จัดทำเป็นผู้กำหนดรายชื่อนี้")
    check_page(other)
    other.goto(section_url(report))
    other.locator(FIRST).fill("ผู้ร่วมจัดทำเขียน")
    saved(other)
    page.locator("button[value^='remove-']").click()
    expect(page.locator("#messages")).to_contain_text("นำออก")
    answer = other.goto(people)
    assert answer is not None and answer.status == 403
    assert cells(report)[0][1][0]["method"] == "ผู้ร่วมจัดทำเขียน"


@pytest.fixture(autouse=True)
def let_out_is_told(forgive: Callable[[str], None]) -> None:
    forgive("status of 403")
