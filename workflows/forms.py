"""What officers type on the pages of the process. Forms check what a field can be; rules are the actions'."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ita_core import language
from ita_core.fiscal import FiscalYear
from ita_core.models import AssessmentItem, Organisation
from ita_core.unprintable import is_blank
from memos.fields import PaperField, YearField
from memos.forms import ItemField
from memos.models import Report
from workflows import starting
from workflows.acting import LIMIT


def _periods() -> list[tuple[str, str]]:
    return [(value, language.shown(label)) for value, label in Report.Period.choices]


class NewReportForm(forms.Form):
    """The three years of a report, its round, and its words; words left blank are made from the years."""

    fiscal_year = YearField(label=_("ปีงบประมาณที่รายงาน (พ.ศ.)"), help_text=_("๑ ตุลาคม ของปีก่อน ถึง ๓๐ กันยายน"))
    period = forms.ChoiceField(
        label=_("รอบ"), choices=_periods, help_text=_("รอบหกเดือนและรอบสิบสองเดือนเป็นรายงานคนละฉบับ")
    )
    assessed_year = YearField(
        label=_("ปีการประเมินที่นำผลมาวิเคราะห์ (พ.ศ.)"), help_text=_("ปีของผล ITA ที่มาตรการในรายงานนี้แก้ไข")
    )
    item = ItemField(
        label=_("ข้อการประเมินที่ยื่น"),
        queryset=AssessmentItem.objects.order_by("-assessment_year_id", "code"),
        empty_label=None,
        help_text=_("ปีหน้าชื่อข้อคือปีการประเมินที่ยื่นรายงานนี้"),
    )
    title = PaperField(
        label=_("หัวเรื่องของรายงาน"),
        required=False,
        limit=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("หนึ่งบรรทัดต่อหนึ่งบรรทัดบนกระดาษ หากเว้นว่าง ระบบจะตั้งให้ตามปีงบประมาณ"),
    )
    subject = PaperField(
        label=_("เรื่อง (ของบันทึกข้อความ)"),
        required=False,
        limit=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("หากเว้นว่าง ระบบจะตั้งให้ตามปีงบประมาณ"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.existing: Report | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        year, period = data["fiscal_year"], data["period"]
        if is_blank(data["title"]):
            data["title"] = starting.title(self.organisation, year, period)
        if is_blank(data["subject"]):
            data["subject"] = starting.subject(year, period)
        self.existing = starting.existing(self.organisation, year, data["item"], period)
        if self.existing is not None:
            self.add_error(None, starting.EXISTS)
        return data


class CopyForm(forms.Form):
    """For which year and round the words are taken over, and whether what came of the measures goes with them."""

    EMPTY, KEEP = "empty", "keep"

    fiscal_year = YearField(label=_("ปีงบประมาณที่รายงาน (พ.ศ.)"), help_text=_("๑ ตุลาคม ของปีก่อน ถึง ๓๐ กันยายน"))
    period = forms.ChoiceField(
        label=_("รอบ"), choices=_periods, help_text=_("รอบหกเดือนและรอบสิบสองเดือนเป็นรายงานคนละฉบับ")
    )
    results = forms.ChoiceField(
        label=_("ผลการดำเนินการ ผลลัพธ์ ข้อเสนอแนะ และหลักฐานเดิม"),
        help_text=_("มาตรการ วิธีการ และผู้รับผิดชอบยกไปเสมอ ระยะเวลาเลื่อนตามปี"),
        choices=[(EMPTY, _("ล้างออก เพื่อกรอกของปีใหม่")), (KEEP, _("เก็บไว้ เพื่อแก้ไขต่อ"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        self.existing: Report | None = None

    def clean_fiscal_year(self) -> int:
        """A slip of the keyboard must not move periods by centuries."""
        try:
            return FiscalYear(self.cleaned_data["fiscal_year"]).be
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            year, period = data["fiscal_year"], data["period"]
            data["keep_results"] = data.pop("results") == self.KEEP
            self.existing = starting.existing_copy(self.report, year, period)
            if self.existing is not None:
                self.add_error(None, starting.EXISTS)
        return data


class SubmitForm(forms.Form):
    """What goes up with the content; a step that is skipped wants its reason."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    skip_reason = PaperField(
        label=_("เหตุผลที่ข้ามขั้นตอน"),
        required=False,
        limit=LIMIT,
        error_messages={"required": _("โปรดระบุเหตุผลที่ข้ามขั้นตอนซึ่งเป็นตำแหน่งของท่านเอง")},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("เช่น เป็นผู้จัดทำรายงานเอง เหตุผลนี้จะพิมพ์ไว้ใต้หัวข้อของขั้นนั้น"),
    )

    def __init__(self, *args: Any, skips: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skip_reason"].required = skips


_NO_BUTTON = _("โปรดเลือกปุ่มว่าจะดำเนินการอย่างไร")
_STALE = _("เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง")


class DecisionForm(forms.Form):
    """One form for every decision, so that nothing typed is lost when another button is pressed."""

    FORWARD, DIFFER, CONFIRM, SEND_BACK, REFUSE = "forward", "differ", "confirm", "send_back", "refuse"
    REMARK = "remark"  # No decision: the page again, with one more remark to be written.

    decision = forms.ChoiceField(
        choices=[(name, name) for name in (FORWARD, DIFFER, CONFIRM, SEND_BACK, REFUSE, REMARK)],
        error_messages={"required": _NO_BUTTON, "invalid_choice": _NO_BUTTON},
    )
    # Of the page, not of the officer: when they cannot be read, the page was not the one that is shown now.
    step = forms.IntegerField(error_messages={"required": _STALE, "invalid": _STALE})
    content = forms.CharField(max_length=64, error_messages={"required": _STALE, "max_length": _STALE})
    opinion = PaperField(label=_("ความเห็น"), required=False, strip=False, limit=LIMIT)
    preset = PaperField(label=_("ความเห็นสำเร็จรูป"), required=False, limit=LIMIT)
    stance = forms.ChoiceField(
        label=_("ความเห็นของท่าน"),
        required=False,
        choices=[("agrees", _("เห็นชอบ")), ("differs", _("เห็นต่าง แล้วเสนอต่อ"))],
    )
    reason = PaperField(label=_("เหตุผล"), required=False, strip=False, limit=LIMIT)
    reasons = forms.MultipleChoiceField(label=_("เหตุผลสำเร็จรูป"), required=False)
    refusal_reason = PaperField(label=_("เหตุผลที่ไม่อนุมัติ"), required=False, strip=False, limit=LIMIT)
    confirmed = forms.BooleanField(label=_("ยืนยันว่าไม่อนุมัติ เรื่องนี้จะสิ้นสุดและเสนอใหม่ไม่ได้"), required=False)

    def __init__(self, *args: Any, reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reasons"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(text, text) for text in reasons]

    @property
    def signs(self) -> bool:
        """Whether the button that was pressed puts something under the officer's name."""
        return self.cleaned_data["decision"] not in (self.SEND_BACK, self.REMARK)

    def clean(self) -> dict[str, Any]:
        """Joins what was picked from lists with what was typed; the lists serve a browser without scripts too."""
        data = super().clean() or {}
        data["opinion"] = _joined([data.get("preset", "")], data.get("opinion", ""))
        data["reason"] = _joined(data.get("reasons", []), data.get("reason", ""))
        if data.get("decision") == self.DIFFER:
            data["stance"] = "differs"
        if data.get("decision") == self.REFUSE:
            data["reason"] = data.get("refusal_reason", "").strip() or data["reason"]
            if not data.get("confirmed"):
                self.add_error("confirmed", _("โปรดทำเครื่องหมายยืนยันว่าไม่อนุมัติ"))
        return data


def _joined(picked: list[str], typed: str) -> str:
    """Picked texts that the typed one does not already hold, then the typed one, a line each."""
    typed = typed.strip()
    return "\n".join([text for text in picked if text and text not in typed] + ([typed] if typed else []))


class RecallForm(forms.Form):
    reason = PaperField(
        label=_("เหตุผล"),
        required=False,
        limit=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ผู้ที่อยู่ในลำดับการเสนอจะเห็นเหตุผลนี้ในประวัติของเรื่อง"),
    )


class WithdrawForm(forms.Form):
    reason = PaperField(
        label=_("เหตุผล"),
        limit=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("โปรดระบุเหตุผลที่ถอนเรื่อง")},
        help_text=_("เก็บไว้ในประวัติของเรื่อง เช่น จัดทำใหม่ทั้งฉบับ"),
    )


class CorrectForm(forms.Form):
    reason = PaperField(
        label=_("เหตุผลที่แก้ไข"),
        limit=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("โปรดระบุเหตุผลที่แก้ไขเป็นฉบับใหม่")},
        help_text=_("เก็บไว้ในประวัติของฉบับเดิม เช่น ผลการดำเนินการของข้อ ๓ คลาดเคลื่อน"),
    )


class HandOverForm(forms.Form):
    to_user = forms.TypedChoiceField(
        label=_("ผู้รับมอบ"),
        coerce=int,
        error_messages={"required": _("โปรดเลือกผู้รับมอบ")},
        help_text=_("ผู้ที่มีตำแหน่งจัดทำรายงานได้ในวันนี้ ผู้รับมอบจะเป็นผู้ลงชื่อเสนอแทนท่าน"),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_user"]
        assert isinstance(field, forms.TypedChoiceField)
        # Nobody is proposed: a report handed over to the first of the list by one click would be a mistake.
        field.choices = [("", _("– เลือกผู้รับมอบ –")), *people]
