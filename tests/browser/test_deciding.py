"""Deciding in the browser: three taps on a telephone, without scripts, through a return and further rounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from memos.models import Activity, Report
from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.browser.touring import Tour
from tests.drawing import draw_pages
from tests.personas import Authority
from workflows import actions
from workflows.models import Act, Approval, Comment, State
from workflows.pinning import Remark

Officer = Callable[..., Page]
RESULT = "s1.m0.a0.result"


def place(home: Authority, report: Report, page: str = "decide/") -> str:
    return f"/o/{home.organisation.slug}/reports/{report.pk}/{page}"


def approval_of(home: Authority, report: Report) -> Approval:
    return Approval.objects.of(home.organisation).get(report=report)


def correct(report: Report, words: str) -> None:
    """The drafter writes another result into the first row of the second table."""
    section = report.sections.order_by("position")[1]
    activity = (
        Activity.objects.of(report.organisation).filter(measure__section=section).order_by("position")[0]
    )
    activity.cells = {**activity.cells, "result": words}
    activity.save()


def sent_back_and_corrected(home: Authority) -> Report:
    """The head endorsed, the clerk sent it back with two remarks, the drafter answered and submitted again."""
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    step, content = reports.shown(home, report)
    remarks = [Remark(RESULT, "ดำเนินการเมื่อใด โปรดระบุ"), Remark("memo.subject", "ปีไม่ตรงกับรายงาน")]
    actions.send_back(
        home.actor("clerk"), report.pk, step=step, content=content, reason="ข้อมูลไม่ครบถ้วน", remarks=remarks
    )
    correct(report, "(1) ดำเนินการแล้ว เมื่อเดือนเมษายน 2565 จำนวน 3 ครั้ง")
    for comment in Comment.objects.of(home.organisation):
        actions.resolve_comment(home.actor("legal_officer"), report.pk, comment=comment.pk, answer="แก้ไขแล้ว")
    reports.submit(home, report)
    return report


def in_reach(page: Page, button: Locator) -> bool:
    """In sight without scrolling, and in the lower half of the screen."""
    box, size = button.bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    middle = box["y"] + box["height"] / 2
    return size["height"] / 2 < middle < size["height"] and box["height"] >= 40


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_three_taps(officer: Officer, home: Authority, width: int) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    page = officer("mayor", width)
    page.goto(f"/o/{home.organisation.slug}/")
    page.set_viewport_size({"width": width, "height": 640 if width == PHONE else 800})
    page.get_by_role("link", name="พิจารณา", exact=False).and_(page.locator(".btn")).first.click()
    ready, sign = page.locator(".btn-preset").first, page.get_by_role("button", name="ลงนาม")
    if width == PHONE:
        assert in_reach(page, ready)
        assert in_reach(page, sign)
    ready.click()
    sign.click()
    expect(page.locator("#messages")).to_contain_text("ลงนามแล้ว")
    act = approval_of(home, report).acts.order_by("-sequence")[0]
    assert (act.kind, act.opinion) == (Act.Kind.SIGN, "ทราบ")


def test_ready_words_are_chosen_changed_and_taken_back(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    page = officer("mayor")
    page.goto(place(home, report))
    opinion, choices = page.get_by_label("ความเห็น", exact=True), page.locator(".btn-preset")
    choices.nth(0).click()
    expect(opinion).to_have_value("ทราบ")
    choices.nth(2).click()
    expect(opinion).to_have_value("อนุมัติ")
    opinion.fill("อนุมัติ\nให้เร่งดำเนินการ")
    expect(choices.nth(2).locator("input")).to_be_checked()
    choices.nth(2).click()
    expect(opinion).to_have_value("ให้เร่งดำเนินการ")
    expect(choices.nth(2).locator("input")).not_to_be_checked()


def test_pressed_with_nothing_written_it_says_what_is_missing(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    page = officer("mayor", PHONE)
    page.goto(place(home, report))
    page.get_by_role("button", name="ลงนาม").click()
    expect(page.locator("#opinion-missing")).to_have_text("โปรดเลือกหรือพิมพ์ความเห็น")
    expect(page.locator("#opinion")).to_be_focused()
    page.locator(".btn-preset").first.click()
    expect(page.locator("#opinion-missing")).to_be_hidden()


@pytest.mark.rendering
def test_the_page_in_every_light(officer: Officer, home: Authority) -> None:
    tour = Tour("deciding")
    first = reports.in_state(home, State.DRAFTED)
    page = officer("section_head")
    tour.visit(page, place(home, first), "waiting-for-pictures", "กำลังเตรียมภาพหน้าเอกสาร")
    report = sent_back_and_corrected(home)
    draw_pages()
    tour.visit(page, place(home, first), "first-round", "ท่านลงความเห็นในฐานะ")
    tour.visit(page, place(home, report), "second-round", "ยืนยันความเห็นเดิม")
    page.locator("a[href='#send-back']").click()
    page.get_by_role("button", name="แตะข้อความในเนื้อหาเพื่อใส่ข้อสังเกต").click()
    page.locator(f"[id='at-{RESULT}']").click()
    tour.look(page, "pinning", "แตะข้อความที่ต้องแก้")
    step, content = reports.shown(home, report)
    actions.ask_view(
        home.actor("section_head"), report.pk, step=step, content=content,
        of=home.people["deputy_clerk"].pk, question="ถ้อยคำของมาตรการเหมาะสมหรือไม่",
    )  # fmt: skip
    actions.prepare(
        home.actor("registrar"), report.pk, step=step, content=content, decision="forward",
        opinion="ตรวจสอบแล้ว เห็นควรเสนอ", note="เรื่องด่วน ต้องส่งภายในวันศุกร์",
    )  # fmt: skip
    tour.visit(page, place(home, report), "prepared-with-view", "เตรียมเสนอไว้")
    tour.end(at_least=5)


@pytest.mark.rendering
def test_pictures_come_by_themselves(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", PHONE)
    page.goto(place(home, report))
    expect(page.locator("#page-images [role=status]")).to_contain_text("กำลังเตรียมภาพหน้าเอกสาร")
    draw_pages()
    picture = page.locator(".page-shot img").first
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 400
    with page.context.expect_page() as opened:
        picture.click()
    assert opened.value.url.endswith("/memo/1.png")


def test_a_remark_is_pinned_by_a_tap(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", PHONE)
    page.goto(place(home, report))
    page.locator("a[href='#send-back']").click()
    page.get_by_role("button", name="แตะข้อความในเนื้อหาเพื่อใส่ข้อสังเกต").click()
    page.locator(f"[id='at-{RESULT}']").click()
    page.keyboard.type("โปรดระบุวันที่")
    page.locator("[id='at-memo.subject']").click()
    page.keyboard.type("ปีไม่ตรงกัน")
    page.locator("[id='at-memo.office']").click()
    page.locator("[id='at-memo.office'] [data-unpin]").click()
    page.get_by_role("button", name="ปักเสร็จแล้ว").click()
    expect(page.locator("#pinned-count")).to_have_text("ปักข้อสังเกตในเนื้อหาแล้ว ๒ จุด")
    page.locator("button[value=send_back]").click()
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")
    kept = Comment.objects.of(home.organisation).values_list("place", "text")
    assert set(kept) == {(RESULT, "โปรดระบุวันที่"), ("memo.subject", "ปีไม่ตรงกัน")}


def test_pinning_by_keyboard(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head")
    page.goto(place(home, report) + "#send-back")
    page.locator("[data-pinning]").focus()
    page.keyboard.press("Enter")
    pin = page.locator("[id='at-memo.subject'] > .pin-here")
    pin.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ปีไม่ตรงกัน")
    page.keyboard.press("Escape")
    expect(page.locator(".pin-here")).to_have_count(0)
    page.locator("button[value=send_back]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")
    assert Comment.objects.of(home.organisation).get().place == "memo.subject"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_changes_are_read_and_the_opinion_confirmed_with_one_tap(
    officer: Officer, home: Authority, width: int
) -> None:
    report = sent_back_and_corrected(home)
    page = officer("section_head", width)
    page.goto(place(home, report))
    change = page.locator(".change")
    expect(change).to_have_count(1)
    expect(change).to_contain_text("ผลการดำเนินการ")
    assert "เมษายน" in " ".join(change.locator("ins").all_text_contents())
    assert "มีนาคม" in " ".join(change.locator("del").all_text_contents())
    change.locator("a").click()
    expect(page.locator(f"[id='at-{RESULT}']")).to_be_in_viewport()
    page.get_by_role("button", name="ยืนยันความเห็นเดิม").click()
    expect(page.locator("#messages")).to_contain_text("ยืนยันความเห็นเดิมและเสนอต่อแล้ว")
    assert approval_of(home, report).state == State.SECTION_HEAD_REVIEWED


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_whole_decision_without_scripts(officer: Officer, home: Authority, width: int) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("section_head", width, scripts=False)
    page.goto(place(home, report))
    page.locator("#send-back").locator("xpath=..").locator("summary").click()
    page.locator("[name=reasons]").first.check()
    page.get_by_role("button", name="เพิ่มข้อสังเกตที่จุดใดจุดหนึ่ง").click()
    page.get_by_label("ตำแหน่งในเนื้อหา").select_option(RESULT)
    page.get_by_label("ข้อสังเกต", exact=True).fill("โปรดระบุวันที่")
    page.get_by_role("button", name="เพิ่มข้อสังเกตที่จุดใดจุดหนึ่ง").click()
    assert page.locator("[name=reasons]").first.is_checked()
    expect(page.locator("[name='remark-1-text']")).to_have_value("โปรดระบุวันที่")
    page.locator("button[value=send_back]").click()
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")
    comment = Comment.objects.of(home.organisation).get()
    assert (comment.place, comment.text) == (RESULT, "โปรดระบุวันที่")
    actions.resolve_comment(home.actor("legal_officer"), report.pk, comment=comment.pk)
    reports.submit(home, report)
    page.goto(place(home, report))
    page.locator(".btn-preset").first.click()
    page.locator("button[value=forward]").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")
    assert approval_of(home, report).state == State.SECTION_HEAD_REVIEWED


def many(page: Page, home: Authority) -> None:
    """From the list, with the first two ticked, to the page of several."""
    page.goto(f"/o/{home.organisation.slug}/")
    for row in (0, 1):
        page.locator(".work-item input[name=report]").nth(row).check()
    page.get_by_role("button", name="พิจารณาเรื่องที่เลือกต่อเนื่อง").click()


@pytest.mark.rendering
def test_several_in_a_row(officer: Officer, home: Authority, forgive: Callable[[str], None]) -> None:
    forgive("409")
    tour = Tour("deciding-many")
    first, second, third = (reports.in_state(home, State.DEPUTY_APPROVED) for _number in range(3))
    draw_pages()
    page = officer("mayor", PHONE)
    tour.visit(page, f"/o/{home.organisation.slug}/", "list", "พิจารณาเรื่องที่เลือกต่อเนื่อง")
    many(page, home)
    tour.look(page, "two", "พิจารณาหลายเรื่อง")
    for number in (0, 1):
        page.locator(".many-presets").nth(number).locator("label").first.click()
        page.get_by_label("ลงนามเรื่องนี้").nth(number).check()
    reports.send_back(home, first, "mayor")
    page.get_by_role("button", name="บันทึกทุกเรื่องที่ทำเครื่องหมาย").click()
    expect(page.locator("#messages")).to_contain_text("ลงนามแล้ว")
    expect(page.get_by_role("alert")).to_contain_text("เรื่องนี้มีผู้พิจารณาแล้วโดย")
    tour.look(page, "one-refused", "ข้อความที่ท่านพิมพ์ไว้")
    states = [approval_of(home, report).state for report in (first, second, third)]
    assert states == [State.WRITING, State.MAYOR_SIGNED, State.DEPUTY_APPROVED]
    tour.end(at_least=3)


def test_several_without_scripts(officer: Officer, home: Authority) -> None:
    made = [reports.in_state(home, State.DRAFTED) for _number in range(2)]
    page = officer("section_head", PHONE, scripts=False)
    many(page, home)
    for number in (0, 1):
        page.locator(".many-presets").nth(number).locator("label").first.click()
        page.get_by_label("ลงความเห็นเห็นชอบและเสนอเรื่องนี้ต่อ").nth(number).check()
    page.get_by_role("button", name="บันทึกทุกเรื่องที่ทำเครื่องหมาย").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")
    assert {approval_of(home, report).state for report in made} == {State.SECTION_HEAD_REVIEWED}
