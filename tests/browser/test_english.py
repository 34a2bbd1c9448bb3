"""English words are longer than Thai ones: the pages must still fit a telephone, and the switch must stay in reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_page
from tests.personas import Authority
from tests.test_access import addresses
from workflows.models import State


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_english_pages_fit(officer: Callable[..., Page], site: str, home: Authority, width: int) -> None:
    waiting = addresses(home, reports.in_state(home, State.DRAFTED))
    draft = addresses(home, reports.in_state(home, State.WRITING))
    page = officer("section_head", width)
    page.goto(waiting["workflows:inbox"])
    page.locator("summary").filter(has_text=home.people["section_head"].full_name).click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visited = [
        ("section_head", waiting[f"workflows:{name}"]) for name in ("inbox", "decide", "report", "archive")
    ]
    visited += [
        ("legal_officer", draft[name])
        for name in ("memos:edit_memo", "memos:edit_section", "workflows:check")
    ]
    windows = {"section_head": page}
    for key, address in visited:
        page = windows[key] = windows.get(key) or officer(key, width)
        page.context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        check_page(page)
