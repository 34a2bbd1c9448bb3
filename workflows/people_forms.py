"""What the authority's administrator types of people, units, posts, appointments, orders and days away."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core.models import Absence, Appointment, Organisation, OrgUnit, Post, Role, User
from memos.fields import PaperField, ThaiDateField
from workflows import own_titles, people
from workflows.appointing import Grant
from workflows.ink_forms import ScanField

_NO_FIRST_DAY = _("โปรดใส่วันที่เริ่ม")


def line(
    label: Any, limit: int, *, required: bool = True, help_text: Any = "", missing: Any = ""
) -> PaperField:
    return PaperField(
        label=label,
        limit=limit,
        one_line=True,
        required=required,
        widget=forms.TextInput(),
        help_text=help_text,
        error_messages={"required": missing or _("โปรดใส่ข้อมูลในช่องนี้")},
    )


def choice(label: Any, missing: Any, **kwargs: Any) -> forms.TypedChoiceField:
    """A row of the authority by its key; "" is None."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        error_messages={"required": missing, "invalid_choice": missing},
        **kwargs,
    )


def offer(
    form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]], titles: Mapping[Any, str] | None = None
) -> None:
    """``titles``: what stands on paper for each choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    if titles is not None:
        field.widget = own_titles.Select(titles)
    field.choices = list(choices)


def posts_of(organisation: Organisation) -> list[tuple[Any, str]]:
    rows = Post.objects.of(organisation).select_related("unit").order_by("pk")
    titles = [(row.pk, f"{row.title} ({row.unit.name})" if row.unit else row.title) for row in rows]
    return [("", gettext("เลือกตำแหน่ง")), *titles]


def people_of(people: Sequence[User]) -> list[tuple[Any, str]]:
    return [("", gettext("เลือกบุคคล")), *((one.pk, one.full_name) for one in people if one.is_active)]


class DaysForm(forms.Form):
    """From a day, to another or open; both inclusive."""

    starts = ThaiDateField(label=_("ตั้งแต่วันที่"))
    ends = ThaiDateField(label=_("ถึงวันที่ (รวมวันนั้น)"), required=False, help_text=_("เว้นว่างไว้เมื่อยังไม่มีกำหนด"))

    def clean_starts(self) -> datetime.date:
        day: datetime.date | None = self.cleaned_data["starts"]
        if day is None:
            raise forms.ValidationError(_NO_FIRST_DAY)
        return day

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("starts") and typed.get("ends") and typed["ends"] < typed["starts"]:
            self.add_error("ends", gettext("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"))
        return typed


class GrantForm(DaysForm):
    """By what right, on which days, with the order's scan."""

    legal_basis = line(
        _("คำสั่งหรือฐานอำนาจ"),
        300,
        required=False,
        help_text=_("คำสั่งที่…/… ลงวันที่… หรือมาตราของกฎหมาย จำเป็นเมื่อมิใช่ผู้ดำรงตำแหน่ง"),
    )
    scope = line(_("ขอบเขตที่มอบหมาย"), 300, required=False, help_text=_("จำเป็นเมื่อปฏิบัติราชการแทน"))
    covers_memos = forms.BooleanField(
        label=_("ขอบเขตรวมการลงความเห็น/ลงนามบันทึกข้อความ"), required=False, initial=True
    )
    scan = ScanField(
        label=_("ไฟล์สแกนคำสั่ง"),
        required=False,
        help_text=_("PDF หนึ่งไฟล์ หรือภาพ JPEG หรือ PNG หน้าละไฟล์ รวมไม่เกิน ๒๐ เมกะไบต์"),
    )

    def grant(self) -> Grant:
        typed = self.cleaned_data
        return Grant(typed["legal_basis"], typed["scope"], typed["covers_memos"], typed["scan"] or ())


class CapacityForm(GrantForm):
    """How a person acts in a post."""

    capacity = forms.ChoiceField(
        label=_("ฐานะ"),
        choices=Appointment.Capacity.choices,
        widget=own_titles.Select(own_titles.PHRASES),
    )
    own_title = own_titles.Field(help_text=_("จำเป็นเมื่อมิใช่ผู้ดำรงตำแหน่ง เช่น รองปลัด…"))
    field_order: tuple[str, ...] = (
        "capacity",
        "own_title",
        "legal_basis",
        "scope",
        "covers_memos",
        "starts",
        "ends",
        "scan",
    )

    def appointed(self) -> dict[str, Any]:
        typed = self.cleaned_data
        named = {name: typed[name] for name in ("capacity", "own_title", "starts", "ends")}
        return {**named, "grant": self.grant()}


