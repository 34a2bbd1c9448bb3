"""A report's sections as a reader counts them: ส่วนที่ ๑, and under it กลุ่มที่ ๑, ๒, …

Sections stand in one flat list in the order of the paper; a group belongs to the last one before it that is none.
Works on rows and on frozen sections alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from ita_core import language
from memos import frozen
from memos.models import Section

PartT = TypeVar("PartT", Section, frozen.Section)


def families(sections: Iterable[PartT]) -> list[list[PartT]]:
    """Each section with its groups behind it. The first of all is a section whatever it says of itself."""
    found: list[list[PartT]] = []
    for section in sections:
        if section.is_group and found:
            found[-1].append(section)
        else:
            found.append([section])
    return found


def numbered(sections: Iterable[PartT]) -> Iterator[tuple[PartT, int, int]]:
    """(section, its number, its number as a group or 0), counted from 1."""
    for number, family in enumerate(families(sections), 1):
        for group, section in enumerate(family):
            yield section, number, group


@dataclass(frozen=True)
class Place(Generic[PartT]):
    """A section with its place: ``group`` is its number as a group or 0, ``groups`` how many its family has.

    ``first`` and ``last``: among the groups of its family, or among the sections.
    """

    section: PartT
    number: int
    group: int
    groups: int
    first: bool
    last: bool

    @property
    def name(self) -> str:
        return name(self.number, self.group)


def placed(sections: Iterable[PartT]) -> list[Place[PartT]]:
    found = families(sections)
    return [
        Place(
            section,
            number,
            group,
            len(family) - 1,
            first=(group if group else number) == 1,
            last=group == len(family) - 1 if group else number == len(found),
        )
        for number, family in enumerate(found, 1)
        for group, section in enumerate(family)
    ]


def named(sections: Iterable[PartT]) -> Iterator[tuple[PartT, str]]:
    """(section, "ส่วนที่ ๑") or (group, "ส่วนที่ ๑ กลุ่มที่ ๒"), in the language of the page."""
    for section, number, group in numbered(sections):
        yield section, name(number, group)


def name(number: int, group: int = 0) -> str:
    if group:
        return _("ส่วนที่ %(n)s กลุ่มที่ %(k)s") % {
            "n": language.shown(number),
            "k": language.shown(group),
        }
    return _("ส่วนที่ %(n)s") % {"n": language.shown(number)}
