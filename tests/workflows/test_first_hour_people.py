"""The first hour's people: typed or removed, and the links by which they set their first passwords."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ita_core import thai
from ita_core.models import Appointment, FirstLink, Organisation, Post, User
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.setting_up_hand import PASSWORD, at, central, made, said
from workflows import people_rows, setting_up_people
from workflows.setting_up_rows import NotEntered

__all__ = ["central", "made"]

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PERSON = {"do": "add", "name": "นายแรก ตั้งต้น", "login": "hua", "email": "hua@example.org"}


def _post_of(organisation: Organisation, title: str) -> str:
    return str(Post.objects.of(organisation).get(title=title).pk)


def test_a_person_is_typed_and_sets_the_password_by_a_link_shown_once(
    central: Client, made: Organisation
) -> None:
    typed = {**PERSON, "post": _post_of(made, "หัวหน้าสำนักปลัด")}
    assert central.post(at(made, "people"), typed).status_code == 302
    user = User.objects.get(username="hua")
    answer = central.post(at(made, "people"), {"do": "links"})
    assert "no-store" in answer.headers["Cache-Control"]
    first = _link_in(answer)
    assert first not in said(central.get(at(made, "people")))
    second = _link_in(central.post(at(made, "people"), {"do": "links"}))
    assert FirstLink.objects.get().user == user
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in said(Client().get(first, follow=True)), "a new link ends the old one"
    person = Client()
    page = person.get(second, follow=True)
    person.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "ไม่มีผู้ที่รอลิงก์" in said(central.post(at(made, "people"), {"do": "links"}))


def _link_in(answer: Any) -> str:
    text = said(answer)
    start = text.index("/accounts/password/reset/key/")
    return text[start : text.index("<", start)]


def test_links_go_by_mail_where_mail_goes_out(
    central: Client, made: Organisation, mailoutbox: list[Any]
) -> None:
    central.post(at(made, "people"), {**PERSON, "post": _post_of(made, "หัวหน้าสำนักปลัด")})
    answer = central.post(at(made, "people"), {"do": "mail"})
    assert "hua@example.org" in said(answer)
    assert "/password/reset/key/" not in said(answer), "what went by mail is not handed out too"
    assert [mail.to for mail in mailoutbox] == [["hua@example.org"]]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"login": ""}, "โปรด"),
        ({"login": "มี วรรค"}, "ชื่อผู้ใช้"),
        ({"email": "no address"}, "อีเมล"),
        ({"post": "999999"}, "เลือก"),
        ({"post": "9" * 40}, "เลือก"),
        ({"starts": "วันวาน"}, "อ่านวันที่"),
        ({"capacity": "รักษาราชการแทน"}, "ตำแหน่งของตนเอง"),
        ({"name": "\u202eกลับด้าน"}, "อักขระ"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(
    typed: dict[str, str], sentence: str, central: Client, made: Organisation
) -> None:
    answer = central.post(at(made, "people"), {**PERSON, "post": _post_of(made, "หัวหน้าสำนักปลัด"), **typed})
    assert answer.status_code == 400
    assert sentence in said(answer)
    assert not Appointment.objects.of(made).exists()
    assert not User.objects.filter(username="hua").exists()


def test_an_administrator_learns_nothing_of_other_authorities_people(
    home: Authority, stranger: Authority
) -> None:
    """The superuser may appoint somebody of another authority; its own administrator reads that the name is taken."""
    theirs = stranger.people["legal_officer"]
    typed = {
        "do": "add",
        "name": theirs.full_name,
        "login": theirs.username,
        "post": str(home.posts["reader"].pk),
    }
    admin = log_in(Client(), home.people["org_admin"])
    answer = admin.post(at(home.organisation, "people"), typed)
    assert answer.status_code == 400
    assert "มีผู้ใช้แล้ว" in said(answer)
    wrong_name = admin.post(at(home.organisation, "people"), {**typed, "name": "ใครก็ไม่รู้"})
    assert "มีผู้ใช้แล้ว" in said(wrong_name)
    central = User.objects.create_superuser("central", "", PASSWORD, full_name="นายห้า ดูแลกลาง")
    assert log_in(Client(), central).post(at(home.organisation, "people"), typed).status_code == 302


def test_nobody_takes_over_an_account_by_a_link(home: Authority) -> None:
    """Who has a password, logged in once, is a superuser or of another authority gets no link here."""
    people = home.people
    for key in ("reader", "clerk", "mayor"):
        people[key].set_unusable_password()
        people[key].save()
    User.objects.filter(pk=people["clerk"].pk).update(last_login=timezone.now())
    User.objects.filter(pk=people["mayor"].pk).update(is_superuser=True)
    everybody = [str(pk) for pk in User.objects.values_list("pk", flat=True)]
    admin = log_in(Client(), home.people["org_admin"])
    admin.post(at(home.organisation, "people"), {"do": "links", "user": [*everybody, "x", "9" * 30]})
    assert [link.user for link in FirstLink.objects.all()] == [people["reader"]]


def test_no_link_for_who_serves_another_authority_too(home: Authority, stranger: Authority) -> None:
    """It would open the other authority's pages; the superuser hands it out."""
    theirs = stranger.people["legal_officer"]
    theirs.set_unusable_password()
    theirs.save()
    Appointment(user=theirs, post=home.posts["reader"], starts=thai.today()).save()
    links = {"do": "links", "user": [str(theirs.pk)]}
    log_in(Client(), home.people["org_admin"]).post(at(home.organisation, "people"), links)
    assert not FirstLink.objects.exists()
    central = User.objects.create_superuser("central", "", PASSWORD, full_name="นายห้า ดูแลกลาง")
    log_in(Client(), central).post(at(home.organisation, "people"), links)
    assert FirstLink.objects.get().user == theirs


