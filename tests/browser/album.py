"""Pictures of pages to look at: var/screenshots/<width> and, in the dark, var/screenshots/dark-<width>."""

from __future__ import annotations

import functools
import shutil
from dataclasses import dataclass, field

from django.urls import reverse
from playwright.sync_api import Page

from memos.models import Report
from tests.browser import demo
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_fits, check_marks
from tests.browser.touring import SHOTS, shoot_in_both_lights


@functools.cache
def _empty() -> None:
    """Once in a run: what an earlier run left is of pages that may be gone."""
    shutil.rmtree(SHOTS, ignore_errors=True)


@dataclass
class Album:
    """``take`` leaves four pictures of the open page: two widths, light and dark."""

    prefix: str
    taken: list[str] = field(default_factory=list)

    def take(self, page: Page, name: str) -> None:
        _empty()
        self.taken.append(name)
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            check_fits(page)
            check_marks(page)
            shoot_in_both_lights(page, f"{self.prefix}-{name}", width)

    def visit(self, page: Page, address: str, name: str, status: int = 200) -> None:
        response = page.goto(address)
        assert response is not None
        assert response.status == status, f"{address}: {response.status}"
        self.take(page, name)


def address(name: str, report: Report | None = None, **rows: object) -> str:
    """Of a page of the example authority."""
    named = {"org": demo.SLUG, **({"pk": report.pk} if report else {}), **rows}
    return reverse(name, kwargs=named)
