"""The first page anybody sees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_page
from tests.personas import Authority


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_login_page(visitor: Callable[..., Page], width: int) -> None:
    page = visitor(width)
    page.goto("/accounts/login/")
    expect(page.locator("html")).to_have_attribute("lang", "th")
    expect(page.locator("[name=login]")).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_officer_logs_in_and_lands_at_the_work(
    officer: Callable[..., Page], home: Authority, width: int
) -> None:
    page = officer("section_head", width, by_form=True)
    expect(page).to_have_url(re.compile(f"/o/{home.organisation.slug}/"))
    check_page(page)


def test_the_wrong_password_is_told_in_words(visitor: Callable[..., Page], home: Authority) -> None:
    page = visitor()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("mayor")
    page.locator("[name=password]").fill("something else")
    page.locator("[name=password]").press("Enter")
    expect(page.locator("main")).to_contain_text("รหัสผ่าน")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    check_page(page)


def test_a_cookie_is_enough(officer: Callable[..., Page], home: Authority) -> None:
    page = officer("mayor")
    response = page.goto("/")
    assert response is not None
    assert response.status == 200
    assert f"/o/{home.organisation.slug}/" in page.url
