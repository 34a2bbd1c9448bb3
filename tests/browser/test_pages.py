"""Every page of ours, on a phone and on a desk: axe finds nothing, nothing sticks out, no English, a quiet console."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from ita_core import thai
from ita_core.models import User
from memos import checks
from memos.models import Report, SilencedCheck
from tests import reports
from tests.browser.touring import Tour
from tests.personas import PASSWORD, Authority
from workflows.models import State

Officer = Callable[..., Page]


@pytest.fixture
def org(home: Authority) -> str:
    return f"/o/{home.organisation.slug}/"


def place(org: str, report: Report, page: str = "") -> str:
    return f"{org}reports/{report.pk}/{page}"


def test_pages_of_the_account(
    visitor: Callable[..., Page], officer: Officer, login: Callable[..., Page], home: Authority
) -> None:
    tour, page = Tour("account"), visitor()
    tour.visit(page, "/accounts/login/", "login", "เข้าสู่ระบบ")
    page.locator("[name=login]").fill("mayor")
    page.locator("[name=password]").fill("ไม่ใช่รหัสผ่าน")
    page.locator("main button[type=submit]").click()
    tour.look(page, "login-wrong", "รหัสผ่าน")
    tour.visit(page, "/accounts/password/reset/", "reset", "ลืมรหัสผ่าน")
    page.locator("[name=email]").fill(home.people["mayor"].email)
    page.locator("main button[type=submit]").click()
    tour.look(page, "reset-sent", "อีเมล")
    tour.visit(page, _link_in_mail(page), "reset-new-password", "รหัสผ่านใหม่")
    page.locator("[name=password1]").fill("12345678")
    page.locator("[name=password2]").fill("87654321")
    page.locator("main button[type=submit]").click()
    tour.look(page, "reset-refused", "รหัสผ่าน")
    page.locator("[name=password1]").fill(PASSWORD + "ใหม่")
    page.locator("[name=password2]").fill(PASSWORD + "ใหม่")
    page.locator("main button[type=submit]").click()
    tour.look(page, "reset-done", "รหัสผ่าน")
    tour.visit(page, "/accounts/password/reset/key/1-bad-key/", "reset-bad-link", "ลิงก์")

    page = officer("section_head")
    tour.visit(page, "/accounts/password/change/", "change-password", "เปลี่ยนรหัสผ่าน")
    page.locator("[name=oldpassword]").fill("ไม่ใช่")
    page.locator("main button[type=submit]").click()
    tour.look(page, "change-password-refused", "รหัสผ่าน")
    tour.visit(page, "/accounts/logout/", "logout", "ออกจากระบบ")
    nobody = User.objects.create_user("nobody", "nobody@example.org", PASSWORD, full_name="นายว่าง ไร้ตำแหน่ง")
    tour.visit(login(nobody), "/", "no-authority", "ผู้ดูแลระบบ")
    tour.end(at_least=12)


def _link_in_mail(page: Page) -> str:
    found = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def test_lists_and_the_beginning_of_a_report(
    officer: Officer, home: Authority, org: str, forgive: Callable[[str], None]
) -> None:
    tour, page = Tour("lists"), officer("legal_officer")
    for tab in ("waiting", "mine", "returned", "done", "authority"):
        tour.visit(page, f"{org}?tab={tab}", f"inbox-{tab}-empty", "งานของฉัน")
    tour.visit(page, f"{org}archive/", "archive-empty", "ยังไม่มีรายงานที่ลงนามแล้ว")
    made = reports.in_every_state(home)
    for tab in ("mine", "returned", "done", "authority"):
        tour.visit(page, f"{org}?tab={tab}", f"inbox-{tab}", "ประจำปีงบประมาณ")
    head = officer("section_head")
    tour.visit(head, f"{org}?tab=waiting", "inbox-waiting", "ประจำปีงบประมาณ")
    tour.visit(officer("org_admin"), f"{org}?tab=authority", "inbox-authority-admin", "มอบให้ผู้อื่นจัดทำต่อ")
    tour.visit(officer("two_hats"), f"{org}", "inbox-two-authorities", "งานของฉัน")
    page.locator(".menu-end > summary").click()
    tour.look(page, "menu-open")
    tour.visit(page, f"{org}archive/", "archive", "ประจำปีงบประมาณ")
    year = made[State.MAYOR_SIGNED].fiscal_year
    _filter_archive(page, "9999")
    tour.look(page, "archive-nothing-found", "ไม่พบรายงานตามที่ค้นหา")
    tour.visit(page, f"{org}archive/?year={year}", "archive-filtered", "ประจำปีงบประมาณ")

    tour.visit(page, f"{org}reports/new/", "new", "เริ่มรายงานใหม่")
    forgive("400|409")
    page.locator("[name=fiscal_year]").fill("ปีนี้")
    page.locator("main button.btn-primary[type=submit]").click()
    tour.look(page, "new-refused", "ยังไม่ได้บันทึก")
    page.locator("[name=fiscal_year]").fill(str(year))
    page.locator("[name=assessed_year]").fill(str(year - 1))
    page.locator("[name=item]").select_option(str(made[State.MAYOR_SIGNED].item_id))
    page.locator("[name=period]").select_option(Report.Period.TWELVE_MONTHS)
    page.locator("main button.btn-primary[type=submit]").click()
    tour.look(page, "new-exists", "เปิดรายงานที่มีอยู่")
    tour.end(at_least=20)


def _filter_archive(page: Page, words: str) -> None:
    page.locator("main form[role=search] input").first.fill(words)
    page.locator("main form[role=search] button").click()


def test_the_editor(officer: Officer, home: Authority, org: str, forgive: Callable[[str], None]) -> None:
    forgive("400|409")
    tour, page = Tour("editor"), officer("legal_officer")
    draft = reports.begin(home)
    first = draft.sections.all()[0]
    memo, section = place(org, draft, "edit/"), place(org, draft, f"edit/sections/{first.pk}/")
    tour.visit(page, memo, "memo", "หัวบันทึก")
    page.get_by_role("button", name="เพิ่มสิ่งที่ส่งมาด้วย").click()
    expect(page.locator(".enclosure")).to_have_count(2)
    page.locator("[name='e0.pages']").fill("สิบ")
    page.locator(".enclosure .fault").wait_for()
    tour.look(page, "memo-fault", "จำนวนหน้าต้องเป็นตัวเลข")
    _post_whole(page)
    tour.look(page, "memo-refused", "ยังไม่ได้บันทึก")

    page = officer("legal_officer")
    tour.visit(page, section, "section", "แบบตาราง")
    page.locator("button[value='activity-delete-0-1']").click()
    page.locator("[data-desk-undo]").wait_for()
    tour.look(page, "section-row-deleted", "เลิกลบ")
    page.locator("[name='m0.c.measure']").fill("ก" * 20_001)
    page.locator(".cell-part > .fault").wait_for()
    tour.look(page, "section-fault", "เกินกว่าที่รับได้")
    _post_whole(page)
    tour.look(page, "section-refused", "ยังไม่ได้บันทึก")
    page = officer("legal_officer")
    # A page asks for news when it opens, and would learn of the change by it: here it has asked before.
    page.goto(section, wait_until="networkidle")
    Report.objects.of(home.organisation).filter(pk=draft.pk).update(revision=draft.revision + 50)
    _post_whole(page)
    tour.look(page, "section-stale", "จากหน้าต่างอื่น")
    tour.visit(page, place(org, draft, "edit/sections/"), "sections", "ส่วนที่มีอยู่")
    tour.visit(page, section + "delete/", "delete-section", "ลบส่วนนี้")
    tour.end(at_least=8)


def _post_whole(page: Page) -> None:
    """As without scripts: the form itself is posted, and comes back with what could not be saved."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.getElementById('editor-form').submit()")
    page.locator("#editor-form .notice-error[data-focus]").wait_for()


