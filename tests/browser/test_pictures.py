"""The pictures in README, taken of the example authority: ``make screenshots``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from ita_core.models import Organisation, User
from memos.models import Report
from tests import reports
from tests.personas import Authority

PICTURES = Path(__file__).resolve().parent.parent / "pictures"

pytestmark = pytest.mark.screenshots


@pytest.fixture
def example(site: str) -> Authority:
    call_command("load_examples", verbosity=0, on_a_live_site=True)
    names = {"legal_officer": "ppk-legal", "section_head": "ppk-head", "clerk": "ppk-clerk"}
    users = {key: User.objects.get(username=name) for key, name in names.items()}
    return Authority(Organisation.objects.get(slug="phuang-phrom-khon"), people=users)


def test_the_page_on_which_the_clerk_decides(example: Authority, login: Callable[..., Page]) -> None:
    report = Report.objects.of(example.organisation).latest("pk")
    reports.submit(example, report)
    reports.forward(example, report, "section_head", "ตรวจสอบแล้ว ถูกต้องครบถ้วน เห็นควรเสนอนายกฯ เพื่อโปรดทราบ")
    page = login(example.people["clerk"])
    page.goto(reverse("workflows:decide", args=[example.organisation.slug, report.pk]))
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "decision.png")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.screenshot(path=PICTURES / "decision-opinion.png")
    assert (PICTURES / "decision-opinion.png").stat().st_size > 20_000
