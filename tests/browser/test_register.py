"""The registers in a browser: a year with lines of every kind, the pages that write in it, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from memos.models import RegisterEntry
from tests import reports
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.workflows import numbered
from workflows import actions, numbering
from workflows.models import State

pytestmark = pytest.mark.browser


def _address(home: Authority, name: str, **rows: int) -> str:
    return reverse(f"workflows:{name}", kwargs={"org": home.organisation.slug, **rows})


def _fill(home: Authority) -> int:
    """A number in use, a void one, one of another office, reserved ones, a report that waits. Gives the register's key."""
    book = numbered.here(home)
    clerk = home.actor("registrar")
    first, second = (reports.in_state(home, State.MAYOR_SIGNED) for _ in range(2))
    numbered.number(home, first)
    actions.void_number(clerk, first.pk, reason="ลงทะเบียนผิดเล่ม")
    numbered.number(home, second)
    numbering.enter(clerk, book=book.pk, line=numbered.PAPER)
    numbering.reserve(clerk, book=book.pk, count=2, reason="คำสั่งด่วนที่ยังรอลงนาม")
    return book.pk


def test_the_registers_pages(officer: Callable[..., Page], home: Authority) -> None:
    tour, page, book = Tour("register"), officer("registrar"), _fill(home)
    tour.visit(page, _address(home, "register"), "year", "ลงทะเบียนผิดเล่ม")
    tour.visit(page, _address(home, "register") + "?all=1", "whole-year")
    tour.visit(page, _address(home, "register") + "?text=zzz", "nothing-found", "ไม่พบเลข")
    tour.visit(page, _address(home, "register_enter", register=book), "enter")
    tour.visit(page, _address(home, "register_reserve", register=book), "reserve")
    line = RegisterEntry.objects.of(home.organisation).get(subject=numbered.PAPER.subject)
    tour.visit(page, _address(home, "register_void", register=book, entry=line.pk), "void")
    tour.visit(page, _address(home, "register_remark", register=book, entry=line.pk), "remark")
    waits = reports.in_state(home, State.DRAFTED)
    tour.visit(page, _address(home, "number", pk=waits.pk), "number-here", "เลขถัดไป")
    numbered.book(home, numbering="book")
    tour.visit(page, _address(home, "number", pk=waits.pk), "number-of-the-book", "สมุดทะเบียน")
    numbered.number(home, waits, "47")
    tour.visit(page, _address(home, "report", pk=waits.pk), "report-with-number", "ที่ สม ๗๑๐๐๑/๔๗")
    tour.visit(page, _address(home, "void_number", pk=waits.pk), "void-number")
    tour.end(at_least=11)


def test_a_number_without_scripts_and_by_the_keyboard(officer: Callable[..., Page], home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    page = officer("registrar", 360, scripts=False)
    page.goto(_address(home, "register"))
    page.locator(".register-waiting .btn").first.focus()
    page.keyboard.press("Enter")
    page.locator("[name=typed]").fill("๑๒")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(_address(home, "report", pk=report.pk)))
    assert "ที่ สม ๗๑๐๐๑/๑๒" in page.locator("main").inner_text().replace("\u00a0", " ")


def test_a_year_is_printed_without_boxes_and_buttons(officer: Callable[..., Page], home: Authority) -> None:
    _fill(home)
    page = officer("registrar")
    page.goto(_address(home, "register") + "?all=1")
    page.emulate_media(media="print")
    assert page.locator(".register-table").is_visible()
    assert page.locator(".row-tools").count() == 0
    for hidden in (".filters", ".register-waiting", ".site-head"):
        assert not page.locator(hidden).first.is_visible(), hidden
