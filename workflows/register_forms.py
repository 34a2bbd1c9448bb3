"""What registrars type: a number, a paper that is no report of ours, a reservation, why a number is void."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from ita_core import language, thai
from memos import register
from memos.fields import PaperField, ThaiDateField
from memos.models import Register, RegisterEntry
from memos.register import MOST_RESERVED, Line
from workflows.acting import LIMIT

TYPED = 40
"""Characters of a typed number with its prefix and spaces."""


class _NumberFields(forms.Form):
    """From a book: the number and its day. Given here: the next one, unless a reserved one is picked."""

    def __init__(self, *args: Any, book: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not book.allocates:
            self.fields["typed"] = forms.CharField(
                label=_("เลขทะเบียน"),
                max_length=TYPED,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                help_text=_("เลขที่ได้จากสมุดทะเบียน พิมพ์เลขไทยหรือเลขอารบิกก็ได้ ไม่ต้องพิมพ์เลขประจำส่วนราชการ"),
                error_messages={"required": _("โปรดใส่เลขทะเบียน")},
            )
            self.fields["dated"] = ThaiDateField(
                label=_("ลงวันที่"),
                initial=thai.today(),
                help_text=_("วันที่ของหนังสือ ใช้กำหนดว่าเป็นเลขของปีใด"),
                error_messages={"required": _("โปรดใส่วันที่ของหนังสือ")},
            )
        else:
            kept = [(entry.pk, _reserved(entry)) for entry in register.waiting(book)]
            self.fields["reserved"] = forms.TypedChoiceField(
                label=_("เลขที่จะใช้"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", gettext("เลขถัดไป")), *kept],
                error_messages={"invalid_choice": _("เลขที่จองไว้นี้มีผู้ใช้หรือยกเลิกไปแล้ว โปรดเลือกใหม่")},
                help_text=_("เลขถัดไปลงวันที่วันนี้ เลขที่จองไว้ลงวันที่ของวันที่จอง"),
            )
        self.order_fields(["typed", "dated", "reserved", *self.fields])


def _reserved(entry: RegisterEntry) -> str:
    facts = {"text": language.shown(entry.text), "day": language.short_day(entry.dated), "why": entry.reason}
    return gettext("%(text)s จองเมื่อ %(day)s: %(why)s") % facts


class NumberForm(_NumberFields):
    """A number for a report; its other words come from the memo."""

    def clean_dated(self) -> Any:
        return _needed(self.cleaned_data["dated"])


def _needed(day: Any) -> Any:
    """The date's three boxes have no sentence of their own for being empty."""
    if day is None:
        raise forms.ValidationError(gettext("โปรดใส่วันที่ของหนังสือ"))
    return day


def _text(label: Any, help_text: Any, limit: int = LIMIT, rows: int = 0, **more: Any) -> PaperField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return PaperField(label=label, help_text=help_text, limit=limit, one_line=not rows, widget=widget, **more)


class EntryForm(_NumberFields):
    """A paper that is no report of ours: the same book numbers all of them."""

    sender = _text(
        _("จาก"),
        _("ส่วนราชการเจ้าของเรื่อง"),
        limit=300,
        error_messages={"required": _("โปรดระบุผู้ส่ง")},
    )
    recipient = _text(_("ถึง"), _("ผู้รับตามที่เขียนในหนังสือ"), error_messages={"required": _("โปรดระบุผู้รับ")})
    subject = _text(_("เรื่อง"), _("ชื่อเรื่องตามหนังสือ"), error_messages={"required": _("โปรดระบุเรื่อง")})
    action = _text(_("การปฏิบัติ"), _("เช่น ส่งทางระบบ เมื่อวันใด ใครรับ"), required=False)
    note = _text(_("หมายเหตุ"), _("ข้อความอื่นที่ควรจดไว้ในทะเบียน"), required=False)

    def clean_dated(self) -> Any:
        return _needed(self.cleaned_data["dated"])

    def line(self) -> Line:
        typed = {
            name: self.cleaned_data[name] for name in ("sender", "recipient", "subject", "action", "note")
        }
        return Line(dated=self.cleaned_data.get("dated") or thai.today(), **typed)


class ReserveForm(forms.Form):
    count = forms.CharField(
        label=_("จำนวนเลข"),
        max_length=10,
        initial="1",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        help_text=_("เลขถัดไปตามลำดับ ลงวันที่วันนี้"),
        error_messages={"required": _("โปรดใส่จำนวนเลขที่จะจอง")},
    )
    reason = _text(
        _("เหตุผลที่จอง"),
        _("เช่น หนังสือที่ต้องออกภายในวันนี้แต่ยังรอลงนาม"),
        error_messages={"required": _("โปรดระบุเหตุผลที่จองเลข")},
    )

    def clean_count(self) -> int:
        typed = thai.to_arabic_digits(self.cleaned_data["count"]).strip()
        if not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(gettext("จำนวนเลขต้องเป็นตัวเลข เช่น ๕"))
        return min(int(typed), MOST_RESERVED + 1)


class VoidForm(forms.Form):
    reason = _text(
        _("เหตุผลที่ยกเลิก"),
        _("เหตุผลจะอยู่ในทะเบียนตลอดไป"),
        rows=2,
        error_messages={"required": _("โปรดระบุเหตุผลที่ยกเลิกเลข")},
    )


class RemarkForm(forms.Form):
    action = _text(_("การปฏิบัติ"), _("เช่น ส่งทางระบบ เมื่อวันใด ใครรับ"), required=False)
    note = _text(_("หมายเหตุ"), _("ข้อความอื่นที่ควรจดไว้ในทะเบียน"), required=False)


class RegisterFilter(forms.Form):
    """Filters of a register; a value that no list offers filters nothing."""

    year = forms.ChoiceField(label=_("ปี"), required=False)
    text = forms.CharField(label=_("เลขหรือคำในทะเบียน"), required=False, max_length=200)
    standing = forms.ChoiceField(label=_("สถานะของเลข"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "year": [(str(year), language.shown(year)) for year in years],
            "standing": [("", pgettext("number", "ทั้งหมด")), *RegisterEntry.Standing.choices],
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = values
