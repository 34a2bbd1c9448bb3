"""Every page of ours in every state, of the example authority, as pictures to look at: ``make screenshots``.

Nothing compares them. What is empty, refused or opened has its pictures in test_screenshots_corners.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from memos.models import Report
from tests import reports
from tests.browser import demo
from tests.browser.album import Album, address
from tests.personas import Authority
from workflows.models import State

pytestmark = pytest.mark.screenshots


Login = Callable[..., Page]


def test_lists(example: Authority, login: Login) -> None:
    album = Album("1-lists")
    album.visit(login(example.people["mayor"]), address("workflows:inbox"), "mayor-empty")
    demo.in_every_state(example)
    for key in ("legal_officer", "section_head", "clerk", "mayor", "org_admin"):
        page = login(example.people[key])
        page.goto(address("workflows:inbox"))
        tabs = page.locator(".tabs a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for tab in tabs:
            album.visit(page, address("workflows:inbox") + tab, f"{key}-{tab.split('=')[1]}")
    album.visit(login(example.people["reader"]), address("workflows:archive"), "archive")
    assert len(album.taken) > 20


@pytest.mark.parametrize("state", [*reports.EVERY_STATE, demo.AGAIN])
def test_a_report_in_every_state(example: Authority, login: Login, state: str) -> None:
    album, report = Album(f"2-report-{state}"), demo.in_every_state(example)[state]
    readers = ["legal_officer"] if state == State.WRITING else ["legal_officer", "clerk", "mayor"]
    for key in readers:
        album.visit(login(example.people[key]), address("workflows:report", report), key)


def test_deciding(example: Authority, login: Login, forgive: Callable[[str], None]) -> None:
    forgive("400")
    album, made = Album("3-decide"), demo.in_every_state(example)
    for key, state in [
        ("section_head", State.DRAFTED), ("section_head", demo.AGAIN), ("clerk", State.SECTION_HEAD_REVIEWED),
        ("mayor", State.DEPUTY_APPROVED),
    ]:  # fmt: skip
        page = login(example.people[key])
        album.visit(page, address("workflows:decide", made[state]), f"{key}-{state}")
    page.locator("[name=opinion]").fill("")
    page.locator("button[value=forward]").click()
    album.take(page, "without-opinion")
    page = login(example.people["clerk"])
    album.visit(page, address("workflows:ask_view", made[State.SECTION_HEAD_REVIEWED]), "ask-view")
    page = login(example.people["registrar"])
    album.visit(page, address("workflows:prepare", made[State.SECTION_HEAD_REVIEWED]), "prepare")
    page = login(example.people["deputy_clerk"])
    view = made[State.SECTION_HEAD_REVIEWED].approval.views.latest("pk")
    album.visit(
        page, address("workflows:give_view", made[State.SECTION_HEAD_REVIEWED], view=view.pk), "give-view"
    )


def test_writing(example: Authority, login: Login, forgive: Callable[[str], None]) -> None:
    forgive("400")
    album, made = Album("4-write"), demo.in_every_state(example)
    page, draft, returned = login(example.people["legal_officer"]), made[State.WRITING], made["returned"]
    album.visit(page, address("workflows:new"), "new")
    page.locator("[name=fiscal_year]").fill("ปีนี้")
    page.locator("main button.btn-primary[type=submit]").click()
    album.take(page, "new-refused")
    album.visit(page, address("memos:edit_memo", draft), "memo")
    for section in draft.sections.all():
        album.visit(
            page, address("memos:edit_section", draft, section=section.pk), f"section-{section.position}"
        )
    first = returned.sections.all()[0]
    album.visit(page, address("memos:edit_section", returned, section=first.pk), "section-with-remarks")
    album.visit(page, address("workflows:comments", returned), "comments")
    album.visit(page, address("memos:sections", draft), "sections")
    album.visit(
        page, address("memos:delete_section", draft, section=draft.sections.all()[0].pk), "delete-section"
    )
    album.visit(page, address("memos:import", draft), "import")
    album.visit(page, address("workflows:check", draft), "check")
    album.visit(page, address("workflows:check", returned), "check-returned")


def test_asking(example: Authority, login: Login) -> None:
    album, made = Album("5-ask"), demo.in_every_state(example)
    page = login(example.people["legal_officer"])
    for name, state in [
        ("recall", State.DRAFTED), ("withdraw", State.DRAFTED), ("hand_over", State.WRITING), ("copy", State.DRAFTED),
        ("discard", State.WRITING),
    ]:  # fmt: skip
        album.visit(page, address(f"workflows:{name}", made[state]), name)
    signed = made[State.MAYOR_SIGNED]
    album.visit(login(example.people["mayor"]), address("workflows:assign", signed), "assign")
    album.visit(login(example.people["registrar"]), address("workflows:circulate", signed), "circulate")
    errand = signed.approval.errands.earliest("pk")
    album.visit(page, address("workflows:acknowledge", signed, errand=errand.pk), "acknowledge")


def test_settings(example: Authority, login: Login) -> None:
    album, page = Album("6-settings"), login(example.people["org_admin"])
    for name in ("settings", "forms", "new_form", "templates", "checks_settings"):
        album.visit(page, address(f"memos:{name}"), name)


def test_refusals(
    example: Authority, login: Login, visitor: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    forgive: Callable[[str], None],
) -> None:  # fmt: skip
    forgive("40[01345]|409|429|503")
    album, page = Album("7-refusals"), login(example.people["legal_officer"])
    report = Report.objects.of(example.organisation).latest("pk")
    album.visit(page, "/nowhere/", "404", 404)
    album.visit(login(example.people["reader"]), address("workflows:new"), "403", 403)
    reports.submit(example, report)
    album.visit(page, address("memos:edit_memo", report), "409", 409)
    _post(page, address("workflows:report", report))
    album.take(page, "405")
    stranger = visitor()
    album.visit(stranger, "/accounts/login/", "login")
    for _try in range(8):
        stranger.goto("/accounts/login/")
        stranger.locator("[name=login]").fill("ppk-mayor")
        stranger.locator("[name=password]").fill("ไม่ใช่")
        stranger.locator("main button[type=submit]").click()
    album.take(stranger, "login-too-often")
    page.goto(address("workflows:new"))
    page.locator("[name=title]").fill("ข้อความที่พิมพ์ไว้")
    page.context.clear_cookies(name="sessionid")
    page.locator("main button.btn-primary[type=submit]").click()
    album.take(page, "401")
    note = tmp_path / "maintenance"
    note.write_text("เปิดให้ใช้อีกครั้งเวลา 13.30 น.", encoding="utf-8")
    monkeypatch.setattr(settings, "MAINTENANCE_FILE", note)
    album.visit(visitor(), "/", "503", 503)


def _post(page: Page, to: str) -> None:
    """What an old page would send."""
    page.goto("/accounts/logout/")
    page.evaluate(
        """to => {
            const form = document.querySelector("main form");
            form.action = to;
            HTMLFormElement.prototype.submit.call(form);
        }""",
        to,
    )
    page.wait_for_url(lambda url: url.endswith(to))
