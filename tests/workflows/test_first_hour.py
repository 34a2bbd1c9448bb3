"""The pages of the first hour: who gets in, what is refused in words, what is kept, and where one goes on."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ita_core import setup_codes
from ita_core.models import Organisation, OrgUnit, Post, SetupCode, User
from memos.models import Register, Report, TemplateVersion
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.setting_up_hand import AUTHORITY, PASSWORD, at, central, made, said
from workflows import setting_up, setting_up_authority, setting_up_units
from workflows.examples import signatures
from workflows.models import State
from workflows.setting_up_rows import NotEntered, UnitRow

__all__ = ["central", "made"]

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADMINISTRATOR = {
    "full_name": "นายห้า ดูแลกลาง",
    "username": "central",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


# --- the first administrator


def test_the_code_lets_one_person_in_once() -> None:
    code = setup_codes.make()
    client = Client()
    assert client.get("/").headers["Location"] == "/first/"
    answer = client.post("/first/", {**ADMINISTRATOR, "code": code.lower().replace("-", " ")})
    assert answer.headers["Location"] == "/first/new/"
    user = User.objects.get()
    assert user.is_superuser and user.is_staff and user.check_password(PASSWORD)
    assert client.get("/first/new/").status_code == 200
    other = Client().post("/first/", {**ADMINISTRATOR, "username": "second", "code": code})
    assert "/accounts/login/" in other.headers["Location"]
    assert User.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA-AAAA-AAAA", "x" * 60, "\0"])
def test_another_code_does_not(typed: str) -> None:
    setup_codes.make()
    answer = Client().post("/first/", {**ADMINISTRATOR, "code": typed})
    assert answer.status_code == 400
    assert "นายห้า ดูแลกลาง" in said(answer), "what was typed stays"
    assert PASSWORD not in said(answer)
    assert not User.objects.exists()


def test_an_older_or_earlier_code_is_good_no_longer() -> None:
    first, second = setup_codes.make(), setup_codes.make()
    assert Client().post("/first/", {**ADMINISTRATOR, "code": first}).status_code == 400
    SetupCode.objects.update(made_at=timezone.now() - setup_codes.LASTS - datetime.timedelta(seconds=1))
    assert Client().post("/first/", {**ADMINISTRATOR, "code": second}).status_code == 400
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"password2": "another"},
        {"password1": "123456789012", "password2": "123456789012"},
        {"username": "ก ข"},
    ],
)
def test_a_weak_password_or_a_wrong_name_is_refused_and_the_code_stays(typed: dict[str, str]) -> None:
    code = setup_codes.make()
    assert Client().post("/first/", {**ADMINISTRATOR, "code": code, **typed}).status_code == 400
    assert Client().post("/first/", {**ADMINISTRATOR, "code": code}).status_code == 302


def test_the_code_is_kept_nowhere_and_not_given_where_somebody_can_log_in(home: Authority) -> None:
    with pytest.raises(CommandError):
        call_command("setup_code", stdout=io.StringIO())
    assert not SetupCode.objects.exists()


def test_codes_are_tried_ten_times_a_minute() -> None:
    client = Client()
    answers = [client.post("/first/", {"code": "x"}).status_code for _try in range(11)]
    assert answers == [400] * 10 + [429]


# --- the authority


def test_titles_are_shown_before_anything_is_stored(central: Client) -> None:
    answer = central.post("/first/new/", {**AUTHORITY, "kind": "town_muni", "do": "preview"})
    assert "นายกเทศมนตรีเมืองทดสอบ" in said(answer)
    assert not Organisation.objects.exists()
    assert central.post("/first/new/", AUTHORITY).headers["Location"] == "/first/sao-71009/units/"
    assert central.post("/first/new/", AUTHORITY).headers["Location"] == "/first/sao-71009-2/units/"


@pytest.mark.parametrize("typed", [{"name": ""}, {"kind": "village"}, {"slug": "new"}, {"province": "\0"}])
def test_a_wrong_authority_is_not_stored(typed: dict[str, str], central: Client) -> None:
    answer = central.post("/first/new/", {**AUTHORITY, **typed})
    assert answer.status_code == 400
    assert not Organisation.objects.exists()


# --- offices and posts


def _tables(answer: Any) -> dict[str, str]:
    """What a browser would send of the page."""
    from lxml import html

    form = next(form for form in html.fromstring(answer.content).forms if "u-TOTAL_FORMS" in form.fields)
    return {name: str(value) for name, value in form.form_values()}


def test_the_proposal_is_stored_as_it_was_changed(central: Client) -> None:
    central.post("/first/new/", AUTHORITY)
    page = central.get("/first/sao-71009/units/")
    typed = _tables(page)
    typed |= {"u-1-name": "งานธุรการ", "u-2-name": "", "p-3-unit": "1"}
    more = _tables(central.post("/first/sao-71009/units/", {**typed, "do": "add-p"}))
    last = int(more["p-TOTAL_FORMS"]) - 1
    assert last == int(typed["p-TOTAL_FORMS"])
    assert more["u-1-name"] == "งานธุรการ", "what was typed stays when a row is added"
    more |= {f"p-{last}-title": "รองปลัดองค์การบริหารส่วนตำบลทดสอบ", f"p-{last}-role": "deputy_clerk"}
    assert central.post("/first/sao-71009/units/", more).status_code == 302
    organisation = Organisation.objects.get()
    names = set(OrgUnit.objects.of(organisation).values_list("name", flat=True))
    assert "งานธุรการ" in names and "งานนิติการ" not in names
    assert Post.objects.of(organisation).get(title="นิติกร").unit == OrgUnit.objects.of(organisation).get(
        name="งานธุรการ"
    )
    again = _tables(central.get("/first/sao-71009/units/"))
    assert central.post("/first/sao-71009/units/", again).status_code == 302
    assert Post.objects.of(organisation).count() == int(more["p-TOTAL_FORMS"]), "a second saving adds nothing"


def test_rows_are_removed_while_nothing_names_them(central: Client, made: Organisation) -> None:
    typed = _tables(central.get(at(made, "units")))
    posts = {typed[f"p-{n}-title"]: n for n in range(int(typed["p-TOTAL_FORMS"]))}
    typed[f"p-{posts['ผู้อำนวยการกองช่าง']}-remove"] = "on"
    assert central.post(at(made, "units"), typed).status_code == 302
    assert not Post.objects.of(made).filter(title="ผู้อำนวยการกองช่าง").exists()
    typed = _tables(central.get(at(made, "units")))
    typed["u-0-remove"] = "on"
    answer = central.post(at(made, "units"), typed)
    assert answer.status_code == 400
    assert "สังกัดที่เลือกไว้จะถูกลบ" in said(answer)
    assert OrgUnit.objects.of(made).filter(name="สำนักปลัดองค์การบริหารส่วนตำบล").exists()


def test_two_offices_of_one_name_are_refused_beside_the_row(made: Organisation) -> None:
    rows = [UnitRow("a", "division", "กองใหม่"), UnitRow("b", "division", "กองใหม่")]
    with pytest.raises(NotEntered) as refused:
        setting_up_units.save(made, rows, [])
    assert [fault.field for fault in refused.value.faults] == ["unit.name"]
    assert not OrgUnit.objects.of(made).filter(name="กองใหม่").exists()


@pytest.mark.parametrize("count", ["-1", "x", "99999", "", "๓"])
def test_a_forged_count_of_rows_is_no_fault_of_ours(count: str, central: Client, made: Organisation) -> None:
    typed = {**_tables(central.get(at(made, "units"))), "u-TOTAL_FORMS": count}
    assert central.post(at(made, "units"), typed).status_code in (302, 400)


# --- route, forms, look


def test_the_route_as_chosen_addresses_whoever_comes_next(central: Client, made: Organisation) -> None:
    typed = {"clerk-use": "on", "clerk-heading": "ความเห็น", "clerk-days": "๕", "mayor-heading": "คำสั่ง"}
    assert central.post(at(made, "route"), typed).status_code == 302
    steps = list(made.route.order_by("position"))
    assert [(step.heading, step.reaches, step.working_days) for step in steps] == [
        ("ความเห็น", State.DEPUTY_APPROVED, 5),
        ("คำสั่ง", State.MAYOR_SIGNED, None),
    ]
    assert steps[0].addresses == "เรียน นายกองค์การบริหารส่วนตำบลทดสอบ"


@pytest.mark.parametrize(
    "typed", [{"clerk-heading": ""}, {"clerk-days": "0"}, {"clerk-days": "สาม"}, {"clerk-days": "99"}]
)
def test_a_wrong_route_is_not_stored(typed: dict[str, str], central: Client, made: Organisation) -> None:
    right = {"clerk-use": "on", "clerk-heading": "ความเห็น", "clerk-days": "3", "mayor-heading": "คำสั่ง"}
    assert central.post(at(made, "route"), {**right, **typed}).status_code == 400
    assert not made.route.exists()


def test_a_route_of_another_shape_is_left_alone(home: Authority, central: Client) -> None:
    home.set_route(("ความเห็น", ["clerk", "deputy_clerk"], ""), ("คำสั่ง", ["mayor"], State.MAYOR_SIGNED))
    address = at(home.organisation, "route")
    assert "แก้ไม่ได้" in said(central.get(address))
    assert central.post(address, {"mayor-heading": "คำสั่ง"}).status_code == 409
    assert home.organisation.route.count() == 2


def test_a_new_report_begins_with_the_forms_that_were_chosen(central: Client, made: Organisation) -> None:
    typed = {
        "forms": ["complete"],
        "numbering": "here",
        "year": "fiscal",
        "moment": "after",
        "number_prefix": "",
    }
    assert central.post(at(made, "forms"), {**typed, "forms": []}).status_code == 400
    assert central.post(at(made, "forms"), typed).status_code == 302
    made.refresh_from_db()
    assert made.usual_forms == ["complete"]
    assert Register.objects.of(made).get().numbering == "here"


def test_the_template_and_the_picture_are_taken(central: Client, made: Organisation) -> None:
    picture = io.BytesIO(signatures.draw(1))
    picture.name = "garuda.png"
    answer = central.post(at(made, "look"), {"template": "memo-two-columns", "garuda": picture})
    assert answer.status_code == 302
    assert TemplateVersion.objects.filter(organisation=made, kind="memo").count() == 1
    assert central.get(at(made, "garuda")).headers["Content-Type"] == "image/png"
    assert central.post(at(made, "look"), {"template": "memo-two-columns"}).status_code == 302
    assert TemplateVersion.objects.filter(organisation=made).count() == 1, (
        "the same template is no further version"
    )
    bad = io.BytesIO(b"not a picture")
    bad.name = "x.png"
    assert central.post(at(made, "look"), {"template": "memo", "garuda": bad}).status_code == 400
    assert central.post(at(made, "look"), {"template": "memo", "remove_garuda": "on"}).status_code == 302
    assert central.get(at(made, "garuda")).status_code == 404


# --- the trial, and what is left


def test_the_trial_is_made_once_and_goes_the_real_way(home: Authority) -> None:
    admin, organisation = log_in(Client(), home.people["org_admin"]), home.organisation
    assert admin.post(at(organisation, "trial")).status_code == 302
    admin.post(at(organisation, "trial"))
    report = Report.objects.of(organisation).get()
    assert report.is_trial
    assert report.drafter in (home.people["legal_officer"], home.people["second_legal_officer"])
    by = "legal_officer" if report.drafter == home.people["legal_officer"] else "second_legal_officer"
    reports.submit(home, report, by)
    assert "รายงานทดลองยังไม่ได้ลงนาม" in said(admin.get(at(organisation, "ready")))
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, key)
    assert "รายงานทดลองลงนามครบแล้ว" in said(admin.get(at(organisation, "trial")))
    assert next(step for step in setting_up.steps(organisation) if step.key == "trial").is_done


def test_without_a_drafter_there_is_no_trial_and_a_sentence(central: Client, made: Organisation) -> None:
    answer = central.post(at(made, "trial"))
    assert answer.status_code == 409
    assert "ยังไม่มีผู้จัดทำรายงาน" in said(answer)


def test_what_is_left_stands_on_the_settings_page_until_it_is_closed(home: Authority) -> None:
    admin, organisation = log_in(Client(), home.people["org_admin"]), home.organisation
    settings = reverse("memos:settings", kwargs={"org": organisation.slug})
    left = "การตั้งค่าครั้งแรกยังเหลือ"
    assert left not in said(admin.get(settings)), "it was not set up by these pages"
    setting_up_authority.begun(organisation)
    assert left in said(admin.get(settings))
    assert admin.get(at(organisation, "steps")).headers["Location"] == at(organisation, "forms")
    admin.post(at(organisation, "ready"), {"do": "close"})
    assert left not in said(admin.get(settings))


def test_the_banner_of_a_demonstration(home: Authority, settings: Any) -> None:
    words = "ระบบสาธิต ข้อมูลสมมติ"
    client = log_in(Client(), home.people["reader"])
    inbox = reverse("workflows:inbox", kwargs={"org": home.organisation.slug})
    assert words not in said(client.get(inbox))
    settings.DEMO = True
    assert words in said(client.get(inbox))
    assert words in said(Client().get("/accounts/login/"))
    assert words in said(Client().get("/p/"))
