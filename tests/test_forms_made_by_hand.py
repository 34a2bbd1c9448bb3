"""Three forms that nobody shipped, made on the page alone, go from draft to signature; all of it by HTTP.

Nine columns with two heading groups; three columns on portrait paper; two fields in a column with fields of the
authority's own. In the signed Word file every word stands under its heading.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, field
from typing import Any

import pytest
from docx import Document

from memos.models import FormVersion, Section
from tests.browsing import Person
from tests.personas import Personas

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FORMS = "/o/nong-tua-yang/settings/forms/"


@dataclass(frozen=True)
class Col:
    """A column to make: fields by key, or "+name" for a new one of the authority's own."""

    heading: str
    fields: tuple[str, ...]
    level: str = "activity"
    group: str = ""
    width: int = 10

    def typed(self, n: int) -> dict[str, str]:
        made = {
            f"c{n}.heading": self.heading,
            f"c{n}.group": self.group,
            f"c{n}.level": self.level,
            f"c{n}.width": str(self.width),
            f"c{n}.field2": "",
        }
        for k, key in enumerate(self.fields, 1):
            made[f"c{n}.field{k}"] = "+" if key.startswith("+") else key
            made[f"c{n}.name{k}"] = key[1:] if key.startswith("+") else ""
        return made


@dataclass(frozen=True)
class Form:
    title: str
    columns: list[Col]
    orientation: str = "landscape"
    keys: dict[str, str] = field(default_factory=dict)
    """Name of an own field → the key that it must get."""


NINE = Form(
    "เก้าคอลัมน์ สองหัวกลุ่ม",
    [
        Col("หัวข้อการประเมิน", ("topic",), "measure"),
        Col("มาตรการ", ("measure",), "measure", width=14),
        Col("วิธีดำเนินการ", ("method",), group="แผนการดำเนินการ", width=20),
        Col("ผู้รับผิดชอบ", ("responsible",), group="แผนการดำเนินการ"),
        Col("ระยะเวลา", ("period",), group="แผนการดำเนินการ"),
        Col("ผลการดำเนินการ", ("result",), group="ผลของปีนี้", width=16),
        Col("ความสำเร็จ", ("outcome",), group="ผลของปีนี้", width=16),
        Col("ข้อเสนอแนะ", ("suggestion",)),
        Col("หลักฐาน", ("evidence",)),
    ],
)
THREE = Form(
    "สามคอลัมน์ แนวตั้ง",
    [
        Col("มาตรการ", ("measure",), "measure", width=25),
        Col("วิธีดำเนินการ", ("method",), width=40),
        Col("ผล", ("result",), width=35),
    ],
    "portrait",
)
PAIRS = Form(
    "สองช่องในคอลัมน์ มีงบประมาณ",
    [
        Col("ประเด็นและมาตรการ", ("issue", "measure"), "measure", width=30),
        Col("วงเงิน (บาท)", ("+งบประมาณ",)),
        Col("เป้าหมายและผล", ("+เป้าหมาย", "result"), width=40),
        Col("ผู้ติดตาม", ("+คณะทำงานติดตาม",)),
        Col("ระยะเวลา", ("period",)),
    ],
    keys={"งบประมาณ": "budget", "เป้าหมาย": "target", "คณะทำงานติดตาม": "own_1"},
)


def make(admin: Person, form: Form) -> FormVersion:
    admin.open(FORMS).follow("ทำแบบใหม่")
    for _more in range(len(form.columns) - 3):
        admin.press("เพิ่มคอลัมน์")
    typed = {"title": form.title, "orientation": form.orientation}
    for n, column in enumerate(form.columns):
        typed |= column.typed(n)
    admin.press("บันทึกแบบ", **typed)
    assert f"บันทึก “{form.title}” เป็นรุ่นที่ ๑ แล้ว" in admin.text
    return FormVersion.objects.get(title=form.title)


def words_for(form: Form) -> dict[str, str]:
    """A word for every field, told apart by its place: ถ้อยคำ ก ก, ถ้อยคำ ก ข, …"""
    letters = iter(itertools.product("กขคงจฉชซ", repeat=2))
    named = [form.keys.get(key[1:], key) for column in form.columns for key in column.fields]
    words = {key: f"ถ้อยคำ {''.join(pair)}" for key, pair in zip(named, letters, strict=False)}
    return {key: "ต.ค. 64 - ก.ย. 65" if key == "period" else text for key, text in words.items()}


