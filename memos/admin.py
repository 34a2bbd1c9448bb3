"""The administration of paper: forms gain versions; what reports say and what was issued is shown, never changed."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ita_core.administration import (
    PlainAdmin,
    PlainForm,
    ReadOnlyAdmin,
    ReadOnlyInline,
    SuperusersOnly,
)
from ita_core.models import Organisation
from ita_core.rows import may_be_a_row
from memos import shipped
from memos.models import (
    Activity,
    ContentVersion,
    DocumentSet,
    Enclosure,
    FormVersion,
    Measure,
    Memo,
    Report,
    Section,
    StoredFile,
    TemplateVersion,
)


class JSONText(forms.JSONField):
    """JSON as it is typed: nested or numbered beyond what Python reads is a fault of the text; it comes back as it was."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if self.disabled else InvalidJSONInput(data or "")


class FormVersionForm(PlainForm):
    columns = JSONText(
        label=_("คอลัมน์"),
        widget=forms.Textarea(attrs={"rows": 24, "cols": 100}),
        help_text=_("key, heading, fields (หนึ่งหรือสองช่องข้อมูล), width, level (measure หรือ activity), required"),
    )

    class Meta:
        model = FormVersion
        fields = ("organisation", "slug", "title", "orientation", "columns")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organisation" in self.fields:
            self.fields["organisation"].required = True  # Shipped forms come with the system alone.


@admin.register(FormVersion)
class FormVersionAdmin(SuperusersOnly, PlainAdmin):
    """A version is never changed or removed: an authority's next version is added, from an earlier one if wished."""

    form = FormVersionForm
    actions = None
    autocomplete_fields = ("organisation",)
    list_display = ("title", "slug", "number", "owner", "orientation", "next_version")
    list_filter = ("slug", "organisation")
    list_select_related = ("organisation",)

    @admin.display(description=_("หน่วยงาน"))
    def owner(self, form: FormVersion) -> str:
        return str(form.organisation.short_name if form.organisation else _("แบบมาตรฐานของระบบ"))

    @admin.display(description=_("รุ่นใหม่"))
    def next_version(self, form: FormVersion) -> str:
        address = f"{reverse('admin:memos_formversion_add')}?source={form.pk}"
        return format_html('<a href="{}">{}</a>', address, _("สร้างจากรุ่นนี้"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        source = request.GET.get("source", "")
        found = (
            FormVersion.objects.filter(pk=source).first()
            if source.isdecimal() and may_be_a_row(source)
            else None
        )
        if found is None:
            return {}
        facts = ("organisation", "slug", "title", "orientation", "columns")
        return {fact: getattr(found, fact) for fact in facts}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            Organisation.objects.select_for_update().get(pk=obj.organisation_id)
            obj.number = shipped.next_number(obj.organisation, obj.slug)
            super().save_model(request, obj, form, change)


@admin.register(TemplateVersion)
class TemplateVersionAdmin(ReadOnlyAdmin):
    list_display = ("kind", "number", "organisation", "sha256", "created_at")
    list_filter = ("kind",)


class MemoInline(ReadOnlyInline):
    model = Memo
    show_change_link = False


class SectionInline(ReadOnlyInline):
    model = Section


class MeasureInline(ReadOnlyInline):
    model = Measure


class ActivityInline(ReadOnlyInline):
    model = Activity
    show_change_link = False


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "organisation", "fiscal_year", "item", "period", "drafter", "is_trial")
    list_filter = ("fiscal_year", "period", "is_current", "is_trial", "organisation")
    list_select_related = ("organisation", "item", "drafter")
    search_fields = ("title", "organisation__name")
    inlines = (MemoInline, SectionInline)


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "report", "position")
    list_select_related = ("report",)
    inlines = (MeasureInline,)


@admin.register(Measure)
class MeasureAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "section", "position")
    list_select_related = ("section",)
    inlines = (ActivityInline,)


@admin.register(Enclosure)
class EnclosureAdmin(ReadOnlyAdmin):
    list_display = ("title", "quantity", "pages", "memo")
    list_select_related = ("memo",)


@admin.register(ContentVersion)
class ContentVersionAdmin(ReadOnlyAdmin):
    readonly_fields = ("words",)
    list_display = ("sha256", "organisation", "report", "created_at")
    list_filter = ("organisation",)
    list_select_related = ("organisation", "report")
    search_fields = ("sha256",)

    @admin.display(description=_("เนื้อหา"))
    def words(self, version: ContentVersion) -> str:
        content = json.loads(bytes(version.canonical))
        return format_html("<pre>{}</pre>", json.dumps(content, ensure_ascii=False, indent=2))


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ("sha256", "organisation", "size", "created_at")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)
    search_fields = ("sha256",)


@admin.register(DocumentSet)
class DocumentSetAdmin(ReadOnlyAdmin):
    list_display = ("pk", "organisation", "content", "memo", "measures", "created_at")
    list_filter = ("organisation",)
    list_select_related = ("organisation", "content", "memo", "measures")
