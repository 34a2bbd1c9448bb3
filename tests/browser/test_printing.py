"""Pages on paper: their words without menus and buttons, folded parts unfolded, black on white in the dark too."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from memos.models import Report
from tests import rendering, reports
from tests.personas import Authority

pytestmark = pytest.mark.rendering

Officer = Callable[..., Page]


@pytest.fixture
def report(home: Authority) -> Report:
    """In its second round, so that the first one is folded."""
    made = reports.in_state(home, reports.RETURNED)
    reports.submit(home, made)
    reports.forward(home, made, "section_head", "ตรวจสอบแล้ว ถูกต้องครบถ้วน")
    return made


def printed(page: Page, folder: Path) -> tuple[str, list[Path]]:
    """The words of the page on paper, and a picture of each sheet."""
    pdf = folder / "page.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    words = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    return words.decode(), rendering.to_pictures(pdf, dots_per_inch=50)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_report_on_paper(
    officer: Officer, home: Authority, report: Report, tmp_path: Path, scripts: bool
) -> None:
    page = officer("legal_officer", scripts=scripts)
    page.goto(f"/o/{home.organisation.slug}/reports/{report.pk}/")
    assert page.locator("details.round").count() == 2
    page.emulate_media(color_scheme="dark")
    words, sheets = printed(page, tmp_path)
    for told in ("รอบที่ ๑", "รอบที่ ๒", "ข้อมูลไม่ครบถ้วน", "ตรวจสอบแล้ว ถูกต้องครบถ้วน", "จึงเรียนมาเพื่อโปรด"):
        assert _letters(told) in _letters(words), told
    for button in ("ออกจากระบบ", "คลังรายงาน", "ถอนเรื่อง", "ตาราง Excel", "ข้อความเตือนสำหรับส่งในกลุ่ม"):
        assert _letters(button) not in _letters(words), button
    with Image.open(sheets[0]) as first:
        picture = first.convert("L")
        assert picture.getpixel((3, 3)) == 255
        assert picture.histogram()[255] > picture.width * picture.height / 2


def test_every_kind_of_page_on_whole_sheets(
    officer: Officer, home: Authority, report: Report, tmp_path: Path
) -> None:
    """Lists, forms, the editor, the decision, settings: the heading and no menu, never a sheet for each cell."""
    org, draft = f"/o/{home.organisation.slug}/", reports.begin(home)
    section = draft.sections.all()[0].pk
    of_draft = f"{org}reports/{draft.pk}/"
    addresses = {
        "legal_officer": [
            *(org, f"{org}archive/", f"{org}reports/new/"),
            *(f"{of_draft}{page}/" for page in ("check", "edit", f"edit/sections/{section}", "copy")),
        ],
        "clerk": [f"{org}reports/{report.pk}/decide/"],
        "org_admin": [f"{org}settings/checks/", f"{org}settings/forms/"],
    }
    for who, opened in addresses.items():
        page = officer(who)
        for address in opened:
            page.goto(address)
            page.emulate_media(media="print")
            assert page.locator(".btn:visible, nav:visible").count() == 0, address
            page.emulate_media(media="screen")
            words, sheets = printed(page, tmp_path)
            assert _letters(page.locator("h1").inner_text()) in _letters(words), address
            assert _letters("ออกจากระบบ") not in _letters(words), address
            assert len(sheets) <= 6, f"{address}: {len(sheets)} sheets"


def _letters(text: str) -> str:
    """As fonts draw it: ำ is two glyphs, and spaces depend on where lines break."""
    return "".join(text.replace("ำ", "ํา").replace("\u00a0", " ").split())
