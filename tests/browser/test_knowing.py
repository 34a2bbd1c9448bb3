"""The dashboard as it looks: plots beside their tables on a phone, on a desk, in the dark and on paper; files to take along."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import F
from openpyxl import load_workbook
from playwright.sync_api import Page

from ita_core.models import AssessmentItem
from memos.models import Report
from tests import reports
from tests.browser.conftest import PHONE
from tests.browser.touring import Tour
from tests.memos import collecting_hand
from tests.personas import Authority
from workflows.knowing_tables import TABLES
from workflows.models import ApprovalStep

pytestmark = pytest.mark.once

YEAR = 2569
Officer = Callable[..., Page]
# WCAG asks nothing of a size; smaller Thai marks run together.
SMALLEST = 11


@pytest.fixture
def address(home: Authority) -> str:
    """A report in every state of one year, one of the year before, and rows with three offices at three stages."""
    made = reports.in_every_state(home)
    for item, report in zip(AssessmentItem.objects.order_by("pk"), made.values(), strict=False):
        Report.objects.of(home.organisation).filter(pk=report.pk).update(fiscal_year=YEAR, item=item)
    reports.begin(home, fiscal_year=YEAR - 1)
    steps = ApprovalStep.objects.of(home.organisation).filter(opened_at__isnull=False)
    steps.update(opened_at=F("opened_at") - datetime.timedelta(days=14))
    draft = made["writing"]
    first, second = collecting_hand.rows(draft)
    collecting_hand.ask(home, draft, {first: "finance", second: "works"})
    collecting_hand.sent(home, draft, "finance")
    return f"/o/{home.organisation.slug}/knowing/?year={YEAR}"


def _letters(page: Page) -> list[dict[str, str | float]]:
    """Of every text in a plot: its font, how high its letters are on the screen, and how far it stands out of the plot."""
    found: list[dict[str, str | float]] = page.evaluate(
        """() => [...document.querySelectorAll(".plotted text")].map(text => {
            const plot = text.closest("svg"), out = plot.getBoundingClientRect(), own = text.getBoundingClientRect();
            const style = getComputedStyle(text), scale = out.width / plot.viewBox.baseVal.width;
            return {
                text: text.textContent, font: style.fontFamily, size: parseFloat(style.fontSize) * scale, fill: style.fill,
                out: Math.max(out.left - own.left, own.right - out.right, out.top - own.top, own.bottom - out.bottom),
            };
        })"""
    )
    return found


def test_plots_and_tables_look_the_same_everywhere(officer: Officer, home: Authority, address: str) -> None:
    tour, admin = Tour("knowing"), officer("org_admin", PHONE)
    tour.visit(admin, address, "year", "กองคลัง")
    tour.visit(officer("legal_officer"), address, "own", "เฉพาะรายงานที่ท่านจัดทำ")
    tour.visit(admin, f"{address[:-4]}2580", "nothing", "ยังไม่มีรายงานของปีนี้")
    tour.end(at_least=3)

    admin.goto(address)
    admin.set_viewport_size({"width": PHONE, "height": 900})
    assert admin.locator(".plotted[role=img][aria-label]").count() == len(TABLES)
    assert admin.locator(".plotted + .table-scroll tbody tr").count() > len(TABLES)
    letters = _letters(admin)
    assert {str(one["font"]).split(",")[0] for one in letters} == {"Sarabun"}
    assert min(float(one["size"]) for one in letters) >= SMALLEST
    assert [one["text"] for one in letters if float(one["out"]) > 1] == []


def test_plots_in_the_dark_and_on_paper(officer: Officer, address: str) -> None:
    page = officer("org_admin")
    page.goto(address)
    inks = []
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "light")):
        page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
        looks = page.evaluate(
            """() => [...document.querySelectorAll("[aria-labelledby=of-units] .legend rect")]
                .map(bar => getComputedStyle(bar)).map(style => `${style.fill} ${style.fillOpacity}`)"""
        )
        assert len(set(looks)) == 4, "each kind of bar can be told from the others"
        inks.append(str(_letters(page)[0]["fill"]))
    assert len(set(inks)) == 3
    assert page.locator(".plotted").first.is_visible()
    assert not page.locator(".filters").is_visible()


def test_each_table_is_taken_along_as_a_file(officer: Officer, address: str) -> None:
    page = officer("legal_officer")
    page.goto(address)
    for section in page.locator(".figures").all():
        shown = section.locator("tbody th").all_inner_texts()
        for ending in ("xlsx", "csv"):
            with page.expect_download() as taken:
                section.get_by_role("link", name=f".{ending}").click()
            data = Path(taken.value.path()).read_bytes()
            assert taken.value.suggested_filename.endswith(f"๒๕๖๙.{ending}")
            assert _rows(data, ending) == len(shown)


def _rows(data: bytes, ending: str) -> int:
    """Below the heading, and in a workbook below the title too."""
    if ending == "csv":
        return len(data.decode("utf-8-sig").splitlines()) - 1
    return load_workbook(io.BytesIO(data)).worksheets[0].max_row - 2
