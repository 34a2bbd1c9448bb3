"""A tour through pages: each is looked at on a phone and on a desk, and what is wrong is told for all of them at once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from ita_core.headers import POLICY
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_axe, check_dark, check_fits, check_marks, check_targets
from tests.volumes import SOAK

SHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
"""Where pictures of the pages are left for people to look at; not committed."""

# Latin words that an officer reads in Thai papers and on Thai pages.
_KNOWN = re.compile(
    r"Integrity and Transparency Assessment|ITA|IIT|EIT|OIT|O\d+|Word|Excel|English|E-Service|\.docx|\.zip"
    r"|(?:https?:/)?/[a-z0-9.:/-]+/p/\S+|/p/\S+"  # where anybody reads what was published
    r"|\.xlsx|\.csv|\.json|LibreOffice|Google Sheets|Alt Text"
    r"|\.pdf|PDF|JPEG|PNG|SHA-256|[0-9a-f]{64}|(?:memo|measures)\.docx|(?:content|acts|evidence)\.json"
    r"|LINE|\S+@example\.org"
    r"|PIN"
    r"|CN=DEMO SEAL - vouches for no authority"
    r"|[0-9A-F]{4}(?:-[0-9A-F]{4}){4}",  # a code, as paper carries it
    re.ASCII,
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")
_DIGITS = re.compile(r"\S*[0-9]\S*", re.ASCII)


def check_thai(page: Page) -> None:
    """Fails when a page shows English words or Arabic digits outside of the boxes that officers write in."""
    shown = page.locator("body").inner_text()
    for name in page.locator(".login-name").all_inner_texts():
        shown = shown.replace(name, " ")
    rest = _KNOWN.sub(" ", shown)
    leaks = sorted({*_LATIN.findall(rest), *_DIGITS.findall(rest)})
    assert not leaks, f"{page.url} shows: {', '.join(leaks[:20])}"


Check = Callable[[Page], None]
EVERYWHERE: list[Check] = [check_fits, check_marks, check_thai]
# Four fifths of a tour are axe's: the light on the phone and the dark at the desk here, both at both in `make soak`.
ON_THE_PHONE: list[Check] = [check_axe, check_dark] if SOAK else [check_axe]
AT_THE_DESK: list[Check] = [check_axe, check_dark] if SOAK else [check_dark]
CHECKS = {PHONE: [*EVERYWHERE, *ON_THE_PHONE, check_targets], DESK: [*EVERYWHERE, *AT_THE_DESK]}
PICTURES_ONLY = bool(os.environ.get("SCREENSHOTS"))
"""``make screenshots``: a tour leaves pictures of its pages instead of looking for faults."""


@dataclass
class Tour:
    """``look`` at page after page, then ``end``: an AssertionError names every fault of every page."""

    name: str
    seen: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str, expected: str = "") -> None:
        """The open page at both widths, once as it is. ``expected`` are words that it must show."""
        page.wait_for_load_state()
        self.seen.append(name)
        if expected and expected not in page.locator("main").inner_text().replace("\u00a0", " "):
            self.faults.append(f"[{name}] {page.url} does not say {expected!r}")
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            if PICTURES_ONLY:
                shoot_in_both_lights(page, f"8-{self.name}-{name}", width)
                continue
            for check in CHECKS[width]:
                try:
                    check(page)
                except AssertionError as fault:
                    self.faults.append(f"[{name}, {width} px] {fault}")

    def visit(self, page: Page, address: str, name: str, expected: str = "", status: int = 200) -> None:
        response = page.goto(address)
        if response is None or response.status != status:
            self.faults.append(f"[{name}] {address}: {response and response.status} instead of {status}")
        elif response.headers.get("content-security-policy") != POLICY:
            self.faults.append(f"[{name}] {address} comes without the policy")
        self.look(page, name, expected)

    def end(self, at_least: int) -> None:
        assert not self.faults, f"{len(self.faults)} faults:\n" + "\n".join(self.faults)
        assert len(set(self.seen)) >= at_least, f"only {len(set(self.seen))} pages were seen"


def shoot_in_both_lights(page: Page, name: str, width: int) -> None:
    shoot(page, name, width)
    page.emulate_media(color_scheme="dark")
    shoot(page, name, width, dark=True)
    page.emulate_media(color_scheme="light")


def shoot(page: Page, name: str, width: int, *, dark: bool = False) -> None:
    """The whole page as var/screenshots/<width>/<name>.png, in a window so high that bars stand where they belong."""
    page.wait_for_load_state()
    folder = SHOTS / (f"dark-{width}" if dark else str(width))
    folder.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": width, "height": 900})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(900, min(height, 8_000))})
    page.screenshot(path=folder / f"{name}.png")
    page.set_viewport_size({"width": width, "height": 900})
