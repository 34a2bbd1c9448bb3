"""The final file in the browser: being made, given up, there with its pages; the code on its page of evidence is read."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import zxingcpp
from django.db import connections
from PIL import Image
from playwright.sync_api import Page

from ita_core.outbox import Job
from memos.rendering import office, pages
from tests import reports
from tests.browser.touring import Tour
from tests.personas import Authority
from workflows import proofs, sealed
from workflows.models import Act

Officer = Callable[..., Page]


def _made() -> None:
    """The worker's turn, in a thread of its own: the browser's has an event loop, and what seals wants none."""
    try:
        sealed.make(Job.objects.get(kind=sealed.KIND).payload)
        for job in Job.objects.filter(kind=pages.KIND):
            pages.render(job.payload)
    finally:
        office.of_this_process().close()
        connections.close_all()


@pytest.mark.rendering
def test_from_the_order_to_the_pages(officer: Officer, home: Authority) -> None:
    report = reports.in_state(home, "mayor_signed")
    act = report.approval.acts.get(kind=Act.Kind.SIGN)
    org = f"/o/{home.organisation.slug}/"
    address = f"{org}reports/{report.pk}/acts/{act.pk}/final/"
    tour, page = Tour("final"), officer("mayor")
    tour.visit(page, address, "being-made", "กำลังทำไฟล์ PDF ฉบับสมบูรณ์")
    jobs = Job.objects.filter(kind=sealed.KIND)
    jobs.update(given_up_at=datetime.datetime.now(datetime.UTC))
    tour.visit(page, address, "given-up", "ระบบลองทำแล้วไม่สำเร็จ")
    page.get_by_role("button", name="สั่งทำไฟล์ฉบับสมบูรณ์อีกครั้ง").click()
    tour.look(page, "ordered-again", "กำลังทำไฟล์ PDF ฉบับสมบูรณ์")

    with ThreadPoolExecutor(1) as worker:
        worker.submit(_made).result()
    tour.visit(page, address, "there", proofs.code_of(act))
    tour.visit(page, f"{org}reports/{report.pk}/", "on-the-report", "ดูหน้าและหลักฐาน")
    tour.visit(page, f"{org}archive/", "in-the-archive", "ฉบับสมบูรณ์")

    page.goto(address)
    last = page.locator(".page-strip a").last.get_attribute("href")
    assert last is not None
    with Image.open(io.BytesIO(page.request.get(last).body())) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    tour.end(6)
    assert found.text.endswith(f"/v/{proofs.code_of(act)}")
