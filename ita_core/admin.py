"""The administration of facts: people, authorities, offices, posts, appointments, assessment years."""

from __future__ import annotations

from typing import Any, ClassVar

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401 – these register what is unregistered here.
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ita_core import language, second_proof
from ita_core.administration import (
    FactsAdmin,
    OwnedInline,
    PictureForm,
    PlainForm,
    SuperusersOnly,
    ThaiDateText,
    is_referred_to,
    thumbnail,
)
from ita_core.models import (
    Appointment,
    AssessmentItem,
    AssessmentYear,
    Holiday,
    Indicator,
    Organisation,
    OrgUnit,
    Post,
    User,
)
from ita_core.user_forms import NewUserForm, UserForm

admin.site.site_header = admin.site.site_title = _("ผู้ดูแลระบบกลาง")
admin.site.index_title = _("ข้อมูลที่ดูแล")
# One page asks for passwords, and counts the wrong ones. Who is logged in has nothing to send to this one.
admin.site.login = secure_admin_login(require_safe(admin.site.login))  # type: ignore[method-assign]
# A person's one address is User.email. What proves who somebody is, nobody else reads.
admin.site.unregister([EmailAddress, *second_proof.SECRETS])
# Rights come from dated appointments, never from groups.
admin.site.unregister(Group)

_PICTURE = (_("ลายมือชื่อ"), {"fields": ("signature_shown", "picture", "remove_picture")})


@admin.register(User)
class UserAdmin(SuperusersOnly, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """People are deactivated, never deleted. Only a superuser enters this administration, so ``is_staff`` follows."""

    form = UserForm
    add_form = NewUserForm
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("username", "password", "full_name", "email", "is_active", "is_superuser")}),
        _PICTURE,
        (_("การใช้งาน"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "full_name",
                    "email",
                    "password1",
                    "password2",
                    "is_superuser",
                    "picture",
                )
            },
        ),
    )
    readonly_fields = ("signature_shown", "last_login", "date_joined")
    list_display = ("username", "full_name", "email", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "full_name", "email")
    filter_horizontal = ()
    actions = ("forget_proofs",)

    @admin.action(description=_("ล้าง PIN แอป และพาสคีย์ของผู้ที่เลือก (เมื่อทำหายหรือลืม)"))
    def forget_proofs(self, request: HttpRequest, chosen: Any) -> None:
        for user in chosen:
            second_proof.forget(user)
        self.message_user(request, _("ล้างแล้ว ผู้ใช้ตั้งวิธียืนยันตัวตนใหม่ได้เองด้วยรหัสผ่าน"))

    @admin.display(description=_("ภาพที่มีอยู่"))
    def signature_shown(self, user: User) -> str:
        return thumbnail(user.signature)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_staff = obj.is_superuser
        super().save_model(request, obj, form, change)


class OrganisationForm(PictureForm):
    picture_field = "garuda"

    class Meta:
        model = Organisation
        exclude = ("garuda",)


class OrganisationAdmin(FactsAdmin):
    """Registered by workflows, which adds the route: facts know nothing of processes."""

    form = OrganisationForm
    fields = (
        "slug",
        "kind",
        "name",
        "district",
        "province",
        "number_prefix",
        "escalate_after",
        "garuda_shown",
        "picture",
        "remove_picture",
    )
    readonly_fields = ("garuda_shown",)
    list_display = ("named", "kind", "district", "province", "slug")
    list_filter = ("kind", "province")
    search_fields = ("name", "slug", "district", "province")

    @admin.display(description=_("ชื่อ"), ordering="name")
    def named(self, organisation: Organisation) -> str:
        return organisation.full_name

    @admin.display(description=_("ภาพครุฑที่มีอยู่"))
    def garuda_shown(self, organisation: Organisation) -> str:
        return thumbnail(organisation.garuda)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # The address of its pages and papers must not change under it.
        return ("garuda_shown", "slug") if obj else ("garuda_shown",)


