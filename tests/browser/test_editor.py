"""The editor's comforts in the browser: the place is kept, leaving is asked about, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from memos.models import Report
from tests import reports
from tests.memos.editor_forms import memo_url, section_url
from tests.personas import PASSWORD, Authority

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
    expect(page.locator("#messages")).to_contain_text("บันทึกร่างแล้ว")


def test_a_row_moves_with_its_text_and_the_keyboard_stays_there(page: Page) -> None:
    page.locator(FIRST).fill("พิมพ์แล้วเลื่อน")
    expect(page.locator("[data-unsaved-mark]")).to_be_visible()
    page.locator("button[value='activity-down-0-0']").click()
    expect(page.locator(SECOND)).to_have_value("พิมพ์แล้วเลื่อน")
    expect(page.locator("[data-unsaved-mark]")).to_be_hidden()
    # At the edge the button pressed is off, so its neighbour takes the focus.
    expect(page.locator("button[value='activity-up-0-1']")).to_be_focused()


def test_a_deleted_row_comes_back(page: Page) -> None:
    text = page.locator(FIRST).input_value()
    page.locator("button[value='activity-delete-0-1']").click()
    expect(page.locator(SECOND)).to_have_count(0)
    expect(page.locator(FIRST)).to_have_count(1)
    page.locator("button[value='undo']").click()
    expect(page.locator(SECOND)).to_have_count(1)
    assert page.locator(FIRST).input_value() == text


def test_a_new_row_is_ready_to_type_in(page: Page) -> None:
    page.locator("button[value='activity-add-0']").click()
    expect(page.locator("textarea[name='m0.a2.c.method']")).to_be_focused()


def test_leaving_with_unsaved_text_is_asked_about_and_saving_is_not(page: Page, report: Report) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator(FIRST).press_sequentially("ก")
    page.locator(".parts-nav a").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith(section_url(report))
    page.locator("button[value='check']").click()
    page.wait_for_url("**/check/")
    assert asked == ["beforeunload"]


def test_logged_out_meanwhile_the_text_stays_and_is_saved_after_logging_in(page: Page) -> None:
    page.locator(FIRST).fill("พิมพ์หลังหมดเวลา")
    page.context.clear_cookies(name="sessionid")
    page.locator("button[value='save']").click()
    expect(page.locator("#editor-trouble")).to_contain_text("ท่านออกจากระบบไปแล้ว")
    expect(page.locator(FIRST)).to_have_value("พิมพ์หลังหมดเวลา")
    other = page.context.new_page()
    other.goto("/accounts/login/")
    other.locator("[name=login]").fill("legal_officer")
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("main button[type=submit]").click()
    other.wait_for_url("**/o/**")
    page.locator("button[value='save']").click()
    saved(page)
    page.reload()
    expect(page.locator(FIRST)).to_have_value("พิมพ์หลังหมดเวลา")


def test_what_is_typed_while_a_save_is_under_way_stays_and_is_saved(page: Page) -> None:
    def slowly(route: Route) -> None:
        if route.request.method == "POST":
            page.wait_for_timeout(600)
        route.continue_()

    page.route("**/edit/**", slowly)
    page.locator("button[value='activity-down-0-0']").click(no_wait_after=True)
    page.locator(FIRST).fill("พิมพ์ระหว่างบันทึก")
    page.locator("button[value='save']").click()
    # The row moved down while its text was typed.
    expect(page.locator(SECOND)).to_have_value("พิมพ์ระหว่างบันทึก")
    saved(page)
    page.reload()
    expect(page.locator(SECOND)).to_have_value("พิมพ์ระหว่างบันทึก")


def test_a_refused_save_keeps_the_text(
    page: Page, home: Authority, report: Report, forgive: Callable[[str], None]
) -> None:
    forgive("403|Response Status Error")
    Report.objects.of(home.organisation).filter(pk=report.pk).update(
        drafter=home.people["second_legal_officer"]
    )
    page.locator(FIRST).fill("ยังอยู่")
    page.locator("button[value='save']").click()
    expect(page.locator("#editor-trouble")).to_contain_text("ระบบบันทึกไม่ได้")
    expect(page.locator(FIRST)).to_have_value("ยังอยู่")


def test_without_scripts_every_button_works(officer: Officer, report: Report) -> None:
    page = officer("legal_officer", scripts=False)
    page.goto(section_url(report))
    page.locator(FIRST).fill("ไม่มีสคริปต์")
    page.locator("button[value='activity-down-0-0']").click()
    expect(page.locator(SECOND)).to_have_value("ไม่มีสคริปต์")
    page.goto(memo_url(report))
    page.locator("[name=subject]").fill("เรื่องใหม่")
    page.locator("[name=office]").press("Enter")
    saved(page)
    expect(page.locator("[name=subject]")).to_have_value("เรื่องใหม่")
