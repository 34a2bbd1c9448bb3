"""Signing by hand in a browser: the print in each of its standings, the record, and what the report shows then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from ita_core import thai
from ita_core.outbox import Job
from memos import scans
from memos.models import Report
from tests import reports
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.workflows import inked
from workflows import printing, proofs
from workflows.models import State

pytestmark = pytest.mark.browser


def _address(home: Authority, name: str, **rows: int) -> str:
    return reverse(f"workflows:{name}", kwargs={"org": home.organisation.slug, **rows})


def _have_printed(home: Authority, pk: int) -> None:
    act = inked.issuing(home, Report.objects.of(home.organisation).get(pk=pk))
    printing._write(printing._folder(act) / f"{proofs.code_of(act)}.3.pdf", b"%PDF-1.7")


def test_the_pages_of_signing_by_hand(officer: Callable[..., Page], home: Authority) -> None:
    tour, page, report = Tour("ink"), officer("registrar"), reports.in_state(home, State.DEPUTY_APPROVED)
    tour.visit(page, _address(home, "ink_print", pk=report.pk), "print-being-made", "กำลังเตรียมไฟล์")
    Job.objects.filter(kind=printing.KIND).update(given_up_at="2026-01-01T00:00Z", problem="OfficeHung: x")
    tour.visit(page, _address(home, "ink_print", pk=report.pk), "print-failed", "ไม่สำเร็จ")
    _have_printed(home, report.pk)
    tour.visit(page, _address(home, "ink_print", pk=report.pk), "print", "รหัสของชุดนี้")
    tour.visit(page, _address(home, "ink", pk=report.pk), "record", "ผู้ลงนามบนกระดาษ")
    tour.visit(page, _address(home, "report", pk=report.pk), "report-offers", "พิมพ์เพื่อลงนามบนกระดาษ")
    inked.record(home, report, "mayor", opinion="ทราบ ดำเนินการตามเสนอ")
    tour.visit(page, _address(home, "report", pk=report.pk), "report-signed", "ลงนามบนกระดาษเมื่อ")
    tour.end(at_least=6)


def test_recorded_without_scripts_on_a_telephone(
    officer: Callable[..., Page], home: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.in_state(home, State.DRAFTED)
    scan = inked.scan_of(home, report)
    monkeypatch.setattr(scans, "read", lambda files: scan)
    sheet = tmp_path / "scan.pdf"
    sheet.write_bytes(inked.PDF)
    page = officer("registrar", 360, scripts=False)
    page.goto(_address(home, "report", pk=report.pk))
    page.get_by_role("link", name="บันทึกการลงนามบนกระดาษ").first.click()
    today = thai.ThaiDate(thai.today())
    page.locator("[name=scan]").set_input_files(sheet)
    page.locator("[name=officer]").select_option(label="นางวารี รักระเบียบ (หัวหน้าสำนักปลัด)")
    page.locator("[name=decided_on_day]").fill(str(today.date.day))
    page.locator("[name=decided_on_month]").select_option(str(today.date.month))
    page.locator("[name=decided_on_year]").fill(str(today.date.year + thai.BE_OFFSET))
    page.locator("[name=decision][value=agrees]").check()
    page.locator("[name=words]").fill("เห็นควรเสนอ")
    page.get_by_role("button", name="บันทึกการลงนามบนกระดาษ").click()
    page.wait_for_url(lambda url: url.endswith(_address(home, "report", pk=report.pk)))
    assert "ลงนามบนกระดาษเมื่อ" in page.locator("main").inner_text()