class OwnedAdmin(FactsAdmin):
    """Rows of one authority; they do not move to another."""

    autocomplete_fields: ClassVar[Any] = ("organisation",)
    list_filter: ClassVar[Any] = ("organisation",)
    list_select_related: ClassVar[Any] = ("organisation",)
    kept_once_used: ClassVar[tuple[str, ...]] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("organisation", *(self.kept_once_used if is_referred_to(obj) else ()))


@admin.register(OrgUnit)
class OrgUnitAdmin(OwnedAdmin):
    fields = ("organisation", "kind", "name", "parent")
    list_display = ("name", "kind", "parent", "organisation")
    list_select_related = ("organisation", "parent")
    search_fields = ("name", "organisation__name")


class AppointmentForm(PlainForm):
    class Meta:
        model = Appointment
        fields = (
            "user",
            "post",
            "capacity",
            "own_title",
            "legal_basis",
            "scope",
            "covers_memos",
            "starts",
            "ends",
        )
        field_classes = {"starts": ThaiDateText, "ends": ThaiDateText}
        widgets = {"starts": forms.TextInput, "ends": forms.TextInput}


class AppointmentInline(OwnedInline):
    model = Appointment
    form = AppointmentForm
    autocomplete_fields = ("user",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # On its own page, where what has been used is kept.

    show_change_link = True


@admin.register(Post)
class PostAdmin(OwnedAdmin):
    fields = ("organisation", "unit", "role", "title")
    kept_once_used = ("role",)
    list_display = ("title", "role", "unit", "organisation")
    list_select_related = ("organisation", "unit")
    list_filter = ("role", "organisation")
    search_fields = ("title", "organisation__name")
    inlines = (AppointmentInline,)


@admin.register(Appointment)
class AppointmentAdmin(FactsAdmin):
    form = AppointmentForm
    autocomplete_fields = ("user",)
    list_display = ("user", "capacity", "post", "authority", "from_day", "to_day")
    list_select_related = ("user", "post__organisation")
    list_filter = ("capacity", "post__organisation")
    search_fields = ("user__full_name", "user__username", "post__title", "post__organisation__name")

    @admin.display(description=_("หน่วยงาน"))
    def authority(self, appointment: Appointment) -> str:
        return appointment.post.organisation.short_name

    @admin.display(description=_("ตั้งแต่วันที่"), ordering="starts")
    def from_day(self, appointment: Appointment) -> str:
        return language.short_day(appointment.starts)

    @admin.display(description=_("ถึงวันที่ (รวมวันนั้น)"), ordering="ends")
    def to_day(self, appointment: Appointment) -> str:
        return language.short_day(appointment.ends) if appointment.ends else "–"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """By an appointment that was used, somebody signed: only its end may still be written."""
        if obj is None or not is_referred_to(obj):
            return ()
        return ("user", "post", "capacity", "own_title", "legal_basis", "scope", "covers_memos", "starts")


class ItemInline(OwnedInline):
    model = AssessmentItem


@admin.register(AssessmentYear)
class AssessmentYearAdmin(FactsAdmin):
    list_display = ("year", "window_start", "window_end", "confirmed")
    inlines = (ItemInline,)


@admin.register(AssessmentItem)
class AssessmentItemAdmin(FactsAdmin):
    list_display = ("code", "title", "assessment_year", "key", "confirmed")
    list_filter = ("assessment_year", "key")
    search_fields = ("code", "title")


@admin.register(Indicator)
class IndicatorAdmin(FactsAdmin):
    list_display = ("number", "instrument", "title")


class HolidayForm(PlainForm):
    class Meta:
        model = Holiday
        fields = ("organisation", "day", "name", "is_off", "source", "note")
        field_classes = {"day": ThaiDateText}
        widgets = {"day": forms.TextInput}


@admin.register(Holiday)
class HolidayAdmin(OwnedAdmin):
    """Everybody's holidays; an authority's own days stand on a page of its administrator."""

    form = HolidayForm
    list_display = ("on", "name", "is_off", "organisation", "source", "note")
    search_fields = ("name", "source")

    @admin.display(description=_("วันที่"), ordering="day")
    def on(self, holiday: Holiday) -> str:
        return language.short_day(holiday.day)
