"""READ THIRD: one report from draft to archive, by HTTP alone.

The legal officer writes and submits; the section head forwards; the clerk sends it back; the officer corrects it; an
acting head, the clerk (who differs) and the mayor decide; the signed report stands in the archive, and proves itself.
"""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from docx import Document

from tests.browsing import Person
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def words_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_one_report(personas: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    officer = Person("legal_officer")
    officer.follow("เริ่มรายงานใหม่")
    officer.press("เริ่มเขียนร่าง", fiscal_year="2565", assessed_year="2564")
    officer.press("บันทึกและไปส่วนถัดไป", subject="รายงานผลการดำเนินการมาตรการฯ ประจำปีงบประมาณ พ.ศ. 2565")
    _write_table(officer, "monitoring", "รายงานผู้บริหารปีละ 2 ครั้ง")
    officer.press("บันทึกและไปส่วนถัดไป")
    _write_table(officer, "result", "ยังไม่มีการดำเนินการ")
    officer.press("ตรวจทานก่อนเสนอ")
    assert "มาตรการการเปิดเผยข้อมูล" in officer.text
    officer.press("เสนอตามลำดับชั้น")
    assert "เสนอแล้ว รอหัวหน้าสำนักปลัด" in officer.text

    head = Person("section_head")
    head.follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    head.press("ลงความเห็นและเสนอต่อ", opinion="ตรวจสอบแล้ว ถูกต้องครบถ้วน")

    clerk = Person("clerk")
    clerk.follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    assert "ตรวจสอบแล้ว ถูกต้องครบถ้วน" in clerk.text
    clerk.press("ส่งคืนแก้ไข", reason="ผลการดำเนินการไม่ชัดเจน")

    officer.open("/o/nong-tua-yang/?tab=returned").follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    assert "ผลการดำเนินการไม่ชัดเจน" in officer.text
    _correct_result(officer)
    officer.press("ตรวจทานก่อนเสนอ").press("เสนอตามลำดับชั้น")

    acting = Person("acting_head")
    acting.follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    acting.press("ลงความเห็นและเสนอต่อ", opinion="เห็นควรเสนอนายกฯ เพื่อโปรดทราบ")

    clerk.open("/").follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    clerk.press("ลงความเห็นและเสนอต่อ", opinion="ควรเพิ่มหลักฐานในปีต่อไป", stance="differs")

    mayor = Person("mayor")
    mayor.follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕").press("ลงนาม", opinion="ทราบ ให้เผยแพร่")

    reader = Person("reader", "/o/nong-tua-yang/archive/")
    reader.follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    assert "ลงนามแล้ว" in reader.text
    memos, tables = reader.download("/memo.docx"), reader.download("/measures.docx")
    assert (len(memos), len(tables)) == (6, 6), "two rounds: two sets before the return, four after it"
    _check_paper(memos, tables)

    call_command("verify")
    assert "0 faults" in capsys.readouterr().out


def _write_table(officer: Person, field: str, last: str) -> None:
    """A measure with two activities."""
    officer.press("เพิ่มมาตรการ").press("เพิ่มกิจกรรม")
    officer.press(
        "บันทึกร่าง",
        **{
            "m0.c.measure": "๑. มาตรการการเปิดเผยข้อมูล",
            "m0.a0.c.method": "1. ข้อมูลเชิงสถิติการให้บริการ\n- แสดงข้อมูลสถิติ",
            "m0.a0.c.responsible": "สำนักปลัด อบต.",
            "m0.a0.c.period": "ต.ค. 64 - เม.ย. 65",
            f"m0.a0.c.{field}": last,
            "m0.a1.c.method": "2. E-Service ตาม O19",
            f"m0.a1.c.{field}": "จัดทำช่องทางแล้ว",
        },
    )


def _correct_result(officer: Person) -> None:
    officer.follow("แก้ไข").follow("๒.")
    officer.press("บันทึกร่าง", **{"m0.a0.c.result": "จัดทำข้อมูลเป็นรายเดือน ครบ 12 เดือน"})


def _check_paper(memos: list[bytes], tables: list[bytes]) -> None:
    final = next(words for words in map(words_of, memos) if "ทราบ ให้เผยแพร่" in words)
    for expected in (
        "รายงานผลการดำเนินการมาตรการฯ ประจำปีงบประมาณ พ.ศ. ๒๕๖๕",
        "(นางสาวพิมพ์ใจ ใฝ่สุจริต)",
        "ผู้อำนวยการกองคลัง รักษาราชการแทน",
        "เห็นต่าง แล้วเสนอต่อ",
        "(นายประเสริฐ ใจเที่ยง)",
    ):
        assert expected in final
    assert "ตรวจสอบแล้ว ถูกต้องครบถ้วน" not in final, "an opinion of the returned round"
    assert any("ครบ ๑๒ เดือน" in words and "O19" in words for words in map(words_of, tables))
