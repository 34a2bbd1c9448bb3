"""What an authority decides about time: its own days off, and its route with the working days of each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core.models import Post
from memos.fields import PaperField, ThaiDateField
from workflows.routing import Planned
from workflows.states import REACHABLE
from workflows.steps import LONGEST_TURN

MOST_STEPS = 30
_LAST_PLACE = 999
LATEST = 30  # working days


def _number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    """Typed with either digits."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "maxlength": 4})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)


class DayForm(forms.Form):
    """A day of the authority's own, off or worked; the year may lie on no public calendar yet."""

    day = ThaiDateField(label=_("วันที่"), error_messages={"required": _("โปรดใส่วันที่")})
    name = PaperField(
        label=_("ชื่อวัน"),
        limit=200,
        one_line=True,
        widget=forms.TextInput(),
        error_messages={"required": _("โปรดใส่ชื่อวัน")},
    )
    kind = forms.ChoiceField(
        label=_("ในวันนั้น"),
        choices=[("off", _("หยุด")), ("works", _("ทำงานตามปกติ แม้เป็นวันหยุดราชการ วันเสาร์ หรือวันอาทิตย์"))],
        widget=forms.RadioSelect,
        initial="off",
    )
    source = PaperField(
        label=_("ที่มา"),
        required=False,
        limit=300,
        one_line=True,
        widget=forms.TextInput(),
        help_text=_("เช่น คำสั่งหรือประกาศของหน่วยงาน"),
    )

    def clean_day(self) -> Any:
        if self.cleaned_data["day"] is None:
            raise forms.ValidationError(gettext("โปรดใส่วันที่"))
        return self.cleaned_data["day"]


class EscalationForm(forms.Form):
    after = _number(
        _("แจ้งผู้ดูแลระบบเมื่อช้ากว่ากำหนดกี่วันทำการ"),
        1,
        LATEST,
        error_messages={"required": _("โปรดใส่จำนวนวัน")},
    )


class StepForm(forms.Form):
    """One step of the route. Nothing typed in a further one is no step."""

    heading = PaperField(
        label=_("หัวข้อบนบันทึก"),
        required=False,
        limit=200,
        one_line=True,
        widget=forms.TextInput(),
        help_text=_("เช่น ความเห็นของปลัด"),
    )
    addresses = PaperField(
        label=_("คำขึ้นต้นความเห็น"),
        required=False,
        limit=200,
        one_line=True,
        widget=forms.TextInput(),
        help_text=_("เช่น เรียน ปลัดองค์การบริหารส่วนตำบล"),
    )
    posts = forms.MultipleChoiceField(
        label=_("ตำแหน่งที่พิจารณาได้"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reaches = forms.ChoiceField(
        label=_("สถานะที่ไปถึง"),
        required=False,
        choices=[("", _("ไม่เปลี่ยนสถานะ")), *((state.value, state.label) for state in REACHABLE)],
    )
    working_days = _number(
        _("กำหนดเวลา (วันทำการ)"), 1, LONGEST_TURN, required=False, help_text=_("เว้นว่างไว้เมื่อไม่กำหนด")
    )
    position = _number(_("ลำดับ"), 1, _LAST_PLACE, required=False)
    remove = forms.BooleanField(label=_("ตัดขั้นนี้ออก"), required=False)

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every = {str(post.pk): post for post in posts}
        field = self.fields["posts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(pk, post.title) for pk, post in self.every.items()]

    @property
    def is_step(self) -> bool:
        """Whether it was meant as one."""
        data = self.cleaned_data
        return not data.get("remove") and bool(data.get("heading") or data.get("posts"))

    def planned(self, place: int) -> Planned:
        """``place`` is where it stood on the page: of two with one position the upper one comes first."""
        data = self.cleaned_data
        return Planned(
            order=(data["position"] or _LAST_PLACE + 1, place),
            heading=data["heading"],
            addresses=data["addresses"],
            reaches=data["reaches"],
            posts=tuple(self.every[pk] for pk in data["posts"]),
            working_days=data["working_days"],
        )
