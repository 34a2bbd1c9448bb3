"""The year's collecting: three offices are asked for a row each, fill it, and the drafter takes what came."""

from __future__ import annotations

import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import year
from tests.browser.staging import UNDONE
from tests.browser.year import Year
from tests.memos.collecting_hand import PDF

DONE = {
    "กองคลัง": "เผยแพร่รายงานการใช้จ่ายงบประมาณครบ 4 ไตรมาส เมื่อวันที่ 5 ตุลาคม 2565",
    "กองช่าง": "สรุปผลการดำเนินงานตามแผน 12 โครงการ แล้วเสร็จ 11 โครงการ",
    "กองการศึกษา ศาสนา และวัฒนธรรม": "สำรวจความพึงพอใจผู้รับบริการ 214 คน เมื่อเดือนกันยายน 2565",
}
ROWS = dict(zip((3, 4, 1), DONE, strict=True))  # place in the table → unit


def ask_three_units(played: Year, due: datetime.date) -> None:
    officer = played.at_desk("legal")
    _open_collecting(officer)
    year.choose_day(officer, "due_on", due)
    boxes = officer.locator("select[name^=unit-]")
    for place in range(boxes.count()):
        boxes.nth(place).select_option(label=ROWS.get(place, "ไม่มอบ (กรอกเอง)"))
    played.look(officer, "04-rows")
    officer.get_by_role("button", name="มอบตามที่เลือก").click()
    expect(officer.locator("#messages")).to_contain_text("มอบให้กองช่างกรอก ๑ แถวแล้ว")
    expect(boxes.first).to_have_value("")  # what the drafter keeps for himself stays his
    played.look(officer, "05-asked")


def _open_collecting(page: Page) -> None:
    page.locator(".tabs a", has_text="เรื่องที่เสนอไป").click()
    page.locator(".work-title a").first.click()
    page.get_by_role("link", name="รวบรวมผลจากกองต่าง ๆ").click()


def fill(played: Year, folder: Path) -> None:
    """Two units send, one of them has it handed back; the third is reminded."""
    for login, unit in (("treasurer", "กองคลัง"), ("engineer", "กองช่าง")):
        page = _to_be_filled(played, login, unit)
        if login == "treasurer":
            proof = folder / "รายงานงบประมาณ.pdf"
            proof.write_bytes(PDF)
            page.locator("[name$='.files']").set_input_files(proof)
        page.locator("[name$='.result']").fill(DONE[unit] if login == "treasurer" else "ทำแล้ว")
        played.look(page, f"06-filled-{login}")
        page.get_by_role("button", name="ส่งผล").click()
        expect(page.locator("#messages")).to_contain_text("ส่งผลแล้ว")
        played.look(page, f"07-sent-{login}")
    overview = _hand_back_and_remind(played)
    _fill_the_rest_and_take(played, overview)


def _hand_back_and_remind(played: Year) -> str:
    """The address of the page with every unit."""
    officer = played.at_desk("legal")
    _open_collecting(officer)
    overview = officer.url
    played.look(officer, "08-progress")
    officer.get_by_role("link", name="กองช่าง").first.click()
    officer.locator("#reason").fill("โปรดระบุจำนวนโครงการ")
    played.look(officer, "09-review")
    officer.get_by_role("button", name="ส่งคืนให้กองแก้ไข").click()
    expect(officer.locator("#messages")).to_contain_text("ส่งคืนให้กองแก้ไขแล้ว ๑ แถว")
    _remind(played, officer, overview)
    return overview


def _fill_the_rest_and_take(played: Year, overview: str) -> None:
    officer = played.at_desk("legal")
    for login, unit in (("engineer", "กองช่าง"), ("educator", "กองการศึกษา ศาสนา และวัฒนธรรม")):
        page = _to_be_filled(played, login, unit)
        played.look(page, f"11-to-fill-{login}")
        page.locator("[name$='.result']").fill(DONE[unit])
        page.get_by_role("button", name="ส่งผล").click()
        expect(page.locator("#messages")).to_contain_text("ส่งผลแล้ว")
    for unit in DONE:
        officer.goto(overview)
        officer.get_by_role("link", name=unit).first.click()
        officer.get_by_role("button", name="รับผลลงตาราง").click()
        expect(officer.locator("#messages")).to_contain_text("รับผลลงตารางแล้ว ๑ แถว")
    played.look(officer, "12-taken")
    officer.goto(overview)
    played.look(officer, "13-all-taken")


def _to_be_filled(played: Year, login: str, unit: str) -> Page:
    """By the bell, as the person is told."""
    page = played.on_phone(login)
    page.locator(".bell").click()
    played.look(page, f"06-told-{login}")
    page.get_by_role("link", name=unit).first.click()
    page.wait_for_url("**/collect/**")
    return page


def _remind(played: Year, officer: Page, overview: str) -> None:
    """The words for the office's chat group, and the same told by a press."""
    officer.goto(overview)
    officer.get_by_role("link", name="กองการศึกษา").first.click()
    officer.locator(".reminder summary").click()
    words = officer.locator("#reminder").input_value()
    assert "กองการศึกษา ศาสนา และวัฒนธรรม" in words and "๑ รายการ" in words
    assert "ต้องเข้าสู่ระบบ" in words and UNDONE not in words
    officer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    officer.get_by_role("button", name="คัดลอกข้อความ").click()
    expect(officer.locator("#reminder-copied")).to_contain_text("คัดลอกแล้ว")
    assert officer.evaluate("navigator.clipboard.readText()").strip() == words.strip()
    played.look(officer, "10-reminder")
    officer.get_by_role("button", name="แจ้งเตือนเจ้าหน้าที่ของกอง").click()
    expect(officer.locator("#messages")).to_contain_text("แจ้งเตือนเจ้าหน้าที่ของกองแล้ว ๑ คน")
