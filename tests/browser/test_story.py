"""The story in a real browser: the example's report from draft to the mayor's signature, on a telephone.

Both widths are walked by the keyboard in test_story_by_keyboard. Every person logs in by the form. On the way: one
return, a correction in the table, a head's stand-in, a clerk who differs; then every document is downloaded and opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.hands import Pointer
from tests.browser.staging import CORRECTED, PRINTED, UNDONE, Stage, prove, words_of


def test_story(visitor: Callable[..., Page], tmp_path: Path) -> None:
    call_command("load_examples", "phuang-phrom-khon", verbosity=0, on_a_live_site=True)
    stage = Stage(visitor, PHONE)

    officer = stage.enter("ppk-legal")
    _write_and_submit(stage, officer)
    _return_for_correction(stage, stage.enter("ppk-head"))
    _correct_and_resubmit(stage, stage.enter("ppk-legal"))
    _forward(stage, stage.enter("ppk-acting"), says="รักษาราชการแทน หัวหน้าสำนักปลัด")
    clerk = stage.enter("ppk-clerk")
    _forward(stage, clerk, opinion="ควรเร่งรัดผู้รับผิดชอบในรอบถัดไป", differs=True)
    _sign(stage, stage.enter("ppk-mayor"))

    officer = stage.enter("ppk-legal")
    _open_first(officer, "เรื่องเสร็จสิ้น")
    expect(officer.locator(".standing")).to_contain_text("ลงนามแล้ว")
    stage.look(officer)
    _check_papers(_downloads(officer, tmp_path))
    officer.get_by_role("link", name="คลังรายงาน").click()
    expect(officer.locator(".work-title")).to_have_count(1)
    stage.look(officer)


def _open_first(page: Page, tab: str) -> None:
    page.locator(".tabs a", has_text=tab).click()
    page.locator(".work-title a").first.click()


def _write_and_submit(stage: Stage, page: Page) -> None:
    stage.look(page)
    _open_first(page, "เรื่องที่เสนอไป")
    stage.look(page)
    page.get_by_role("link", name="แก้ไขร่าง").click()
    stage.look(page)
    for _part in ("plan", "result"):
        before = page.url
        page.get_by_role("button", name="บันทึกและไปส่วนถัดไป").click()
        page.wait_for_url(_other_than(before))
        stage.look(page)
    _submit(stage, page)


def _other_than(address: str) -> Callable[[str], bool]:
    return lambda found: found != address


def _submit(stage: Stage, page: Page) -> None:
    page.get_by_role("button", name="ตรวจทานก่อนเสนอ").click()
    page.wait_for_url("**/check/")
    expect(page.locator("main")).to_contain_text("เรื่องจะเสนอตามลำดับ")
    stage.look(page)
    page.get_by_role("button", name="เสนอตามลำดับชั้น").click()
    expect(page.locator(".standing")).to_contain_text("เสนอแล้ว รอหัวหน้าสำนักปลัด")


def _return_for_correction(stage: Stage, page: Page) -> None:
    page.locator(".work-title a").first.click()
    stage.look(page)
    page.locator("a[href='#send-back']").click()
    page.locator("[name=reasons]").first.check()
    page.get_by_label("รายละเอียดที่ให้แก้ไข").fill("โปรดระบุผลการดำเนินการให้ชัดเจน")
    stage.look(page)
    page.locator("button[value=send_back]").click()
    expect(page.locator("#messages")).to_contain_text("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว")
    stage.look(page)


def _correct_and_resubmit(stage: Stage, page: Page) -> None:
    _open_first(page, "เรื่องที่ถูกส่งคืน")
    expect(page.locator("main")).to_contain_text("โปรดระบุผลการดำเนินการให้ชัดเจน")
    stage.look(page)
    page.get_by_role("link", name="แก้ไขร่าง").click()
    page.locator(".parts-nav summary").click()
    page.locator(".parts-nav a", has_text="๒.").click()
    cell = _cell_saying(page, UNDONE)
    cell.fill(CORRECTED)
    page.get_by_role("button", name="บันทึกร่าง", exact=True).click()
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")
    stage.look(page)
    _submit(stage, page)


def _cell_saying(page: Page, words: str) -> Locator:
    page.locator(".measure-table textarea").first.wait_for()
    boxes = page.locator(".measure-table textarea")
    places = [place for place in range(boxes.count()) if words in boxes.nth(place).input_value()]
    return boxes.nth(places[0])


def _forward(stage: Stage, page: Page, *, opinion: str = "", differs: bool = False, says: str = "") -> None:
    """An opinion of one's own, or the first of the ready ones."""
    page.locator(".work-title a").first.click()
    expect(page.locator("#decision")).to_contain_text(says)
    if opinion:
        page.get_by_label("ความเห็น", exact=True).fill(opinion)
    else:
        page.locator(".btn-preset").first.click()
    if differs:
        page.get_by_label("เห็นต่าง แล้วเสนอต่อ").check()
    prove(Pointer(page))
    stage.look(page)
    page.get_by_role("button", name="ลงความเห็นและเสนอต่อ").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")


def _sign(stage: Stage, page: Page) -> None:
    page.locator(".work-title a").first.click()
    page.locator(".btn-preset").first.click()
    prove(Pointer(page))
    stage.look(page)
    page.get_by_role("button", name="ลงนาม").click()
    expect(page.locator("#messages")).to_contain_text("ลงนามแล้ว")
    stage.look(page)


def _downloads(page: Page, folder: Path) -> dict[str, bytes]:
    """Every document by the name it comes under, the newest set also as one .zip; rounds gone by are unfolded first."""
    for folded in page.locator("main details:not([open]) > summary").all():
        folded.click()
    files: dict[str, bytes] = {}
    links = {
        link.get_attribute("href"): link
        for link in page.locator("main a[href*='/acts/']:not([href$='/final/'])").all()
    }
    for place, link in enumerate(links.values()):
        with page.expect_download() as coming:
            link.click()
        path = folder / f"{place}"
        coming.value.save_as(path)
        files[f"{place:02} {coming.value.suggested_filename}"] = path.read_bytes()
    return files


def _check_papers(files: dict[str, bytes]) -> None:
    documents = {name: words_of(data) for name, data in files.items() if name.endswith(".docx")}
    archives = [zipfile.ZipFile(io.BytesIO(data)) for name, data in files.items() if name.endswith(".zip")]
    assert (len(documents), len(archives)) == (10, 1), "two submissions and three opinions, two papers each"
    newest = list(documents.values())[:2]
    for expected in (
        "(นายแทนคุณ สมมติแทน)",
        "นักจัดการงานทั่วไปชำนาญการ รักษาราชการแทน",
        "(นายเที่ยงธรรม สมมติปลัด)",
        "เห็นต่าง แล้วเสนอต่อ",
        "(นายพ่วง สมมติชัย)",
    ):
        assert expected in newest[0]
    assert PRINTED in newest[1]
    assert PRINTED not in list(documents.values())[-1], "what was returned stays as it was"
    packed = [archives[0].read(name) for name in archives[0].namelist()]
    assert set(packed) == set(list(files.values())[:2]), "the .zip holds the same bytes"
    assert all(any("\u0e00" <= letter <= "\u0e7f" for letter in name) for name in documents)
