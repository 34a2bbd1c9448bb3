"""A report that comes back twice, by HTTP alone and without scripts: everything beside the decision, in one story.

The clerk sends it back with a remark; the officer answers it; the head confirms his opinion with one press; the clerk
asks a colleague first; the registrar lays the mayor's decision ready; the order is assigned, circulated, acknowledged.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests import reports
from tests.browsing import Person
from tests.personas import Authority, Personas
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


ACTS = [
    ("submit", 1), ("endorse", 1), ("send_back", 1),
    ("submit", 2), ("confirm", 2), ("ask_view", 2), ("give_view", 2), ("endorse", 2), ("prepare", 2),
    ("sign", 2), ("assign", 2), ("acknowledge", 2), ("circulate", 2), ("acknowledge", 2),
]  # fmt: skip


def test_two_rounds(personas: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    home = personas.home
    report = reports.in_state(home, State.DRAFTED)
    here = f"/o/{home.organisation.slug}/reports/{report.pk}/"
    _sent_back_and_corrected(here)
    _confirmed_and_asked(here, str(home.people["deputy_clerk"].pk))
    _prepared_and_signed(here)
    _after_the_order(here, home)
    acts = Act.objects.of(home.organisation).filter(approval__report=report).order_by("sequence")
    assert [(act.kind, act.round) for act in acts] == ACTS
    assert [act.opinion for act in acts if act.kind in ("sign", "assign")] == ["ทราบ มอบนิติกรเผยแพร่"] * 2
    call_command("verify")
    assert "0 faults" in capsys.readouterr().out


def _sent_back_and_corrected(here: str) -> None:
    Person("section_head", f"{here}decide/").press("ลงความเห็นและเสนอต่อ", opinion="ตรวจสอบแล้วตามระเบียบ 2 ข้อ")
    clerk = Person("clerk", f"{here}decide/").press("เพิ่มข้อสังเกตที่จุดใดจุดหนึ่ง")
    typed = {"remark-1-place": "s0.m0.a1.method", "remark-1-text": "บอกจำนวนผู้เข้าร่วม"}
    clerk.press("ส่งคืนแก้ไข", reason="แก้ไขถ้อยคำ", **typed)

    officer = Person("legal_officer", here)
    assert "มาตรการที่ ๑ กิจกรรมที่ ๒" in officer.text and "บอกจำนวนผู้เข้าร่วม" in officer.text
    officer.open(f"{here}check/")
    assert "ยังมีข้อสังเกตที่ยังไม่ได้แก้ไข ๑ ข้อ" in officer.text
    officer.follow("ดูข้อสังเกต").follow("ไปแก้ไขที่ตำแหน่งนี้")
    officer.press("บันทึกร่าง", **{"m0.a1.c.method": "(๒) ดำเนินการแล้ว ผู้เข้าร่วม ๔๕ คน"})
    officer.open(here).follow("ข้อสังเกตที่ต้องแก้ไข").press("แก้ไขแล้ว", answer="เพิ่มจำนวนแล้ว")
    officer.follow("ตรวจทานก่อนเสนอ").press("เสนอตามลำดับชั้น")


def _confirmed_and_asked(here: str, of: str) -> None:
    head = Person("section_head", f"{here}decide/")
    assert "ผู้เข้าร่วม ๔๕ คน" in head.text
    head.press("ยืนยันความเห็นเดิม")

    clerk = Person("clerk", here).follow("ขอความเห็นก่อนพิจารณา")
    clerk.press("ขอความเห็น", of=of, question="จำนวนผู้เข้าร่วมตรงหรือไม่")
    deputy = Person("deputy_clerk", "/")
    assert "จำนวนผู้เข้าร่วมตรงหรือไม่" in deputy.text
    deputy.follow("ให้ความเห็น").press("ส่งความเห็น", text="ตรงกับทะเบียน")
    clerk.open(f"{here}decide/")
    assert "ตรงกับทะเบียน" in clerk.text
    clerk.press("ลงความเห็นและเสนอต่อ", opinion="เห็นควรเสนอ")


def _prepared_and_signed(here: str) -> None:
    registrar = Person("registrar", here).follow("เตรียมเสนอ")
    registrar.press("บันทึกการเตรียมเสนอ", decision="forward", opinion="ทราบ มอบนิติกรเผยแพร่", note="ครบถ้วนแล้ว")
    mayor = Person("mayor", f"{here}decide/")
    assert "ครบถ้วนแล้ว" in mayor.text
    mayor.press("ลงนาม")  # the form is filled with what was laid ready


def _after_the_order(here: str, home: Authority) -> None:
    officer = Person("legal_officer", here).follow("มอบหมาย")
    officer.press("มอบหมาย", to=[str(home.people["legal_officer"].pk)])
    officer.open("/").follow("รับทราบ").press("รับทราบ")
    registrar = Person("registrar", here).follow("เวียนให้ทราบ")
    registrar.press("เวียนให้ทราบ", to=[str(home.people["reader"].pk)])
    reader = Person("reader", "/").follow("รับทราบ").press("รับทราบ")
    assert "รับทราบแล้ว" in reader.text
