"""People, orders and days away as they look: on a phone, on a desk, in the dark, and without scripts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ita_core import thai
from ita_core.models import Appointment
from tests.browser.conftest import PHONE
from tests.browser.looking import check_axe, check_fits, check_marks, check_targets
from tests.browser.touring import Tour
from tests.personas import Authority
from tests.workflows.test_absences import standing_order
from tests.workflows.test_appointing import PDF
from workflows import absences

Officer = Callable[..., Page]
DAY = datetime.timedelta(days=1)


def busy(home: Authority) -> None:
    """The clerk is away and followed, then nobody follows; the section head has somebody beside him."""
    standing_order(home, "deputy_clerk", ends=thai.today() + DAY)
    absences.record(
        home.actor("org_admin"),
        home.people["clerk"],
        kind="leave",
        starts=thai.today(),
        ends=thai.today() + 3 * DAY,
    )


def test_the_calendar_and_its_pages(officer: Officer, home: Authority) -> None:
    busy(home)
    org = f"/o/{home.organisation.slug}/"
    tour, admin, clerk = Tour("people"), officer("org_admin"), officer("clerk")
    row = Appointment.objects.of(home.organisation).get(absence__isnull=False)
    tour.visit(admin, f"{org}who-acts/", "calendar", "ไม่มีผู้ปฏิบัติหน้าที่")
    tour.visit(admin, f"{org}settings/people/", "people", "สิ่งที่ควรตรวจ")
    tour.visit(admin, f"{org}settings/people/appointments/{row.pk}/", "follows", "เกิดจากการไม่อยู่ของ")
    tour.visit(clerk, f"{org}absences/", "mine", "วันนี้ท่านถูกบันทึกว่าไม่อยู่")
    clerk.goto(org)
    tour.look(clerk, "inbox-away", "วันนี้ท่านถูกบันทึกว่าไม่อยู่")
    tour.end(at_least=5)


def test_an_absence_by_keyboard_without_scripts(officer: Officer, home: Authority) -> None:
    page = officer("clerk", scripts=False)
    page.goto(f"/o/{home.organisation.slug}/absences/")
    page.get_by_label("ลา", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="บันทึกการไม่อยู่").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="กลับมาปฏิบัติงานแล้ววันนี้").focus()
    page.keyboard.press("Enter")
    page.get_by_text("ท่านพิจารณาเรื่องได้ทันที").wait_for()


# From the top of the window to the heading: what is left of a telephone's first screen is the page's.
HIGHEST_HEAD = 120


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("key", ["org_admin", "two_hats"])
def test_the_head_leaves_a_telephone_to_the_page(
    officer: Officer, site: str, home: Authority, key: str, language: str
) -> None:
    """Two lines high, and nothing of it is out of the keyboard's reach: each entry comes into sight when it is focused."""
    page = officer(key, width=PHONE)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.goto(f"/o/{home.organisation.slug}/")
    top = page.locator("h1").bounding_box()
    assert top is not None
    assert top["y"] <= HIGHEST_HEAD
    check_fits(page)
    check_marks(page)
    check_targets(page)
    check_axe(page)
    entries = page.locator(".site-nav a").count()
    assert entries >= 4
    page.locator(".menu-end summary").focus()
    for number in range(entries):
        page.keyboard.press("Tab")
        there = page.evaluate(
            """() => {const box = document.activeElement.getBoundingClientRect();
               return document.activeElement.closest(".site-nav") && box.left >= 0 && box.right <= innerWidth}"""
        )
        assert there, f"entry {number}"
    page.get_by_role("link", name="ITA").focus()
    page.locator(".menu-end summary").click()
    assert home.people[key].full_name in page.locator(".menu-end .menu-list").inner_text().replace("\n", " ")


def test_an_entry_that_the_edge_cuts_is_pressed_where_it_shows(officer: Officer, home: Authority) -> None:
    page = officer("org_admin", width=PHONE)
    page.goto(f"/o/{home.organisation.slug}/")
    for entry in page.locator(".site-nav a").all():
        page.goto(f"/o/{home.organisation.slug}/")
        address = entry.get_attribute("href")
        # All but a finger's width of it lies beyond the right edge, as far as the strip can be pushed.
        entry.evaluate(
            "one => {const ul = one.closest('ul'); ul.scrollLeft = one.offsetLeft - ul.offsetLeft - ul.clientWidth + 30}"
        )
        box = entry.bounding_box()
        assert box is not None
        page.mouse.click(min(box["x"] + 15, PHONE - 15), box["y"] + box["height"] / 2)
        page.wait_for_url(f"**{address}")


def test_the_longest_month_fits_its_box(officer: Officer, home: Authority) -> None:
    page = officer("org_admin", width=PHONE)
    page.goto(f"/o/{home.organisation.slug}/settings/people/absences/new/")
    for select in page.locator("select[name$=_month]").all():
        select.select_option("11")
        room, wanted = select.evaluate(
            """box => {
                const style = getComputedStyle(box), ruler = document.createElement("span");
                ruler.textContent = box.selectedOptions[0].text;
                ruler.style.font = style.font;
                ruler.style.position = "absolute";
                document.body.append(ruler);
                const wanted = ruler.getBoundingClientRect().width;
                ruler.remove();
                return [box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight), wanted];
            }"""
        )
        assert wanted <= room
        assert wanted > 50  # measured in the page's own letters


def test_an_order_grows_by_ranks_and_proposes_titles(
    officer: Officer, home: Authority, tmp_path: Path
) -> None:
    """With scripts: at once, in place, and the chosen file stays."""
    scan = tmp_path / "order.pdf"
    scan.write_bytes(PDF)
    page = officer("org_admin", width=PHONE)
    page.goto(f"/o/{home.organisation.slug}/settings/people/orders/new/")
    page.get_by_label("ตำแหน่งที่มีผู้รักษาราชการแทน").select_option(str(home.posts["clerk"].pk))
    page.locator("[name=legal_basis]").fill("คำสั่งที่ ๑/๒๕๖๙")
    page.locator("[name=scan]").set_input_files(scan)
    for number, key in enumerate(("deputy_clerk", "section_head", "acting_head"), 1):
        if number > 2:
            page.get_by_role("button", name="เพิ่มลำดับ").click()
            expect(page.locator(f"[name=person{number}]")).to_be_focused()
        page.locator(f"[name=person{number}]").select_option(str(home.people[key].pk))
        expect(page.locator(f"[name=own_title{number}]")).to_have_value(home.posts[key].title)
    block = f"{home.posts['deputy_clerk'].title} รักษาราชการแทน / {home.posts['clerk'].title}"
    expect(page.locator(".acting-block").first).to_contain_text(block)
    tour = Tour("people")
    tour.look(page, "order-filled", block)
    tour.end(at_least=1)
    cut = page.locator("[data-own-title]").evaluate_all(
        "boxes => boxes.filter(box => box.scrollHeight > box.clientHeight + 1).length"
    )
    assert cut == 0
    page.get_by_role("button", name="บันทึกคำสั่งตามลำดับ").last.click()
    page.get_by_text("บันทึกคำสั่งแล้ว").wait_for()
    assert page.get_by_text("ไฟล์สแกนคำสั่ง (PDF)").is_visible()
    assert page.locator("ol.returned li").count() == 3
