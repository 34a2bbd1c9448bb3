"""A year on stage: the example's people in their windows, a clock that is set, two providers, and a real worker."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from ita_core import thai
from ita_core.models import Job, User
from tests import clocks
from tests.browser.conftest import DESK, PHONE
from tests.browser.hands import Pointer
from tests.browser.staging import EXAMPLE, Stage, prove
from tests.browser.touring import PICTURES_ONLY, shoot
from tests.ita_core import listeners
from tests.ita_core.providers import Provider
from workflows import examples

DRAWN = ["render", "print", "seal"]
"""Work for LibreOffice, which would take a minute and has tests of its own."""
Told = Counter[tuple[str, str]]
"""(Login, first words of the title) → how often."""


@dataclass
class Year:
    """``at_desk`` and ``on_phone`` open a person's window at home; he logs in by the form, anew on another day."""

    visitor: Callable[..., Page]
    post: Provider
    line: Provider
    clock: pytest.MonkeyPatch = field(default_factory=pytest.MonkeyPatch)
    stages: dict[int, Stage] = field(default_factory=dict)

    def at_desk(self, login: str) -> Page:
        return self._enter(login, DESK)

    def on_phone(self, login: str) -> Page:
        return self._enter(login, PHONE)

    def _enter(self, login: str, width: int) -> Page:
        stage = self.stages.setdefault(width, Stage(self.visitor, width))
        page = stage.enter(f"ppk-{login}")
        if "/accounts/login/" in page.url:
            del stage.hands[f"ppk-{login}"]  # A session lasts a working day.
            page.context.close()
            page = stage.enter(f"ppk-{login}")
        return page

    def on(self, day: datetime.date, time: str = "09:00:00") -> None:
        self.clock.undo()
        clocks.run(self.clock, day, time)

    def today(self) -> None:
        """By the machine's own clock."""
        self.clock.undo()

    def look(self, page: Page, name: str) -> None:
        """Leaves a picture when pictures are wanted; else the page is Thai and no wider than its window."""
        width = page.viewport_size["width"] if page.viewport_size else DESK
        if PICTURES_ONLY:
            shoot(page, f"9-year-{name}", width)
        else:
            Stage.look(self.stages[width], page)


def reach_everybody() -> None:
    """Each by an address and a LINE number of his own, at any hour."""
    for user in User.objects.filter(username__startswith="ppk-"):
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])
        listeners.reachable(user, line_id=line_id(user))


def line_id(user: User) -> str:
    return f"U{user.pk:032x}"


def work() -> list[str]:
    """``manage.py worker --once`` as people start it; the kinds of what it did, in order. No office draws pages for it."""
    Job.objects.still_open().filter(kind__in=DRAWN).update(done_at=timezone.now())
    done = subprocess.run(
        [sys.executable, "manage.py", "worker", "--once", "--json"],
        cwd=settings.BASE_DIR, env=os.environ.copy(), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    failed = [one for one in said if one.get("outcome", "done") != "done"]
    assert not failed, failed
    return [one["kind"] for one in said if "kind" in one]


def came_to(provider: Provider, addresses: dict[str, str]) -> Told:
    """What a provider took, by number: under each one text, to whom, with which title."""
    assert {len(texts) for texts in provider.taken.values()} <= {1}, "one text under each number"
    assert set(provider.asked.values()) <= {1}, "nothing was handed over again"
    found: Told = Counter()
    for (text,) in provider.taken.values():
        to, title = text.split("\n")[:2]
        found[addresses[to], first_words(title)] += 1
    return found


def first_words(title: str) -> str:
    """Without the report's name, and without day and number."""
    return re.split("[:(๐-๙]", re.sub(" *“.*” *", " ", title))[0].strip()


def log_in(page: Page, username: str) -> None:
    """By the form that stands there, with where it leads to."""
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(examples.read(EXAMPLE, "people")["password"])
    page.locator("main button[type=submit]").first.click()


def choose_day(page: Page, name: str, day: datetime.date) -> None:
    page.locator(f"[name={name}_day]").fill(thai.to_thai_digits(str(day.day)))
    page.locator(f"[name={name}_month]").select_option(str(day.month))
    page.locator(f"[name={name}_year]").fill(thai.to_thai_digits(str(day.year + thai.BE_OFFSET)))


def endorse(page: Page, opinion: str = "") -> None:
    """On the open page of a decision: an opinion, the PIN that the page asks for, forward."""
    if opinion:
        page.get_by_label("ความเห็น", exact=True).fill(opinion)
    else:
        page.locator(".btn-preset").first.click()
    assert prove(Pointer(page)), "a second proof is asked for"
    page.get_by_role("button", name="ลงความเห็นและเสนอต่อ").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")


def box_saying(page: Page, words: str) -> Locator:
    page.locator(".measure-table textarea").first.wait_for()
    boxes = page.locator(".measure-table textarea")
    places = [place for place in range(boxes.count()) if words in boxes.nth(place).input_value()]
    return boxes.nth(places[0])
