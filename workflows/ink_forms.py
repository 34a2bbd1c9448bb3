"""What a registrar types of a decision that was signed on paper."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from ita_core import language
from ita_core.models import Appointment
from memos import scans
from memos.fields import PaperField, ThaiDateField
from workflows import inking
from workflows.acting import LIMIT
from workflows.models import Act, ApprovalStep

_STALE = gettext_lazy("หน้านี้ไม่ใช่หน้าที่แสดงอยู่แล้ว โปรดเปิดใหม่")
_WORDS = {
    "agrees": (inking.FORWARD, Act.Stance.AGREES),
    "differs": (inking.FORWARD, Act.Stance.DIFFERS),
    inking.SEND_BACK: (inking.SEND_BACK, Act.Stance.NONE),
    inking.REFUSE: (inking.REFUSE, Act.Stance.NONE),
}


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScanField(forms.FileField):
    """One PDF, or a picture for each page; the value is their bytes, in the order of the names as they were chosen."""

    widget = _Files(attrs={"accept": "application/pdf,image/jpeg,image/png"})

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        chosen = data if isinstance(data, list) else [data] if data else []
        files: list[UploadedFile] = [super(ScanField, self).clean(one, initial) for one in chosen]
        if sum(file.size or 0 for file in files) > scans.MOST_BYTES:
            raise forms.ValidationError(scans.ScanProblem("too-large").sentence)
        if not files and self.required:
            raise forms.ValidationError(scans.ScanProblem("empty").sentence)
        return [file.read() for file in files]


class InkForm(forms.Form):
    """Hidden are the step and the content that the page showed."""

    scan = ScanField(
        label=_("ไฟล์สแกนของกระดาษที่ลงนามแล้ว"),
        allow_empty_file=True,
        help_text=_(
            "ทุกหน้าของชุดที่พิมพ์จากระบบ เป็น PDF หนึ่งไฟล์ หรือภาพ JPEG หรือ PNG หน้าละไฟล์ ที่ ๑๕๐-๓๐๐ จุดต่อนิ้ว รวมไม่เกิน ๒๐ เมกะไบต์"
        ),
    )
    officer = forms.TypedChoiceField(
        label=_("ผู้ลงนามบนกระดาษ"),
        coerce=int,
        help_text=_("ผู้มีอำนาจพิจารณาขั้นนี้ในวันที่ลงนาม"),
        error_messages={"required": _("โปรดเลือกผู้ลงนาม"), "invalid_choice": _("โปรดเลือกผู้ลงนาม")},
    )
    decided_on = ThaiDateField(label=_("วันที่ลงนามบนกระดาษ"), help_text=_("ตามที่เขียนบนกระดาษ"))
    decision = forms.ChoiceField(
        label=_("ผลการพิจารณา"),
        widget=forms.RadioSelect,
        help_text=_("ตามที่เขียนบนกระดาษ"),
        error_messages={"required": _("โปรดเลือกผลการพิจารณา"), "invalid_choice": _("โปรดเลือกผลการพิจารณา")},
    )
    words = PaperField(
        label=_("ความเห็น คำสั่ง หรือเหตุผล"),
        limit=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("พิมพ์ตามที่เขียนบนกระดาษ ข้อความนี้จะอยู่ในเอกสารชุดต่อไป"),
        error_messages={"required": _("โปรดพิมพ์ความเห็น คำสั่ง หรือเหตุผลตามที่เขียนบนกระดาษ")},
    )
    code = forms.CharField(
        label=_("รหัสที่มุมล่างขวาของกระดาษ"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("เฉพาะเมื่อระบบอ่านรหัสจากภาพสแกนไม่ได้"),
    )
    code_reason = PaperField(
        label=_("เหตุผลที่อ่านรหัสจากภาพสแกนไม่ได้"),
        required=False,
        limit=500,
        one_line=True,
        widget=forms.TextInput(),
        help_text=_("เช่น มุมกระดาษถูกเจาะ เหตุผลนี้เก็บไว้กับการลงนาม"),
    )
    step = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _STALE, "invalid": _STALE}
    )
    content = forms.CharField(
        widget=forms.HiddenInput, max_length=64, error_messages={"required": _STALE, "max_length": _STALE}
    )

    def __init__(self, *args: Any, signers: list[Appointment], waiting: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officer, decision = self.fields["officer"], self.fields["decision"]
        assert isinstance(officer, forms.TypedChoiceField)
        assert isinstance(decision, forms.ChoiceField)
        officer.choices = [(row.pk, _who(row)) for row in signers]
        names = {
            "agrees": gettext("เห็นชอบและลงนาม") if waiting.is_final else gettext("เห็นชอบและเสนอต่อ"),
            "differs": Act.Stance.DIFFERS.label,
            inking.SEND_BACK: gettext("ส่งคืนแก้ไข"),
            inking.REFUSE: gettext("ไม่อนุมัติ"),
        }
        left_out = "differs" if waiting.is_final else inking.REFUSE
        decision.choices = [(value, name) for value, name in names.items() if value != left_out]

    def clean_decided_on(self) -> datetime.date:
        day: datetime.date | None = self.cleaned_data["decided_on"]
        if day is None:
            raise forms.ValidationError(gettext("โปรดใส่วันที่ลงนามบนกระดาษ"))
        return day

    def decided(self) -> dict[str, Any]:
        """What the action takes, but for the scan."""
        typed = self.cleaned_data
        decision, stance = _WORDS[typed["decision"]]
        named = ("step", "content", "officer", "decided_on", "code", "code_reason")
        words = {"opinion" if decision == inking.FORWARD else "reason": typed["words"]}
        return {name: typed[name] for name in named} | {"decision": decision, "stance": stance} | words


def _who(row: Appointment) -> str:
    titles = " ".join(row.title_lines)
    return language.shown(f"{row.user.full_name} ({titles})")
