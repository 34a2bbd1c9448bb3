"""Pictures of what is empty, refused, opened or unusual: the rest of ``make screenshots``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from memos import exporting
from memos.models import FormVersion, Report
from tests import reports
from tests.browser import demo
from tests.browser.album import Album, address
from tests.memos import wordfiles as word
from tests.memos.import_steps import tsv
from tests.memos.sample import CONTENT
from tests.personas import Authority
from workflows.models import State

pytestmark = pytest.mark.screenshots
Login = Callable[..., Page]
Forgive = Callable[[str], None]
MAIN = "main .offers .btn:first-child"


def test_empty_lists(example: Authority, login: Login) -> None:
    album = Album("9-empty")
    for key in ("mayor", "section_head"):
        for tab in ("waiting", "mine", "returned", "asked", "done", "authority"):
            album.visit(
                login(example.people[key]), address("workflows:inbox") + f"?tab={tab}", f"{key}-{tab}"
            )
    page = login(example.people["reader"])
    album.visit(page, address("workflows:archive"), "archive")
    album.visit(page, address("workflows:archive") + "?text=ไม่มีคำนี้", "archive-nothing-found")
    album.visit(login(example.people["mayor"]), address("workflows:decide_many"), "decide-many")


def test_deciding_otherwise(example: Authority, login: Login, forgive: Forgive) -> None:
    forgive("400|409")
    album, made = Album("9-decide"), demo.in_every_state(example)
    page = login(example.people["section_head"])
    album.visit(page, address("workflows:decide_many"), "many")
    page.locator(".form-check-input").first.check()
    page.locator(".action-bar .btn-primary").click()
    album.take(page, "many-without-words")
    page.goto(address("workflows:decide", made[State.DRAFTED]))
    page.locator(".action-bar a[href='#send-back']").click()
    album.take(page, "send-back-open")
    page.locator("button[value=send_back]").click()
    album.take(page, "send-back-without-reason")
    page.locator("[name=reason]").fill("ขาดหลักฐานของกิจกรรมที่ ๒")
    reports.forward(example, made[State.DRAFTED], "section_head")
    page.locator("button[value=send_back]").click()
    album.take(page, "already-decided")
    page = login(example.people["mayor"])
    page.goto(address("workflows:decide", made[State.DEPUTY_APPROVED]))
    page.locator(".action-bar a[href='#refuse']").click()
    album.take(page, "refuse-open")
    page.locator("button[value=refuse]").click()
    album.take(page, "refuse-without-reason")


def test_asked_wrongly(example: Authority, login: Login, forgive: Forgive) -> None:
    forgive("400|409")
    album, made = Album("9-ask"), demo.in_every_state(example)
    page, clerk = login(example.people["legal_officer"]), login(example.people["clerk"])
    for name, state in [
        ("withdraw", State.DRAFTED),
        ("hand_over", State.WRITING),
        ("assign", State.MAYOR_SIGNED),
    ]:
        page.goto(address(f"workflows:{name}", made[state]))
        page.locator(MAIN).click()
        album.take(page, f"{name}-refused")
    clerk.goto(address("workflows:ask_view", made[State.SECTION_HEAD_REVIEWED]))
    clerk.locator(MAIN).click()
    album.take(clerk, "ask-view-refused")
    page.goto(address("workflows:report", made[State.DRAFTED]))
    page.locator(".reminder summary").click()
    album.take(page, "reminder-open")
    album.visit(page, address("workflows:recall", made[State.SECTION_HEAD_REVIEWED]), "recall-too-late", 409)
    page.goto(address("workflows:comments", made["returned"]))
    page.locator("[name=answer]").first.fill("แก้ไขตามประกาศแล้ว")
    page.locator("button[value=resolve]").first.click()
    album.take(page, "one-remark-answered")


def test_writing_otherwise(example: Authority, login: Login, forgive: Forgive, tmp_path: Path) -> None:
    forgive("400|409")
    album, page = Album("9-write"), login(example.people["legal_officer"])
    draft = Report.objects.of(example.organisation).latest("pk")
    album.visit(page, address("memos:co_drafters", draft), "people")
    album.visit(page, address("workflows:preview_pages", draft), "preview")
    page.goto(address("memos:edit_memo", draft))
    page.locator("details.phrases > summary").click()
    album.take(page, "phrases-open")
    page.goto(address("memos:import", draft))
    page.locator("main button.btn-primary[type=submit]").click()
    album.take(page, "import-refused")
    page.locator("[name=pasted]").fill(
        tsv(head=["ลำดับ", "เรื่องที่ทำ", "วิธีดำเนิน", "ใครทำ", "เวลา", "ผลการดำเนินการ"])
    )
    page.locator("main button.btn-primary[type=submit]").click()
    album.take(page, "import-unsure")
    file = tmp_path / "ตารางมาตรการ.json"
    file.write_bytes(exporting.as_json(CONTENT))
    page.goto(address("memos:import", draft))
    page.locator("[name=file]").set_input_files(file)
    page.locator("main button.btn-primary[type=submit]").click()
    album.take(page, "import-own-file")


def test_settings_otherwise(example: Authority, login: Login, forgive: Forgive) -> None:
    forgive("400")
    album, page = Album("9-settings"), login(example.people["org_admin"])
    form = FormVersion.objects.filter(organisation=None).earliest("pk")
    for name in ("form", "edit_form"):
        album.visit(page, address(f"memos:{name}", form=form.pk), name)
    page.goto(address("memos:new_form"))
    page.locator("button[value=save]").click()
    album.take(page, "new-form-refused")
    page.goto(address("memos:templates"))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for name, data in [
        ("refused", word.with_xml(word.shipped("memo"), "{{เรื่อง}}", "เรื่อง")),
        ("sent", word.shipped("memo")),
    ]:
        page.locator("#id_memo-file").set_input_files(
            {"name": "แม่แบบ.docx", "mimeType": kind, "buffer": data}
        )
        page.get_by_role("button", name="ส่งแม่แบบ บันทึกข้อความ").click()
        album.take(page, f"template-{name}")
    page.goto(address("memos:checks_settings"))
    page.locator("main button.btn-primary").click()
    album.take(page, "checks-saved")


def test_the_account_and_what_is_too_big(
    example: Authority, login: Login, visitor: Login, forgive: Forgive, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgive("400|413|429")
    album, guest, page = Album("9-account"), visitor(), login(example.people["legal_officer"])
    album.visit(guest, "/accounts/password/reset/", "reset")
    guest.locator("[name=email]").fill("nobody@example.org")
    guest.locator("main button[type=submit]").click()
    album.take(guest, "reset-sent")
    album.visit(guest, "/accounts/signup/", "signup-closed")
    album.visit(page, "/accounts/logout/", "logout")
    album.visit(page, "/accounts/password/change/", "change")
    page.locator("main button[type=submit]").click()
    album.take(page, "change-refused")
    page.goto(address("workflows:inbox"))
    page.locator(".menu-end > summary").click()
    album.take(page, "menu-open")
    page.goto(address("workflows:new"))
    page.locator("[name=title]").fill("ยาว" * 500)
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 100)
    page.locator("main button.btn-primary[type=submit]").click()
    album.take(page, "413")
