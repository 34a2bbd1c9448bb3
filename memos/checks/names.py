"""The authority's own names: a near miss of one of them is a slip of the pen, or of recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core.models import Organisation
from memos.checks.rule import Note, Rule, note
from memos.checks.view import View

_KIND_WORDS: Final = {
    Organisation.Kind.SAO: ("ตำบล", "อบต."),
    Organisation.Kind.TAMBON_MUNI: ("ตำบล", "ทต.", "เทศบาล"),
    Organisation.Kind.TOWN_MUNI: ("เทศบาลเมือง", "ทม."),
    Organisation.Kind.CITY_MUNI: ("เทศบาลนคร", "ทน."),
    Organisation.Kind.PAO: ("บริหารส่วนจังหวัด", "อบจ."),
}
# ของ + องค์การบริหาร… must not begin at the อง of ของ, so what may stand between is shorter than องค์การ.
_ODD_KIND: Final = re.compile("อง(?!ค์การบริหาร)[\u0e00-\u0e7f]{0,6}?บริหารส่วน(?:ตำบล|จังหวัด)")
_ABBREVIATION: Final = re.compile(r"(?<![\u0e00-\u0e7f.])([ก-ฮ]{2,4})\.")
_REAL: Final = {"อบต", "อบจ", "อปท", "กบต", "พบต"}


def distance(one: str, other: str) -> int:
    """Letters to insert, remove or change to make one of the other (Levenshtein)."""
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, against in enumerate(other, 1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != against)))
        above = here
    return above[-1]


def near_misses(text: str, name: str, before: tuple[str, ...]) -> list[str]:
    """What stands after one of the words ``before`` and is nearly ``name``, but not it. ``text`` is without spaces.

    Two letters off for names of seven letters and more, one for four to six; shorter names have too many neighbours.
    """
    most = 2 if len(name) >= 7 else 1 if len(name) >= 4 else 0
    if not most:
        return []
    found: dict[str, None] = {}
    places = re.finditer("|".join(map(re.escape, before)), text)
    for following in dict.fromkeys(text[place.end() : place.end() + len(name) + most] for place in places):
        if following.startswith(name):
            continue
        ends = range(max(1, len(name) - most), len(following) + 1)
        near, end = min(((distance(name, following[:end]), end) for end in ends), default=(most + 1, 0))
        if near <= most:
            found[following[:end]] = None
    return list(found)


def odd_kinds(text: str, bare: str, organisation: Organisation) -> list[str]:
    """องค้การบริหารส่วนตำบล, องการบริหารส่วนตำบล, อปต., อบรม.: near misses of what the authority is.

    ``bare`` is the text without spaces, in which a name is whole that a line's end broke.
    """
    if organisation.kind not in (Organisation.Kind.SAO, Organisation.Kind.PAO):
        return []
    found = dict.fromkeys(_ODD_KIND.findall(bare))
    right = organisation.SHORT[Organisation.Kind(organisation.kind)].rstrip(".")
    for short in _ABBREVIATION.findall(text):
        off = distance(short, right)
        if short not in _REAL and (off == 1 or (off == 2 and short.startswith(right[:2]))):
            found[f"{short}."] = None
    return list(found)


def spelled_differently(view: View) -> Iterator[Note]:
    mine = view.organisation
    names = (
        (mine.name, _KIND_WORDS[Organisation.Kind(mine.kind)]),
        (mine.district, ("อำเภอ", "อ.")),
        (mine.province, ("จังหวัด", "จ.")),
    )
    for text in view.texts:
        odd = [
            _("“%(odd)s” ต่างจากชื่อ “%(name)s”") % {"odd": odd, "name": name}
            for name, before in names
            if name
            for odd in near_misses(text.bare, name, before)
        ]
        kind = mine.FULL[Organisation.Kind(mine.kind)]
        odd += [
            _("“%(odd)s” ต่างจากชื่อ “%(name)s”") % {"odd": odd, "name": kind}
            for odd in odd_kinds(text.plain, text.bare, mine)
        ]
        if odd:
            yield note(text, " ".join(odd))


RULES = (
    Rule(
        "name-spelled-differently",
        "word",
        gettext_lazy("ชื่อหน่วยงานสะกดต่างกัน"),
        gettext_lazy("ชื่อหน่วยงาน อำเภอ หรือจังหวัดที่ต่างจากทะเบียนหน่วยงานหนึ่งหรือสองตัวอักษร"),
        spelled_differently,
    ),
)
