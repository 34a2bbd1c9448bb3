"""The demo's year in the browser: what offices did is collected, somebody is away, a deadline passes, the report is signed.

Three weeks, of which the last day is today: the clock is set to the days before. Messages go out by a real worker to a
mail server and to a stand-in of LINE, each once.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from ita_core import outbox, thai, workdays
from ita_core.models import Notification, Organisation, User
from tests.browser import year
from tests.browser.conftest import PHONE
from tests.browser.hands import Pointer
from tests.browser.staging import EXAMPLE, prove
from tests.browser.year import Year
from tests.browser.year_collecting import DONE, ask_three_units, fill
from tests.ita_core.providers import both

TURN, DUE, LATE = "รอท่านพิจารณา", "เรื่อง ครบกำหนดพิจารณาวันที่", "เรื่อง เกินกำหนดพิจารณา"
ASKED = {unit: f"กรอกผลการดำเนินการของ{unit}" for unit in DONE}
TOLD = {
    "treasurer": [ASKED["กองคลัง"]],
    "reader": [ASKED["กองคลัง"]],  # of a section below it
    "engineer": [ASKED["กองช่าง"], "ผลการดำเนินการของกองช่างถูกส่งคืนให้แก้ไข"],
    "educator": [ASKED["กองการศึกษา ศาสนา และวัฒนธรรม"]] * 2,  # asked, and reminded
    "legal": [
        *(f"{unit}ส่งผลการดำเนินการแล้ว" for unit in [*DONE, "กองช่าง"]), "ส่งคืนให้ท่านแก้ไข", "ลงนามแล้ว",
    ],
    "head": [TURN, "เรื่องที่ท่านลงความเห็นไว้ถูกส่งคืนแก้ไข", TURN, "เรื่องที่ท่านลงความเห็นไว้ลงนามแล้ว"],
    "acting": [TURN, TURN],  # an order of another year has him stand in for the head
    "clerk": [TURN, TURN],
    "deputy-clerk": [TURN, "เรื่องที่ท่านลงความเห็นไว้ลงนามแล้ว"],
    "mayor": [TURN, DUE, LATE],
    "org-admin": ["เรื่อง ค้างเกินกำหนด"],
}  # fmt: skip


@pytest.fixture
def the_year(
    visitor: Callable[..., Page], site: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Year]:
    with transaction.atomic():
        call_command("load_examples", EXAMPLE, verbosity=0, on_a_live_site=True)
        year.reach_everybody()
    with both(settings, monkeypatch) as (post, line):
        settings.SITE_URL, settings.EMAIL_TIMEOUT = site, 20
        monkeypatch.setenv("SITE_URL", site)
        monkeypatch.setenv("SENDING_SECONDS", "20")
        played = Year(visitor, post, line)
        yield played
        played.clock.undo()


def test_the_year(the_year: Year, login: Callable[..., Page], tmp_path: Path) -> None:
    days = workdays.calendar(Organisation.objects.get(slug=EXAMPLE))
    back = [days.add(thai.today(), -number) for number in range(11)]
    the_year.on(back[10])
    _order_who_stands_in(the_year)
    ask_three_units(the_year, due=back[8])
    the_year.on(back[9])
    fill(the_year, tmp_path)
    the_year.on(back[8])
    _submit_and_return(the_year)
    the_year.on(back[7])
    _again_while_the_clerk_is_away(the_year)
    the_year.on(back[6])
    _come_back(the_year)
    the_year.on(back[4])
    assert _reminded() == [("due", ["ppk-mayor"])]
    the_year.today()
    outbox.want_hourly(timezone.now())  # as a worker that stays does when an hour begins
    assert {"remind", "tell"} <= set(year.work()), "the worker finds what is late, and tells it"
    _sign(the_year)
    assert year.work().count("tell") == 2 * 3, "who wrote it, and who endorsed it"
    assert _reminded() == []
    _check_who_was_told(the_year, login)


def _reminded() -> list[tuple[str, list[str]]]:
    said = io.StringIO()
    call_command("remind", "--json", stdout=said)
    return [(one["what"], one["people"]) for one in json.loads(said.getvalue())]


def _order_who_stands_in(played: Year) -> None:
    admin = played.at_desk("org-admin")
    admin.get_by_role("link", name="ตั้งค่า", exact=True).click()
    admin.get_by_role("link", name="บุคคลและตำแหน่ง").click()
    played.look(admin, "01-people")
    admin.get_by_role("link", name="คำสั่งตามลำดับ").click()
    admin.get_by_role("link", name="บันทึกคำสั่งตามลำดับ").click()
    admin.get_by_label("ตำแหน่งที่มีผู้รักษาราชการแทน").select_option(label="ปลัดองค์การบริหารส่วนตำบลพ่วงพรมคร")
    admin.locator("[name=legal_basis]").fill("คำสั่งที่ 395/2569 ลงวันที่ 1 ตุลาคม 2569")
    year.choose_day(admin, "starts", thai.today())
    admin.locator("[name=person1]").select_option(label="นายร่มเย็น สมมติรอง")
    admin.locator("[name=own_title1]").fill("รองปลัดองค์การบริหารส่วนตำบลพ่วงพรมคร")
    played.look(admin, "02-order")
    admin.get_by_role("button", name="บันทึกคำสั่งตามลำดับ").click()
    expect(admin.locator("main")).to_contain_text("นายร่มเย็น สมมติรอง")
    played.look(admin, "03-orders")


def _submit_and_return(played: Year) -> None:
    officer = played.at_desk("legal")
    officer.locator(".tabs a", has_text="เรื่องที่เสนอไป").click()
    officer.locator(".work-title a").first.click()
    officer.get_by_role("link", name="แก้ไขร่าง").click()
    _submit(played, officer, "14")
    head = played.on_phone("head")
    head.locator(".work-title a").first.click()
    played.look(head, "16-decide")
    year.endorse(head)
    clerk = played.on_phone("clerk")
    clerk.locator(".work-title a").first.click()
    clerk.locator("a[href='#send-back']").click()
    clerk.locator("[name=reasons]").first.check()
    clerk.get_by_label("รายละเอียดที่ให้แก้ไข").fill("โปรดเพิ่มข้อเสนอแนะของกองช่าง")
    clerk.locator("button[value=send_back]").click()
    expect(clerk.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")


def _submit(played: Year, officer: Page, number: str) -> None:
    officer.get_by_role("button", name="ตรวจทานก่อนเสนอ").click()
    officer.wait_for_url("**/check/")
    played.look(officer, f"{number}-check")
    officer.get_by_role("button", name="เสนอตามลำดับชั้น").click()
    expect(officer.locator(".standing")).to_contain_text("เสนอแล้ว รอหัวหน้าสำนักปลัด")
    played.look(officer, f"{number}-submitted")


def _again_while_the_clerk_is_away(played: Year) -> None:
    officer = played.at_desk("legal")
    officer.locator(".bell").click()
    played.look(officer, "17-told-of-the-return")
    officer.get_by_role("link", name="ส่งคืนให้ท่านแก้ไข").first.click()
    expect(officer.locator("main")).to_contain_text("โปรดเพิ่มข้อเสนอแนะของกองช่าง")
    played.look(officer, "18-returned")
    officer.get_by_role("link", name="แก้ไขร่าง").click()
    officer.locator(".parts-nav a", has_text="๒.").first.click()
    box = year.box_saying(officer, DONE["กองช่าง"])
    assert re.match(r"\d\. ", box.input_value()), "the number that the cell had on the paper"
    box.fill(f"{box.input_value()} ควรเร่งรัดโครงการที่เหลือ")
    played.look(officer, "19-mended")
    officer.get_by_role("button", name="บันทึกร่าง", exact=True).click()
    expect(officer.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")
    _submit(played, officer, "20")
    head = played.on_phone("head")
    head.locator(".work-title a").first.click()
    played.look(head, "21-decide-again")
    year.endorse(head, "ตรวจสอบการแก้ไขแล้ว เห็นควรเสนอ")
    _record_absence(played)
    deputy = played.on_phone("deputy-clerk")
    deputy.locator(".work-title a").first.click()
    expect(deputy.locator("#decision")).to_contain_text("รักษาราชการแทน")
    played.look(deputy, "24-decide-for-the-clerk")
    year.endorse(deputy)


def _record_absence(played: Year) -> None:
    """The administrator's page; the clerk, who looks in from afar, is told why he cannot decide."""
    admin = played.at_desk("org-admin")
    admin.get_by_role("link", name="ตั้งค่า", exact=True).click()
    admin.get_by_role("link", name="บุคคลและตำแหน่ง").click()
    admin.get_by_role("link", name="การไม่อยู่", exact=True).click()
    admin.get_by_role("link", name="บันทึกการไม่อยู่").click()
    admin.get_by_label("บุคคล", exact=True).select_option(label="นายเที่ยงธรรม สมมติปลัด")
    admin.get_by_label("ไปราชการ").check()
    played.look(admin, "22-absence")
    admin.get_by_role("button", name="บันทึกการไม่อยู่").click()
    expect(admin.locator("main")).to_contain_text("นายเที่ยงธรรม สมมติปลัด")
    admin.get_by_role("link", name="ปฏิทินผู้ปฏิบัติหน้าที่").click()
    played.look(admin, "23-who-acts")
    clerk = played.on_phone("clerk")
    expect(clerk.locator("main")).to_contain_text("ไม่อยู่")
    played.look(clerk, "23-clerk-away")


