"""What every page of the administration keeps to.

It is for superusers, who look across authorities; staff who are not superusers find nothing there. What has a
history is never removed: a row may be deleted only while nothing refers to it.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.pictures import MAX_BYTES, validate_picture
from ita_core.rows import RowChoice, RowChoices, may_be_a_row

if TYPE_CHECKING:  # Django's own classes take no parameters when the code runs.
    PlainAdmin = admin.ModelAdmin[Any]
    PlainInline = admin.TabularInline[Any, Any]
    PlainForm = forms.ModelForm[Any]
    _FormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    PlainAdmin, PlainInline, PlainForm = admin.ModelAdmin, admin.TabularInline, forms.ModelForm
    _FormSet = forms.BaseInlineFormSet


def every(model: type[models.Model]) -> Any:
    """All rows of a model; of every authority where rows belong to one."""
    rows: Any = model._default_manager.all()
    return rows.across_organisations() if hasattr(rows, "across_organisations") else rows


def is_referred_to(row: models.Model) -> bool:
    """Whether any other row points here, hidden relations and many-to-many tables included."""
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and not relation.many_to_many:
            pointing: Any = relation.related_model
            if pointing._base_manager.filter(**{relation.field.name: row}).exists():
                return True
    return False


class _OwnedLabel:
    """Posts and units are called alike everywhere, so their authority stands first."""

    def label_from_instance(self, row: Any) -> str:
        return f"{row.organisation.short_name} – {row}"


class OwnedChoice(_OwnedLabel, RowChoice):
    pass


class OwnedChoices(_OwnedLabel, RowChoices):
    pass


class SuperusersOnly:
    """The permissions and the querysets that admin pages and their inlines share."""

    model: Any

    def _superuser(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._superuser(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        ordering = self.get_ordering(request)  # type: ignore[attr-defined]
        return every(self.model).order_by(*ordering) if ordering else every(self.model)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        self._scope(db_field, kwargs, OwnedChoice)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        self._scope(db_field, kwargs, OwnedChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _scope(self, db_field: Any, kwargs: dict[str, Any], field_class: type) -> None:
        rows = every(db_field.remote_field.model)
        if hasattr(rows, "across_organisations"):
            kwargs.setdefault("queryset", rows.select_related("organisation"))
            kwargs.setdefault("form_class", field_class)
        plain = RowChoices if issubclass(field_class, RowChoices) else RowChoice
        kwargs.setdefault("form_class", plain)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """None, as for a row that is not there, when the number in the address is too long for a database."""
        if self.model._meta.pk.get_internal_type() != "UUIDField" and not may_be_a_row(object_id):
            return None
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]


class FactsAdmin(SuperusersOnly, PlainAdmin):
    """Rows that an administrator keeps; deleted one by one, and only while nothing refers to them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._superuser(request) and obj is not None and not is_referred_to(obj)


class OwnedFormSet(_FormSet):
    """Looks up its rows among those of the row above them; Django's would look among all authorities'."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        mine = {self.fk.name: self.instance.pk}
        name = self.model._meta.pk.name
        form.fields[name] = RowChoice(
            every(self.model).filter(**mine),
            initial=form.fields[name].initial,
            required=False,
            widget=forms.HiddenInput,
        )


class OwnedInline(SuperusersOnly, PlainInline):
    formset = OwnedFormSet
    extra = 0


class ReadOnly(SuperusersOnly):
    """Every field is shown, none can be changed."""

    # Bytes say nothing on a page; a subclass shows them as text or leaves them out.
    hidden: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = [*self.model._meta.fields, *self.model._meta.many_to_many]
        names = [f.name for f in own if f.name not in self.hidden and not isinstance(f, models.BinaryField)]
        return [*names, *self.readonly_fields]  # type: ignore[attr-defined]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)


class ReadOnlyAdmin(ReadOnly, PlainAdmin):
    actions = None


class ReadOnlyInline(ReadOnly, PlainInline):
    extra = 0
    can_delete = False
    show_change_link = True


class PictureForm(PlainForm):
    """Uploads a picture into the model's binary field named by ``picture_field``."""

    picture_field: ClassVar[str]

    picture = forms.FileField(
        label=_("ภาพใหม่ (PNG หรือ JPEG ไม่เกิน 500 กิโลไบต์)"), required=False, widget=forms.FileInput
    )
    remove_picture = forms.BooleanField(label=_("ลบภาพที่มีอยู่"), required=False)

    def clean_picture(self) -> bytes | None:
        upload = self.cleaned_data["picture"]
        if upload is None:
            return None
        data: bytes = upload.read(MAX_BYTES + 1)
        validate_picture(data)
        return data

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("picture"):
            setattr(self.instance, self.picture_field, self.cleaned_data["picture"])
        elif self.cleaned_data.get("remove_picture"):
            setattr(self.instance, self.picture_field, None)
        return super().save(commit)


def thumbnail(picture: bytes | memoryview | None) -> str:
    if not picture:
        return "–"
    data = bytes(picture)
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    encoded = base64.b64encode(data).decode("ascii")
    return format_html('<img src="data:image/{};base64,{}" height="60" alt="">', kind, encoded)


class ThaiDateText(forms.DateField):
    """A date typed as officials write it (1 ตุลาคม 2564, 1 ต.ค. 64) or as an ISO date; shown in the first way."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return thai.ThaiDate(value).long_data if hasattr(value, "isoformat") else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                return thai.ThaiDate.parse(value).date
            except ValueError as problem:
                try:
                    return super().to_python(value)
                except forms.ValidationError:
                    raise forms.ValidationError(str(problem)) from problem
        return super().to_python(value)
