"""An officer takes the pack, pastes the address back, and reads what was found there; the receipt on paper."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from ita_core.outbox import Job
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_public_site import look
from tests.browser.touring import PICTURES_ONLY, shoot_in_both_lights
from tests.personas import Authority
from tests.workflows import made_public
from workflows import addressing
from workflows.addresses import AddressCheck, PostedAddress
from workflows.models import Publication

Officer = Callable[..., Page]
POSTED = "https://www.example.go.th/เผยแพร่/2566/report-of-measures-for-integrity-and-transparency-final.pdf"


def _found(publication: Publication, posted: PostedAddress | None, problem: str = "") -> None:
    """What the worker would write."""
    AddressCheck(
        organisation=publication.organisation, publication=publication, address=posted, checked_at=timezone.now(),
        reached=problem in ("", "other"), same=not problem, problem=problem, status=404 if problem == "status" else 200,
        sha256=publication.pdf.sha256,
    ).save()  # fmt: skip
    Job.objects.filter(kind=addressing.KIND).update(done_at=timezone.now())


def test_from_the_pack_to_the_receipt(
    officer: Officer, home: Authority, forgive: Callable[[str], None]
) -> None:
    forgive("400")
    page = officer("legal_officer")
    page.goto(f"/o/{home.organisation.slug}/archive/")
    page.get_by_role("link", name="รายงานที่หน่วยงานเผยแพร่").click()
    look(page, "list-empty")
    published = made_public.published(home)
    page.reload()
    look(page, "list")
    page.locator(".work-title a").click()
    with page.expect_download() as pack:
        page.get_by_role("link", name="ดาวน์โหลดชุดเผยแพร่").click()
    assert pack.value.suggested_filename.endswith(".zip")

    box = page.get_by_label("ที่อยู่ของไฟล์บนเว็บไซต์หลัก")
    box.fill("www.example.go.th/report.pdf")
    page.get_by_role("button", name="บันทึกและตรวจที่อยู่").click()
    expect(box).to_have_value("www.example.go.th/report.pdf")
    look(page, "refused")
    box.fill(POSTED)
    page.get_by_role("button", name="บันทึกและตรวจที่อยู่").click()
    expect(page.locator("main")).to_contain_text("กำลังตรวจ")
    posted = PostedAddress.objects.of(home.organisation).get()
    _found(published, posted, "other")
    _found(published, None, "status")
    page.reload()
    expect(page.locator("main")).to_contain_text("โปรดอัปโหลด report.pdf จากชุดเผยแพร่โดยไม่แก้ไข")
    look(page, "another-file")
    page.goto(f"/o/{home.organisation.slug}/publications/")
    look(page, "list-stopped")
    _found(published, posted)
    _found(published, None)
    page.get_by_role("link", name="ใบรับการเผยแพร่ของ").click()
    expect(page.locator("main")).to_contain_text(published.pdf.sha256)
    look(page, "receipt")
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    if PICTURES_ONLY:
        page.set_viewport_size({"width": 794, "height": 1123})
        shoot_in_both_lights(page, "10-public-receipt-print", 794)


def test_without_scripts(officer: Officer, home: Authority) -> None:
    published = made_public.published(home)
    page = officer("registrar", PHONE, scripts=False)
    page.goto(f"/o/{home.organisation.slug}/publications/{published.pk}/")
    page.get_by_label("ที่อยู่ของไฟล์บนเว็บไซต์หลัก").fill(POSTED)
    page.get_by_role("button", name="บันทึกและตรวจที่อยู่").click()
    expect(page.locator("main")).to_contain_text("บันทึกที่อยู่แล้ว")
    page.set_viewport_size({"width": DESK, "height": 900})
    page.get_by_role("button", name="ตรวจอีกครั้ง").click()
    expect(page.locator("main")).to_contain_text("กำลังตรวจ")
