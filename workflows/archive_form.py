"""What the archive is asked by, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core import language
from ita_core.models import Organisation
from memos.models import Report
from workflows import searching
from workflows.models import State


class ArchiveFilter(forms.Form):
    """A value that no list offers filters nothing."""

    text = forms.CharField(label=_("คำ ชื่อคน หรือส่วนของคำ"), required=False, max_length=200)
    number = forms.CharField(label=_("เลขทะเบียน"), required=False, max_length=120)
    fiscal_year = forms.ChoiceField(label=_("ปีงบประมาณ"), required=False)
    period = forms.ChoiceField(label=_("รอบ"), required=False)
    office = forms.ChoiceField(label=_("กล่าวถึงส่วนราชการ"), required=False)
    drafter = forms.ChoiceField(label=_("ผู้จัดทำ"), required=False)
    state = forms.ChoiceField(label=_("สถานะ"), required=False)
    kept = forms.ChoiceField(label=_("อายุการเก็บ"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", gettext("ทั้งหมด"))
        choices: dict[str, list[Any]] = {
            "fiscal_year": [
                everything,
                *((str(year), language.shown(year)) for year in searching.years(organisation)),
            ],
            "period": [
                everything,
                *((value, language.shown(label)) for value, label in Report.Period.choices),
            ],
            "office": [everything, *((name, name) for name in searching.offices(organisation))],
            "drafter": [everything, *((str(pk), name) for pk, name in searching.drafters(organisation))],
            "state": _states(),
            "kept": [everything, *searching.KEPT.items()],
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = values

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """What most searches do without: folded away until one is used."""
        return [self[name] for name in self.fields if name != "text"]

    @property
    def is_narrowed(self) -> bool:
        return any(name != "text" for name in self.filters)

    @property
    def filters(self) -> dict[str, str]:
        """What was chosen and can be read; what cannot be filters nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _states() -> list[tuple[str, Any]]:
    """The signed ones come without asking; a report in writing is here because it was sent back or recalled."""
    others = [state for state in State if state not in (State.MAYOR_SIGNED, State.WRITING)]
    return [
        ("", State.MAYOR_SIGNED.label),
        *((state.value, state.label) for state in others),
        (State.WRITING.value, gettext("กลับมาอยู่กับผู้จัดทำ")),
        (searching.EVERY_STATE, gettext("ทุกสถานะ")),
    ]
