"""The eyes see: what looking.py and the console watch are there to find is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Screens
from tests.browser.looking import check_axe, check_dark, check_fits, check_marks
from tests.browser.touring import check_thai

GOOD = "<!doctype html><html lang=th><title>หน้า</title><main><h1>หัวเรื่อง</h1>{}</main></html>"


def test_axe_names_the_rule_and_the_place(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.set_content(GOOD.format("<p>ข้อความ</p>"))
    check_axe(page)
    page.set_content(GOOD.format("<img id=unnamed src='data:,'>"))
    with pytest.raises(AssertionError, match=r"(?s)image-alt.*#unnamed"):
        check_axe(page)


def test_a_page_that_is_too_wide_is_found(visitor: Callable[..., Page]) -> None:
    page = visitor(PHONE)
    page.set_content(GOOD.format("<p>ข้อความ</p>"))
    check_fits(page)
    page.set_content(GOOD.format("<div class=broad style='width:500px'>ข้อความ</div>"))
    with pytest.raises(AssertionError, match=r"div\.broad"):
        check_fits(page)


def test_english_words_and_arabic_digits_are_found(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.set_content(GOOD.format("<p>รายงาน ITA ข้อ O43 ปี ๒๕๖๕ (.docx)</p><textarea>ปี 2565</textarea>"))
    check_thai(page)
    page.set_content(GOOD.format("<p>ปี 2565</p><button>Save</button>"))
    with pytest.raises(AssertionError, match=r"2565, Save"):
        check_thai(page)


def test_the_console_is_heard(visitor: Callable[..., Page], screens: Screens) -> None:
    page = visitor()
    page.set_content(GOOD.format("<script>console.error('heard this'); undefined_name()</script>"))
    page.wait_for_timeout(200)
    heard = "\n".join(screens.unforgiven())
    assert "heard this" in heard
    assert "undefined_name" in heard
    screens.forgiven += ["heard this", "undefined_name"]
    assert not screens.unforgiven()


def test_what_the_policy_forbids_is_heard(visitor: Callable[..., Page], screens: Screens) -> None:
    page = visitor()
    page.goto("/accounts/login/")
    page.evaluate("""() => {
        const own = document.createElement("style");
        own.textContent = "p { color: red }";
        document.head.append(own);
    }""")
    page.wait_for_timeout(200)
    heard = screens.unforgiven()
    assert len(heard) == 1
    assert "Content Security Policy" in heard[0]
    screens.forgiven.append("Content Security Policy")


def test_the_dark_is_looked_at_and_left_again(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.goto("/accounts/login/")
    check_axe(page)
    check_dark(page)
    page.evaluate("""() => {
        document.querySelector("h1").style.setProperty("color", "#14315c");
    }""")
    check_axe(page)
    with pytest.raises(AssertionError, match=r"(?s)color-contrast.*page-title"):
        check_dark(page)
    assert page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")


def test_a_page_without_dark_colours_is_found(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.set_content(GOOD.format("<p>ข้อความ</p>"))
    with pytest.raises(AssertionError, match="is not dark"):
        check_dark(page)


def test_lines_that_cut_marks_are_found(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.set_content(
        GOOD.format("<p style='line-height:1.7'>ที่นี่</p>").replace("<h1>", "<h1 style='line-height:1.5'>")
    )
    check_marks(page)
    low = "<p class=low style='line-height:1.1'>ที่นี่</p>"
    page.set_content(GOOD.format(low).replace("<h1>", "<h1 style='line-height:1.5'>"))
    with pytest.raises(AssertionError, match=r"p\.low: lines of 1\.10"):
        check_marks(page)
    cut = "<p class=cut style='line-height:1.7;height:1em;overflow:hidden'>ที่นี่</p>"
    page.set_content(GOOD.format(cut).replace("<h1>", "<h1 style='line-height:1.5'>"))
    with pytest.raises(AssertionError, match=r"p\.cut: cut off"):
        check_marks(page)