def test_checking_and_reading_a_report(officer: Officer, home: Authority, org: str) -> None:
    tour, page = Tour("report"), officer("legal_officer")
    draft = reports.begin(home)
    _without_findings(draft)
    tour.visit(page, place(org, draft, "check/"), "check", "ไม่พบข้อที่ต้องแก้ไข")
    draft.memo.subject = ""
    draft.memo.save(update_fields=["subject"])
    tour.visit(page, place(org, draft, "check/"), "check-findings", "ต้องแก้ก่อนเสนอ")
    for state, report in reports.in_every_state(home).items():
        tour.visit(page, place(org, report), state, "การดำเนินการ")
        if state == State.DEPUTY_APPROVED:
            tour.visit(officer("reader"), place(org, report), "read-by-a-reader", "การดำเนินการ")
    vacant = reports.in_state(home, State.DRAFTED)
    home.posts["section_head"].appointments.update(ends=thai.today() - datetime.timedelta(days=1))
    tour.visit(page, place(org, vacant), "vacant")
    tour.end(at_least=11)


def _without_findings(draft: Report) -> None:
    """The made-up rows have no results to speak of: the authority wants no advice."""
    SilencedCheck.objects.bulk_create(
        SilencedCheck(organisation=draft.organisation, rule=rule.slug)
        for rule in checks.RULES
        if not rule.always_on
    )


