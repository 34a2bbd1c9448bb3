"""The own title of whoever acts for another: proposed from the post that he holds, and how the block under his name reads.

Proposed, never saved unseen: a form fills the empty box and asks to look at it. The script people.js fills it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.models import Appointment, Organisation, Post
from memos.fields import PaperField
from workflows.officers import holder_first

LONGEST = 200


def by_person(organisation: Organisation) -> dict[int, str]:
    """Of everybody with an appointment now or to come: the post that he holds, else the title he acts with. One query."""
    rows = Appointment.objects.of(organisation).filter(
        Q(ends__isnull=True) | Q(ends__gte=thai.today()), absence__isnull=True
    )
    titles: dict[int, str] = {}
    for row in sorted(
        rows.select_related("post"), key=lambda one: (holder_first(one)[0], one.starts, one.pk)
    ):
        holds = row.capacity == Appointment.Capacity.HOLDER
        titles.setdefault(row.user_id, row.post.title if holds else row.own_title)
    return titles


def of_posts(organisation: Organisation) -> dict[int, str]:
    """Titles alone: the choices name the office too."""
    return dict(Post.objects.of(organisation).values_list("pk", "title"))


PHRASES: dict[str, str] = {capacity.value: words for capacity, words in Appointment.PHRASE.items()}


def block(own_title: str, capacity: str, post: str) -> str:
    """What will stand under the name; "" while something of it is missing."""
    if not (own_title.strip() and post and capacity in PHRASES):
        return ""
    return f"{' '.join(own_title.split())} {PHRASES[capacity]} / {post}"


class Field(PaperField):
    """Room for a title in words: it is typed in lines and printed in one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("ตำแหน่งของผู้ลงนามเอง"),
            limit=LONGEST,
            one_line=True,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "data-own-title": ""}),
            **kwargs,
        )


class Select(forms.Select):
    """Its options say as ``data-title`` what stands on paper when they are chosen."""

    def __init__(self, titles: Mapping[Any, str], choices: Any = ()) -> None:
        super().__init__(choices=choices)
        self.titles = titles

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if title := self.titles.get(value):
            option["attrs"]["data-title"] = title
        return option


def propose(data: Any, titles: Mapping[int, str], number: str = "") -> bool:
    """Fill the empty title of a row that names somebody who acts for another; whether there was one to propose."""
    typed, capacity = data.get(f"person{number}", ""), data.get(f"capacity{number}", "")
    title = titles.get(int(typed), "") if typed.isascii() and typed.isdigit() and len(typed) < 19 else ""
    if not title or data.get(f"own_title{number}", "").strip() or capacity not in PHRASES:
        return False
    data[f"own_title{number}"] = title
    return True


def please_look() -> str:
    return gettext("ระบบเสนอตำแหน่งนี้จากการแต่งตั้ง โปรดตรวจแล้วบันทึกอีกครั้ง")
