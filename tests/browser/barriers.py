"""What axe finds on the page that is open. It is put into each document once, and asked for violations alone."""

from __future__ import annotations

from typing import Any, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe().axe_script
# Nothing of what is preloaded (style sheets for a rule on turned screens, films) and no frame is on any page of ours.
_OPTIONS = {"resultTypes": ["violations"], "preload": False, "iframes": False}
# Of what axe looks for, the dark changes the colours alone.
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, rules: list[str] | None = None) -> list[dict[str, Any]]:
    """By all of axe's rules, or by those ``rules`` alone."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE)
    options = _OPTIONS | ({"runOnly": rules} if rules else {})
    found = page.evaluate(
        "options => axe.run(document, options).then(results => results.violations)", options
    )
    return cast("list[dict[str, Any]]", found)