def test_deciding(officer: Officer, home: Authority, org: str, forgive: Callable[[str], None]) -> None:
    forgive("400|403|409")
    tour = Tour("decide")
    report = reports.in_state(home, State.DRAFTED)
    acting = officer("acting_head")
    tour.visit(acting, place(org, report, "decide/"), "acting-head", "รักษาราชการแทน")
    acting.get_by_role("button", name="ส่งคืนแก้ไข").or_(acting.locator("details.other summary")).first.click()
    acting.locator("button[value=send_back]").click()
    tour.look(acting, "reason-missing", "เหตุผล")
    head = officer("section_head")
    head.goto(place(org, report, "decide/"))
    reports.forward(home, report, "acting_head", "เพื่อโปรดพิจารณา")
    head.locator("#opinion").fill("ความเห็นที่พิมพ์ไว้ไม่หาย")
    head.locator("button[value=forward]").click()
    assert head.locator("#typed-opinion").input_value() == "ความเห็นที่พิมพ์ไว้ไม่หาย"
    tour.look(head, "conflict", "ข้อความที่ท่านพิมพ์ไว้")
    tour.visit(head, place(org, report, "decide/"), "not-mine", status=403)
    tour.visit(officer("clerk"), place(org, report, "decide/"), "clerk", "เห็นต่าง แล้วเสนอต่อ")
    reports.forward(home, report, "clerk", "เห็นควรนำเรียนเพื่อโปรดทราบ")
    mayor = officer("mayor")
    tour.visit(mayor, place(org, report, "decide/"), "mayor", "ไม่อนุมัติ")
    mayor.locator("a[href='#refuse']").click()
    mayor.locator("button[value=refuse]").click()
    tour.look(mayor, "refusal-unconfirmed", "ยืนยันว่าไม่อนุมัติ")
    tour.end(at_least=7)


def test_questions_and_refusals(
    officer: Officer, home: Authority, stranger: Authority, org: str, forgive: Callable[[str], None]
) -> None:
    forgive("40[0349]")
    tour, page = Tour("ask"), officer("legal_officer")
    sent, draft = reports.in_state(home, State.DRAFTED), reports.begin(home)
    tour.visit(page, place(org, sent, "recall/"), "recall", "ดึงเรื่องกลับ")
    tour.visit(page, place(org, sent, "withdraw/"), "withdraw", "ถอนเรื่อง")
    page.locator("main form button[type=submit]").click()
    tour.look(page, "withdraw-without-reason", "เหตุผล")
    tour.visit(page, place(org, draft, "hand-over/"), "hand-over", "มอบให้ผู้อื่นจัดทำต่อ")
    tour.visit(page, place(org, sent, "copy/"), "copy", "เริ่มรายงานปีถัดไปจากเรื่องนี้")
    tour.visit(page, place(org, draft, "discard/"), "discard", "ลบร่าง")
    tour.visit(page, place(org, sent, "edit/"), "closed", status=409)
    tour.visit(page, place(org, sent, "decide/"), "forbidden", status=403)
    tour.visit(officer("reader"), f"{org}reports/new/", "may-not-draft", status=403)
    tour.visit(page, f"/o/{stranger.organisation.slug}/", "stranger", status=404)
    tour.visit(page, "/nowhere/", "nowhere", status=404)
    tour.visit(officer("two_hats"), place(org, draft), "draft-of-another", status=403)
    tour.end(at_least=12)
