"""The second proof in the browser: a passkey added, used to log in and to sign; the PIN; every page of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from ita_core import confirming, second_proof
from tests import reports
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import check_page
from tests.logging_in import log_in
from tests.personas import PASSWORD, PIN, Authority
from workflows.models import Approval, State

Officer = Callable[..., Page]


def virtual_key(page: Page) -> None:
    """A key in the machine, as a telephone has one, whose owner always puts the finger on it."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page: Page) -> None:
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()


def named(site: str) -> str:
    """Keys belong to names, and an address is none."""
    return site.replace("127.0.0.1", "localhost")


def go_to_add_a_key(page: Page, here: str) -> None:
    virtual_key(page)
    page.goto(f"{here}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.locator("[name=login]").fill("section_head")
    give_password(page)
    expect(page).to_have_url(re.compile("/reauthenticate/"))
    give_password(page)
    expect(page.get_by_role("button", name="เพิ่มพาสคีย์")).to_be_visible()


def test_a_passkey_logs_in_and_signs(visitor: Officer, site: str, home: Authority) -> None:
    here, page = named(site), visitor(PHONE)
    report = reports.in_state(home, State.DRAFTED)
    go_to_add_a_key(page, here)
    check_page(page)
    page.get_by_label("ชื่อพาสคีย์").fill("โทรศัพท์ของฉัน")
    page.get_by_role("button", name="เพิ่มพาสคีย์").click()
    expect(page.get_by_role("heading", name="รหัสสำรอง")).to_be_visible()
    check_page(page)
    page.goto(f"{here}/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("โทรศัพท์ของฉัน")
    check_page(page)
    page.goto(f"{here}/accounts/proof/")
    check_page(page)
    page.locator("details.menu-end summary").click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.goto(f"{here}/accounts/login/")
    page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
    expect(page).to_have_url(re.compile(f"/o/{home.organisation.slug}/"))

    page.goto(f"{here}/o/{home.organisation.slug}/reports/{report.pk}/decide/")
    page.locator(".btn-preset").first.click()
    page.get_by_role("button", name="ใช้พาสคีย์แทน").click()
    expect(page.locator("[data-passkey-told]")).to_have_text("ยืนยันตัวตนแล้ว")
    page.locator("button[value=forward]").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")
    state = Approval.objects.of(home.organisation).get(report=report).state
    assert state == State.SECTION_HEAD_REVIEWED
    assert second_proof.ways(home.people["section_head"]).passkeys == 1


def test_anothers_passkey_confirms_nobody(
    visitor: Officer, site: str, home: Authority, forgive: Callable[[str], None]
) -> None:
    """A telephone or a desk that two share: the key of the one answers readily while the other is logged in."""
    forgive("400")
    here, page = named(site), visitor(DESK)
    report = reports.in_state(home, State.DRAFTED)
    go_to_add_a_key(page, here)
    page.get_by_label("ชื่อพาสคีย์").fill("เครื่องกลาง")
    page.get_by_role("button", name="เพิ่มพาสคีย์").click()
    expect(page.get_by_role("heading", name="รหัสสำรอง")).to_be_visible()
    page.goto(f"{here}/o/{home.organisation.slug}/reports/{report.pk}/decide/")
    expect(page.get_by_role("button", name="ใช้พาสคีย์แทน")).to_be_visible()

    acting = log_in(Client(), home.people["acting_head"], confirmed=False)
    session = acting.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": here}])
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="ใช้พาสคีย์แทน").click()
    assert answered.value.status == 400  # The key answered; the house did not take it.
    expect(page.locator("[data-passkey-told]")).to_contain_text("ยืนยันด้วยพาสคีย์ไม่สำเร็จ")
    assert confirming.confirmed_at(acting.session, home.people["acting_head"]) is None
    assert Approval.objects.of(home.organisation).get(report=report).state == State.DRAFTED


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pin_is_asked_and_a_wrong_one_loses_nothing(
    login: Officer, home: Authority, forgive: Callable[[str], None], width: int
) -> None:
    forgive("403")
    report = reports.in_state(home, State.DRAFTED)
    page = login(home.people["section_head"], width, by_form=True)
    page.goto(f"/o/{home.organisation.slug}/reports/{report.pk}/decide/")
    expect(page.locator("#proof-code")).to_be_visible()
    check_page(page)
    page.locator("#opinion").fill("ความเห็นที่พิมพ์ไว้")
    page.locator("#proof-code").fill("739164")
    page.locator("button[value=forward]").click()
    expect(page.locator("[data-focus]")).to_contain_text("รหัสยืนยันตัวตนไม่ถูกต้อง")
    expect(page.locator("#opinion")).to_have_value("ความเห็นที่พิมพ์ไว้")
    expect(page.locator("#proof-help")).to_contain_text("อีก ๔ ครั้ง")
    page.locator("#proof-code").fill(PIN)
    page.locator("button[value=forward]").click()
    expect(page.locator("#messages")).to_contain_text("ลงความเห็นและเสนอต่อแล้ว")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_of_the_second_proof(login: Officer, home: Authority, width: int) -> None:
    page = login(home.people["mayor"], width, by_form=True)
    for address in ("pin/", "proof/", "sessions/", "2fa/webauthn/"):
        page.goto(f"/accounts/{address}")
        expect(page.locator("h1")).to_be_visible()
        check_page(page)
    page.goto("/accounts/2fa/totp/activate/")
    give_password(page)
    expect(page.locator("img.proof-qr")).to_be_visible()
    assert page.evaluate("document.querySelector('img.proof-qr').naturalWidth") > 0
    check_page(page)
