"""Making a form in the browser: by keyboard, on a phone, with the empty table beside it while one types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from memos.models import FormVersion, Report, Section
from tests import reports
from tests.browser.touring import Tour
from tests.personas import Authority

Officer = Callable[..., Page]


@pytest.fixture
def forms(home: Authority) -> str:
    return f"/o/{home.organisation.slug}/settings/forms/"


def test_every_page_of_forms(
    officer: Officer, home: Authority, forms: str, forgive: Callable[[str], None]
) -> None:
    forgive("400|409")
    tour, page = Tour("forms"), officer("org_admin")
    tour.visit(page, f"/o/{home.organisation.slug}/settings/", "settings", "แบบตาราง")
    tour.visit(page, forms, "list-none-own", "หน่วยงานยังไม่มีแบบของตนเอง")
    tour.visit(page, f"{forms}new/", "new", "ตัวอย่างตารางเปล่า")
    page.get_by_role("button", name="เพิ่มคอลัมน์", exact=True).click()
    page.locator("#c3-heading").wait_for()
    page.get_by_role("button", name="บันทึกแบบ").click()
    page.locator("#editor .notice-error").wait_for()
    tour.look(page, "new-refused", "โปรดตั้งชื่อแบบตาราง")
    shipped = FormVersion.objects.get(organisation=None, slug="seven")
    page = officer("org_admin")
    tour.visit(page, f"{forms}{shipped.pk}/", "shipped", "ตารางเปล่าตามที่จะพิมพ์")
    tour.visit(page, f"{forms}{shipped.pk}/edit/", "edit-shipped", "แบบมาตรฐานของระบบ")
    for n, group in ((1, "แผน"), (2, "แผน"), (4, "ผล"), (5, "ผล")):
        page.locator(f"#c{n}-group").fill(group)
    expect(page.locator("#form-preview thead tr")).to_have_count(2)
    tour.look(page, "edit-two-rows", "แผน")
    page.get_by_role("button", name="ลบคอลัมน์ที่ ๗").click()
    page.locator(".undo").wait_for()
    tour.look(page, "column-deleted", "เลิกลบ")
    page.get_by_role("button", name="บันทึกแบบ").click()
    page.wait_for_url(lambda url: "/edit/" not in url)
    tour.look(page, "own", "แบบของหน่วยงาน")
    tour.visit(page, forms, "list", "หน่วยงานใช้แบบของตนเองแทน")
    page.locator("main a", has_text="เจ็ดคอลัมน์").first.click()
    page.get_by_role("button", name="เลิกเสนอแบบนี้").click()
    tour.look(page, "withdrawn", "แบบของหน่วยงานที่เลิกเสนอแล้ว")
    page.locator("main h3 a").last.click()
    tour.look(page, "withdrawn-form", "นำกลับมาเสนอ")
    tour.end(at_least=10)


def test_groups_and_a_cover_in_the_editor(officer: Officer, home: Authority) -> None:
    tour, page = Tour("groups"), officer("legal_officer")
    draft = reports.begin(home)
    edit = f"/o/{home.organisation.slug}/reports/{draft.pk}/edit/"
    page.goto(f"{edit}sections/")
    page.get_by_role("button", name="ให้ส่วนที่ ๒ เป็นกลุ่มย่อยของส่วนก่อนหน้า").click()
    tour.look(page, "sections", "ส่วนที่ ๑ กลุ่มที่ ๑")
    page.get_by_role("link", name="เพิ่มกลุ่มย่อยในส่วนที่ ๑").click()
    tour.look(page, "add-group", "กลุ่มย่อยของส่วนที่ ๑")
    first = draft.sections.all()[0]
    tour.visit(page, f"{edit}sections/{first.pk}/delete/", "delete", "กลุ่มย่อย ซึ่งจะถูกลบไปด้วย")
    page.goto(edit)
    page.locator("#id_cover").fill("รายงานผล\nประจำปี\n\nองค์การบริหารส่วนตำบลหนองตัวอย่าง")
    page.get_by_role("button", name="บันทึกร่าง", exact=True).click()
    expect(page.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")
    tour.look(page, "memo", "หน้าปก")
    assert Report.objects.of(home.organisation).get(pk=draft.pk).cover.count("\n") == 3
    tour.visit(page, f"/o/{home.organisation.slug}/reports/{draft.pk}/check/", "check", "ประจำปี")
    tour.end(at_least=5)


def test_a_table_headed_in_two_rows(officer: Officer, home: Authority) -> None:
    columns = [
        {**column, "group": group}
        for column, group in zip(
            FormVersion.objects.get(organisation=None, slug="complete").columns,
            ["", "แผน", "แผน", "แผน", "ผล", "ผล", "", ""],
            strict=True,
        )
    ]
    form = FormVersion(
        organisation=home.organisation, slug="own-1", number=1, title="สองแถว", columns=columns
    )
    form.save()
    draft = reports.begin(home)
    section = draft.sections.all()[0]
    Section.objects.of(home.organisation).filter(pk=section.pk).update(form=form)
    tour, page = Tour("two-rows"), officer("legal_officer")
    place = f"/o/{home.organisation.slug}/reports/{draft.pk}/"
    tour.visit(page, f"{place}edit/sections/{section.pk}/", "editor", "สองแถว")
    tour.visit(page, f"{place}check/", "content", "ประจำปี")
    tour.end(at_least=2)


def test_a_form_by_keyboard_alone(officer: Officer, forms: str) -> None:
    page = officer("org_admin")
    page.goto(f"{forms}new/")
    page.locator("#form-title").focus()
    page.keyboard.type("แบบจากแป้นพิมพ์")
    expect(page.locator(".form-page-title")).to_have_text("แบบจากแป้นพิมพ์")
    page.keyboard.press("Enter")  # shows, keeps nothing
    expect(page.locator("#editor-form[data-unsaved]")).to_have_count(1)
    expect(page.locator("#form-title")).to_have_value("แบบจากแป้นพิมพ์")
    page.get_by_role("button", name="เพิ่มคอลัมน์", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#c3-heading")).to_be_focused()
    page.keyboard.type("งบประมาณ (บาท)")
    expect(page.locator("#form-preview thead")).to_contain_text("งบประมาณ (บาท)")
    page.locator("#c3-field1").select_option("+")
    page.get_by_role("button", name="เลื่อนคอลัมน์ที่ ๔ ไปก่อนหน้า").press("Enter")
    expect(page.get_by_role("button", name="เลื่อนคอลัมน์ที่ ๓ ไปก่อนหน้า")).to_be_focused()
    with page.expect_download() as caught:
        page.get_by_role("button", name="ดูเป็น Word").press("Enter")
    assert caught.value.suggested_filename.endswith(".docx")
    page.get_by_role("button", name="บันทึกแบบ").press("Enter")
    page.wait_for_url(lambda url: "/new/" not in url)
    expect(page.locator("#messages")).to_contain_text("เป็นรุ่นที่ ๑ แล้ว")
    made = FormVersion.objects.get(title="แบบจากแป้นพิมพ์")
    assert [column["key"] for column in made.columns] == ["measure", "method", "own_1", "result"]


def test_without_scripts_every_button_works(officer: Officer, forms: str) -> None:
    page = officer("org_admin", scripts=False)
    page.goto(f"{forms}new/")
    page.locator("#form-title").fill("ไม่มีสคริปต์")
    page.get_by_role("button", name="ลบคอลัมน์ที่ ๒").click()
    expect(page.locator(".form-column")).to_have_count(2)
    page.get_by_role("button", name="เลิกลบ").click()
    expect(page.locator(".form-column")).to_have_count(3)
    page.locator("#c2-heading").fill("ผลที่ได้")
    page.get_by_role("button", name="ดูตัวอย่างตาราง").click()
    expect(page.locator("#form-preview thead")).to_contain_text("ผลที่ได้")
    page.get_by_role("button", name="บันทึกแบบ").click()
    expect(page.locator("main")).to_contain_text("บันทึก “ไม่มีสคริปต์” เป็นรุ่นที่ ๑ แล้ว")
