"""What is typed about how long reports are kept, and about lists that destroy them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core import language, thai
from ita_core.models import Appointment
from memos.fields import PaperField, ThaiDateField
from workflows.acting import LIMIT
from workflows.disposal_lines import LineView
from workflows.disposal_permissions import COMMITTEE
from workflows.ink_forms import ScanField
from workflows.models import Retention, RetentionClass
from workflows.officers import holder_first

LONGEST_KEPT = 100
"""Years that a class may say; what is kept longer is kept for ever."""


def _reason(label: Any, help_text: Any, missing: Any) -> PaperField:
    return PaperField(
        label=label,
        limit=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"required": missing},
    )


class RetainForm(forms.Form):
    kept_as = forms.TypedChoiceField(
        label=_("อายุการเก็บ"),
        coerce=int,
        help_text=_("นับจากสิ้นปีปฏิทินที่ลงนาม"),
        error_messages={"required": _("โปรดเลือกอายุการเก็บ"), "invalid_choice": _("โปรดเลือกอายุการเก็บ")},
    )
    reason = _reason(_("เหตุผล"), _("เก็บไว้ในประวัติของเรื่อง"), _("โปรดระบุเหตุผล"))

    def __init__(self, *args: Any, classes: Sequence[RetentionClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kept_as"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.pk, f"{one.title} ({kept_for(one.years)})") for one in classes]


def kept_for(years: int | None) -> str:
    if years is None:
        return gettext("ตลอดไป")
    return gettext("%(count)s ปี") % {"count": language.shown(years)}


class HoldForm(forms.Form):
    reason = _reason(
        _("เหตุผลที่ระงับการทำลาย"),
        _("เช่น อยู่ระหว่างคดี การตรวจสอบ หรือข้อร้องเรียน"),
        _("โปรดระบุเหตุผลที่ระงับการทำลาย"),
    )


class ReleaseForm(forms.Form):
    reason = _reason(_("เหตุผลที่ยกเลิกการระงับ"), _("เช่น คดีถึงที่สุดแล้ว"), _("โปรดระบุเหตุผลที่ยกเลิกการระงับ"))


class DropForm(forms.Form):
    reason = _reason(_("เหตุผลที่ยกเลิกบัญชี"), _("บัญชีและเหตุผลยังเก็บไว้"), _("โปรดระบุเหตุผลที่ยกเลิกบัญชี"))


class ClassForm(forms.Form):
    """A class of the authority; without years it is for ever."""

    title = PaperField(
        label=_("ชื่อ"),
        limit=120,
        one_line=True,
        widget=forms.TextInput(),
        error_messages={"required": _("โปรดใส่ชื่อ")},
    )
    years = forms.CharField(
        label=_("จำนวนปีที่เก็บ"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        help_text=_("ไม่น้อยกว่า ๑๐ ปี นับจากสิ้นปีปฏิทินที่ลงนาม เว้นว่างไว้เมื่อเก็บตลอดไป เรื่องที่ลงนามไปแล้วไม่เปลี่ยนตาม"),
    )
    source = PaperField(
        label=_("ที่มา"),
        limit=300,
        one_line=True,
        widget=forms.TextInput(),
        help_text=_("ระเบียบหรือคำสั่งที่กำหนด"),
        error_messages={"required": _("โปรดใส่ที่มา")},
    )
    is_default = forms.BooleanField(label=_("ใช้กับเรื่องที่ลงนามต่อจากนี้"), required=False)

    def clean_years(self) -> int | None:
        typed = thai.to_arabic_digits(self.cleaned_data["years"]).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or not 10 <= int(typed) <= LONGEST_KEPT:
            raise forms.ValidationError(gettext("จำนวนปีต้องเป็นตัวเลขตั้งแต่ ๑๐ ถึง ๑๐๐"))
        return int(typed)


class DrawUpForm(forms.Form):
    """Three of the authority's officers, and of the reports that are due those that the list asks to destroy."""

    reports = forms.TypedMultipleChoiceField(
        label=_("เรื่องที่ครบกำหนดเก็บ"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("โปรดเลือกเรื่องที่จะขอทำลายอย่างน้อยหนึ่งเรื่อง")},
    )

    def __init__(
        self, *args: Any, people: Sequence[Appointment], due: Sequence[Retention], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found: dict[int, str] = {}
        for one in sorted(people, key=holder_first):
            found.setdefault(one.user_id, f"{one.user.full_name} – {one.post.title}")
        choices = [("", gettext("เลือกกรรมการ")), *sorted(found.items(), key=lambda pair: pair[1])]
        for number in range(1, COMMITTEE + 1):
            label = gettext("ประธานกรรมการ") if number == 1 else gettext("กรรมการคนที่ %(n)s") % {"n": number}
            self.fields[f"member{number}"] = forms.TypedChoiceField(
                label=language.shown(label),
                coerce=int,
                choices=choices,
                error_messages={"required": gettext("โปรดเลือกกรรมการ")},
            )
        reports = self.fields["reports"]
        assert isinstance(reports, forms.TypedMultipleChoiceField)
        reports.choices = [(row.approval.report_id, _due(row)) for row in due]
        self.order_fields([*(f"member{number}" for number in range(1, COMMITTEE + 1)), "reports"])

    @property
    def committee(self) -> list[int]:
        return [self.cleaned_data[f"member{number}"] for number in range(1, COMMITTEE + 1)]


def _due(row: Retention) -> str:
    assert row.until is not None
    facts = {"report": str(row.approval.report), "day": thai.ThaiDate(row.until).short}
    return language.shown(gettext("%(report)s (เก็บถึง %(day)s)") % facts)


class JudgeForm(forms.Form):
    """For each line: destroy, or keep and why."""

    DESTROY, KEEP = "destroy", "keep"

    def __init__(self, *args: Any, views: Sequence[LineView], said: dict[int, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.views = views
        choices = [(self.DESTROY, gettext("เห็นควรทำลาย")), (self.KEEP, gettext("เห็นควรเก็บไว้"))]
        for view in views:
            number, key, before = view.line.position, view.line.pk, said.get(view.line.pk)
            self.fields[f"line{key}"] = forms.ChoiceField(
                label=language.shown(f"{number}. {view.report}"),
                choices=choices,
                widget=forms.RadioSelect,
                initial=None if before is None else self.KEEP if before.keep else self.DESTROY,
                error_messages={"required": gettext("โปรดลงความเห็นให้ครบทุกรายการ")},
            )
            self.fields[f"reason{key}"] = PaperField(
                label=language.shown(gettext("เหตุผลที่เห็นควรเก็บรายการที่ %(n)s ไว้") % {"n": number}),
                required=False,
                limit=LIMIT,
                one_line=True,
                widget=forms.TextInput(),
                initial=before.reason if before else "",
            )

    def said(self) -> dict[int, tuple[bool, str]]:
        typed = self.cleaned_data
        keys = [view.line.pk for view in self.views]
        return {key: (typed[f"line{key}"] == self.KEEP, typed[f"reason{key}"]) for key in keys}


class AnswerForm(forms.Form):
    number = PaperField(
        label=_("เลขที่หนังสือของหอจดหมายเหตุแห่งชาติ"),
        limit=120,
        one_line=True,
        widget=forms.TextInput(),
        error_messages={"required": _("โปรดใส่เลขที่หนังสือของหอจดหมายเหตุแห่งชาติ")},
    )
    dated = ThaiDateField(label=_("ลงวันที่"), help_text=_("วันที่ของหนังสือตอบ"))
    keep = forms.TypedMultipleChoiceField(
        label=_("รายการที่หอจดหมายเหตุแห่งชาติขอสงวนไว้"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("ไม่เลือกรายการใด หากให้ทำลายได้ทั้งหมด"),
    )
    scan = ScanField(
        label=_("ภาพสแกนหนังสือตอบ"),
        required=False,
        help_text=_("PDF หนึ่งไฟล์ หรือภาพ JPEG หรือ PNG หน้าละไฟล์ รวมไม่เกิน ๒๐ เมกะไบต์"),
    )

    def __init__(self, *args: Any, views: Sequence[LineView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = self.fields["keep"]
        assert isinstance(keep, forms.TypedMultipleChoiceField)
        keep.choices = [
            (view.line.pk, language.shown(f"{view.line.position}. {view.report}")) for view in views
        ]

    def clean_dated(self) -> datetime.date:
        day: datetime.date | None = self.cleaned_data["dated"]
        if day is None:
            raise forms.ValidationError(gettext("โปรดใส่วันที่ของหนังสือ"))
        return day


class ApproveForm(forms.Form):
    """What he read, and that he means it: nothing brings it back."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sure = forms.BooleanField(
        label=_("อ่านบัญชีแล้ว และอนุมัติให้ทำลายรายการที่ไม่มีผู้ใดขอให้เก็บ"),
        error_messages={"required": _("โปรดยืนยันว่าอ่านบัญชีแล้ว")},
    )
