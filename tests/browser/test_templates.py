"""A template from Word file to next version in the browser: sent, waited for, looked at, accepted; also without scripts."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.touring import Tour
from tests.memos import wordfiles as word
from tests.personas import Authority

Officer = Callable[..., Page]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
pytestmark = pytest.mark.rendering


@pytest.fixture
def templates(home: Authority) -> str:
    return f"/o/{home.organisation.slug}/settings/templates/"


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    with subprocess.Popen([sys.executable, "manage.py", "worker"], stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def _send(page: Page, data: bytes, name: str = "แม่แบบของเรา.docx") -> None:
    page.locator("#id_memo-file").set_input_files({"name": name, "mimeType": DOCX, "buffer": data})
    page.get_by_role("button", name="ส่งแม่แบบ บันทึกข้อความ").click()


def _see(page: Page, pictures: int) -> None:
    """Scroll to each picture, because they are loaded when they come into view, and wait until it is there."""
    shown = page.locator("#pages img")
    expect(shown).to_have_count(pictures, timeout=60_000)
    for number in range(pictures):
        shown.nth(number).scroll_into_view_if_needed()
        page.wait_for_function(
            "n => document.querySelectorAll('#pages img')[n].naturalWidth > 500", arg=number
        )


def test_a_template_is_sent_looked_at_and_accepted(
    officer: Officer, templates: str, forgive: Callable[[str], None]
) -> None:
    forgive("400")
    tour, page = Tour("templates"), officer("org_admin")
    tour.visit(page, templates, "list", "แม่แบบมาตรฐานของระบบ รุ่นที่")
    _send(page, word.with_xml(word.shipped("memo"), "{{เรื่อง}}", "เรื่อง"))
    tour.look(page, "refused", "ขาดช่องข้อความ")
    _send(page, word.shipped("memo"))
    tour.look(page, "waiting", "กำลังเตรียมภาพหน้าเอกสาร")
    with _worker():
        _see(page, 2)
    tour.look(page, "pages", "เหมือนแม่แบบที่ใช้อยู่")
    page.get_by_role("button", name="ยอมรับ").click()
    tour.look(page, "accepted", "แม่แบบของหน่วยงาน รุ่นที่ ๑")
    page.get_by_text("ช่องข้อความที่ใช้ในแม่แบบนี้").first.click()
    page.get_by_text("รุ่นอื่น").first.click()
    tour.look(page, "opened", "ชื่อเต็มของผู้เสนอ")
    page.get_by_role("button", name="ดูและใช้: ความเห็นสองช่องเคียงกัน").click()
    with _worker():
        _see(page, 2)
    tour.look(page, "two-columns", "ความเห็นสองช่องเคียงกัน")
    page.get_by_role("button", name="ทิ้ง").click()
    tour.look(page, "discarded", "แม่แบบที่ใช้อยู่ไม่เปลี่ยน")
    tour.end(at_least=8)


def test_without_scripts_the_link_looks_again(officer: Officer, templates: str) -> None:
    page = officer("org_admin", scripts=False)
    page.goto(templates)
    _send(page, word.shipped("memo"))
    expect(page.get_by_text("กำลังเตรียมภาพหน้าเอกสาร")).to_be_visible()
    subprocess.run(
        [sys.executable, "manage.py", "worker", "--once"], check=True, stdout=subprocess.DEVNULL, timeout=120
    )
    page.get_by_role("link", name="ดูอีกครั้ง").click()
    expect(page.locator("#pages img")).to_have_count(2)
    page.get_by_role("button", name="ยอมรับ").click()
    expect(page.get_by_text("รับแม่แบบแล้ว เป็นรุ่นที่ ๑")).to_be_visible()
