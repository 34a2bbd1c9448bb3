"""What is said of a publication in words: the text to paste beside it on the main website, and the steps of doing so.

Both are paper, so they are Thai whatever the officer reads, with Thai digits except in addresses and codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.conf import settings

from ita_core import thai
from workflows import fetching, public_places
from workflows.published import Publication

# What a report has to show (domain: since the assessment of 2566), with the fields that say it.
_SHOWN: Final = (
    ("มาตรการหรือกิจกรรมที่ดำเนินการ", ("measure", "topic", "issue", "method")),
    ("สรุปผลการดำเนินการ", ("result",)),
    ("ผลลัพธ์หรือความสำเร็จ", ("outcome",)),
)
_MOST_LINKS: Final = 50


def own_address(publication: Publication) -> str:
    """The publication's page here; of this version, which never changes."""
    return f"{settings.SITE_URL}{public_places.path_of(publication)}"


def explanation(publication: Publication, data: dict[str, Any], links: list[str], posted: str) -> str:
    """Item, years, what is shown where, addresses: plain lines that survive any website's editor."""
    parts = [
        "\n".join(_head(data)),
        "\n".join(["สิ่งที่รายงานแสดง", *_shown(data)]),
        "\n".join(["ที่อยู่", *_addresses(publication, data, posted)]),
    ]
    if links:
        named = list(dict.fromkeys(links))
        listed = [f"- {link}" for link in named[:_MOST_LINKS]]
        if len(named) > _MOST_LINKS:
            listed.append("และลิงก์อื่นตามไฟล์ evidence.csv")
        parts.append("\n".join(["หลักฐานที่อ้างในรายงาน", *listed]))
    return "\n\n".join(parts) + "\n"


def _head(data: dict[str, Any]) -> Iterator[str]:
    item, authority = data["item"], data["authority"]
    yield f"ข้อ {item['code']} {thai.printed(item['title'])}"
    yield f"หน่วยงาน: {thai.printed(_where(authority))}"
    if data["filed_year_be"]:
        yield f"ยื่นในการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. {_year(data['filed_year_be'])}"
    half = " รอบ ๖ เดือน" if data["period"] == "six_months" else ""
    yield f"รายงานผลการดำเนินการประจำปีงบประมาณ พ.ศ. {_year(data['fiscal_year_be'])}{half}"
    if data["assessed_year_be"]:
        yield f"ตามผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {_year(data['assessed_year_be'])}"
    if data["signed_on"]:
        number = f" เลขที่ {thai.printed(data['number'])}" if data["number"] else ""
        yield f"ลงนามแล้วเมื่อวันที่ {thai.ThaiDate(date.fromisoformat(data['signed_on'])).long}{number}"


def _where(authority: dict[str, Any]) -> str:
    district = f" อำเภอ{authority['district']}" if authority["district"] else ""
    return f"{authority['name']}{district} จังหวัด{authority['province']}"


def _year(be: int) -> str:
    return thai.to_thai_digits(str(be))


def _shown(data: dict[str, Any]) -> Iterator[str]:
    """Each thing with the headings of the columns that say it; what no column says is left out."""
    number = 0
    for what, fields in _SHOWN:
        headings = [
            column["heading"]
            for section in data["sections"]
            for column in section["columns"]
            if set(column["fields"]) & set(fields)
        ]
        if headings:
            number += 1
            named = ", ".join(f"“{heading}”" for heading in dict.fromkeys(headings))
            yield f"({_year(number)}) {what}: คอลัมน์ {thai.printed(named)} ของตาราง"
    # Not added up: a table of results may tell again of the measures of a table of plans.
    tables = [section["measures"] for section in data["sections"] if section["measures"]]
    for number, measures in enumerate(tables, 1):
        rows = sum(len(measure["activities"]) or 1 for measure in measures)
        yield f"ตารางที่ {_year(number)}: {_year(len(measures))} มาตรการ {_year(rows)} กิจกรรม"


def _addresses(publication: Publication, data: dict[str, Any], posted: str) -> Iterator[str]:
    """Our own pages only where somebody outside could open them."""
    yield f"- ไฟล์บนเว็บไซต์หลักของหน่วยงาน: {posted or '(วางที่อยู่ที่ได้หลังอัปโหลดตรงนี้)'}"
    if fetching.leads_inside(settings.SITE_URL):
        yield f"- รหัสตรวจสอบเอกสาร: {data['code']}"
    else:
        own = own_address(publication)
        yield f"- หน้าสาธารณะของรายงาน: {own}"
        yield f"- ข้อมูลเปิด: {own}data.json และ {own}data.csv"
        yield f"- ตรวจสอบว่าเป็นของจริง: {settings.SITE_URL}/v/{data['code']}"
    yield f"- ค่า SHA-256 ของไฟล์ report.pdf: {publication.pdf.sha256}"


def steps(publication: Publication, data: dict[str, Any]) -> str:
    """README.txt of the pack."""
    item, org = data["item"], publication.organisation.slug
    page = f"{settings.SITE_URL}/o/{org}/publications/{publication.pk}/"
    return f"""ชุดเผยแพร่ ข้อ {item["code"]} {thai.printed(item["title"])}
{thai.printed(data["authority"]["name"])} ปีงบประมาณ พ.ศ. {_year(data["fiscal_year_be"])} ฉบับเผยแพร่ที่ {_year(publication.version)}

วิธีเผยแพร่บนเว็บไซต์หลักของหน่วยงาน
๑. อัปโหลดไฟล์ report.pdf โดยไม่แก้ไข ไม่บันทึกใหม่ และไม่ประทับลายน้ำ เพื่อให้ตรวจได้ว่าเป็นไฟล์เดียวกัน
๒. วางข้อความใน explain.txt ไว้ข้างไฟล์ หรือในช่องคำอธิบายของข้อนี้
๓. หากเว็บไซต์รับไฟล์อื่นได้ ให้อัปโหลด data.csv, data.json, tables.xlsx และ evidence.csv เป็นข้อมูลเปิดด้วย
๔. เปิดที่อยู่ของไฟล์จากเครื่องที่ไม่ได้เข้าสู่ระบบของเว็บไซต์ ว่าเปิดได้จริง
๕. คัดลอกที่อยู่นั้นไปวางที่ {page}
   ระบบจะตรวจว่าเปิดได้และเป็นไฟล์เดียวกัน แล้วออกใบรับการเผยแพร่ให้
๖. อย่าเปลี่ยนหรือย้ายที่อยู่หลังจากนั้น เพราะการชี้แจงภายหลังดูเฉพาะสิ่งที่อยู่ ณ ที่อยู่เดิม

ไฟล์ในชุดนี้
report.pdf     สำเนาสำหรับเผยแพร่ของรายงาน (SHA-256 {publication.pdf.sha256})
data.json      ข้อมูลทั้งฉบับสำหรับโปรแกรม
data.csv       ตารางทั้งฉบับ หนึ่งแถวต่อหนึ่งกิจกรรม
tables.xlsx    ตารางทั้งฉบับสำหรับ Excel
evidence.csv   หลักฐานและลิงก์ที่รายงานอ้าง พร้อมมาตรการที่อ้างถึง
explain.txt    ข้อความสำหรับวางบนเว็บไซต์
"""
