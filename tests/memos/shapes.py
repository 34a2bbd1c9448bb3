"""Contents of every shape that paper must carry: covers, groups, headings in two rows, upright and across."""

from __future__ import annotations

import dataclasses

from memos.frozen import Activity, FrozenContent, Measure, Section
from tests.memos import sample

COVER = (
    "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายใน",
    "ประจำปี พ.ศ. 2565",
    "",
    sample.NAME,
    "อำเภอเคียนซา จังหวัดสุราษฎร์ธานี",
)
_GROUPED = {"period": "การดำเนินการ", "result": "การดำเนินการ", "suggestion": "ต่อไป"}
TWO_ROWS = dataclasses.replace(
    sample.RESULT,
    columns=tuple(
        dataclasses.replace(column, group=_GROUPED.get(column.key, "")) for column in sample.RESULT.columns
    ),
)
UPRIGHT = dataclasses.replace(sample.PLAN, orientation="portrait")


def with_sections(*sections: Section, cover: tuple[str, ...] = ()) -> FrozenContent:
    report = dataclasses.replace(sample.CONTENT.report, cover=cover)
    return dataclasses.replace(sample.CONTENT, report=report, sections=sections)


PLAN, RESULT = sample.CONTENT.sections
HEADED = Section("6. มาตรการส่งเสริมคุณธรรม", "คำนำของส่วนที่มีกลุ่ม", "คำปิดท้ายของส่วน", sample.PLAN)
IIT = Section("6.1 ด้าน IIT", "", "ท้ายกลุ่มแรก", TWO_ROWS, RESULT.measures[:1], is_group=True)
EIT = Section("6.2 ด้าน EIT", "", "", TWO_ROWS, RESULT.measures[1:], is_group=True)

COVERED = with_sections(PLAN, RESULT, cover=COVER)
COVERED_UPRIGHT = with_sections(dataclasses.replace(PLAN, form=UPRIGHT), cover=COVER)
GROUPS = with_sections(HEADED, IIT, EIT, dataclasses.replace(PLAN, form=UPRIGHT), cover=COVER)
TWO_ROWED = with_sections(dataclasses.replace(RESULT, form=TWO_ROWS))


def long_report(measures: int) -> FrozenContent:
    """So many measures of two activities each, with words as long as they come."""
    rows = tuple(
        Measure(
            {
                "measure": f"{number}. มาตรการส่งเสริมการเปิดเผยข้อมูลข่าวสารของหน่วยงานให้ประชาชนทราบอย่างทั่วถึงและเท่าเทียม"
            },
            (
                Activity({"responsible": "- กองช่าง\n- กองคลัง\n- สำนักปลัด", "result": "จัดทำแล้ว"}),
                Activity({"responsible": "กองการศึกษา", "result": "2. ยังไม่มีการดำเนินการ"}),
            ),
        )
        for number in range(1, measures + 1)
    )
    return with_sections(dataclasses.replace(RESULT, measures=rows))