class AppointmentForm(CapacityForm):
    person = choice(_("บุคคล"), _("โปรดเลือกบุคคล"))
    post = choice(_("ตำแหน่ง"), _("โปรดเลือกตำแหน่ง"))
    field_order: tuple[str, ...] = ("person", "post", *CapacityForm.field_order)

    def __init__(self, *args: Any, organisation: Organisation, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = own_titles.by_person(organisation)
        offer(self, "person", people_of(people), titles)
        offer(self, "post", posts_of(organisation), own_titles.of_posts(organisation))
        self.proposed = False
        if self.is_bound:
            typed: Any = self.data
            self.data = typed.copy()
            self.proposed = own_titles.propose(self.data, titles)
        elif self.initial.get("capacity") in own_titles.PHRASES:
            self.initial.setdefault("own_title", titles.get(self.initial.get("person") or 0, ""))

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if self.proposed:
            self.add_error("own_title", own_titles.please_look())
        return typed


class NewPersonForm(CapacityForm):
    """A person with his first post."""

    full_name = line(_("ชื่อ-นามสกุล (พร้อมคำนำหน้า)"), 200, missing=_("โปรดใส่ชื่อ"))
    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        help_text=_("ตัวอักษรละติน ตัวเลข และ @ . + - _ ใช้เข้าสู่ระบบ"),
        error_messages={"required": _("โปรดใส่ชื่อผู้ใช้")},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    email = forms.CharField(
        label=_("อีเมล"), required=False, max_length=254, validators=[EmailValidator(_("อีเมลไม่ถูกต้อง"))]
    )
    post = choice(_("ตำแหน่ง"), _("โปรดเลือกตำแหน่ง"))
    field_order: tuple[str, ...] = ("full_name", "username", "email", "post", *CapacityForm.field_order)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", posts_of(organisation))


class PersonForm(forms.Form):
    full_name = line(_("ชื่อ-นามสกุล (พร้อมคำนำหน้า)"), 200, missing=_("โปรดใส่ชื่อ"))
    email = forms.CharField(
        label=_("อีเมล"),
        required=False,
        max_length=254,
        validators=[EmailValidator(_("อีเมลไม่ถูกต้อง"))],
        help_text=_("เปลี่ยนที่นี่ได้จนกว่าเจ้าของจะตั้งรหัสผ่าน"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"full_name": person.full_name, "email": person.email}
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = people.has_come_in(person)


class LastDayForm(forms.Form):
    last = ThaiDateField(label=_("วันสุดท้าย (รวมวันนั้น)"), help_text=_("วันถัดไปจะพ้นหน้าที่"))

    def clean_last(self) -> datetime.date:
        day: datetime.date | None = self.cleaned_data["last"]
        if day is None:
            raise forms.ValidationError(gettext("โปรดใส่วันสุดท้าย"))
        return day


class AbsenceForm(DaysForm):
    kind = forms.ChoiceField(
        label=_("เหตุที่ไม่อยู่"),
        choices=Absence.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("โปรดเลือกเหตุที่ไม่อยู่"), "invalid_choice": _("โปรดเลือกเหตุที่ไม่อยู่")},
    )
    note = line(_("หมายเหตุ"), 200, required=False, help_text=_("เห็นเฉพาะเจ้าตัวและผู้ดูแลระบบของหน่วยงาน"))
    field_order: tuple[str, ...] = ("kind", "starts", "ends", "note")


class AnyonesAbsenceForm(AbsenceForm):
    person = choice(_("บุคคล"), _("โปรดเลือกบุคคล"))
    field_order: tuple[str, ...] = ("person", *AbsenceForm.field_order)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people_of(people))


class BackForm(forms.Form):
    on = ThaiDateField(label=_("กลับมาวันที่"), required=False, help_text=_("เว้นว่างไว้เมื่อกลับมาแล้ววันนี้"))


class UnitForm(forms.Form):
    name = line(_("ชื่อ"), 200, missing=_("โปรดใส่ชื่อ"))
    kind = forms.ChoiceField(label=_("ประเภท"), choices=OrgUnit.Kind.choices)
    parent = choice(_("สังกัด"), _("โปรดเลือกส่วนราชการ"), required=False)

    def __init__(self, *args: Any, units: Sequence[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", [("", gettext("ขึ้นตรงต่อหน่วยงาน")), *((one.pk, one.name) for one in units)])


class PostForm(forms.Form):
    title = line(_("ชื่อตำแหน่งที่พิมพ์ใต้ชื่อ"), 200, help_text=_("เช่น นิติกรชำนาญการ"), missing=_("โปรดใส่ชื่อตำแหน่ง"))
    role = forms.ChoiceField(label=_("บทบาท"), choices=Role.choices)
    unit = choice(_("สังกัด"), _("โปรดเลือกส่วนราชการ"), required=False)

    def __init__(self, *args: Any, units: Sequence[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", gettext("ขึ้นตรงต่อหน่วยงาน")), *((one.pk, one.name) for one in units)])
