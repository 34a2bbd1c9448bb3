"""``make_authority``: an authority of one file, by the same hands as the pages; a second run changes nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from ita_core.models import Appointment, Organisation, OrgUnit, Post, User
from tests.personas import Authority
from workflows import people_rows, setting_up, setting_up_file

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PEOPLE = [
    {"name": "นางสาวใหม่ ตั้งต้น", "login": "nitikorn", "post": "นิติกร"},
    {"name": "นายแรก ตั้งต้น", "login": "hua", "post": "หัวหน้าสำนักปลัด", "email": "hua@example.org"},
    {"name": "นางสอง ตั้งต้น", "login": "palad", "post": "ปลัดเทศบาลตำบลทดสอบ"},
    {"name": "นายสาม ตั้งต้น", "login": "nayok", "post": "นายกเทศมนตรีตำบลทดสอบ", "starts": "1 ต.ค. 2565"},
    {"name": "นางสี่ ตั้งต้น", "login": "admin", "post": "นักวิเคราะห์นโยบายและแผน"},
    {
        "name": "นางสี่ ตั้งต้น",
        "login": "admin",
        "post": "หัวหน้าสำนักปลัด",
        "capacity": "รักษาราชการแทน",
        "own_title": "นักวิเคราะห์นโยบายและแผน",
        "legal_basis": "คำสั่งที่ 1/2568",
    },
]
FILE: dict[str, Any] = {
    "authority": {
        "kind": "tambon_muni",
        "name": "ทดสอบ",
        "district": "เมือง",
        "province": "สมมติ",
        "number_prefix": "สม 71009",
    },
    "people": PEOPLE,
}


def run(tmp_path: Path, said: dict[str, Any], *options: str) -> dict[str, Any]:
    file = tmp_path / "authority.json"
    file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    out = io.StringIO()
    call_command("make_authority", file, "--json", *options, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_an_authority_of_a_file_and_the_second_run_adds_nothing(tmp_path: Path) -> None:
    first = run(tmp_path, FILE)
    assert first["slug"] == "tambon-muni-71009"
    assert set(first["left"]) == {"trial"}
    assert first["made"] == {
        "authority": 1,
        "units": 8,
        "posts": 10,
        "people": 5,
        "appointments": 6,
        "steps": 3,
    }
    made = Organisation.objects.get(slug=first["slug"])
    assert Post.objects.of(made).filter(title="ปลัดเทศบาลตำบลทดสอบ").exists()
    section = OrgUnit.objects.of(made).select_related("parent").get(name="งานนิติการ")
    assert section.parent is not None
    assert section.parent.name == "สำนักปลัดเทศบาล"
    assert not User.objects.get(username="hua").has_usable_password()
    assert run(tmp_path, FILE)["made"] == {}
    more = {**FILE, "posts": [{"role": "deputy_clerk", "title": "รองปลัดเทศบาลตำบลทดสอบ"}]}
    assert run(tmp_path, more)["made"] == {"posts": 1}


def test_nothing_is_half_entered_and_every_faulty_row_is_named(tmp_path: Path) -> None:
    people = [
        PEOPLE[0],
        {"name": "นายผิด", "login": "hua", "post": "ตำแหน่งที่ไม่มี"},
        {"name": "นายผิดด้วย", "login": "มีภาษาไทย วรรค", "post": "นิติกร", "starts": "วันวาน"},
    ]
    with pytest.raises(CommandError) as told:
        run(tmp_path, {**FILE, "people": people})
    assert "2 ไม่มีตำแหน่งชื่อ “ตำแหน่งที่ไม่มี”" in str(told.value)
    assert "3 อ่านวันที่ “วันวาน” ไม่ออก" in str(told.value)
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"authority": {**FILE["authority"], "kind": "village"}},
        {"authority": {**FILE["authority"], "province": ""}},
        {"units": [{"kind": "division", "name": "กองคลัง", "parent": "กองที่ไม่มี"}]},
        {"posts": [{"role": "king", "title": "ราชา"}]},
        {"route": [{"role": "clerk", "heading": "ความเห็น"}]},
        {"route": [{"role": "reader", "heading": "ความเห็น"}]},
        {"forms": ["no-such-form"]},
        {"template": "no-such-template"},
        {"people": ["not a row"]},
    ],
)
def test_a_wrong_file_makes_nothing(changed: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, {**FILE, **changed})
    assert not Organisation.objects.exists()


def test_the_same_from_a_workbook(tmp_path: Path) -> None:
    """The empty one is written, filled in by hand, and read in the confined child."""
    file = tmp_path / "authority.xlsx"
    call_command("make_authority", file, "--empty", stdout=io.StringIO())
    with pytest.raises(CommandError):
        call_command("make_authority", file, "--empty", stdout=io.StringIO())
    book = load_workbook(file)
    facts = ["เทศบาลตำบล", "ทดสอบ", "เมือง", "สมมติ", "สม ๗๑๐๐๙", ""]
    for row, fact in enumerate(facts, 2):
        book[setting_up_file.AUTHORITY_SHEET].cell(row, 2).value = fact
    for row, person in enumerate(PEOPLE, 2):
        for column, key in enumerate(people_rows.HEADINGS, 1):
            book[people_rows.SHEET].cell(row, column).value = person.get(key, "")
    book[setting_up_file.ROUTE_SHEET].append(["ปลัด", "", "", "5"])
    book[setting_up_file.ROUTE_SHEET].append(["นายก", "คำสั่ง", "", ""])
    book.save(file)
    out = io.StringIO()
    call_command("make_authority", file, "--json", "--links", stdout=out)
    said = json.loads(out.getvalue())
    assert said["made"]["appointments"] == len(PEOPLE)
    assert {link["login"] for link in said["links"]} == {row["login"] for row in PEOPLE}
    made = Organisation.objects.get(slug="tambon-muni-71009")
    steps = list(made.route.order_by("position"))
    assert [(step.heading, step.working_days) for step in steps] == [("ความเห็นของปลัด", 5), ("คำสั่ง", None)]
    assert steps[0].addresses == "เรียน นายกเทศมนตรีตำบลทดสอบ"


def test_somebody_of_another_authority_may_be_appointed(home: Authority, tmp_path: Path) -> None:
    legal = home.people["legal_officer"]
    row = {"name": legal.full_name, "login": legal.username.upper(), "post": "นิติกร"}
    answer = run(tmp_path, {**FILE, "people": [row]})
    assert answer["made"]["appointments"] == 1
    assert "people" not in answer["made"]
    made = Organisation.objects.get(slug=answer["slug"])
    assert Appointment.objects.of(made).get().user == legal
    assert [step.key for step in setting_up.steps(made) if not step.is_done] == ["people", "trial"]
