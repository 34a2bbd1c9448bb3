"""The pictures in README, taken of the example authority: ``make screenshots``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from memos import archive
from memos.models import Report
from tests import rendering, reports
from tests.browser import demo
from tests.browser.conftest import DESK, PHONE
from tests.drawing import draw_pages
from tests.personas import Authority
from workflows.models import Act

PICTURES = Path(__file__).resolve().parent.parent / "pictures"
LARGEST = 300_000  # bytes; README is read on slow lines too

pytestmark = [pytest.mark.screenshots, pytest.mark.rendering]


@pytest.fixture
def example(site: str) -> Authority:
    return demo.load()


def test_pictures(example: Authority, login: Callable[..., Page], tmp_path: Path) -> None:
    PICTURES.mkdir(exist_ok=True)
    report = Report.objects.of(example.organisation).latest("pk")
    writer = login(example.people["legal_officer"])
    section = report.sections.all()[1]
    _take(
        writer, "writing", _address("memos:edit_section", report, section=section.pk), "table.measure-table"
    )
    reports.submit(example, report)
    reports.forward(example, report, "section_head", demo.HEAD)
    demo.wait(example, report, 3)
    _take(writer, "following", _address("workflows:report", report))
    reports.forward(example, report, "clerk", demo.CLERK)
    draw_pages()
    mayor = login(example.people["mayor"], PHONE)
    _take(mayor, "deciding", _address("workflows:decide", report), height=780)
    _draw_papers(reports.forward(example, report, "mayor", demo.MAYOR), tmp_path)
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert set(sizes) == {f"{name}.png" for name in ("writing", "deciding", "following", "memo", "table")}
    assert all(20_000 < size < LARGEST for size in sizes.values()), sizes


def _address(name: str, report: Report, **rows: int) -> str:
    return reverse(name, kwargs={"org": report.organisation.slug, "pk": report.pk, **rows})


def _take(page: Page, name: str, address: str, to: str = "", *, height: int = 800) -> None:
    """What a person sees first; with ``to``, when that part has come to the top of the window."""
    page.goto(address)
    page.set_viewport_size({"width": PHONE if name == "deciding" else DESK, "height": height})
    page.wait_for_load_state("networkidle")
    for reminder in page.locator(".reminder summary").all():
        reminder.click()
    if to:
        page.locator(to).evaluate("part => window.scrollTo(0, part.getBoundingClientRect().top - 90)")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128).save(path, optimize=True)


def _draw_papers(act: Act, folder: Path) -> None:
    """The first pages of what the mayor signed."""
    assert act.document_set is not None
    names = {"memo": "memo", "measures": "table"}
    documents = {names[kind]: archive.read(stored) for kind, stored in act.document_set.files().items()}
    for name, pdf in rendering.to_pdf(documents, folder).items():
        with Image.open(rendering.to_pictures(pdf, dots_per_inch=110)[0]) as page:
            page.convert("RGB").quantize(64).save(PICTURES / f"{name}.png", optimize=True)
