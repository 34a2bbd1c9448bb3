"""An authority from one file, .json or .xlsx: read into the same rows that the pages post, entered by the same hands.

What the file leaves out is proposed as on the pages; what is there already stays as it is, so that a second run adds
what is missing and changes nothing. The .xlsx is ``workbook()``; the .json is one object::

    {"authority": {"kind": "sao", "name": …, "district": …, "province": …, "number_prefix": …, "slug": …},
     "units": [{"kind": "division", "name": …, "parent": …}], "posts": [{"role": "mayor", "title": …, "unit": …}],
     "people": [{"name": …, "login": …, "email": …, "post": …, "unit": …, "capacity": "รักษาราชการแทน",
                 "own_title": …, "legal_basis": …, "scope": …, "starts": "2025-10-01"}],
     "route": [{"role": "clerk", "heading": …, "addresses": …, "days": 3}], "forms": ["plan", "result"], "template": "memo"}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Organisation, OrgUnit, Role
from memos.people_sheet import Sheet, as_xlsx
from workflows import (
    people_rows,
    setting_up_authority,
    setting_up_paper,
    setting_up_people,
    setting_up_route,
    setting_up_units,
)
from workflows.setting_up_rows import Made, PersonRow, PostRow, StepRow, UnitRow, problem

Sheets = Sequence[tuple[str, list[list[str]]]]

AUTHORITY_SHEET, UNITS_SHEET, TITLES_SHEET, ROUTE_SHEET = "หน่วยงาน", "ส่วนราชการ", "ตำแหน่ง", "ลำดับการเสนอ"
# In sheets, the words of officials; in .json, the keys of the columns and of the choices.
_AUTHORITY = {
    "kind": "ประเภท",
    "name": "ชื่อ (ไม่รวมประเภท)",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "number_prefix": "เลขประจำส่วนราชการ",
    "slug": "รหัสในที่อยู่เว็บ",
}
_UNITS = {"kind": "ประเภท", "name": "ชื่อ", "parent": "สังกัด"}
_POSTS = {"role": "บทบาท", "title": "ชื่อตำแหน่ง", "unit": "สังกัด"}
_ROUTE = {"role": "บทบาท", "heading": "หัวข้อบนบันทึก", "addresses": "คำขึ้นต้นความเห็น", "days": "วันทำการ"}
_KINDS = {Organisation.FULL[kind]: kind.value for kind in Organisation.Kind}
_UNIT_KINDS = {
    "สำนักปลัด": OrgUnit.Kind.CLERK_OFFICE.value,
    "กอง": OrgUnit.Kind.DIVISION.value,
    "ฝ่าย": OrgUnit.Kind.SUBDIVISION.value,
    "งาน": OrgUnit.Kind.SECTION.value,
}
_ROLES = {
    "นิติกร": Role.LEGAL_OFFICER.value,
    "หัวหน้าสำนักปลัด": Role.SECTION_HEAD.value,
    "ปลัด": Role.CLERK.value,
    "รองปลัด": Role.DEPUTY_CLERK.value,
    "รองนายก": Role.DEPUTY_MAYOR.value,
    "นายก": Role.MAYOR.value,
    "ธุรการ/สารบรรณ": Role.REGISTRAR.value,
    "เจ้าหน้าที่": Role.OFFICER.value,
    "ผู้ดูแลระบบของหน่วยงาน": Role.ORG_ADMIN.value,
    "ผู้อ่าน": Role.READER.value,
}


@dataclass
class Plan:
    """What a file says; an empty list is a part that it leaves to the proposal."""

    authority: dict[str, str]
    units: list[dict[str, str]] = field(default_factory=list)
    posts: list[dict[str, str]] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    route: list[dict[str, str]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    template: str = ""


def from_json(data: bytes) -> Plan:
    """NotEntered for what is no JSON of this shape."""
    try:
        said = json.loads(data)
        people = [
            PersonRow(place=place, **_texts(row)) for place, row in enumerate(said.get("people", []), 1)
        ]
        return Plan(
            authority=_texts(said["authority"]),
            units=[_texts(row) for row in said.get("units", [])],
            posts=[_texts(row) for row in said.get("posts", [])],
            people=people,
            route=[_texts(row) for row in said.get("route", [])],
            forms=[str(slug) for slug in said.get("forms", [])],
            template=str(said.get("template", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise problem(_("อ่านไฟล์ .json ไม่ได้ โปรดเทียบกับตัวอย่าง: %(error)s") % {"error": error}) from error


def from_sheets(sheets: Sheets) -> Plan:
    """NotEntered when the authority's sheet is missing or a word in a sheet is not known."""
    named = dict(sheets)
    if AUTHORITY_SHEET not in named:
        raise problem(_("ไฟล์นี้ไม่มีแผ่นงานชื่อ “%(name)s”") % {"name": AUTHORITY_SHEET})
    wanted = {heading: key for key, heading in _AUTHORITY.items()}
    facts = {
        wanted[row[0].strip()]: _text(row[1])
        for row in named[AUTHORITY_SHEET]
        if len(row) > 1 and row[0].strip() in wanted
    }
    has_people = any(any(row) for row in named.get(people_rows.SHEET, []))
    return Plan(
        authority=facts | {"kind": _KINDS.get(facts.get("kind", ""), facts.get("kind", ""))},
        units=_table(named.get(UNITS_SHEET, []), _UNITS, "kind", _UNIT_KINDS),
        posts=_table(named.get(TITLES_SHEET, []), _POSTS, "role", _ROLES),
        people=people_rows.read(sheets) if has_people else [],
        route=_table(named.get(ROUTE_SHEET, []), _ROUTE, "role", _ROLES),
    )


