"""An import in the browser: pasted with its cells, by keyboard, on a phone, without scripts; without barriers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from memos import exporting
from memos.models import Report
from tests import reports
from tests.browser.looking import check_page
from tests.browser.touring import Tour
from tests.memos.import_steps import HEAD, ROWS, place, tsv
from tests.memos.sample import CONTENT
from tests.personas import Authority

Officer = Callable[..., Page]
TABLE = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in [HEAD, *ROWS])
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  document.querySelector("[name=pasted]").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
}"""


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def test_a_pasted_table_is_matched_seen_and_imported(officer: Officer, report: Report) -> None:
    page = officer("legal_officer")
    page.goto(place(report))
    check_page(page)
    page.evaluate(PASTE, [f"<style>td {{}}</style><table>{TABLE}</table>", "มาตรการ"])
    expect(page.locator("[data-paste-note]")).to_contain_text("วางตารางพร้อมช่อง")
    page.get_by_role("button", name="อ่านตาราง").click()
    expect(page.locator("#dry-run")).to_be_visible()
    check_page(page)
    page.locator("[name='t0.c5']").select_option("")
    page.get_by_role("button", name="ปรับแล้วดูใหม่").click()
    expect(page.locator("[name='t0.c5']")).to_have_value("")
    page.get_by_role("button", name="นำเข้า", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("นำเข้าแล้ว")
    assert report.sections.count() == 3


def test_what_is_typed_over_a_pasted_table_is_what_is_sent(
    officer: Officer, report: Report, forgive: Callable[[str], None]
) -> None:
    forgive("400")
    page = officer("legal_officer")
    page.goto(place(report))
    page.evaluate(PASTE, [f"<table>{TABLE}</table>", "มาตรการ"])
    page.locator("[name=pasted]").press_sequentially(" แก้เอง")
    expect(page.locator("[name=html]")).to_have_value("")
    page.get_by_role("button", name="อ่านตาราง").click()
    expect(page.locator("main .notice[role=alert]").first).to_be_visible()
    expect(page.locator("[name=pasted]")).to_have_value("มาตรการ แก้เอง")


def test_on_a_phone_without_scripts(officer: Officer, report: Report, forgive: Callable[[str], None]) -> None:
    forgive("400")
    page = officer("legal_officer", width=360, scripts=False)
    page.goto(place(report))
    page.get_by_role("button", name="อ่านตาราง").click()
    expect(page.locator(".fault").first).to_be_visible()
    page.locator("[name=pasted]").fill(tsv())
    page.get_by_role("button", name="อ่านตาราง").click()
    expect(page.locator("#dry-run")).to_be_visible()
    page.get_by_role("button", name="นำเข้า", exact=True).click()
    assert report.sections.count() == 3


def test_the_pages_have_no_barriers_and_speak_thai(officer: Officer, report: Report, tmp_path: Path) -> None:
    """Looked at on a phone and on a desk: before, with a proposal that is unsure, with our own file, next year's."""
    tour = Tour("import")
    file = tmp_path / "ตารางมาตรการ.json"
    file.write_bytes(exporting.as_json(CONTENT))
    page = officer("legal_officer")
    page.goto(place(report))
    tour.look(page, "upload", "อ่านตาราง")
    page.locator("[name=pasted]").fill(
        tsv(head=["ลำดับ", "เรื่องที่ทำ", "วิธีดำเนิน", "ใครทำ", "เวลา", "ผลการดำเนินการ"])
    )
    page.get_by_role("button", name="อ่านตาราง").click()
    tour.look(page, "mapping", "ไม่แน่ใจ โปรดเลือก")
    page.goto(place(report))
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="อ่านตาราง").click()
    tour.look(page, "own-file", "ผลที่จะได้")
    page.goto(reverse("workflows:copy", args=[report.organisation.slug, report.pk]))
    tour.look(page, "next-year", "สิ่งที่จะเปลี่ยน")
    page.goto(reverse("workflows:report", args=[report.organisation.slug, report.pk]))
    tour.look(page, "report", "ตารางเป็นไฟล์ข้อมูล")
    tour.end(5)
