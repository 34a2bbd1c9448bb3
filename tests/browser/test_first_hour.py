"""The first hour as somebody lives it who has never seen the system: from the setup code to the first signature.

Everything is done by what the pages say. Every screen is looked at: axe, width, Thai, and in ``make screenshots`` kept.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from memos.importing import reading
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_axe, check_dark, check_fits, check_marks, check_targets
from tests.browser.touring import PICTURES_ONLY, Tour, check_thai
from workflows import people_rows

PASSWORD = "กระดาษสี่แผ่นบนโต๊ะ-2565"
PIN = "482915"
TEN_MINUTES = 600
# Login → name, and the title of the post as the system proposes it for อบต.ทดสอบ.
PEOPLE = {
    "nitikorn": ("นางสาวใหม่ ตั้งต้น", "นิติกร"),
    "hua": ("นายแรก ตั้งต้น", "หัวหน้าสำนักปลัด"),
    "palad": ("นางสอง ตั้งต้น", "ปลัดองค์การบริหารส่วนตำบลทดสอบ"),
    "nayok": ("นายสาม ตั้งต้น", "นายกองค์การบริหารส่วนตำบลทดสอบ"),
    "admin": ("นางสี่ ตั้งต้น", "นักวิเคราะห์นโยบายและแผน"),
}


@dataclass
class FirstHour:
    visitor: Callable[..., Page]
    width: int
    links: dict[str, str] = field(default_factory=dict)
    tour: Tour = field(default_factory=lambda: Tour("first-hour"))

    def __post_init__(self) -> None:
        self.page = self.visitor(self.width)

    def look(self, page: Page, name: str, *, latin: bool = False) -> None:
        """On a phone for everything, on a desk for its width. ``latin``: logins, addresses or a command stand there."""
        if name in self.tour.seen:
            return
        if PICTURES_ONLY:
            self.tour.look(page, name)
            page.set_viewport_size({"width": self.width, "height": 900})
            return
        page.wait_for_load_state()
        self.tour.seen.append(name)
        for check in (check_fits, check_marks, check_targets, check_axe, check_dark):
            check(page)
        if not latin:
            check_thai(page)
        page.set_viewport_size({"width": DESK, "height": 900})
        check_fits(page)
        page.set_viewport_size({"width": self.width, "height": 900})


def test_from_the_setup_code_to_the_first_signature(
    visitor: Callable[..., Page], forgive: Callable[[str], None]
) -> None:
    forgive("400")  # the sheet with one slip
    begun = time.monotonic()
    out = io.StringIO()
    call_command("setup_code", stdout=out)
    told = FirstHour(visitor, PHONE)
    _first_administrator(told, out.getvalue().split()[0])
    _authority_and_offices(told)
    _people_by_sheet(told)
    _route_tables_and_look(told)
    _trial(told)
    assert time.monotonic() - begun < TEN_MINUTES
    told.tour.end(at_least=12)


def _first_administrator(told: FirstHour, code: str) -> None:
    page = told.page
    page.goto("/")
    expect(page).to_have_url(re.compile("/first/$"))
    page.get_by_label("รหัสติดตั้ง").fill(code)
    page.get_by_label("ชื่อ-นามสกุล").fill("นายห้า ดูแลกลาง")
    page.get_by_label("ชื่อผู้ใช้").fill("central")
    page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    page.get_by_label("รหัสผ่านอีกครั้ง").fill(PASSWORD)
    told.look(page, "start", latin=True)
    page.get_by_role("button", name="ตั้งบัญชีและเริ่ม").click()


def _authority_and_offices(told: FirstHour) -> None:
    page = told.page
    page.get_by_label("ประเภท", exact=True).select_option("sao")
    page.get_by_label("ชื่อ (ไม่รวมประเภท)").fill("ทดสอบ")
    page.get_by_label("จังหวัด").fill("สมมติ")
    page.get_by_label("เลขประจำส่วนราชการ").fill("สม ๗๑๐๐๙")
    page.get_by_role("button", name="ดูชื่อที่จะพิมพ์").click()
    expect(page.locator(".paper")).to_contain_text("นายกองค์การบริหารส่วนตำบลทดสอบ")
    told.look(page, "authority")
    page.get_by_role("button", name="บันทึกและไปขั้นถัดไป").click()
    expect(page).to_have_url(re.compile("/first/sao-71009/units/"))
    told.look(page, "units")
    page.get_by_role("button", name="เพิ่มส่วนราชการ").click()
    page.locator("[name^='u-'][name$='-name']").last.fill("กองสวัสดิการสังคม")
    page.get_by_role("button", name="บันทึกและไปขั้นถัดไป").last.click()
    expect(page).to_have_url(re.compile("/people/"))


def _people_by_sheet(told: FirstHour) -> None:
    """The empty sheet comes down, is filled in with one slip, is refused with its cell, and taken when mended."""
    page = told.page
    with page.expect_download() as coming:
        page.get_by_role("link", name="ดาวน์โหลดไฟล์เปล่า").click()
    empty = coming.value.path().read_bytes()
    _send(page, _filled(empty, {**PEOPLE, "palad": (PEOPLE["palad"][0], "ปลัดทดสอบ")}))
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"ช่อง D\d+: ไม่มีตำแหน่งชื่อ “ปลัดทดสอบ”"))
    told.look(page, "people-fault", latin=True)
    _send(page, _filled(empty, PEOPLE))
    expect(page.locator("#messages")).to_contain_text("เพิ่มบุคลากรใหม่ ๕ คน")
    told.look(page, "people", latin=True)
    page.get_by_role("button", name="ออกลิงก์ตั้งรหัสผ่านเพื่อพิมพ์แจก").click()
    told.look(page, "links", latin=True)
    for sheet in page.locator(".first-links .sheet").all():
        login, link = sheet.locator("dd").nth(0).inner_text(), sheet.locator("dd").nth(1).inner_text()
        told.links[login.strip()] = "/accounts/" + link.strip().partition("/accounts/")[2]
    assert set(told.links) == set(PEOPLE)
    page.get_by_role("link", name="เก็บไว้แล้ว").click()
    expect(page.locator("main")).not_to_contain_text("/password/reset/key/")
    page.get_by_role("link", name="ไปขั้นถัดไป").click()


def _filled(empty: bytes, people: dict[str, tuple[str, str]]) -> bytes:
    """As somebody types it in Excel: into the rows that the sheet has for its posts."""
    book = load_workbook(io.BytesIO(empty))
    sheet = book[people_rows.SHEET]
    columns = {cell.value: place for place, cell in enumerate(sheet[3], 1)}
    there = {
        sheet.cell(row, columns[people_rows.HEADINGS["post"]]).value: row
        for row in range(5, sheet.max_row + 1)
    }
    for login, (name, post) in people.items():
        row = there.get(post) or sheet.max_row + 1
        sheet.cell(row, columns[people_rows.HEADINGS["name"]]).value = name
        sheet.cell(row, columns[people_rows.HEADINGS["login"]]).value = login
        sheet.cell(row, columns[people_rows.HEADINGS["post"]]).value = post
    out = io.BytesIO()
    book.save(out)
    assert reading.read_sheets("x.xlsx", out.getvalue())
    return out.getvalue()


def _send(page: Page, data: bytes) -> None:
    page.locator("[name=file]").set_input_files(
        {"name": "บุคลากร.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="ตรวจและเพิ่ม").click()
    page.wait_for_load_state()


def _route_tables_and_look(told: FirstHour) -> None:
    page = told.page
    expect(page).to_have_url(re.compile("/route/"))
    told.look(page, "route")
    page.get_by_role("button", name="บันทึกและไปขั้นถัดไป").click()
    expect(page).to_have_url(re.compile("/forms/"))
    told.look(page, "forms")
    page.get_by_role("button", name="บันทึกและไปขั้นถัดไป").click()
    expect(page).to_have_url(re.compile("/look/"))
    told.look(page, "look")
    page.get_by_role("button", name="บันทึกและไปขั้นถัดไป").click()
    expect(page).to_have_url(re.compile("/trial/"))


def _trial(told: FirstHour) -> None:
    page = told.page
    page.get_by_role("button", name="ทำร่างรายงานทดลอง").click()
    told.look(page, "trial")
    drafter = _comes_in(told, "nitikorn")
    drafter.locator(".tabs a", has_text="เรื่องที่เสนอไป").click()
    drafter.locator(".work-title a").first.click()
    drafter.get_by_role("link", name="ตรวจทานก่อนเสนอ").click()
    told.look(drafter, "check")
    drafter.get_by_role("button", name="เสนอตามลำดับชั้น").click()
    expect(drafter.locator("#messages")).to_contain_text("เสนอเรื่องแล้ว")
    for login, button in (("hua", "ลงความเห็นและเสนอต่อ"), ("palad", "ลงความเห็นและเสนอต่อ"), ("nayok", "ลงนาม")):
        officer = _comes_in(told, login)
        _decides(told, officer, button)
    page.reload()
    expect(page.locator("main")).to_contain_text("รายงานทดลองลงนามครบแล้ว")
    page.get_by_role("link", name="ไปหน้าสรุป").click()
    expect(page.locator(".first-list .state-warn")).to_have_count(0)
    told.look(page, "ready")


def _comes_in(told: FirstHour, login: str) -> Page:
    """By the link that was handed over: a password, then the login."""
    page = told.visitor(told.width)
    page.goto(told.links[login])
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    page.goto("/")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile("/o/sao-71009/"))
    return page


def _decides(told: FirstHour, page: Page, button: str) -> None:
    page.locator(".work-title a").first.click()
    page.locator(".btn-preset").first.click()
    told.look(page, "decide")
    with page.expect_popup() as opening:
        page.get_by_role("link", name="ตั้ง PIN").click()
    _makes_a_pin(opening.value)
    page.locator("#proof-code").fill(PIN)
    page.get_by_role("button", name=button).click()
    expect(page.locator("#messages")).to_contain_text(re.compile("ลงความเห็นและเสนอต่อแล้ว|ลงนามแล้ว"))


def _makes_a_pin(window: Page) -> None:
    """In the window that the page's own link opened; the decision waits in the other one."""
    window.locator("[name=password]").fill(PASSWORD)
    window.locator("[name=code]").fill(PIN)
    window.locator("[name=again]").fill(PIN)
    window.get_by_role("button", name="ตั้ง PIN").click()
    window.wait_for_url(lambda url: "/accounts/" not in url)
    window.close()
