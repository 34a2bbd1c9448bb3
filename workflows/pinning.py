"""Where in a report's content a remark points: one string for every cell, heading and paragraph of a FrozenContent.

``memo.subject`` and the other fields of the head, ``memo.body.<line>``, ``report.title``, ``report.cover``,
``s<i>.heading`` (``preamble``, ``closing``), ``s<i>.m<j>.<field>``, ``s<i>.m<j>.a<k>.<field>``; numbers count from 0 in
the order of the paper, lines as ``str.split("\\n")`` gives them. Labels are kept with the remark and stand in the act's
reason: they are Thai with Arabic digits whatever the reader's language, like everything that an act holds.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from ita_core import thai
from memos import parts
from memos import tree as trees
from memos.forms_data import field_label
from memos.frozen import Column, FrozenContent, Section
from memos.models import Report
from memos.tree import Tree
from workflows.models import Comment

LONGEST_LABEL = 300
_HEAD = {
    "office": "ส่วนราชการ",
    "date": "วันที่",
    "subject": "เรื่อง",
    "recipients": "เรียน",
    "via": "ผ่าน",
    "references": "อ้างถึง",
    "enclosures": "สิ่งที่ส่งมาด้วย",
    "speed": "ชั้นความเร็ว",
    "secrecy": "ชั้นความลับ",
}
_REPORT = {"title": "หัวเรื่องของรายงาน", "cover": "หน้าปก"}
_SECTION = {"heading": "หัวข้อ", "preamble": "ข้อความนำ", "closing": "ข้อความท้าย"}
_IN_TABLE = re.compile(r"s([0-9]{1,4})\.(?:m([0-9]{1,4})\.)?(?:a([0-9]{1,4})\.)?([a-z][a-z0-9_]*)")
_ORPHANS = ""


@dataclass(frozen=True)
class Remark:
    """What an officer wrote beside a place."""

    place: str
    text: str


@dataclass(frozen=True)
class Pin:
    """A place that can be remarked upon, what it is called, and the words that stand there."""

    place: str
    label: str
    text: str


def places(content: FrozenContent) -> list[Pin]:
    """Every place of the content in the order of the paper; empty cells too, because something may be missing there."""
    return [*_of_memo(content), *_of_report(content), *_of_sections(content)]


def by_place(content: FrozenContent) -> Mapping[str, Pin]:
    return {pin.place: pin for pin in places(content)}


def _of_memo(content: FrozenContent) -> Iterator[Pin]:
    memo = content.memo
    enclosures = [" ".join(filter(None, (row.title, row.quantity))) for row in memo.enclosures]
    texts = {
        "office": memo.office,
        "date": thai.ThaiDate(memo.date).long_data if memo.date else "",
        "subject": memo.subject,
        "recipients": "\n".join(memo.recipients),
        "via": "\n".join(memo.via),
        "references": "\n".join(memo.references),
        "enclosures": "\n".join(enclosures),
        "speed": memo.speed,
        "secrecy": memo.secrecy,
    }
    for key, label in _HEAD.items():
        yield _pin(f"memo.{key}", f"บันทึกข้อความ – {label}", texts[key])
    number = 0
    for line, text in enumerate(memo.body.split("\n")):
        if text.strip():
            number += 1
            yield _pin(f"memo.body.{line}", f"บันทึกข้อความ – เนื้อความย่อหน้าที่ {number}", text)


def _of_report(content: FrozenContent) -> Iterator[Pin]:
    yield _pin("report.title", _REPORT["title"], "\n".join(content.report.title))
    yield _pin("report.cover", _REPORT["cover"], "\n".join(content.report.cover))


def _of_sections(content: FrozenContent) -> Iterator[Pin]:
    for place, (section, number, group) in enumerate(parts.numbered(content.sections)):
        name = f"ส่วนที่ {number}" + (f" กลุ่มที่ {group}" if group else "")
        words = {"heading": section.heading, "preamble": section.preamble}
        for key, text in words.items():
            yield _pin(f"s{place}.{key}", f"{name} – {_SECTION[key]}", text)
        yield from _of_rows(section, f"s{place}", "" if len(content.sections) == 1 else f"{name} ")
        yield _pin(f"s{place}.closing", f"{name} – {_SECTION['closing']}", section.closing)


def _of_rows(section: Section, place: str, name: str) -> Iterator[Pin]:
    labels = {level: _labels(section, level) for level in ("measure", "activity")}
    for m, measure in enumerate(section.measures):
        above = f"{name}มาตรการที่ {m + 1}"
        for key, label in labels["measure"].items():
            yield _pin(f"{place}.m{m}.{key}", f"{above} – {label}", measure.cells.get(key, ""))
        for a, activity in enumerate(measure.activities):
            for key, label in labels["activity"].items():
                words = f"{above} กิจกรรมที่ {a + 1} – {label}"
                yield _pin(f"{place}.m{m}.a{a}.{key}", words, activity.cells.get(key, ""))


def _labels(section: Section, level: str) -> dict[str, str]:
    """What each field of the level is called in the section's form."""
    return {
        key: _label(column, key)
        for column in section.form.columns
        if column.level == level
        for key in column.fields
    }