def write(officer: Person, form: Form, version: FormVersion) -> None:
    officer.follow("จัดการส่วนของรายงาน")
    officer.press("เพิ่มส่วน", heading=f"ตารางแบบ {form.title}", form=str(version.pk))
    levels = {key: column["level"] for column in version.columns for key in column["fields"]}
    cells = {
        f"m0.{'' if levels[key] == 'measure' else 'a0.'}c.{key}": words
        for key, words in words_for(form).items()
    }
    officer.press("บันทึกร่าง", **cells)
    assert "บันทึกร่างแล้ว" in officer.text


def test_three_forms_from_the_page_to_the_signature(personas: Personas) -> None:
    admin = Person("org_admin")
    admin.follow("ตั้งค่า").follow("แบบตาราง")
    made = {form.title: make(admin, form) for form in (NINE, THREE, PAIRS)}

    officer = Person("legal_officer").follow("เริ่มรายงานใหม่")
    officer.press("เริ่มเขียนร่าง", fiscal_year="2565", assessed_year="2564")
    officer.press("บันทึกร่าง", subject="รายงานผลตามมาตรการ ประจำปีงบประมาณ พ.ศ. 2565")
    for _usual in range(2):
        officer.follow("จัดการส่วนของรายงาน").follow("ลบ").press("ลบส่วนนี้")
    for form in (NINE, THREE, PAIRS):
        write(officer, form, made[form.title])
    officer.press("ตรวจทานก่อนเสนอ").press("เสนอตามลำดับชั้น")
    for key, button in (
        ("section_head", "ลงความเห็นและเสนอต่อ"),
        ("clerk", "ลงความเห็นและเสนอต่อ"),
        ("mayor", "ลงนาม"),
    ):
        Person(key).follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕").press(button, opinion="เพื่อโปรดทราบ")

    reader = Person("reader", "/o/nong-tua-yang/archive/").follow("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    assert "ลงนามแล้ว" in reader.text
    (paper,) = {bytes(data) for data in reader.download("/measures.docx")}
    document = Document(io.BytesIO(paper))
    tables = document.tables
    assert len(tables) == 3
    for table, form in zip(tables, (NINE, THREE, PAIRS), strict=True):
        check_table(table, form)
    landscape = [section.page_width > section.page_height for section in document.sections]  # type: ignore[operator]
    assert landscape == [True, False, True]
    check_versions_stay(admin, made[PAIRS.title])


def check_table(table: Any, form: Form) -> None:
    """Headings, groups and words, column by column."""
    heads = 2 if any(column.group for column in form.columns) else 1
    assert len(table.rows) == heads + 1
    texts = [[plain(cell.text) for cell in row.cells] for row in table.rows]
    words = {key: plain(text) for key, text in words_for(form).items()}
    for place, column in enumerate(form.columns):
        above = [row[place] for row in texts[:heads]]
        assert above == ([column.group or column.heading, column.heading] if heads == 2 else [column.heading])
        expected = [words[form.keys.get(key.removeprefix("+"), key)] for key in column.fields]
        assert texts[heads][place].split("\n") == expected


def plain(text: str) -> str:
    digits = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    return text.replace("\u00a0", " ").translate(digits)


def check_versions_stay(admin: Person, first: FormVersion) -> None:
    """The next version keeps the keys; the signed report stays with the version it was made with."""
    admin.open(f"{FORMS}{first.pk}/edit/")
    assert "ยังคงเป็นรุ่นเดิม" in admin.text
    admin.press("บันทึกเป็นรุ่นถัดไป", **{"c1.heading": "วงเงินที่ใช้จริง (บาท)"})
    second = FormVersion.objects.get(slug=first.slug, organisation=first.organisation_id, number=2)
    assert [column["fields"] for column in second.columns] == [column["fields"] for column in first.columns]
    assert second.columns[1]["heading"] == "วงเงินที่ใช้จริง (บาท)"
    used = Section.objects.of(first.organisation_id or 0).filter(heading__contains=first.title)
    assert [section.form_id for section in used] == [first.pk]
    assert "ใช้ในรายงาน ๑ ฉบับ" in admin.text
