"""The public site in the browser of somebody without a login; and the whole way: archive, public page, QR code, genuine."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from memos.models import Report
from tests import reports
from tests.browser import demo, looking
from tests.browser.album import address
from tests.browser.conftest import DESK, PHONE
from tests.browser.touring import PICTURES_ONLY, shoot_in_both_lights
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.workflows import made_public
from workflows import drafts, public_cache

Visitor = Callable[..., Page]


@pytest.fixture(autouse=True)
def looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_cache, "LOOK", 0)


def signed_copy(example: Authority) -> Report:
    """The example's report as one of another year, signed."""
    rows = Report.objects.of(example.organisation)
    made = drafts.copy_as_new(example.actor("legal_officer"), rows.latest("pk"), fiscal_year=2569)
    reports.submit(example, made)
    for officer in ("section_head", "clerk", "mayor"):
        reports.forward(example, made, officer)
    return rows.select_related("approval").get(pk=made.pk)


def look(page: Page, name: str) -> None:
    """Codes, hashes and units are Latin on purpose, so the page is not asked to be Thai alone."""
    page.wait_for_load_state()
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES_ONLY:
            shoot_in_both_lights(page, f"10-public-{name}", width)
            continue
        looking.check_fits(page)
        looking.check_marks(page)
        looking.check_axe(page)
        looking.check_dark(page)
    if not PICTURES_ONLY:
        page.set_viewport_size({"width": PHONE, "height": 900})
        looking.check_targets(page)


def test_every_public_page(example: Authority, visitor: Visitor, forgive: Callable[[str], None]) -> None:
    forgive("404")
    forgive("410")
    page = visitor(scripts=True)
    # Pages may be a second old, and the acts between two looks take less; a route goes past the browser's cache.
    page.route("**/p/**", lambda route: route.continue_())
    page.goto("/p/")
    look(page, "none")
    signed = signed_copy(example)
    published = made_public.published(example, signed)
    root = f"/p/{demo.SLUG}/{published.fiscal_year}/{published.slug}/"
    page.goto("/p/")
    look(page, "sites")
    page.get_by_role("link", name=example.organisation.name).click()
    look(page, "site")
    page.get_by_role("link", name="ปีงบประมาณ").first.click()
    look(page, "year")
    page.locator(f"a[href='{root}']").click()
    look(page, "report")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    look(page, "report-english")
    page.goto(f"/p/{demo.SLUG}/embed/")
    look(page, "embed")
    made_public.published(example, signed, pdf=instant.page(5))
    page.goto(f"{root}1/")
    look(page, "older")
    made_public.withdrawn(example, signed, "พบหมายเลขโทรศัพท์ของประชาชน")
    page.goto(root)
    look(page, "gone")
    page.goto("/p/nowhere/")
    look(page, "nowhere")


def test_without_scripts_and_on_paper(example: Authority, visitor: Visitor) -> None:
    signed = signed_copy(example)
    published = made_public.published(example, signed)
    page = visitor(PHONE, scripts=False)
    page.goto("/p/")
    page.locator("main a").first.click()
    page.locator(".site-list a").first.click()
    expect(page.get_by_role("heading", name="บันทึกข้อความ")).to_be_visible()
    assert page.context.cookies() == []
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.locator(".paper-table").first).to_be_visible()
    if PICTURES_ONLY:
        page.set_viewport_size({"width": 794, "height": 1123})
        shoot_in_both_lights(page, "10-public-print", 794)
    assert published.version == 1


def test_the_list_stands_in_another_site(example: Authority, visitor: Visitor) -> None:
    """In a page of another origin, as an authority's own website is."""
    signed = signed_copy(example)
    made_public.published(example, signed)
    page = visitor()
    page.goto("/p/")
    own = page.url.removesuffix("/p/")
    # A file that comes without our policy, from a machine that Chromium takes for another one.
    page.goto(f"{own.replace('127.0.0.1', 'localhost')}/static/ita_core/app.css")
    page.set_content(
        f"<iframe src='{own}/p/{demo.SLUG}/embed/' title='รายงาน' width='600' height='500'></iframe>"
    )
    frame = page.frame_locator("iframe")
    link = frame.locator(".site-list a").first
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    opened.value.get_by_role("heading", name="บันทึกข้อความ").wait_for()


def test_from_a_word_in_the_archive_to_genuine(
    example: Authority, login: Callable[..., Page], visitor: Visitor, site: str, settings: Any
) -> None:
    settings.SITE_URL = site
    signed = signed_copy(example)
    made_public.published(example, signed)
    officer = login(example.people["reader"])
    officer.goto(address("workflows:archive"))
    officer.get_by_label("คำ ชื่อคน หรือส่วนของคำ").fill("พึงพอใจ")
    officer.keyboard.press("Enter")
    officer.locator(".work-item a").first.click()
    officer.locator("main a[href*='/p/']").first.click()
    expect(officer.get_by_role("heading", name="ผู้ลงนาม")).to_be_visible()
    seen = Image.open(io.BytesIO(officer.screenshot(full_page=True)))
    [code] = zxingcpp.read_barcodes(seen)
    assert code.text.startswith(f"{site}/v/")
    reader = visitor(PHONE)
    reader.goto(urlsplit(code.text).path)
    expect(reader.get_by_role("heading", name="เอกสารแท้ ฉบับลงนามแล้ว")).to_be_visible()
    expect(reader.locator("main")).to_contain_text(example.organisation.name)
