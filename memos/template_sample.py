"""A report of an invented office, to show what a template makes of every kind of content. Words of the paper, so Thai."""

from __future__ import annotations

from datetime import date

from ita_core.models import Organisation
from memos import content, shipped
from memos.documents import Block
from memos.frozen import (
    Activity,
    Enclosure,
    FrozenContent,
    Measure,
    MemoHead,
    OrganisationFacts,
    ReportFacts,
    Section,
    Templates,
)

_DAY = date(2022, 4, 1)
_YEAR = 2565
_METHODS = (
    "๑. จัดทำประกาศเจตนารมณ์ของผู้บริหาร\n๒. ประชาสัมพันธ์ให้ประชาชนทราบทุกช่องทาง\n(๑) ป้ายประกาศ\n(๒) เว็บไซต์ของหน่วยงาน",
    "จัดประชุมบุคลากรเพื่อทบทวนขั้นตอนการให้บริการ ลดระยะเวลา และปรับปรุงแบบฟอร์มให้ประชาชนใช้งานได้สะดวกยิ่งขึ้น",
    "- สำรวจความพึงพอใจของผู้มารับบริการ\n- สรุปผลเสนอผู้บริหาร",
)
_CELLS = {
    "responsible": "สำนักปลัด",
    "period": "ต.ค. 64\n-\nก.ย. 65",
    "monitoring": "รายงานผลการดำเนินการให้ผู้บริหารทราบอย่างน้อยปีละ 2 ครั้ง",
    "result": "ดำเนินการแล้วเสร็จ มีผู้เข้าร่วม 45 คน",
    "suggestion": "ควรดำเนินการต่อเนื่องทุกปี",
}
_BODY = (
    "ตามที่หน่วยงานได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and "
    "Transparency Assessment: ITA) ประจำปีงบประมาณ พ.ศ. 2564 และกำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสไว้แล้ว นั้น\n"
    "สำนักปลัด ขอรายงานผลการดำเนินการตามมาตรการดังกล่าว รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วยนี้\n"
    "จึงเรียนมาเพื่อโปรดทราบและพิจารณา"
)
_OPINIONS = (
    ("ความเห็นหัวหน้าสำนักปลัด", "เห็นควรเสนอผู้บริหารพิจารณา", "นางสาวตัวอย่าง รอบคอบ", ("หัวหน้าสำนักปลัด",)),
    (
        "ความเห็นของปลัด",
        "เห็นชอบตามเสนอ ทั้งนี้ขอให้ติดตามผลของมาตรการที่ยังไม่แล้วเสร็จ และรายงานให้ทราบในรอบต่อไป",
        "นายตัวอย่าง แทนดี",
        ("รองปลัด รักษาราชการแทน", "ปลัด"),
    ),
    ("ความเห็นของนายก", "ทราบ", "นายตัวอย่าง รักถิ่น", ("นายก",)),
)


def blocks() -> list[Block]:
    """The drafter's, two opinions that are given, and one that is not."""
    drafter = Block("", name="นางสาวตัวอย่าง ตั้งใจ", title_lines=("นิติกร",), date=_DAY)
    *given, last = _OPINIONS
    return [
        drafter,
        *(Block(heading, opinion, name, titles, _DAY) for heading, opinion, name, titles in given),
        Block(last[0], title_lines=last[3], given=False),
    ]


def frozen(organisation: Organisation, with_cover: bool) -> FrozenContent:
    """Plan and result with a group, in the forms that a new report begins with. ``with_cover``: the template has one."""
    title = (
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        f"ของ{organisation.full_name}",
        f"ประจำปีงบประมาณ พ.ศ. {_YEAR}",
    )
    forms = (shipped.current_form(organisation, slug) for slug in shipped.USUAL)
    plan, result = (content.form_values(form) for form in forms)
    measures = tuple(_measure(number) for number in range(1, 4))
    return FrozenContent(
        organisation=OrganisationFacts(organisation.full_name, organisation.kind),
        report=ReportFacts(
            title,
            _YEAR,
            _YEAR - 1,
            _YEAR,
            cover=(*title[::2], "", organisation.full_name) if with_cover else (),
        ),
        memo=_head(organisation),
        templates=Templates("", ""),
        sections=(
            Section(
                "1. มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "หน่วยงานกำหนดมาตรการไว้ดังนี้", "", plan, measures[:2]
            ),
            Section("1.1 กลุ่มย่อย", "", "", plan, measures[2:], is_group=True),
            Section("2. ผลการดำเนินการ", "", "ข้อความหลังตาราง", result, measures),
        ),
    )


def _measure(number: int) -> Measure:
    activities = tuple(Activity({**_CELLS, "method": method}) for method in _METHODS[:number])
    return Measure({"measure": f"{number}. มาตรการตัวอย่าง", **_CELLS}, activities)


def _head(organisation: Organisation) -> MemoHead:
    return MemoHead(
        office=f"สำนักปลัด{organisation.full_name}",
        number_prefix="ตย 72701",
        subject=f"รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {_YEAR}",
        recipients=("นายก",),
        via=("ปลัด",),
        references=("หนังสือตัวอย่าง ที่ ตย 0001/ว 1 ลงวันที่ 1 ตุลาคม 2564",),
        enclosures=(Enclosure("ตารางมาตรการ", "1 ชุด", 4), Enclosure("ภาพถ่ายกิจกรรม", "1 ชุด")),
        body=_BODY,
        date=_DAY,
        speed="ด่วน",
    )