def _label(column: Column, key: str) -> str:
    return " ".join(field_label(dataclasses.asdict(column), key).split())


def _pin(place: str, label: str, text: str) -> Pin:
    return Pin(place, label[:LONGEST_LABEL], text)


# The rows of the working copy


def row_of(report: Report, place: str, tree: Tree | None = None) -> tuple[str, int | None]:
    """(level, id) of the working copy's row that stands at the place; ("", None) when none does.

    True only while the report is under way, when content and working copy agree. Level ``memo`` has no id: the memo's
    page shows the whole report's facts. Four queries, none with the ``tree`` in hand.
    """
    if place.startswith(("memo.", "report.")):
        return "memo", None
    found = _IN_TABLE.fullmatch(place)
    if found is None:
        return "", None
    section, measure, activity = (None if part is None else int(part) for part in found.groups()[:3])
    sections = (tree or trees.read(report)).sections
    try:
        row_section = sections[section or 0]
        if measure is None:
            return "section", row_section.pk
        row_measure = row_section.measures.all()[measure]
        if activity is None:
            return "measure", row_measure.pk
        return "activity", row_measure.activities.all()[activity].pk
    except IndexError:
        return "", None


def field_of(place: str) -> str:
    """The field a place ends with, as the editor names it: ``memo.body.3`` is ``body``."""
    words = place.split(".")
    return words[1] if words[0] in ("memo", "report") and len(words) > 1 else words[-1]


def box_of(comment: Comment) -> str:
    """The id of the editor's box that a remark stands beside: ``measure-12-result``, ``id_subject``, ``section-3-heading``."""
    name = field_of(comment.place)
    if comment.row_level == "memo":
        return "enclosures" if name == "enclosures" else f"id_{name}"
    return f"{comment.row_level}-{comment.row_id}-{name}" if comment.row_id else _ORPHANS


def for_editor(report: Report) -> dict[str, list[Comment]]:
    """Remarks of the last return by the id of the editor's box; those whose row is gone under "". Four queries."""
    comments = latest(report)
    there = _rows_there(report, comments)
    found: dict[str, list[Comment]] = {}
    for comment in comments:
        stands = comment.row_level == "memo" or (comment.row_level, comment.row_id) in there
        found.setdefault(box_of(comment) if stands else _ORPHANS, []).append(comment)
    return found


def latest(report: Report) -> list[Comment]:
    """The remarks of the report's last return, answered ones too, in the order of their writing. One query."""
    rows = Comment.objects.of(report.organisation_id).filter(approval__report=report)
    found = list(rows.select_related("act", "resolved_by").order_by("-act__sequence", "pk"))
    return [comment for comment in found if comment.act_id == found[0].act_id]


def address_of(report: Report, comment: Comment) -> str:
    """The editor's page with the box that a remark stands beside; "" when its row is gone."""
    return addresses(report).get(comment.pk, "")


def addresses(report: Report) -> dict[int, str]:
    """``address_of`` for every remark of the last return, by its number."""
    comments = latest(report)
    there = _rows_there(report, comments)
    found = {}
    for comment in comments:
        section = there.get((comment.row_level, comment.row_id))
        if comment.row_level == "memo" or section is not None:
            found[comment.pk] = f"{_page_of(report, section)}#{_anchor(comment)}"
    return found


def _page_of(report: Report, section: int | None) -> str:
    place = {"org": report.organisation.slug, "pk": report.pk}
    if section is None:
        return reverse("memos:edit_memo", kwargs=place)
    return reverse("memos:edit_section", kwargs={**place, "section": section})


def _anchor(comment: Comment) -> str:
    """A section's own words stand in a form of that one section, so their boxes do not name it."""
    return f"id_{field_of(comment.place)}" if comment.row_level == "section" else box_of(comment)


def _rows_there(report: Report, comments: list[Comment]) -> dict[tuple[str, int | None], int]:
    """The rows of the working copy by level and id, each with the section whose page shows it."""
    if not any(comment.row_id for comment in comments):
        return {}
    there: dict[tuple[str, int | None], int] = {}
    for section in trees.read(report).sections:
        there["section", section.pk] = section.pk
        for measure in section.measures.all():
            there["measure", measure.pk] = section.pk
            there.update((("activity", activity.pk), section.pk) for activity in measure.activities.all())
    return there
