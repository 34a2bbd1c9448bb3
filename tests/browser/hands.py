"""The hands of a story that is told once: the keyboard alone, and a mouse or finger, which also serve without scripts.

A selector names the first element that it matches. Nothing here asks a page to put the focus anywhere: the keyboard's
way is Tab, Shift+Tab and arrows, and each stop on that way must be one that an officer can see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page

# Where the focus is, and whether it shows: an outline on the control, or on the label that is drawn in its place, and
# at least a part of it on the screen that no bar covers.
STOP = """target => {
    const found = document.activeElement;
    if (!found || found === document.body) return null;
    const drawn = found.closest("label") ?? found;
    const outlined = [found, drawn].some((one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const between = (low, high, part) => low + (high - low) * part;
    const uncovered = [...drawn.getClientRects()].some((box) => {
        const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
        const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
        if (right - left < 1 || bottom - top < 1) return false;
        return [[.5, .5], [.1, .15], [.9, .15], [.1, .85], [.9, .85]].some(([across, down]) => {
            const hit = document.elementFromPoint(between(left, right, across), between(top, bottom, down));
            return hit && (drawn.contains(hit) || hit.contains(drawn) && hit === drawn.parentElement);
        });
    });
    return {
        name: `${found.localName} ${found.name || found.id || found.textContent.trim().slice(0, 40)}`,
        seen: outlined && uncovered,
        there: found === target,
        inGroup: target.type === "radio" && found.type === "radio" && found.name === target.name,
    };
}"""


class Hand(Protocol):
    """``press``: a link or button; ``write``: instead of what stands there; ``choose``: ticks a box or a choice.

    ``follow`` is a press that leads to another page. ``back`` looks towards the head of the page.
    """

    page: Page

    def press(self, selector: str, *, back: bool = False) -> None: ...
    def follow(self, selector: str, *, back: bool = False) -> None: ...
    def write(self, selector: str, text: str, *, back: bool = False) -> None: ...
    def choose(self, selector: str, *, back: bool = False) -> None: ...


@dataclass
class Keyboard:
    page: Page

    def reach(self, selector: str, *, back: bool = False, most: int = 250) -> None:
        """Fails when a stop on the way cannot be seen, or the element is not reached with so many presses."""
        target = self.page.locator(selector).first
        for _press in range(most):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            stop = target.evaluate(STOP)
            if stop is None:
                continue
            assert stop["seen"], f"{self.page.url}: the focus on {stop['name']!r} is not seen"
            if stop["inGroup"] and not stop["there"]:
                self._turn_to(selector)
            if stop["there"] or stop["inGroup"]:
                return
        raise AssertionError(f"{selector} was not reached with {most} presses of Tab on {self.page.url}")

    def _turn_to(self, selector: str) -> None:
        """Choices of one group are one stop; arrows go from one to the next."""
        target = self.page.locator(selector).first
        for _press in range(20):
            self.page.keyboard.press("ArrowDown")
            if (target.evaluate(STOP) or {}).get("there"):
                return
        raise AssertionError(f"no arrow leads to {selector}")

    def press(self, selector: str, *, back: bool = False) -> None:
        self.reach(selector, back=back)
        self.page.keyboard.press("Enter")

    def follow(self, selector: str, *, back: bool = False) -> None:
        self.reach(selector, back=back)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str, *, back: bool = False) -> None:
        self.reach(selector, back=back)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, selector: str, *, back: bool = False) -> None:
        self.reach(selector, back=back)
        target = self.page.locator(selector).first
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked(), f"{selector} is not ticked on {self.page.url}"


@dataclass
class Pointer:
    page: Page

    def press(self, selector: str, *, back: bool = False) -> None:
        self.page.locator(selector).first.click()

    def follow(self, selector: str, *, back: bool = False) -> None:
        with self.page.expect_navigation():
            self.press(selector)

    def write(self, selector: str, text: str, *, back: bool = False) -> None:
        self.page.locator(selector).first.fill(text)

    def choose(self, selector: str, *, back: bool = False) -> None:
        # A ready word is a button drawn over its choice: the press lands on the button.
        self.page.locator(selector).first.check(force=True)
