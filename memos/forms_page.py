"""What the pages of forms show: choices, faults with their places, and the empty table as it will print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Organisation
from memos import form_faults
from memos.form_draft import MOST_COLUMNS, NEW, FormDraft
from memos.forms_data import FIELDS, field_label
from memos.heading_rows import HeadingRows, heading_rows, paper_shares
from memos.models import FormVersion

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class EditedForm:
    """Which form is edited: ``slug`` is "" for a new one, ``current`` the version in force, ``here`` the page's address."""

    organisation: Organisation
    slug: str
    here: str
    current: FormVersion | None = None


@dataclass(frozen=True)
class Preview:
    """The empty table. ``levels`` has one level for each column; ``word`` is what the Word file is made from, or ""."""

    title: str
    orientation: str
    heads: HeadingRows
    levels: list[str]
    word: str = ""

    @property
    def activity_cells(self) -> int:
        return self.levels.count("activity")


def context(edited: EditedForm, draft: FormDraft, own: Mapping[str, str]) -> dict[str, Any]:
    return {
        "org": edited.organisation.slug,
        "edited": edited,
        "here": edited.here,
        "draft": draft,
        "choices": field_choices(own),
        "levels": levels(),
        "orientations": FormVersion.Orientation.choices,
        "preview": preview_of_draft(draft, own),
        "fault_places": list(fault_places(draft)),
        "has_room": len(draft.rows) < MOST_COLUMNS,
        "new_field": NEW,
    }


def field_choices(own: Mapping[str, str]) -> Choices:
    """Fields to choose from in named groups; the authority's own stand under their names."""
    return [
        (str(_("ช่องข้อมูลมาตรฐาน")), list(FIELDS.items())),
        (
            str(_("ช่องข้อมูลของหน่วยงาน")),
            [
                *((key, thai.printed(name)) for key, name in own.items()),
                (NEW, _("+ ตั้งช่องข้อมูลใหม่")),
            ],
        ),
    ]


def levels() -> list[tuple[str, str]]:
    return [
        ("measure", _("มาตรการ (หนึ่งช่องครอบทุกกิจกรรม)")),
        ("activity", _("กิจกรรม (หนึ่งช่องทุกแถว)")),
    ]


def warning_about(version: FormVersion) -> str:
    """A sentence about a form in which no field names the measure: it may be right, as in a table of projects."""
    keys = {key for column in version.columns for key in column["fields"]}
    if keys & {"measure", "issue", "topic"}:
        return ""
    names = " · ".join(FIELDS[key] for key in ("measure", "issue", "topic"))
    return _(
        "แบบนี้ไม่มีช่องข้อมูลที่บอกชื่อมาตรการ (%(names)s) ใช้ได้ แต่ระบบเทียบกับแผนและจับคู่ตารางที่นำเข้าให้ไม่ได้ "
        "หากคอลัมน์แรกเป็นชื่อมาตรการ โปรดเลือกช่องข้อมูลนั้นให้คอลัมน์แรก"
    ) % {"names": names}


def level_name(level: str) -> str:
    return dict(levels())[level]


def too_many() -> str:
    return _("แบบตารางมีได้ไม่เกิน %(most)s คอลัมน์") % {"most": language.shown(MOST_COLUMNS)}


def fault_places(draft: FormDraft) -> Iterator[tuple[str, str]]:
    """(anchor, sentence) of each fault beside a field."""
    if draft.title_fault:
        yield "form-title", f"{_('ชื่อแบบ')}: {draft.title_fault}"
    for place, row in enumerate(draft.rows):
        for part, sentence in row.faults.items():
            column = _("คอลัมน์ที่ %(n)s") % {"n": language.shown(place + 1)}
            yield f"c{place}-{part}", f"{column}: {sentence}"


# --- the empty table


def preview_of_draft(draft: FormDraft, own: Mapping[str, str]) -> Preview:
    """As far as it can be shown; the Word file only of a form without faults, which are not said here."""
    columns = [(row.group, row.heading or "…") for row in draft.rows]
    widths = [int(row.width) if row.width.isascii() and row.width.isdigit() else 0 for row in draft.rows]
    return Preview(
        draft.title,
        draft.orientation,
        _heads(columns, widths),
        [row.level for row in draft.rows],
        _word_source(draft, own),
    )


def _word_source(draft: FormDraft, own: Mapping[str, str]) -> str:
    if form_faults.has_faults(draft, own):
        return ""
    columns = form_faults.trial_columns(draft, own)
    return json.dumps(
        {"title": draft.title, "orientation": draft.orientation, "columns": columns}, ensure_ascii=False
    )


def preview_of_version(version: FormVersion) -> Preview:
    columns = [(column.get("group", ""), column["heading"]) for column in version.columns]
    widths = [column["width"] for column in version.columns]
    return Preview(
        version.title,
        version.orientation,
        _heads(columns, widths),
        [column["level"] for column in version.columns],
    )


def _heads(columns: Sequence[tuple[str, str]], widths: Sequence[int]) -> HeadingRows:
    """A width not yet right counts as a narrow column's."""
    usable = [width if 1 <= width <= 100 else 10 for width in widths]
    return heading_rows(columns, paper_shares(usable) if usable else [])


@dataclass(frozen=True)
class Described:
    """A column in words: its heading with its group's, the fields it shows, whose text it holds."""

    heading: str
    group: str
    fields: list[str]
    level: str
    width: int
    required: bool


def described(version: FormVersion) -> list[Described]:
    return [
        Described(
            column["heading"],
            column.get("group", ""),
            [FIELDS[key] if key in FIELDS else field_label(column, key) for key in column["fields"]],
            level_name(column["level"]),
            column["width"],
            column["required"],
        )
        for column in version.columns
    ]
