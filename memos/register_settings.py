"""An authority's choices for one of its registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation, OrgUnit
from memos.fields import PaperField
from memos.models import Register, RegisterEntry
from memos.registers import PREFIX_LIMIT

TWICE = _("ส่วนราชการนี้มีทะเบียนชนิดนี้แล้ว")

_PLAIN = ("kind", "numbering", "year", "moment")


class RegisterForm(forms.Form):
    """Kind and office are the register's own for ever once it has a line: the numbers were given under that name."""

    kind = forms.ChoiceField(
        label=_("ชนิดทะเบียน"),
        choices=Register.Kind.choices,
        help_text=_("บันทึกข้อความภายในมักอยู่ในทะเบียนคุมบันทึกข้อความ หนังสือถึงหน่วยงานอื่นอยู่ในทะเบียนหนังสือส่ง"),
    )
    office = forms.ChoiceField(
        label=_("ส่วนราชการ"),
        required=False,
        help_text=_("เว้นไว้เป็นทะเบียนกลางของหน่วยงาน หรือเลือกกองที่มีสมุดของตนเอง"),
    )
    # `prefix` is a form's own word.
    number_prefix = PaperField(
        label=_("เลขประจำส่วนราชการที่พิมพ์หน้าเลข"),
        required=False,
        limit=PREFIX_LIMIT,
        one_line=True,
        widget=forms.TextInput(),
        help_text=_("เช่น สฎ ๗๒๗๐๑ เว้นว่างไว้เพื่อใช้เลขประจำส่วนราชการของหน่วยงาน"),
    )
    numbering = forms.ChoiceField(
        label=_("วิธีออกเลข"),
        choices=Register.Numbering.choices,
        widget=forms.RadioSelect,
        help_text=_("เมื่อให้ระบบออกเลขกลางปี ให้ลงทะเบียนเลขสุดท้ายในสมุดก่อนหนึ่งรายการ ระบบจะนับต่อจากเลขนั้น"),
    )
    year = forms.ChoiceField(
        label=_("เริ่มเลข ๑ ใหม่ทุก"),
        choices=Register.Year.choices,
        widget=forms.RadioSelect,
        help_text=_("ระเบียบสารบรรณใช้ปีปฏิทิน บางแห่งใช้ปีงบประมาณ"),
    )
    moment = forms.ChoiceField(
        label=_("ออกเลขรายงานเมื่อใด"),
        choices=Register.Moment.choices,
        widget=forms.RadioSelect,
        help_text=_("เลขไม่ทำให้การพิจารณาต้องรอ"),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, register: Register | None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _as_it_is(register or Register())
        super().__init__(*args, **kwargs)
        self.organisation, self.register = organisation, register
        office = self.fields["office"]
        assert isinstance(office, forms.ChoiceField)
        units = OrgUnit.objects.of(organisation).values_list("pk", "name")
        office.choices = [("", gettext("ทั้งหน่วยงาน")), *((str(pk), name) for pk, name in units)]
        if register is not None and RegisterEntry.objects.of(organisation).filter(register=register).exists():
            self.fields["kind"].disabled = self.fields["office"].disabled = True

    def save(self) -> bool:
        """False, and a sentence in the form, when another register is of that kind and office already."""
        register = self.register or Register(organisation=self.organisation)
        for name in _PLAIN:
            setattr(register, name, self.cleaned_data[name])
        register.prefix = self.cleaned_data["number_prefix"]
        register.office_id = int(self.cleaned_data["office"]) if self.cleaned_data["office"] else None
        try:
            with transaction.atomic():
                register.save()
        except IntegrityError:
            self.add_error("office", TWICE)
            return False
        self.register = register
        return True


def _as_it_is(register: Register) -> dict[str, Any]:
    office = str(register.office_id) if register.office_id else ""
    plain = {name: getattr(register, name) for name in _PLAIN}
    return {**plain, "office": office, "number_prefix": register.prefix}
