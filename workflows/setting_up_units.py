"""Setting up, second step: offices and posts. Proposed by the kind of authority, then rows that anybody may change."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import ita_core
from ita_core.administration import is_referred_to
from ita_core.models import Organisation, OrgUnit, Post, Role
from workflows.setting_up_rows import Fault, Made, NotEntered, PostRow, UnitRow

UNITS, POSTS = "unit", "post"
"""Beginnings of a fault's field: which of the two tables the row stands in."""
_OFFICES = Path(ita_core.__file__).parent / "data" / "offices.json"
_CLERK_OFFICE = "clerk_office"
_GONE = gettext_lazy("สังกัดที่เลือกไว้จะถูกลบ โปรดเลือกสังกัดอื่นก่อน")


@functools.cache
def _usual() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_OFFICES.read_text(encoding="utf-8"))
    return found


def proposal(organisation: Organisation) -> tuple[list[UnitRow], list[PostRow]]:
    """What an authority of this kind usually has; a unit's key is its place in the list."""
    usual, office = _usual(), organisation.clerk_office_name
    units = [UnitRow("0", OrgUnit.Kind.CLERK_OFFICE, office)]
    units += [
        UnitRow(str(place), OrgUnit.Kind.SECTION, name, "0")
        for place, name in enumerate(usual["sections"], 1)
    ]
    divisions = usual["kinds"][organisation.kind]
    units += [
        UnitRow(str(place), OrgUnit.Kind.DIVISION, name) for place, name in enumerate(divisions, len(units))
    ]
    keys = {unit.name: unit.key for unit in units} | {_CLERK_OFFICE: "0", "": ""}
    posts = [
        PostRow(
            post["role"],
            post.get("title") or organisation.title_for(post["role"]),
            keys[post.get("unit", "")],
        )
        for post in usual["posts"]
    ]
    heads = [PostRow(Role.OFFICER, f"ผู้อำนวยการ{name}", keys[name]) for name in divisions]
    return units, posts + heads


def stored(organisation: Organisation) -> tuple[list[UnitRow], list[PostRow]]:
    """The rows that are there; keys are their numbers. Two queries."""
    units = [
        UnitRow(str(unit.pk), unit.kind, unit.name, str(unit.parent_id or ""), unit.pk)
        for unit in OrgUnit.objects.of(organisation).order_by("pk")
    ]
    posts = [
        PostRow(post.role, post.title, str(post.unit_id or ""), post.pk)
        for post in Post.objects.of(organisation).order_by("pk")
    ]
    return units, posts


@transaction.atomic
def save(
    organisation: Organisation,
    units: Sequence[UnitRow],
    posts: Sequence[PostRow],
    *,
    removed: Sequence[UnitRow | PostRow] = (),
) -> Made:
    """Enter, change and remove; all of it or, with NotEntered, nothing.

    A post that was used keeps its role, because routes and acts were made by it; a row that others name stays.
    """
    made, faults = Made(), list[Fault]()
    found = _save_units(organisation, units, made, faults)
    if not faults:
        for place, row in enumerate(posts):
            _save_post(organisation, place, row, found, made, faults)
    if not faults:
        _remove(organisation, removed, faults)
    if faults:
        raise NotEntered(faults)
    return made


def _save_units(
    organisation: Organisation, rows: Sequence[UnitRow], made: Made, faults: list[Fault]
) -> dict[str, OrgUnit]:
    """By their keys. Saved without parents first, because a parent may stand further down."""
    there = {unit.pk: unit for unit in OrgUnit.objects.of(organisation)}
    found: dict[str, OrgUnit] = {}
    for place, row in enumerate(rows):
        unit = there.get(row.pk or 0) or OrgUnit(organisation=organisation)
        if unit._state.adding:
            made.add("units")
        elif (unit.kind, unit.name) != (row.kind, row.name):
            made.add("changed")
        unit.kind, unit.name = row.kind, row.name
        _keep(unit, place, UNITS, "name", faults, exclude=["parent"])
        found[row.key] = unit
    for place, row in enumerate(rows):
        unit, parent = found[row.key], found.get(row.parent)
        if row.parent and parent is None:
            faults.append(Fault(place, f"{UNITS}.parent", str(_GONE)))
        elif not unit._state.adding and unit.parent_id != (parent.pk if parent else None):
            unit.parent = parent
            _keep(unit, place, UNITS, "parent", faults)
    _twins(rows, faults)
    return found


def _twins(rows: Sequence[UnitRow], faults: list[Fault]) -> None:
    """The database lets two offices without a parent have one name; nobody could tell them apart."""
    seen: set[tuple[str, str]] = set()
    for place, row in enumerate(rows):
        if (row.name, row.parent) in seen:
            faults.append(Fault(place, f"{UNITS}.name", _("มีส่วนราชการชื่อนี้ในสังกัดเดียวกันแล้ว")))
        seen.add((row.name, row.parent))


def _save_post(
    organisation: Organisation,
    place: int,
    row: PostRow,
    units: dict[str, OrgUnit],
    made: Made,
    faults: list[Fault],
) -> None:
    post = Post.objects.of(organisation).filter(pk=row.pk).first() if row.pk else None
    if post is None:
        post = Post(organisation=organisation)
        made.add("posts")
    elif post.role != row.role and is_referred_to(post):
        faults.append(Fault(place, f"{POSTS}.role", _("ตำแหน่งนี้มีผู้ดำรงหรืออยู่ในลำดับการเสนอแล้ว จึงเปลี่ยนบทบาทไม่ได้")))
        return
    unit = units.get(row.unit)
    if row.unit and unit is None:
        faults.append(Fault(place, f"{POSTS}.unit", str(_GONE)))
        return
    said = (row.role, row.title, unit.pk if unit else None)
    if not post._state.adding and (post.role, post.title, post.unit_id) == said:
        return
    post.role, post.title, post.unit = row.role, row.title, unit
    _keep(post, place, POSTS, "title", faults)


def _keep(
    row: OrgUnit | Post, place: int, table: str, field: str, faults: list[Fault], exclude: Sequence[str] = ()
) -> None:
    try:
        row.full_clean(exclude=[*exclude, "organisation"])
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        faults += [Fault(place, f"{table}.{field}", sentence) for sentence in error.messages]
    except IntegrityError:
        faults.append(Fault(place, f"{table}.{field}", _("มีชื่อนี้ในสังกัดเดียวกันแล้ว")))


def _remove(organisation: Organisation, rows: Sequence[UnitRow | PostRow], faults: list[Fault]) -> None:
    """Posts before offices, offices below before those above: what names nothing any more may go."""
    posts = [row for row in rows if isinstance(row, PostRow)]
    units = [row for row in rows if isinstance(row, UnitRow)]
    for post in Post.objects.of(organisation).filter(pk__in=[row.pk for row in posts]):
        _delete(post, faults)
    for unit in OrgUnit.objects.of(organisation).filter(pk__in=[row.pk for row in units]).order_by("-pk"):
        _delete(unit, faults)


def _delete(row: OrgUnit | Post, faults: list[Fault]) -> None:
    if is_referred_to(row):
        sentence = _("ลบ “%(name)s” ไม่ได้ เพราะมีตำแหน่ง บุคคล หรือขั้นตอนการเสนออ้างถึงอยู่") % {"name": row}
        faults.append(Fault(0, "", sentence))
    else:
        row.delete()
