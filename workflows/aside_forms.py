"""What officers type beside the decision: a view asked or given, a decision laid ready, orders, circulation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from memos.fields import PaperField
from workflows.acting import LIMIT
from workflows.asides import DECISIONS

_STALE = _("เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง")

People = list[tuple[int, str]]


def _text(label: Any, rows: int = 3, **more: Any) -> PaperField:
    return PaperField(label=label, limit=LIMIT, widget=forms.Textarea(attrs={"rows": rows}), **more)


class Shown(forms.Form):
    """With what the page showed: the waiting step and the hash of the content."""

    step = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _STALE, "invalid": _STALE}
    )
    content = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": _STALE, "max_length": _STALE},
    )


class AskViewForm(Shown):
    of = forms.TypedChoiceField(
        label=_("ขอความเห็นจาก"),
        coerce=int,
        error_messages={"required": _("โปรดเลือกผู้ที่จะขอความเห็น")},
    )
    question = _text(
        _("ประเด็นที่ขอความเห็น"),
        error_messages={"required": _("โปรดพิมพ์ประเด็นที่ขอความเห็น")},
        help_text=_("เช่น ขอให้ตรวจสอบว่าผลการดำเนินการตรงกับข้อเท็จจริงหรือไม่"),
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("– เลือกผู้ที่จะขอความเห็น –")), *people]


class GiveViewForm(forms.Form):
    text = _text(_("ความเห็นของท่าน"), rows=5, error_messages={"required": _("โปรดพิมพ์ความเห็นของท่าน")})


_CHOICES = {
    "forward": _("เห็นชอบ และเสนอต่อ"),
    "differ": _("เห็นต่าง แล้วเสนอต่อ"),
    "send_back": _("ส่งคืนแก้ไข"),
    "refuse": _("ไม่อนุมัติ"),
}
assert _CHOICES.keys() == DECISIONS.keys()


class PrepareForm(Shown):
    """Whether opinion or reason is needed depends on the decision; the action says so in one sentence."""

    decision = forms.ChoiceField(
        label=_("เสนอให้พิจารณาว่า"),
        widget=forms.RadioSelect,
        error_messages={"required": _("โปรดเลือกว่าจะเสนอให้พิจารณาอย่างไร")},
    )
    preset = forms.ChoiceField(label=_("ความเห็นสำเร็จรูป"), required=False)
    opinion = _text(
        _("ความเห็น"),
        required=False,
        help_text=_("ข้อความที่จะพิมพ์บนบันทึก ผู้พิจารณาแก้ไขได้ หากเว้นว่างจะใช้ความเห็นสำเร็จรูปที่เลือก"),
    )
    reason = _text(_("เหตุผล"), rows=2, required=False, help_text=_("ใช้เมื่อเสนอให้ส่งคืนหรือไม่อนุมัติ"))
    note = _text(
        _("ข้อความถึงผู้พิจารณา"), rows=2, required=False, help_text=_("ไม่พิมพ์บนบันทึก แต่เก็บไว้ในประวัติของเรื่อง")
    )

    def __init__(self, *args: Any, presets: list[str], is_final: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision, preset = self.fields["decision"], self.fields["preset"]
        assert isinstance(decision, forms.ChoiceField) and isinstance(preset, forms.ChoiceField)
        only = {"forward", "send_back", "refuse"} if is_final else {"forward", "differ", "send_back"}
        decision.choices = [(key, label) for key, label in _CHOICES.items() if key in only]
        if not is_final:
            self.fields["reason"].help_text = _("ใช้เมื่อเสนอให้ส่งคืน")
        else:
            decision.choices = [
                (key, _("ลงนาม") if key == "forward" else label) for key, label in decision.choices
            ]
        preset.choices = [("", _("– เลือกความเห็นสำเร็จรูป –")), *((text, text) for text in presets)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        preset = data.pop("preset", "")
        if not data.get("opinion") and data.get("decision") in ("forward", "differ"):
            data["opinion"] = preset
        return data


class _ToPeople(forms.Form):
    to = forms.TypedMultipleChoiceField(
        label=_("ผู้รับ"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("โปรดเลือกผู้รับอย่างน้อยหนึ่งคน")},
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = people


class AssignForm(_ToPeople):
    order = _text(
        _("ข้อความที่มอบหมาย"),
        error_messages={"required": _("โปรดพิมพ์ข้อความที่มอบหมาย")},
        help_text=_("ระบบใส่คำสั่งที่ลงนามไว้ให้ แก้ไขให้ชัดว่าใครทำอะไรได้"),
    )


class CirculateForm(_ToPeople):
    note = _text(_("ข้อความถึงผู้รับ"), required=False)


class AnswerForm(forms.Form):
    """What the drafter did about a remark; blank when the correction speaks for itself."""

    answer = _text(_("คำชี้แจง"), rows=2, required=False)
