"""The whole story with two rounds: by the keyboard alone at both widths, and without scripts on a telephone.

From the login to the last acknowledgement: a remark pinned to a cell, its correction, an opinion confirmed with one
press, a clerk who differs, the signature, what was assigned and circulated, and the papers taken home.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from ita_core.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.hands import Hand, Keyboard
from tests.browser.staging import CORRECTED, PRINTED, UNDONE, Stage, prove, words_of

Visitor = Callable[..., Page]
REMARK, ANSWER = "ดำเนินการแล้วหรือไม่ โปรดระบุ", "แก้ไขตามหนังสือกองคลังแล้ว"
WRITTEN, DIFFERS = "ตรวจทานตัวเลขในตารางแล้ว", "ควรเร่งรัดผู้รับผิดชอบในรอบถัดไป"
FORWARD, SEND_BACK = "button[value=forward]", "button[value=send_back]"


@pytest.mark.parametrize("width", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)])
def test_the_story_by_keyboard(visitor: Visitor, tmp_path: Path, width: int) -> None:
    call_command("load_examples", "phuang-phrom-khon", verbosity=0, on_a_live_site=True)
    stage = Stage(visitor, width, hand=Keyboard)
    _to_the_clerk(stage)
    _pin_by_keyboard(stage.play("ppk-clerk"))
    _answer_beside_the_cell(stage.play("ppk-legal"))
    _to_the_end(stage, tmp_path)


def test_the_story_without_scripts(visitor: Visitor, tmp_path: Path) -> None:
    call_command("load_examples", "phuang-phrom-khon", verbosity=0, on_a_live_site=True)
    stage = Stage(visitor, PHONE, scripts=False)
    _to_the_clerk(stage)
    _pin_without_scripts(stage.play("ppk-clerk"))
    _answer_in_the_list(stage.play("ppk-legal"))
    _to_the_end(stage, tmp_path)


# --- the first round


def _to_the_clerk(stage: Stage) -> None:
    drafter = stage.play("ppk-legal")
    _open(drafter, "mine")
    drafter.follow("main a[href$='/edit/']")
    drafter.write("[name=body]", drafter.page.locator("[name=body]").input_value() + "\n" + WRITTEN)
    drafter.follow("button[value=next]", back=True)
    drafter.follow("button[value=next]")
    expect(drafter.page.locator(".measure-table textarea").first).to_be_visible()
    drafter.follow("button[value=check]")
    _submit(drafter)
    head = stage.play("ppk-head")
    head.follow(".work-title a")
    head.choose("[name=preset]")
    prove(head)
    head.follow(FORWARD)
    _told(head, "ลงความเห็นและเสนอต่อแล้ว")


def _open(hand: Hand, tab: str) -> None:
    hand.follow(f".tabs a[href='?tab={tab}']")
    hand.follow(".work-title a")


def _submit(drafter: Hand) -> None:
    expect(drafter.page.locator("main")).to_contain_text("เรื่องจะเสนอตามลำดับ")
    drafter.follow("main form button[type=submit]")
    expect(drafter.page.locator(".standing")).to_contain_text("เสนอแล้ว รอหัวหน้าสำนักปลัด")


def _told(hand: Hand, sentence: str) -> None:
    expect(hand.page.locator("#messages")).to_contain_text(sentence)


def _undone(page: Page) -> str:
    """Where the paper says that nothing was done: the place of the remark."""
    found = page.locator(".paper .cell-part", has_text=UNDONE).first.get_attribute("id")
    assert found is not None
    return found


def _pin_by_keyboard(clerk: Hand) -> None:
    clerk.follow(".work-title a")
    cell = _undone(clerk.page)
    clerk.press("a[href='#send-back']")
    clerk.choose("[name=reasons]")
    clerk.press("[data-pinning]")
    clerk.press(f"[id='{cell}'] > .pin-here")
    clerk.page.keyboard.type(REMARK)
    clerk.page.keyboard.press("Escape")
    expect(clerk.page.locator(SEND_BACK)).to_be_focused()
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    _told(clerk, "ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")


def _pin_without_scripts(clerk: Hand) -> None:
    clerk.follow(".work-title a")
    cell = _undone(clerk.page)
    clerk.press(".decision details.other summary")
    clerk.choose("[name=reasons]")
    clerk.follow("button[value=remark]")
    clerk.page.locator("select[name='remark-1-place']").select_option(cell.removeprefix("at-"))
    clerk.write("[name='remark-1-text']", REMARK)
    clerk.follow(SEND_BACK)
    _told(clerk, "ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")


# --- the correction


def _answer_beside_the_cell(drafter: Hand) -> None:
    _to_the_remark(drafter)
    remark = drafter.page.locator(".desk-remark")
    expect(remark).to_contain_text(REMARK)
    box = remark.get_attribute("data-box")
    expect(drafter.page.locator(f"#{box}")).to_be_focused()
    drafter.page.keyboard.press("Control+a")
    drafter.page.keyboard.type(CORRECTED)
    drafter.write("[data-answer]", ANSWER, back=True)
    drafter.press("[data-do=resolve]")
    expect(remark).to_contain_text(ANSWER)
    expect(remark.locator("[data-do=reopen]")).to_be_focused()
    drafter.follow("button[value=check]", back=True)
    _submit(drafter)


def _answer_in_the_list(drafter: Hand) -> None:
    _to_the_remark(drafter)
    page = drafter.page
    drafter.write(f"[id='{page.url.partition('#')[2]}']", CORRECTED)
    drafter.follow("button[value=save]")
    page.goto("/")
    _open(drafter, "returned")
    drafter.follow("main a[href$='/comments/']")
    drafter.write("[name=answer]", ANSWER)
    drafter.follow("button[value=resolve]")
    expect(page.locator("main")).to_contain_text("แก้ไขครบทุกข้อแล้ว")
    drafter.follow("main a[href$='/check/']")
    _submit(drafter)


def _to_the_remark(drafter: Hand) -> None:
    _open(drafter, "returned")
    expect(drafter.page.locator("main")).to_contain_text(REMARK)
    drafter.follow("main a[href$='/comments/']")
    drafter.follow("main li a.btn")


# --- the second round and what comes after


def _to_the_end(stage: Stage, folder: Path) -> None:
    head = stage.play("ppk-head")
    head.follow(".work-title a")
    head.follow("button[value=confirm]", back=prove(head))
    _told(head, "ยืนยันความเห็นเดิมและเสนอต่อแล้ว")
    clerk = stage.play("ppk-clerk")
    clerk.follow(".work-title a")
    expect(clerk.page.locator("#changed")).to_contain_text(PRINTED)
    clerk.write("#opinion", DIFFERS)
    clerk.choose("#differs")
    prove(clerk)
    clerk.follow(FORWARD)
    _told(clerk, "ลงความเห็นและเสนอต่อแล้ว")
    _sign_and_assign(stage.play("ppk-mayor"))
    _circulate(stage.play("ppk-registrar"))
    _acknowledge(stage.play("ppk-reader"))
    drafter = stage.play("ppk-legal")
    _acknowledge(drafter)
    expect(drafter.page.locator("main")).not_to_contain_text("ยังไม่รับทราบ")
    _take_home(drafter, folder)


def _sign_and_assign(mayor: Hand) -> None:
    mayor.follow(".work-title a")
    mayor.choose("[name=preset]")
    prove(mayor)
    mayor.follow(FORWARD)
    _told(mayor, "ลงนามแล้ว")
    _open(mayor, "done")
    mayor.follow("main a[href$='/assign/']")
    _to(mayor, "ppk-legal")
    mayor.follow("main form button[type=submit]")
    _told(mayor, "มอบหมายแล้ว")


def _to(hand: Hand, *logins: str) -> None:
    for key in User.objects.filter(username__in=logins).values_list("pk", flat=True):
        hand.choose(f"[name=to][value='{key}']")


def _circulate(registrar: Hand) -> None:
    registrar.follow(".site-nav a[href$='/archive/']")
    registrar.follow(".work-title a")
    registrar.follow("main a[href$='/circulate/']")
    _to(registrar, "ppk-reader")
    registrar.follow("main form button[type=submit]")
    _told(registrar, "เวียนให้ทราบแล้ว")


def _acknowledge(hand: Hand) -> None:
    hand.follow(".tabs a[href='?tab=asked']")
    hand.follow(".work-side a")
    hand.follow("main form button[type=submit]")
    expect(hand.page.locator("#messages")).to_contain_text("รับทราบ")


def _take_home(hand: Hand, folder: Path) -> None:
    papers: list[str] = []
    for number in (1, 2):
        with hand.page.expect_download() as coming:
            hand.press(f".papers a:nth-child({number})")
        path = folder / f"{number}.docx"
        coming.value.save_as(path)
        papers.append(words_of(path.read_bytes()))
    memo, measures = papers
    for expected in (WRITTEN, "เห็นต่าง แล้วเสนอต่อ", DIFFERS, "(นายพ่วง สมมติชัย)"):
        assert expected in memo
    assert PRINTED in measures
