"""The pictures in README, taken of the example authority: ``make screenshots``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from ita_core.models import Organisation, User
from memos import archive
from memos.models import Report
from tests import rendering, reports
from tests.personas import Authority
from workflows.models import Act

PICTURES = Path(__file__).resolve().parent.parent / "pictures"
LARGEST = 300_000  # bytes; README is read on slow lines too

pytestmark = [pytest.mark.screenshots, pytest.mark.rendering]


@pytest.fixture
def example(site: str) -> Authority:
    call_command("load_examples", verbosity=0, on_a_live_site=True)
    keys = {"legal_officer": "legal", "section_head": "head", "clerk": "clerk", "mayor": "mayor"}
    users = {key: User.objects.get(username=f"ppk-{name}") for key, name in keys.items()}
    return Authority(Organisation.objects.get(slug="phuang-phrom-khon"), people=users)


def test_pictures(example: Authority, login: Callable[..., Page], tmp_path: Path) -> None:
    report = Report.objects.of(example.organisation).latest("pk")
    reports.submit(example, report)
    reports.forward(example, report, "section_head", "ตรวจสอบแล้ว ถูกต้องครบถ้วน เห็นควรเสนอนายกฯ เพื่อโปรดทราบ")
    _take_the_decision_page(login(example.people["clerk"]), report)
    reports.forward(example, report, "clerk", "เห็นควรนำเรียนนายกฯ เพื่อโปรดทราบและพิจารณา")
    _draw_papers(reports.forward(example, report, "mayor", "ทราบ ให้เผยแพร่"), tmp_path)
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert set(sizes) == {"decision.png", "decision-opinion.png", "memo.png", "table.png"}
    assert all(20_000 < size < LARGEST for size in sizes.values()), sizes


def _take_the_decision_page(page: Page, report: Report) -> None:
    page.goto(reverse("workflows:decide", args=[report.organisation.slug, report.pk]))
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "decision.png")
    page.evaluate("window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.screenshot(path=PICTURES / "decision-opinion.png")


def _draw_papers(act: Act, folder: Path) -> None:
    """The first pages of what the mayor signed."""
    assert act.document_set is not None
    names = {"memo": "memo", "measures": "table"}
    documents = {names[kind]: archive.read(stored) for kind, stored in act.document_set.files().items()}
    for name, pdf in rendering.to_pdf(documents, folder).items():
        with Image.open(rendering.to_pictures(pdf, dots_per_inch=110)[0]) as page:
            page.convert("RGB").quantize(64).save(PICTURES / f"{name}.png", optimize=True)
