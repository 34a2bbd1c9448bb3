"""Form fields for what goes on paper: normalised on the way in, refused in words when paper cannot carry it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ita_core import language, thai
from ita_core.unprintable import is_blank

LONGEST_TEXT = 20_000
"""Characters in one field or cell."""
LONGEST_NUMBER = 20
"""Characters in a field for a day or a year, spaces around it included."""
MOST_LINES = 40
"""Recipients, references, title lines: more than a page could show."""


def normalised(text: str, limit: int = LONGEST_TEXT) -> str:
    """``thai.normalise``; left as it is when it is so long that it is refused anyway, for no work is spent on that.

    Twice the limit is still normalised: line ends of two characters and spaces at a line's end go in it.
    """
    return thai.normalise(text) if len(text) <= 2 * limit else text


def paper_problem(limit: int = LONGEST_TEXT) -> Callable[[str], None]:
    """A validator: ``thai.problem_in`` with a field's own limit, in characters."""

    def validate(text: str) -> None:
        problem = thai.problem_in(text, limit)
        if problem:
            raise ValidationError(problem)

    return validate


class PaperField(forms.CharField):
    """Text as it is stored. ``one_line`` joins pasted lines with a space; ``needed``: before it is submitted."""

    widget = forms.Textarea

    def __init__(
        self, *, limit: int = LONGEST_TEXT, one_line: bool = False, needed: bool = False, **kwargs: Any
    ) -> None:
        self.one_line, self.needed, self.limit = one_line, needed, limit
        super().__init__(**kwargs)
        # In place of Django's own NUL check, whose sentence does not say where.
        self.validators = [paper_problem(limit)]

    def to_python(self, value: Any) -> str:
        text = normalised(super().to_python(value) or "", self.limit)
        return " ".join(text.split("\n")) if self.one_line else text

    def validate(self, value: Any) -> None:
        """Required is what a reader can see: zero-width characters are not an answer."""
        super().validate("" if is_blank(value) else value)


class LinesField(forms.CharField):
    """One entry per line; empty lines are dropped. The value is a list of strings, as it is stored."""

    widget = forms.Textarea

    def __init__(self, *, needed: bool = False, **kwargs: Any) -> None:
        self.needed = needed
        super().__init__(**kwargs)
        self.validators = []

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = normalised(super().to_python(value) or "")
        paper_problem()(text)
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("ใส่ได้ไม่เกิน %(most)s บรรทัด") % {"most": language.shown(MOST_LINES)})
        return lines


class YearField(forms.IntegerField):
    """A year of the Buddhist Era, typed with either digits; two digits belong to 25xx.

    A stored year is shown in the page's digits, a typed one as it was typed.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "maxlength": 10})

    def prepare_value(self, value: Any) -> Any:
        return language.shown(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = normalised(str(value or ""), LONGEST_NUMBER).strip()
        if not text:
            return None
        return be_year(text)


def _months() -> list[tuple[str, str]]:
    return [("", "–"), *((str(number), name) for number, name in enumerate(language.month_names(), 1))]


class ThaiDateWidget(forms.MultiWidget):
    """Day, month by name, พ.ศ.: a browser's own date field shows Gregorian years."""

    template_name = "memos/widgets/thai_date.html"
    use_fieldset = True

    def __init__(self) -> None:
        number = {"inputmode": "numeric", "maxlength": 10, "autocomplete": "off"}
        super().__init__(
            {
                "day": forms.TextInput(attrs=number),
                "month": forms.Select(choices=_months),  # type: ignore[arg-type]  # called anew for every page
                "year": forms.TextInput(attrs=number),
            }
        )

    def decompress(self, value: datetime.date | None) -> list[Any]:
        if value is None:
            return [None, None, None]
        return [language.shown(value.day), value.month, language.shown(value.year + thai.BE_OFFSET)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = super().value_from_datadict(data, files, name)
        return [str(value or "") for value in values]


class ThaiDateField(forms.Field):
    """A date from three fields; all three empty is no date."""

    widget = ThaiDateWidget

    def clean(self, value: list[str]) -> datetime.date | None:
        day, month, year = (normalised(part, LONGEST_NUMBER).strip() for part in value)
        if not (day or month or year):
            return None
        if not (day and month and year):
            raise ValidationError(_("โปรดใส่ให้ครบทั้งวัน เดือน และปี พ.ศ. หรือเว้นว่างทั้งหมด"))
        if not (_is_number(day, 2) and _is_number(month, 2)):
            raise ValidationError(_("วันที่ต้องเป็นตัวเลข เช่น ๑ เมษายน ๒๕๖๕"))
        try:
            return thai.ThaiDate.from_fields(int(day), int(month), be_year(year)).date
        except ValueError as error:
            raise ValidationError(str(error)) from error


def be_year(text: str) -> int:
    """A Buddhist Era year from normalised text. ValidationError for anything else."""
    if not _is_number(text, 4):
        raise ValidationError(_("ปีต้องเป็นตัวเลข พ.ศ. เช่น ๒๕๖๕"))
    try:
        return thai.ce_year(int(text)) + thai.BE_OFFSET
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _is_number(text: str, longest: int) -> bool:
    """ASCII digits only: ``int`` would take other scripts' digits, and a long row of them costs time."""
    return text.isascii() and text.isdigit() and len(text) <= longest