def test_a_row_is_removed_until_somebody_acted_by_it(home: Authority) -> None:
    admin = log_in(Client(), home.people["org_admin"])
    typed = {"do": "add", "name": "นายพิมพ์ ผิดชื่อ", "login": "wrong", "post": str(home.posts["reader"].pk)}
    admin.post(at(home.organisation, "people"), typed)
    row = Appointment.objects.of(home.organisation).get(user__username="wrong")
    admin.post(at(home.organisation, "people"), {"do": "remove", "row": str(row.pk)})
    assert not User.objects.filter(username="wrong").exists(), "nothing keeps the name from being typed right"
    for wrong in ("0", "x", "9" * 30, ""):
        answer = admin.post(at(home.organisation, "people"), {"do": "remove", "row": wrong})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.xlsx", b""),
        ("x.xlsx", b"PK\x03\x04 not a zip"),
        ("x.docx", (settings.DOCX_TEMPLATES_DIR / "memo.docx").read_bytes()),
        ("x.csv", "ชื่อ,ตำแหน่ง".encode()),
    ],
)
def test_another_file_is_refused_in_words(
    name: str, data: bytes, central: Client, made: Organisation
) -> None:
    answer = central.post(at(made, "people"), {"do": "upload", "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 400
    assert "ไฟล์" in said(answer)
    assert not User.objects.exclude(username="central").exists()


HEADINGS = list(people_rows.HEADINGS.values())


def test_each_fault_is_named_by_its_cell_wherever_its_column_stands(made: Organisation) -> None:
    turned = HEADINGS[::-1]
    rows = [["ข้อความนำ"], turned, _line(turned, name="(ตัวอย่าง) นางสาวสมศรี", post="ไม่มี")]
    rows += [_line(turned, name="นายแรก", login="hua", post="หัวหน้า สำนักปลัด"), [""] * 10]
    rows += [_line(turned, name="นายสอง", login="ข้อความ", post="นิติกร", starts="31 ก.พ. 2565")]
    sheets = [(people_rows.SHEET, rows)]
    with pytest.raises(NotEntered) as refused:
        setting_up_people.enter(made, people_rows.read(sheets), any_login=True)
    cells = {cell: fault.sentence for cell, fault in people_rows.with_cells(refused.value, sheets)}
    assert set(cells) == {"A6", "I6"}
    assert "ไม่มีอยู่ในปฏิทิน" in cells["A6"]
    rows[-1] = _line(turned, name="นายสอง", login="ชื่อ ไทย", post="นิติกร")
    with pytest.raises(NotEntered) as again:
        setting_up_people.enter(made, people_rows.read(sheets), any_login=True)
    assert [cell for cell, _fault in people_rows.with_cells(again.value, sheets)] == ["I6"]
    assert not User.objects.exists()


def _line(headings: list[str], **said: str) -> list[str]:
    keys = {heading: key for key, heading in people_rows.HEADINGS.items()}
    return [said.get(keys[heading], "") for heading in headings]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["อะไร", "ก็ไม่รู้"]],
        [["ชื่อ-นามสกุล (พร้อมคำนำหน้า)", "อีเมล", "ตำแหน่ง"], ["นายแรก", "", "นิติกร"]],
        [HEADINGS],
        [HEADINGS, *([["นายแรก", "hua", "", "นิติกร"]] * (people_rows.MOST + 1))],
    ],
)
def test_what_is_no_sheet_of_people_is_said(rows: list[list[str]]) -> None:
    with pytest.raises(NotEntered):
        people_rows.read([(people_rows.SHEET, rows)])
