"""Making a report public in the browser: what was found, the copy to look at, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.urls import reverse
from playwright.sync_api import Page, expect

from memos.models import Memo, Report
from memos.rendering import pages
from tests import reports
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.workflows import made_public
from tests.workflows.test_gate import NATIONAL_ID
from workflows.models import PublicDraft

Officer = Callable[..., Page]


def _signed(home: Authority) -> Report:
    report = reports.begin(home)
    memo = Memo.objects.of(home.organisation).get(report=report)
    memo.body += f"\nผู้ร้อง {NATIONAL_ID} โทร 081 234 5678"
    memo.save(update_fields=["body"])
    reports.submit(home, report)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    return report


def _drawn(sha256: str, organisation: int) -> None:
    """The worker's turn, in a thread of its own: the browser's has an event loop."""
    try:
        pages.render({"organisation": organisation, "sha256": sha256})
    finally:
        connections.close_all()


def test_from_what_was_found_to_what_is_withdrawn(
    officer: Officer, home: Authority, forgive: Callable[[str], None]
) -> None:
    forgive("400")
    tour, page, report = Tour("publishing"), officer("legal_officer"), _signed(home)
    place = {"org": home.organisation.slug, "pk": report.pk}
    tour.visit(page, reverse("workflows:publish", kwargs=place), "found", "ข้อมูลส่วนบุคคลที่พบ")
    phone = page.get_by_role("group", name="หมายเลขโทรศัพท์ “๐๘๑")
    phone.get_by_label("คงไว้ โดยมีเหตุผล").check()
    page.get_by_role("button", name="จัดทำสำเนาสาธารณะ").click()
    expect(page.locator("main")).to_contain_text("โปรดระบุเหตุผลที่คงข้อมูลนี้ไว้")
    tour.look(page, "no-reason")
    phone.get_by_label("เหตุผลที่คงไว้").fill("หมายเลขของสายด่วน")
    page.get_by_role("button", name="จัดทำสำเนาสาธารณะ").click()
    expect(page.locator("#public-copy")).to_contain_text("กำลังทำสำเนาสาธารณะ")
    draft = made_public.finished(PublicDraft.objects.of(home.organisation).get())
    assert draft.pdf is not None
    with ThreadPoolExecutor(1) as worker:
        worker.submit(_drawn, draft.pdf.sha256, home.organisation.pk).result()
    # The part of the page asks again by itself.
    expect(page.locator("#public-copy img")).to_have_count(1)
    tour.look(page, "to-look-at", "ตรวจดูแล้ว เผยแพร่เป็นฉบับที่ ๑")
    page.get_by_role("button", name="ตรวจดูแล้ว เผยแพร่เป็นฉบับที่ ๑").click()
    tour.look(page, "published", "สำเนานี้เผยแพร่แล้ว")
    tour.visit(page, reverse("workflows:report", kwargs=place), "report", "เผยแพร่แล้วที่")
    made_public.withdrawn(home, report)
    tour.visit(page, reverse("workflows:publish", kwargs=place), "withdrawn", "สำเนานี้เคยเผยแพร่และถอนแล้ว")
    tour.end(at_least=6)
