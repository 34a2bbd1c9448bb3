"""A list of reports to be destroyed in the browser, without scripts too, and what is left of a report afterwards."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from memos.models import Report
from tests import reports
from tests.browser import looking
from tests.browser.conftest import DESK, PHONE
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.workflows import disposed
from workflows import actions, proofs, retention
from workflows.disposed import DisposalList
from workflows.models import Act, State

Officer = Callable[..., Page]


def _at(home: Authority, *rest: object) -> str:
    return "/".join([f"/o/{home.organisation.slug}", *map(str, rest), ""])


def _proof(page: Page, act: Act, expected: str) -> None:
    """Codes and commands on it are Latin on purpose, so it is no part of the tour."""
    page.goto(f"/v/{proofs.code_of(act)}")
    page.get_by_role("heading", name=expected).wait_for()
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        looking.check_fits(page)
        looking.check_axe(page)


def test_from_a_list_to_what_is_left(officer: Officer, visitor: Officer, home: Authority) -> None:
    tour = Tour("disposal")
    gone, kept = disposed.past(home), disposed.past(home)
    act = gone.approval.acts.get(kind=Act.Kind.SIGN)
    registrar, mayor = officer("registrar"), officer("mayor")
    tour.visit(registrar, _at(home, "disposals"), "none", "ยังไม่มีบัญชี")
    tour.visit(registrar, _at(home, "disposals", "new"), "new", "ประธานกรรมการ")
    for number, key in enumerate(disposed.COMMITTEE, 1):
        registrar.locator(f"[name=member{number}]").select_option(str(home.people[key].pk))
    registrar.get_by_role("button", name="จัดทำบัญชี").click()
    registrar.get_by_role("heading", name="บัญชีหนังสือขอทำลายที่").wait_for()
    tour.look(registrar, "drawn-up", "ยังไม่ลงความเห็น")
    found = DisposalList.objects.of(home.organisation).get()
    judge = officer("clerk")
    tour.visit(judge, _at(home, "disposals", found.pk, "judge"), "judge", "เห็นควรทำลาย")
    disposed.judge(home, found, keep=[kept])
    tour.visit(registrar, _at(home, "disposals", found.pk, "answer"), "answer", "ขอสงวนไว้")
    disposed.answer(home, found)
    tour.visit(mayor, _at(home, "disposals", found.pk), "to-approve", "เรียกคืนไม่ได้")
    mayor.get_by_label("อ่านบัญชีแล้ว").check()
    mayor.get_by_role("button", name="อนุมัติและทำลาย").click()
    mayor.get_by_text("อนุมัติและทำลายตามบัญชีแล้ว").wait_for()
    tour.look(mayor, "approved", "บัญชีที่อนุมัติ")
    assert disposed.approval_of(home, gone).state == State.DISPOSED
    tour.visit(registrar, _at(home, "disposals"), "lists", "อนุมัติและทำลายแล้ว")
    tour.visit(mayor, _at(home, "reports", gone.pk), "destroyed-report", "ทำลายแล้วตามบัญชี")
    _proof(visitor(), act, "เคยเป็นเอกสารแท้")
    retention.hold(home.actor("registrar"), kept.pk, reason="คดีปกครอง")
    tour.visit(registrar, _at(home, "reports", kept.pk), "held", "ระงับการทำลาย")
    tour.end(at_least=10)


def test_a_correction(officer: Officer, visitor: Officer, home: Authority) -> None:
    tour, page = Tour("correction"), officer("legal_officer", scripts=False)
    report = reports.in_state(home, State.MAYOR_SIGNED)
    old = report.approval.acts.get(kind=Act.Kind.SIGN)
    page.goto(_at(home, "reports", report.pk))
    page.get_by_role("link", name="แก้ไขเป็นฉบับใหม่").click()
    page.get_by_label("เหตุผลที่แก้ไข").fill("ผลของข้อ ๓ คลาดเคลื่อน")
    page.get_by_role("button", name="สร้างร่างฉบับแก้ไข").click()
    page.get_by_text("สร้างร่างฉบับแก้ไขแล้ว").wait_for()
    draft = Report.objects.of(home.organisation).get(corrects=report)
    window = officer("legal_officer")
    tour.visit(window, _at(home, "reports", report.pk), "under-way", "กำลังจัดทำฉบับแก้ไข")
    tour.visit(window, _at(home, "reports", draft.pk), "draft", "ฉบับเดิมใช้อยู่จนกว่า")
    reports.submit(home, draft)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, draft, key)
    tour.visit(window, _at(home, "reports", report.pk), "corrected", "มีฉบับแก้ไขแทนแล้ว")
    tour.visit(window, _at(home, "archive"), "archive", "ฉบับแก้ไข")
    _proof(visitor(), old, "มีฉบับแก้ไขแทนแล้ว")
    assert actions.correct(home.actor("clerk"), draft.pk, reason="แก้อีก").corrects_id == draft.pk
    tour.end(at_least=4)
