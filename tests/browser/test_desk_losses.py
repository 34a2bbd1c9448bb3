"""What could lose a text: no network, an expired login, leaving, the back button, a crash, a double click."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from memos.models import Report
from tests import reports
from tests.browser.looking import check_page
from tests.memos.editor_forms import cells, memo_url, section_url
from tests.personas import PASSWORD, Authority

FIRST = "textarea[name='m0.a0.c.method']"
SECOND = "textarea[name='m0.a1.c.method']"
STATE = "[data-save-state]"
TROUBLE = "#desk-trouble"
Officer = Callable[..., Page]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def page(officer: Officer, report: Report, forgive: Callable[[str], None]) -> Page:
    forgive("ERR_FAILED|ERR_INTERNET_DISCONNECTED|status of 401|status of 403|status of 409")
    opened = officer("legal_officer")
    opened.goto(section_url(report))
    return opened


def saved(page: Page) -> None:
    expect(page.locator(STATE)).to_contain_text("บันทึกแล้ว")


def stored(report: Report, row: int = 0) -> str:
    return cells(report)[0][1][row]["method"]


def test_the_network_is_gone_for_a_minute(page: Page, report: Report) -> None:
    """Attempts become rarer meanwhile, and the next one must not be far when it is back. The minute is of the page's clock."""
    page.clock.install()
    page.reload()
    page.context.set_offline(True)
    page.locator(FIRST).fill("พิมพ์ระหว่างไม่มีเครือข่าย")
    expect(page.locator(TROUBLE)).to_contain_text("ติดต่อระบบไม่ได้")
    _without_network(page, seconds=30)
    page.locator(SECOND).fill("พิมพ์ต่อ")
    page.locator("button[value='activity-add-0']").click()
    _without_network(page, seconds=30)
    assert stored(report) != "พิมพ์ระหว่างไม่มีเครือข่าย"
    check_page(page)
    page.context.set_offline(False)
    saved(page)
    expect(page.locator(TROUBLE)).to_be_hidden()
    expect(page.locator("textarea[name='m0.a2.c.method']")).to_have_count(1)
    assert [stored(report), stored(report, 1), len(cells(report)[0][1])] == [
        "พิมพ์ระหว่างไม่มีเครือข่าย",
        "พิมพ์ต่อ",
        3,
    ]


def _without_network(page: Page, seconds: int) -> None:
    """The page's clock goes on; what a second sent has failed before the next one begins."""
    for _second in range(seconds):
        page.clock.run_for(1000)
        page.evaluate("fetch('/').catch(() => null).then(() => null)")


def test_an_answer_is_lost_and_nothing_happens_twice(page: Page, report: Report) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        if '"add-activity"' in (route.request.post_data or "") and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route("**/edit/live/", lose)
    page.locator("button[value='activity-add-0']").click()
    expect(page.locator(TROUBLE)).to_be_visible()
    expect(page.locator("textarea[name='m0.a2.c.method']")).to_have_count(1)
    assert lost
    assert len(cells(report)[0][1]) == 3


def test_logged_out_meanwhile(page: Page, report: Report) -> None:
    page.wait_for_load_state("networkidle")  # An answer under way would bring the cookie back.
    page.context.clear_cookies(name="sessionid")
    page.locator(FIRST).fill("พิมพ์หลังหมดเวลา")
    expect(page.locator(TROUBLE)).to_contain_text("ท่านออกจากระบบไปแล้ว")
    check_page(page)
    with page.context.expect_page() as opened:
        page.locator(f"{TROUBLE} a").click()
    other = opened.value
    other.locator("[name=login]").fill("legal_officer")
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("main button[type=submit]").click()
    other.wait_for_url("**/o/**")
    expect(page.locator(TROUBLE)).to_be_hidden(timeout=15_000)  # by itself
    saved(page)
    assert stored(report) == "พิมพ์หลังหมดเวลา"


def test_somebody_else_logs_in_meanwhile(page: Page, report: Report, home: Authority, login: Officer) -> None:
    other = login(home.people["section_head"])
    session = next(cookie for cookie in other.context.cookies() if cookie["name"] == "sessionid")
    page.wait_for_load_state("networkidle")
    page.context.add_cookies(
        [{"name": "sessionid", "value": session["value"], "url": page.url.split("/o/")[0]}]
    )
    page.locator(FIRST).fill("ของผู้จัดทำ")
    expect(page.locator(TROUBLE)).to_contain_text("เป็นคนอื่น")
    assert stored(report) != "ของผู้จัดทำ"


def test_leaving_with_unsaved_text_is_asked_about(page: Page, report: Report) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/edit/live/", lambda route: route.abort())
    page.locator(FIRST).press_sequentially("ก")
    page.locator(".parts-nav a").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith(section_url(report))
    page.unroute("**/edit/live/")
    page.locator("button[value='check']").click()
    page.wait_for_url("**/check/")
    assert asked == ["beforeunload"]


