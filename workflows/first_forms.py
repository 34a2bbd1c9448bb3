"""The forms of the first hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation, Role, User
from ita_core.pictures import MAX_BYTES, validate_picture
from memos.fields import PaperField
from memos.models import FormVersion
from workflows.setting_up_people import CAPACITIES
from workflows.setting_up_rows import PersonRow, StepRow

RESERVED = frozenset({"new"})
"""Addresses under /first/ that are no authority's."""
MOST_DAYS = 60


def line(
    label: Any, limit: int = 200, *, required: bool = True, help_text: Any = "", **attrs: Any
) -> PaperField:
    """One line of paper."""
    return PaperField(
        label=label,
        limit=limit,
        one_line=True,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
    )


class FirstAdministratorForm(forms.Form):
    code = forms.CharField(
        label=_("รหัสติดตั้ง"),
        max_length=60,
        help_text=_("รหัสที่ได้จากคำสั่ง manage.py setup_code บนเครื่องแม่ข่าย ใช้ได้ครั้งเดียวภายใน ๒๔ ชั่วโมง"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    full_name = line(_("ชื่อ-นามสกุล (พร้อมคำนำหน้า)"), autocomplete="name")
    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        help_text=_("ตัวอักษรอังกฤษ ตัวเลข จุด หรือขีด เช่น somchai.j"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    email = forms.EmailField(label=_("อีเมล"), required=False, help_text=_("ใช้ขอรหัสผ่านใหม่เมื่อลืม"))
    password1 = forms.CharField(
        label=_("รหัสผ่าน"),
        strip=False,
        help_text=_("อย่างน้อย ๑๒ ตัวอักษร ไม่ใช่คำที่เดาง่าย"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
    password2 = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        self.user = User(username=data["username"], full_name=data["full_name"], email=data["email"])
        if data["password1"] != data["password2"]:
            self.add_error("password2", gettext("รหัสผ่านทั้งสองช่องไม่ตรงกัน"))
            return data
        try:
            password_validation.validate_password(data["password1"], self.user)
        except ValidationError as error:
            self.add_error("password1", error)
        try:
            self.user.clean_fields(exclude=["password"])
        except ValidationError as error:
            self.add_error(None, error)
        return data


class AuthorityForm(forms.Form):
    kind = forms.ChoiceField(label=_("ประเภท"), choices=Organisation.Kind.choices)
    name = line(_("ชื่อ (ไม่รวมประเภท)"), 120, help_text=_("เช่น พ่วงพรมคร"))
    district = line(_("อำเภอ"), 120, required=False)
    province = line(_("จังหวัด"), 120)
    number_prefix = line(
        _("เลขประจำส่วนราชการ"), 40, required=False, help_text=_("ที่พิมพ์หน้าเลขหนังสือ เช่น สฎ ๗๒๗๐๑")
    )
    slug = forms.SlugField(
        label=_("รหัสในที่อยู่เว็บ"),
        max_length=60,
        required=False,
        help_text=_(
            "ตัวอักษรอังกฤษ ตัวเลข และขีด เปลี่ยนภายหลังไม่ได้ หากเว้นว่าง ระบบจะตั้งให้จากประเภทและเลขประจำส่วนราชการ"
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, organisation: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation is not None:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED or Organisation.objects.filter(slug=slug).exists():
            raise ValidationError(gettext("รหัสนี้ใช้แล้ว โปรดตั้งรหัสอื่น"))
        return slug

    def as_typed(self) -> Organisation:
        """An authority that is not stored, to show its titles."""
        return Organisation(**{key: value for key, value in self.cleaned_data.items() if key != "slug"})


class PersonForm(forms.Form):
    """One person in one post, by the same rules as a row of the sheet."""

    name = line(_("ชื่อ-นามสกุล (พร้อมคำนำหน้า)"))
    login = line(
        _("ชื่อผู้ใช้"), 150, help_text=_("ตัวอักษรอังกฤษ ตัวเลข จุด หรือขีด เช่น somchai.j"), autocapitalize="none"
    )
    email = line(_("อีเมล"), 254, required=False)
    post = forms.ChoiceField(label=_("ตำแหน่ง"))
    capacity = forms.ChoiceField(
        label=_("ฐานะ"),
        choices=[(words, words) for words in CAPACITIES if words],
        required=False,
        widget=forms.Select(attrs={"lang": "th"}),
    )
    own_title = line(_("ตำแหน่งของตนเอง"), required=False, help_text=_("จำเป็นเมื่อมิใช่ผู้ดำรงตำแหน่ง"))
    legal_basis = line(
        _("คำสั่งหรือฐานอำนาจ"),
        300,
        required=False,
        help_text=_("จำเป็นเมื่อมิใช่ผู้ดำรงตำแหน่ง เช่น คำสั่งที่ ๑๒/๒๕๖๘ ลงวันที่ …"),
    )
    scope = line(_("ขอบเขตที่มอบหมาย"), 300, required=False, help_text=_("จำเป็นเมื่อปฏิบัติราชการแทน"))
    starts = line(_("ตั้งแต่วันที่"), 40, required=False, help_text=_("เช่น ๑ ตุลาคม ๒๕๖๘ หากเว้นว่างคือวันนี้"))

    ACTING = ("own_title", "legal_basis", "scope")

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["post"]
        field.choices = [("", "–"), *posts]

    def row(self, titles: dict[str, tuple[str, str]]) -> PersonRow:
        """``titles``: the post's number → its title and office."""
        post, unit = titles[self.cleaned_data["post"]]
        texts: dict[str, Any] = {
            key: str(value).strip() for key, value in self.cleaned_data.items() if key != "post"
        }
        return PersonRow(post=post, unit=unit, **texts)


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("ไฟล์รายชื่อ (.xlsx)"),
        allow_empty_file=True,
        error_messages={"required": _("โปรดเลือกไฟล์ .xlsx")},
        help_text=_("ใช้ไฟล์ที่ดาวน์โหลดด้านบน ระบบตรวจทุกแถวก่อน หากมีแถวใดผิดจะยังไม่บันทึกแม้แต่แถวเดียว"),
    )


class StepForm(forms.Form):
    """A role that may stand on the way: whether it does, and with which words."""

    use = forms.BooleanField(required=False)
    heading = line(_("หัวข้อบนบันทึก"), required=False)
    addresses = line(_("คำขึ้นต้นความเห็น"), required=False, help_text=_("หากเว้นว่าง ระบบจะเรียนถึงตำแหน่งถัดไป"))
    days = forms.IntegerField(
        label=_("ให้เวลากี่วันทำการ"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "maxlength": 3}),
    )

    def __init__(self, data: Any, *, role: str, posts: Sequence[Any], initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=role, initial=initial)
        self.role, self.posts = role, posts
        self.fields["use"].label = Role(role).label
        if role == Role.MAYOR:  # The signature: without it no route ends.
            self.fields["use"].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("use") and not data.get("heading", "x").strip():
            self.add_error("heading", gettext("โปรดใส่หัวข้อที่พิมพ์บนบันทึก"))
        return data

    def row(self) -> StepRow:
        data = self.cleaned_data
        return StepRow(self.role, data["heading"], data["addresses"], data["days"])


class BeginsWithForm(forms.Form):
    forms = forms.MultipleChoiceField(
        label=_("รายงานใหม่เริ่มด้วยแบบตาราง"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("แบบละหนึ่งส่วนของรายงาน เพิ่มหรือลบส่วนในแต่ละรายงานได้ภายหลัง"),
        error_messages={"required": _("โปรดเลือกอย่างน้อยหนึ่งแบบ")},
    )

    def __init__(self, *args: Any, offered: Sequence[FormVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["forms"]
        field.choices = [(form.slug, form.title) for form in offered]


class LookForm(forms.Form):
    template = forms.ChoiceField(label=_("แม่แบบบันทึกข้อความ"), required=False, widget=forms.RadioSelect)
    garuda = forms.FileField(
        label=_("ภาพครุฑของหน่วยงาน"),
        required=False,
        help_text=_("PNG หรือ JPEG ไม่เกิน ๕๐๐ กิโลไบต์ หากไม่ส่ง เอกสารจะมีเพียงภาพแทนของแม่แบบ"),
    )
    remove_garuda = forms.BooleanField(label=_("ไม่ใช้ภาพครุฑที่ส่งไว้ กลับไปใช้ภาพของแม่แบบ"), required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], has_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.choices = choices
        if not has_own:
            del self.fields["remove_garuda"]

    def clean_garuda(self) -> bytes | None:
        upload = self.cleaned_data["garuda"]
        if not upload:
            return None
        data: bytes = upload.read(MAX_BYTES + 1)
        validate_picture(data)
        return data
