"""What a page must be, whoever reads it: without barriers that axe can find in the light and in the dark, no wider than

the window, and with room above and below its lines for Thai vowels and tone marks.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.barriers import COLOURS, violations

# Sarabun's marks reach 1.3 times the letters' size; a line lower than that cuts them or runs into its neighbour.
LOWEST_LINE = 1.35
# WCAG 2.5.5, less the half pixel that a border loses to rounding.
SMALLEST_TARGET = 43.5
DARK_GROUND = "rgb(18, 23, 31)"


def check_axe(page: Page) -> None:
    """Fails with what axe found: the rule, how bad, and each place with the way to mend it."""
    _none(page, violations(page))


def check_dark(page: Page) -> None:
    """The same for the colours of the dark, of the same page."""
    page.emulate_media(color_scheme="dark")
    try:
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == DARK_GROUND, f"{page.url} is not dark: {ground}"
        _none(page, violations(page, COLOURS))
    finally:
        page.emulate_media(color_scheme="light")


def _none(page: Page, found: list[dict[str, Any]]) -> None:
    assert not found, f"{page.url}\n" + "\n".join(_readable(violation) for violation in found)


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


def check_marks(page: Page) -> None:
    """Fails where Thai stands in lines too low for its marks, or in a box that cuts off what does not fit."""
    cut = page.evaluate(
        """lowest => {
            const found = new Set();
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const box = texts.currentNode.parentElement;
                if (!/[\u0e00-\u0e7f]/.test(texts.currentNode.data) || !box.checkVisibility()) continue;
                if (box.closest("textarea, option, .visually-hidden, .skip-link, thead, .form-page")) continue;
                const style = getComputedStyle(box), name = `${box.tagName.toLowerCase()}.${box.className}`;
                const line = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
                if (line < lowest) found.add(`${name}: lines of ${line.toFixed(2)}`);
                const clips = style.overflowX === "hidden" || style.overflowY === "hidden" || style.overflowY === "clip";
                if (clips && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
                    found.add(`${name}: cut off`);
            }
            return [...found].slice(0, 10);
        }""",
        LOWEST_LINE,
    )
    assert not cut, f"{page.url} clips Thai:\n  " + "\n  ".join(cut)


def check_targets(page: Page) -> None:
    """Fails where a finger finds less than 44 px to press. Links within a sentence are as high as its lines (WCAG 2.5.8)."""
    small = page.evaluate(
        """least => {
            const found = new Set();
            const within = e => getComputedStyle(e).display === "inline" && [...e.parentElement.childNodes]
                .some(n => n !== e && n.textContent.trim() && (n.nodeType === 3 || getComputedStyle(n).display === "inline"));
            for (const e of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
                if (!e.checkVisibility() || e.closest(".visually-hidden, .skip-link, .visually-hidden-focusable")) continue;
                if (e.matches("a") && within(e)) continue;
                const boxes = [e, ...(e.labels || [])].map(one => one.getBoundingClientRect());
                const height = Math.max(...boxes.map(box => box.height)), width = Math.max(...boxes.map(box => box.width));
                if (boxes[0].height === 0 || (height >= least && width >= least)) continue;
                const name = `${e.tagName.toLowerCase()}.${e.className} ${(e.textContent || e.name || "").trim().slice(0, 30)}`;
                found.add(`${name}: ${Math.round(width)} × ${Math.round(height)}`);
            }
            return [...found].slice(0, 10);
        }""",
        SMALLEST_TARGET,
    )
    assert not small, f"{page.url} has targets too small for a finger:\n  " + "\n  ".join(small)


def check_page(page: Page) -> None:
    """What every page of ours passes at every width."""
    check_fits(page)
    check_axe(page)