def test_a_closed_page_gives_its_text_to_the_next_one(page: Page, report: Report) -> None:
    page.context.set_offline(True)
    page.locator(FIRST).fill("ยังไม่ถึงระบบ")
    expect(page.locator(TROUBLE)).to_be_visible()
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(section_url(report))
    expect(again.locator(FIRST)).to_have_value("ยังไม่ถึงระบบ")
    saved(again)
    assert stored(report) == "ยังไม่ถึงระบบ"
    assert again.evaluate("Object.keys(localStorage).filter(name => name.startsWith('desk:')).length") == 0


def test_back_and_forth(page: Page, report: Report) -> None:
    page.locator(FIRST).fill("ก่อนกดย้อนกลับ")
    saved(page)
    page.goto(memo_url(report))
    page.locator("[name=subject]").fill("เรื่องก่อนย้อนกลับ")
    saved(page)
    page.go_back()
    expect(page.locator(FIRST)).to_have_value("ก่อนกดย้อนกลับ")
    page.locator(FIRST).fill("หลังย้อนกลับ")
    saved(page)
    page.go_forward()
    expect(page.locator("[name=subject]")).to_have_value("เรื่องก่อนย้อนกลับ")
    page.go_back()
    expect(page.locator(FIRST)).to_have_value("หลังย้อนกลับ")
    assert stored(report) == "หลังย้อนกลับ"


def test_a_double_click_adds_one_row(page: Page, report: Report) -> None:
    page.locator("button[value='activity-add-0']").dblclick()
    expect(page.locator("textarea[name='m0.a2.c.method']")).to_have_count(1)
    page.wait_for_timeout(1000)
    assert len(cells(report)[0][1]) == 3
    page.locator("button[value='measure-add']").dblclick()
    expect(page.locator("textarea[name='m1.a0.c.method']")).to_have_count(1)
    page.wait_for_timeout(1000)
    assert len(cells(report)) == 2


def test_what_is_typed_while_a_row_moves(page: Page, report: Report) -> None:
    def slowly(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/edit/live/", slowly)
    page.locator("button[value='activity-down-0-0']").click(no_wait_after=True)
    page.locator(FIRST).fill("พิมพ์ระหว่างย้าย")
    expect(page.locator(SECOND)).to_have_value("พิมพ์ระหว่างย้าย")
    saved(page)
    assert stored(report, 1) == "พิมพ์ระหว่างย้าย"


def test_submitted_from_another_window(page: Page, home: Authority, report: Report) -> None:
    reports.submit(home, report)
    page.locator(FIRST).fill("สายไปแล้ว")
    expect(page.locator(TROUBLE)).to_contain_text("เสนอไปแล้ว")
    expect(page.locator(FIRST)).to_have_value("สายไปแล้ว")
    assert stored(report) != "สายไปแล้ว"


def test_no_longer_the_drafter(page: Page, home: Authority, report: Report) -> None:
    Report.objects.of(home.organisation).filter(pk=report.pk).update(
        drafter=home.people["second_legal_officer"]
    )
    page.locator(FIRST).fill("ยังอยู่")
    expect(page.locator(TROUBLE)).to_contain_text("เฉพาะผู้จัดทำ")
    expect(page.locator(FIRST)).to_have_value("ยังอยู่")


def test_what_paper_cannot_carry_stays_in_its_box(page: Page, report: Report) -> None:
    page.locator(FIRST).fill("เสีย\ue000")
    fault = page.locator(f".cell-part:has({FIRST}) .fault")
    expect(fault).to_contain_text("พิมพ์ลงกระดาษไม่ได้")
    page.locator(SECOND).fill("ช่องอื่นบันทึกได้")
    expect(page.locator(STATE)).to_contain_text("ยังไม่ได้บันทึก")
    page.wait_for_timeout(2500)
    assert stored(report, 1) == "ช่องอื่นบันทึกได้"
    check_page(page)
    page.locator(FIRST).fill("แก้แล้ว")
    expect(fault).to_have_count(0)
    saved(page)


def test_steps_are_taken_back_one_by_one(page: Page, report: Report) -> None:
    before = cells(report)
    page.locator("button[value='activity-delete-0-1']").click()
    expect(page.locator(SECOND)).to_have_count(0)
    page.locator("button[value='activity-add-0']").click()
    expect(page.locator(SECOND)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(SECOND)).to_have_count(0)
    page.locator("[data-desk-undo]").click()
    expect(page.locator(SECOND)).to_have_count(1)
    expect(page.locator("[data-desk-undo]")).to_be_hidden()
    assert cells(report) == before