def _come_back(played: Year) -> None:
    clerk = played.on_phone("clerk")
    clerk.locator("details.menu-end summary").click()
    clerk.get_by_role("link", name="การไม่อยู่ของฉัน").click()
    played.look(clerk, "25-clerks-absence")
    clerk.get_by_role("button", name="กลับมาปฏิบัติงานแล้ววันนี้").click()
    expect(clerk.locator("#messages")).to_contain_text("ท่านพิจารณาเรื่องได้ทันที")
    played.look(clerk, "26-clerk-back")


def _sign(played: Year) -> None:
    """The administrator hears of it and sees whom it waits for; the mayor follows the link in his message."""
    admin = played.at_desk("org-admin")
    admin.locator(".bell").click()
    played.look(admin, "27-escalated")
    admin.get_by_role("link", name="ค้างเกินกำหนด").click()
    expect(admin.locator("main")).to_contain_text("นายพ่วง สมมติชัย")
    played.look(admin, "28-late")
    mayor = User.objects.get(username="ppk-mayor")
    words = next(
        text for (text,) in played.line.taken.values() if year.line_id(mayor) in text and "เกินกำหนด" in text
    )
    page = played.visitor(PHONE)
    page.goto(re.findall(r"http\S+", words)[0])
    expect(page.locator("body")).not_to_contain_text("รายงานผล")
    year.log_in(page, mayor.username)
    page.wait_for_url("**/decide/")
    page.locator(".btn-preset").first.click()
    assert prove(Pointer(page)), "a second proof is asked for"
    played.look(page, "29-sign")
    page.get_by_role("button", name="ลงนาม").click()
    expect(page.locator("#messages")).to_contain_text("ลงนามแล้ว")
    played.look(page, "30-signed")


def _check_who_was_told(played: Year, login: Callable[..., Page]) -> None:
    """In the app, by mail and by LINE the same, and nobody anything else."""
    expected = Counter((f"ppk-{name}", title) for name, titles in TOLD.items() for title in titles)
    people = {user.username: user for user in User.objects.filter(username__startswith="ppk-")}
    assert year.came_to(played.post, {user.email: name for name, user in people.items()}) == expected
    assert year.came_to(played.line, {year.line_id(user): name for name, user in people.items()}) == expected
    for name, titles in TOLD.items():
        page = login(people[f"ppk-{name}"], PHONE)
        page.goto(f"/o/{EXAMPLE}/notices/")
        shown = page.locator(".told h2").all_inner_texts()
        assert sorted(map(year.first_words, shown)) == sorted(titles), name
        if name in ("legal", "mayor"):
            played.look(page, f"31-told-{name}")
        page.context.close()
    told = Notification.objects.of(Organisation.objects.get(slug=EXAMPLE))
    assert told.count() == expected.total(), "nobody else was told anything"