def _table(
    rows: Sequence[Sequence[str]], headings: dict[str, str], chosen: str, words: dict[str, str]
) -> list[dict[str, str]]:
    """Rows below the first, by heading; ``chosen`` is a column whose words stand for the system's own."""
    if not rows:
        return []
    columns = {key: list(rows[0]).index(heading) for key, heading in headings.items() if heading in rows[0]}
    found = []
    for row in rows[1:]:
        said = {key: _text(row[column]) for key, column in columns.items() if column < len(row)}
        if any(said.values()):
            found.append(said | {chosen: words.get(said.get(chosen, ""), said.get(chosen, ""))})
    return found


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {str(key): _text(str(value)) for key, value in row.items() if value is not None}


def _text(said: str) -> str:
    return " ".join(thai.normalise(said[:2_000]).split())


@transaction.atomic
def make(plan: Plan) -> tuple[Organisation, Made]:
    """The authority and what was entered of it. NotEntered, and then nothing was."""
    made = Made()
    organisation = _authority(plan, made)
    there = setting_up_units.stored(organisation)
    if not any(there) or plan.units or plan.posts:
        _add(made, setting_up_units.save(organisation, *_offices(organisation, plan, *there)))
    if plan.people:
        _add(made, setting_up_people.enter(organisation, plan.people, any_login=True))
    if not organisation.route.exists():
        _add(made, setting_up_route.save(organisation, _steps(organisation, plan)))
    if plan.forms:
        made.add("forms", setting_up_paper.choose_forms(organisation, plan.forms))
    if plan.template:
        made.add("template", setting_up_paper.choose_template(organisation, plan.template))
    setting_up_paper.book(organisation)
    for step in ("forms", "look"):
        setting_up_authority.settle(organisation, step)
    return organisation, Made({kind: number for kind, number in made.counts.items() if number})


def _add(made: Made, more: Made) -> None:
    for kind, number in more.counts.items():
        made.add(kind, number)


def _authority(plan: Plan, made: Made) -> Organisation:
    """By its address, or by kind, name and province; its facts are not written over."""
    facts = {key: plan.authority.get(key, "") for key in _AUTHORITY}
    named = {key: facts[key] for key in ("kind", "name", "province")}
    same = {"slug": facts["slug"]} if facts["slug"] else named
    found = Organisation.objects.filter(**same).first()
    if found is not None:
        return found
    try:
        saved = setting_up_authority.save(facts)
    except ValidationError as error:
        raise problem("; ".join(error.messages), field="authority") from error
    made.add("authority")
    return saved


def _offices(
    organisation: Organisation, plan: Plan, units: list[UnitRow], posts: list[PostRow]
) -> tuple[list[UnitRow], list[PostRow]]:
    """What is there, and after it what the file adds; offices are called by their names."""
    offered_units, offered_posts = setting_up_units.proposal(organisation)
    names = {unit.key: unit.name for unit in [*offered_units, *units]}
    by_name = {unit.name: unit.key for unit in units}
    wanted = plan.units
    if not (wanted or units):
        wanted = [
            {"kind": unit.kind, "name": unit.name, "parent": names.get(unit.parent, "")}
            for unit in offered_units
        ]
    for place, row in enumerate(wanted):
        by_name.setdefault(row.get("name", ""), f"new-{place}")
    known = {unit.key for unit in units}
    rows = [*units]
    for row in wanted:
        key = by_name[row.get("name", "")]
        if key not in known:
            known.add(key)
            rows.append(UnitRow(key, row.get("kind", ""), row["name"], _key(by_name, row.get("parent", ""))))
    titles = plan.posts
    if not (titles or posts):
        titles = [
            {"role": post.role, "title": post.title, "unit": names.get(post.unit, "")}
            for post in offered_posts
        ]
    there = {(post.title, post.unit) for post in posts}
    added = [
        PostRow(row.get("role", ""), row.get("title", ""), _key(by_name, row.get("unit", "")))
        for row in titles
    ]
    return rows, [*posts, *(row for row in added if (row.title, row.unit) not in there)]


def _key(by_name: dict[str, str], name: str) -> str:
    if name and name not in by_name:
        raise problem(_("ไม่มีส่วนราชการชื่อ “%(name)s”") % {"name": name[:80]}, field="unit")
    return by_name[name] if name else ""


def _steps(organisation: Organisation, plan: Plan) -> list[StepRow]:
    posts = setting_up_route.posts_by_role(organisation)
    if not plan.route:
        return setting_up_route.proposal(organisation)
    rows = []
    for row in plan.route:
        role, days = row.get("role", ""), row.get("days", "")
        if role not in setting_up_route.ORDER or (days and not (days.isascii() and days.isdigit())):
            raise problem(_("ขั้นตอน “%(row)s” ไม่ถูกต้อง") % {"row": row}, field="route")
        heading = row.get("heading") or setting_up_route.HEADINGS[Role(role)]
        rows.append(StepRow(role, heading, row.get("addresses", ""), int(days) if days else None))
    return setting_up_route.addressed(rows, posts)


def workbook() -> bytes:
    """The .xlsx to fill in: a sheet for each part; all but the first may stay empty."""
    people = Sheet(people_rows.SHEET, list(people_rows.HEADINGS.values()))
    facts = [[heading, ""] for heading in _AUTHORITY.values()]
    return as_xlsx(
        [
            Sheet(AUTHORITY_SHEET, ["รายการ", "ข้อมูล"], facts),
            Sheet(UNITS_SHEET, list(_UNITS.values())),
            Sheet(TITLES_SHEET, list(_POSTS.values())),
            people,
            Sheet(ROUTE_SHEET, list(_ROUTE.values())),
        ]
    )
