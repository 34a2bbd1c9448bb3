"""The two tables of offices and posts as one form: rows are added by a button, without a script too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core.models import OrgUnit, Role
from ita_core.rows import may_be_a_row
from workflows.first_forms import line
from workflows.setting_up_rows import Fault, PostRow, UnitRow
from workflows.setting_up_units import UNITS

MOST = 100
"""Rows of one table: a large city's offices and sections."""
U, P = "u", "p"

if TYPE_CHECKING:  # Django's own class takes no parameters when the code runs.
    _Rows = BaseFormSet[Any]
else:
    _Rows = BaseFormSet


class _RowForm(forms.Form):
    pk = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("ลบแถวนี้"), required=False)
    named: str

    def clean(self) -> dict[str, Any]:
        """A row without a name is one that nobody filled in; a stored one loses its name by the box alone."""
        data = super().clean() or {}
        if (
            not data.get(self.named)
            and data.get("pk")
            and not data.get("remove")
            and self.named not in self.errors
        ):
            self.add_error(self.named, gettext("โปรดใส่ชื่อ หรือเลือกลบแถวนี้"))
        return data

    @property
    def shown(self) -> list[Any]:
        """The fields of the row, without its number and the box that removes it."""
        return [self[name] for name in self.fields if name not in ("pk", "remove")]

    @property
    def is_blank(self) -> bool:
        return not self.cleaned_data.get(self.named) and not self.cleaned_data.get("pk")

    @property
    def row_pk(self) -> int | None:
        typed = str(self.cleaned_data.get("pk") or "")
        return int(typed) if typed.isascii() and typed.isdigit() and may_be_a_row(typed) else None


class UnitForm(_RowForm):
    named = "name"
    name = line(_("ชื่อส่วนราชการ"), required=False)
    kind = forms.ChoiceField(label=_("ประเภท"), choices=OrgUnit.Kind.choices)
    parent = forms.ChoiceField(label=_("สังกัด"), required=False)


class PostForm(_RowForm):
    named = "title"
    title = line(_("ชื่อตำแหน่งที่พิมพ์ใต้ชื่อ"), required=False)
    role = forms.ChoiceField(label=_("บทบาทในระบบ"), choices=Role.choices)
    unit = forms.ChoiceField(label=_("สังกัด"), required=False)


class Tables:
    """Units and posts, as stored, as proposed, or as typed. A unit is called by its place in the form."""

    def __init__(self, units: _Rows, posts: _Rows, names: list[str]) -> None:
        self.units, self.posts, self.names = units, posts, names
        for form in units.forms:
            _offer(form, "parent", [pair for pair in self._choices() if pair[0] != str(_place(form))])
        for form in posts.forms:
            _offer(form, "unit", self._choices())

    @classmethod
    def of(cls, units: Sequence[UnitRow], posts: Sequence[PostRow]) -> Tables:
        places = {row.key: str(place) for place, row in enumerate(units)} | {"": ""}
        first = [
            {"pk": row.pk or "", "name": row.name, "kind": row.kind, "parent": places[row.parent]}
            for row in units
        ]
        second = [
            {"pk": row.pk or "", "title": row.title, "role": row.role, "unit": places[row.unit]}
            for row in posts
        ]
        return cls(
            _factory(UnitForm)(prefix=U, initial=first),
            _factory(PostForm)(prefix=P, initial=second),
            [row.name for row in units],
        )

    @classmethod
    def posted(cls, data: QueryDict, do: str = "") -> Tables:
        """With ``do`` "add-u" or "add-p", one empty row more than was sent."""
        typed = data.copy()
        for prefix in (U, P):
            count = _count(typed, prefix) + (do == f"add-{prefix}")
            typed[f"{prefix}-TOTAL_FORMS"] = str(min(count, MOST))
            typed[f"{prefix}-INITIAL_FORMS"] = "0"
            if do == f"add-{prefix}" and count <= MOST:
                typed.setdefault(f"{prefix}-{count - 1}-kind", OrgUnit.Kind.SECTION)
                typed.setdefault(f"{prefix}-{count - 1}-role", Role.OFFICER)
        names = [typed.get(f"{U}-{place}-name", "").strip() for place in range(_count(typed, U))]
        return cls(_factory(UnitForm)(typed, prefix=U), _factory(PostForm)(typed, prefix=P), names)

    def _choices(self) -> list[tuple[str, str]]:
        return [("", "–"), *((str(place), name) for place, name in enumerate(self.names) if name)]

    def is_valid(self) -> bool:
        return all([self.units.is_valid(), self.posts.is_valid()])

    def rows(self) -> tuple[list[UnitRow], list[PostRow], list[UnitRow | PostRow]]:
        """What to enter, and what to remove. Valid forms only."""
        units = [(form, _unit_row(form)) for form in self.units.forms if not form.is_blank]
        posts = [(form, _post_row(form)) for form in self.posts.forms if not form.is_blank]
        kept = [row for form, row in units if not form.cleaned_data["remove"]]
        gone: list[UnitRow | PostRow] = [row for form, row in units if form.cleaned_data["remove"] and row.pk]
        gone += [row for form, row in posts if form.cleaned_data["remove"] and row.pk]
        return kept, [row for form, row in posts if not form.cleaned_data["remove"]], gone

    def add_faults(self, faults: Sequence[Fault]) -> list[str]:
        """Beside the fields that they speak of; gives the sentences that speak of none."""
        units = [form for form in self.units.forms if _is_kept(form)]
        posts = [form for form in self.posts.forms if _is_kept(form)]
        others = []
        for fault in faults:
            table, _dot, name = fault.field.partition(".")
            forms_there = units if table == UNITS else posts
            if name and fault.place < len(forms_there):
                forms_there[fault.place].add_error(name, fault.sentence)
            else:
                others.append(fault.sentence)
        return others


def _is_kept(form: Any) -> bool:
    return not form.is_blank and not form.cleaned_data["remove"]


def _unit_row(form: Any) -> UnitRow:
    data = form.cleaned_data
    return UnitRow(str(_place(form)), data["kind"], data["name"], data["parent"], form.row_pk)


def _post_row(form: Any) -> PostRow:
    data = form.cleaned_data
    return PostRow(data["role"], data["title"], data["unit"], form.row_pk)


def _factory(form: type[forms.Form]) -> Any:
    return formset_factory(form, extra=0, max_num=MOST, absolute_max=MOST)


def _offer(form: Any, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices


def _place(form: Any) -> int:
    return int(str(form.prefix).rpartition("-")[2])


def _count(data: QueryDict, prefix: str) -> int:
    typed = str(data.get(f"{prefix}-TOTAL_FORMS", "0"))
    return min(int(typed), MOST) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else 0
