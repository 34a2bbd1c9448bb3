"""The pages in headless Chromium, served from this process on a database where commits are real.

``site`` is the served address, ``officer(key)`` a page logged in as a persona, ``visitor()`` one that is not. Whatever
the browser's console calls an error fails the test, unless ``forgive`` names it beforehand (a 409 that is meant).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from ita_core.models import User
from tests.browser import demo
from tests.browser.serving import served
from tests.databases.committed import CommittedDatabase
from tests.logging_in import log_in
from tests.personas import PASSWORD, Authority
from tests.requirements import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds until something is missed: the machine may be busy.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
PHONE = 360
DESK = 1280


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread, and Django would refuse the database here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(browser: Browser, committed_db: CommittedDatabase) -> Iterator[str]:
    """The address of the server, without a slash at its end."""
    cache.clear()  # The login's rate limit counts over all tests otherwise.
    with served(StaticFilesHandler) as address:
        yield address


@pytest.fixture
def example(site: str) -> Authority:
    """The example authority with its own people, as `make demo` loads it."""
    return demo.load()


@dataclass
class Screens:
    """Opens browser windows and remembers what their consoles complained of."""

    browser: Browser
    site: str
    contexts: list[BrowserContext] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def open(self, width: int = DESK, *, scripts: bool = True) -> Page:
        """An empty window of a person of its own (separate cookies), in Thai."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": 900},
            locale="th-TH",
            accept_downloads=True,
            color_scheme="light",
            # Colours are looked at right after they changed.
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        self.contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def unforgiven(self) -> list[str]:
        return [text for text in self.problems if not any(re.search(p, text) for p in self.forgiven)]


@pytest.fixture
def screens(browser: Browser, site: str) -> Iterator[Screens]:
    opened = Screens(browser, site)
    yield opened
    for context in opened.contexts:
        context.close()
    assert not opened.unforgiven(), "the browser's console:\n" + "\n".join(opened.unforgiven())


@pytest.fixture
def forgive(screens: Screens) -> Callable[[str], None]:
    """``forgive("409")``: console errors that match this pattern are meant by the test."""
    return screens.forgiven.append


@pytest.fixture
def visitor(screens: Screens) -> Callable[..., Page]:
    """``visitor(width=360)``: a window of somebody not logged in."""
    return screens.open


@pytest.fixture
def login(screens: Screens) -> Callable[..., Page]:
    """``login(user, width=1280, by_form=False)``: a window of that person, at no page yet; by the form on request."""

    def log_in(user: User, width: int = DESK, *, by_form: bool = False, scripts: bool = True) -> Page:
        page = screens.open(width, scripts=scripts)
        if by_form:
            page.goto("/accounts/login/")
            page.locator("[name=login]").fill(user.username)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
            page.wait_for_url(lambda url: "/accounts/login" not in url)
        else:
            page.context.add_cookies([_session_cookie(user, screens.site)])
        return page

    return log_in


def _session_cookie(user: User, site: str) -> Any:
    client = Client()
    log_in(client, user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}


@pytest.fixture
def officer(home: Authority, login: Callable[..., Page]) -> Callable[..., Page]:
    """``officer("mayor", width=360)``: a window of a persona of the home authority."""

    def of(key: str, width: int = DESK, **options: bool) -> Page:
        return login(home.people[key], width, **options)

    return of
