"""No page is forgotten: each address of the table of access that answers with a page is looked at, tours or no tours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from memos.models import Report
from tests import reports
from tests.access_table import TABLE
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.test_access import addresses, client_of
from tests.workflows import asked
from workflows import actions
from workflows.models import State

# Looked at in their states by test_pages.py, test_forms.py, test_templates.py, test_import.py, test_checks.py.
TOURED = {
    "notices:notices", "notices:preferences", "notices:ways_out",  # by test_notices.py
    "home", "memos:checks_settings", "memos:delete_section", "memos:edit_form", "memos:edit_memo",
    "memos:edit_section", "memos:form", "memos:forms", "memos:import", "memos:import_mapping", "memos:new_form",
    "memos:sections", "memos:settings", "memos:template_draft", "memos:templates", "workflows:archive",
    "workflows:check", "workflows:copy", "workflows:decide", "workflows:discard", "workflows:hand_over",
    "workflows:inbox", "workflows:new", "workflows:recall", "workflows:report", "workflows:withdraw",
    # By test_first_hour.py.
    "first:authority", "first:forms", "first:look", "first:people", "first:ready", "first:route", "first:trial",
    "first:units",
}  # fmt: skip
STATES = [State.SECTION_HEAD_REVIEWED, reports.RETURNED, State.MAYOR_SIGNED, State.WRITING]

Officer = Callable[..., Page]


def pages(home: Authority) -> Iterator[tuple[str, str, str]]:
    """(name, address, who may open it): once each, in the first state that has it."""
    found: set[str] = set(TOURED)
    for state in STATES:
        report = reports.in_state(home, state)
        for name, address in addresses(home, report).items():
            who = next((key for key in home.people if TABLE[name](state, key) == 200), None)
            if name not in found and who and _is_page(client_of(home.people[who]), address):
                found.add(name)
                yield name, address, who


def _is_page(client: Client, address: str) -> bool:
    """Whole, not a file and not a piece that another page asks for."""
    answer = client.get(address)
    whole = not answer.streaming and b"<main" in answer.content
    answer.close()
    return whole


def test_every_page(officer: Officer, home: Authority) -> None:
    tour, windows = Tour("every"), dict[str, Page]()
    for name, address, who in list(pages(home)):
        page = windows[who] = windows.get(who) or officer(who)
        tour.visit(page, address, name.replace(":", "-"))
    tour.end(at_least=8)
    assert set(TABLE) >= TOURED


def test_what_stands_beside_the_decision_and_after_it(officer: Officer, home: Authority) -> None:
    tour, page = Tour("beside"), officer("legal_officer")
    org = f"/o/{home.organisation.slug}/"
    returned = reports.in_state(home, State.DRAFTED)
    (remark,) = asked.sent_back(home, returned, ("memo.subject", "ปีไม่ตรงกับเนื้อความ"))
    tour.visit(page, _place(org, returned), "returned-with-remarks", "ปีไม่ตรงกับเนื้อความ")
    tour.visit(page, _place(org, returned, "comments/"), "comments", "ปีไม่ตรงกับเนื้อความ")
    tour.visit(page, _place(org, returned, "edit/"), "memo-with-remarks")
    actions.resolve_comment(
        home.actor("legal_officer"), returned.pk, comment=remark.pk, answer="แก้ตามประกาศแล้ว"
    )
    tour.visit(page, _place(org, returned), "returned-answered", "แก้ตามประกาศแล้ว")

    waiting = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    asked.ask_view(home, waiting)
    tour.visit(page, _place(org, waiting), "waiting-for-a-view", "รอความเห็นของ")
    page.locator(".reminder summary").click()
    tour.look(page, "reminder")
    tour.visit(officer("clerk"), _place(org, waiting, "decide/"), "decide-with-a-view")

    signed = reports.in_state(home, State.MAYOR_SIGNED)
    errand = asked.assign(home, signed)
    tour.visit(page, _place(org, signed), "order-open", "ยังไม่รับทราบ")
    tour.visit(officer("reader"), f"{org}?tab=asked", "inbox-asked")
    actions.acknowledge(home.actor("reader"), signed.pk, errand=errand.pk)
    tour.visit(page, _place(org, signed), "order-acknowledged", "รับทราบครบทุกคนแล้ว")
    tour.end(at_least=10)


def _place(org: str, report: Report, page: str = "") -> str:
    return f"{org}reports/{report.pk}/{page}"


def test_pages_that_say_no_without_the_usual_frame(
    visitor: Callable[..., Page],
    officer: Officer,
    home: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    forgive: Callable[[str], None],
) -> None:
    forgive("503|500|413")
    tour, page, note = Tour("closed"), visitor(), tmp_path / "maintenance"
    note.write_text("เปิดให้ใช้อีกครั้งเวลา 13.30 น.", encoding="utf-8")
    monkeypatch.setattr(settings, "MAINTENANCE_FILE", note)
    tour.visit(page, "/", "maintenance", "ปิดปรับปรุงระบบชั่วคราว", status=503)
    note.unlink()

    def broken(*_given: object) -> None:
        raise RuntimeError("a page that fails")

    monkeypatch.setattr("workflows.views.archive.render", broken)
    page = officer("legal_officer")
    org = f"/o/{home.organisation.slug}/"
    tour.visit(page, f"{org}archive/", "failed", "ระบบขัดข้อง", status=500)
    page.goto(f"{org}reports/new/")
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 100)
    page.locator("[name=title]").fill("ก" * 200)
    page.locator("main button.btn-primary[type=submit]").click()
    tour.look(page, "too-large", "ใหญ่เกินไป")
    tour.end(at_least=3)


def test_the_reminder_is_copied_by_one_button(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("legal_officer")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(_place(f"/o/{home.organisation.slug}/", report))
    page.locator(".reminder summary").click()
    page.get_by_role("button", name="คัดลอกข้อความ").click()
    page.get_by_text("คัดลอกแล้ว").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#reminder").input_value()
    assert copied.startswith("เรียน หัวหน้าสำนักปลัด\n")


def test_without_scripts_the_reminder_can_be_selected(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    page = officer("legal_officer", scripts=False)
    page.goto(_place(f"/o/{home.organisation.slug}/", report))
    page.locator(".reminder summary").click()
    assert page.locator("#reminder").input_value().startswith("เรียน ")
    assert not page.get_by_role("button", name="คัดลอกข้อความ").is_visible()
