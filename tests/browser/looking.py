"""What a page must be, whoever reads it: without barriers that axe can find, and no wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"resultTypes": ["violations"]}


def check_axe(page: Page) -> None:
    """Fails with what axe found: the rule, how bad, and each place with the way to mend it."""
    violations = Axe().run(page, options=RULES).response["violations"]
    assert not violations, f"{page.url}\n" + "\n".join(_readable(violation) for violation in violations)


def _readable(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:200]}\n      "
        + node["failureSummary"].replace("\n", "\n      ")
        for node in violation["nodes"]
    )
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


def check_fits(page: Page) -> None:
    """Fails when the page must be scrolled sideways, and names the elements that stick out."""
    wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .map(e => `${e.tagName.toLowerCase()}.${e.className}: ${Math.round(e.getBoundingClientRect().right)} px`)
                .slice(0, 10);
        }"""
    )
    assert not wide, f"{page.url} is wider than its window:\n  " + "\n  ".join(wide)


def check_page(page: Page) -> None:
    """What every page of ours passes at every width."""
    check_fits(page)
    check_axe(page)
