"""A standing order as the administrator types it: a post, and up to eight persons in their order.

It shows as many ranks as are filled in and a few more; a button adds one, without a script too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core.models import Appointment, Organisation, User
from workflows import own_titles
from workflows.appointing import MOST_RANKS, Ranked
from workflows.people_forms import GrantForm, choice, offer, people_of, posts_of

FIRST = 2
"""Empty ranks of a new order: most name one person or two."""
_NAMES = ("person", "capacity", "own_title")
_CAPACITIES = [pair for pair in Appointment.Capacity.choices if pair[0] != Appointment.Capacity.HOLDER]


@dataclass(frozen=True)
class Row:
    """A rank on the page; ``block`` is what will stand under the name."""

    number: int
    fields: list[forms.BoundField]
    block: str


class OrderForm(GrantForm):
    post = choice(_("ตำแหน่งที่มีผู้รักษาราชการแทน"), _("โปรดเลือกตำแหน่ง"))
    field_order: tuple[str, ...] = ("post", "legal_basis", "scope", "covers_memos", "starts", "ends", "scan")

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        people: Sequence[User],
        adds: bool = False,
        **kwargs: Any,
    ) -> None:
        """``adds``: one rank more than was sent, and nothing is judged yet."""
        super().__init__(*args, **kwargs)
        self._people = {one.pk: one for one in people}
        self._posts = own_titles.of_posts(organisation)
        titles = own_titles.by_person(organisation)
        offer(self, "post", posts_of(organisation), self._posts)
        self.fields["legal_basis"].required = True
        self.fields["legal_basis"].help_text = _("คำสั่งที่…/… ลงวันที่… หรือมาตราของกฎหมาย")
        self.count = min(self._sent() + adds, MOST_RANKS) if self.is_bound else FIRST
        for number in range(1, self.count + 1):
            self._add_rank(number, titles)
        self.proposed: list[int] = []
        if self.is_bound:
            typed: Any = self.data
            self.data = typed.copy()
            numbers = range(1, self.count + 1)
            self.proposed = [
                number for number in numbers if own_titles.propose(self.data, titles, str(number))
            ]
        if adds:
            self.fields[f"person{self.count}"].widget.attrs["autofocus"] = True
            self._errors = ErrorDict()

    def _sent(self) -> int:
        """The last rank of which something came."""
        return max(
            (n for n in range(1, MOST_RANKS + 1) if any(f"{name}{n}" in self.data for name in _NAMES)),
            default=FIRST,
        )

    def _add_rank(self, number: int, titles: dict[int, str]) -> None:
        self.fields[f"person{number}"] = choice(_("บุคคล"), _("โปรดเลือกบุคคล"), required=False)
        offer(self, f"person{number}", people_of(list(self._people.values())), titles)
        self.fields[f"capacity{number}"] = forms.ChoiceField(
            label=_("ฐานะ"),
            choices=_CAPACITIES,
            initial=Appointment.Capacity.ACTING_FOR,
            widget=own_titles.Select(own_titles.PHRASES),
        )
        self.fields[f"own_title{number}"] = own_titles.Field()

    @property
    def may_add(self) -> bool:
        return self.count < MOST_RANKS

    def heads(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order]

    def rows(self) -> list[Row]:
        return [
            Row(number, [self[f"{name}{number}"] for name in _NAMES], self._block(number))
            for number in range(1, self.count + 1)
        ]

    def _block(self, number: int) -> str:
        if not (self.is_bound and self.data.get(f"person{number}")):
            return ""
        typed = str(self.data.get("post", ""))
        post = next((title for pk, title in self._posts.items() if str(pk) == typed), "")
        own, capacity = (str(self.data.get(f"{name}{number}", "")) for name in ("own_title", "capacity"))
        return own_titles.block(own, capacity, post)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        for number in range(1, self.count + 1):
            if number in self.proposed:
                self.add_error(f"own_title{number}", own_titles.please_look())
            elif typed.get(f"person{number}") and not typed.get(f"own_title{number}"):
                self.add_error(f"own_title{number}", gettext("โปรดใส่ตำแหน่งของผู้ลงนามเอง"))
        return typed

    def ranked(self) -> list[Ranked]:
        typed = self.cleaned_data
        return [
            Ranked(self._people[typed[f"person{n}"]], typed[f"own_title{n}"], typed[f"capacity{n}"])
            for n in range(1, self.count + 1)
            if typed[f"person{n}"]
        ]
