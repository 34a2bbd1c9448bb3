"""The pages for everybody, in a browser of somebody who has no login: asked by a code, by a file, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from ita_core import thai
from memos import archive
from tests import reports
from tests.browser import looking
from tests.browser.conftest import DESK, PHONE
from tests.browser.touring import PICTURES_ONLY, Tour, shoot_in_both_lights
from tests.faults import alterations
from tests.personas import Authority
from workflows import proofs, publishing_heads
from workflows.models import Act, State

Visitor = Callable[..., Page]


def last_set(home: Authority, state: str) -> Act:
    act = reports.in_state(home, state).approval.acts.filter(document_set__isnull=False).last()
    assert act is not None
    return act


def look(page: Page, name: str) -> None:
    """Codes and hashes are Latin on purpose, so the page is not asked to be Thai alone."""
    page.wait_for_load_state()
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES_ONLY:
            shoot_in_both_lights(page, f"9-proof-{name}", width)
            continue
        looking.check_fits(page)
        looking.check_marks(page)
        looking.check_axe(page)
        looking.check_dark(page)
    if not PICTURES_ONLY:
        page.set_viewport_size({"width": PHONE, "height": 900})
        looking.check_targets(page)


def test_whoever_holds_the_paper_asks_by_its_code(home: Authority, visitor: Visitor) -> None:
    act = last_set(home, State.MAYOR_SIGNED)
    page = visitor()
    page.goto("/v/")
    look(page, "ask")
    page.get_by_label("รหัสตรวจสอบ").fill(proofs.code_of(act).lower().replace("-", " "))
    page.get_by_role("button", name="ตรวจรหัส").click()
    page.get_by_role("heading", name="เอกสารแท้ ฉบับลงนามแล้ว").wait_for()
    assert page.url.endswith(f"/v/{proofs.code_of(act)}")
    look(page, "signed")
    page.get_by_role("button", name="English").or_(page.get_by_role("link", name="English")).first.click()
    page.locator("html[lang=en]").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_has_the_file_drops_it(
    home: Authority, visitor: Visitor, tmp_path: Path, scripts: bool
) -> None:
    act = last_set(home, State.MAYOR_SIGNED)
    assert act.document_set is not None
    memo = tmp_path / "memo.docx"
    memo.write_bytes(archive.read(act.document_set.memo))
    page = visitor(scripts=scripts)
    for data, heading in ((b"", "เอกสารแท้ ฉบับลงนามแล้ว"), (b" ", "ระบบไม่รู้จักไฟล์นี้")):
        memo.write_bytes(memo.read_bytes() + data)
        page.goto("/v/")
        page.get_by_label("ไฟล์ที่ได้รับ").set_input_files(memo)
        page.get_by_role("button", name="ตรวจไฟล์").click()
        page.get_by_role("heading", name=heading).wait_for()
    if scripts:
        look(page, "unknown-file")


def test_every_other_verdict(home: Authority, visitor: Visitor, forgive: Callable[[str], None]) -> None:
    forgive("404")
    page = visitor()
    for state, name in ((State.DEPUTY_APPROVED, "on-its-way"), (State.REFUSED, "void")):
        page.goto(f"/v/{proofs.code_of(last_set(home, state))}")
        look(page, name)
    signed = last_set(home, State.MAYOR_SIGNED)
    first = signed.approval.acts.filter(document_set__isnull=False).earliest("sequence")
    page.goto(f"/v/{proofs.code_of(first)}")
    look(page, "superseded")
    page.get_by_role("link", name=proofs.code_of(signed)).click()
    page.get_by_role("heading", name="เอกสารแท้ ฉบับลงนามแล้ว").wait_for()
    page.goto("/v/0000")
    look(page, "unknown-code")
    assert signed.document_set is not None
    alterations.path_of(signed.document_set.memo).write_bytes(b"?")
    page.goto(f"/v/{proofs.code_of(signed)}")
    page.get_by_role("heading", name="ไม่ตรงกับที่บันทึกเมื่อลงนาม").wait_for()
    look(page, "damaged")


def test_the_heads_and_the_way_to_them(home: Authority, stranger: Authority, visitor: Visitor) -> None:
    page = visitor()
    page.goto("/heads/")
    look(page, "heads-none")
    for place in (home, stranger):
        reports.in_state(place, State.DRAFTED)
    publishing_heads.publish()
    page.goto("/v/")
    page.get_by_role("link", name="ค่าปลายสายโซ่ที่เผยแพร่รายวัน").click()
    page.get_by_role("heading", name="ไฟล์ของแต่ละวัน").wait_for()
    look(page, "heads")
    answer = page.request.get(f"/heads/{thai.today().isoformat()}.json")
    assert len(publishing_heads.read_kept(answer.body())) == 2


def test_the_way_from_the_report(home: Authority, officer: Callable[..., Page]) -> None:
    act = last_set(home, State.MAYOR_SIGNED)
    page = officer("reader")
    tour = Tour("proof")
    tour.visit(page, f"/o/{home.organisation.slug}/reports/{act.approval.report_id}/", "report")
    tour.end(at_least=1)
    with page.expect_download() as bundle:
        page.get_by_role("link", name="ชุดหลักฐานที่ตรวจได้เอง").click()
    assert bundle.value.suggested_filename.endswith(".zip")
    page.get_by_role("link", name=proofs.code_of(act)).click()
    page.get_by_role("heading", name="เอกสารแท้ ฉบับลงนามแล้ว").wait_for()
