"""The administration of the process: an authority's route is data; states, steps and acts are shown, never changed."""

from __future__ import annotations

from typing import Any

import viewflow.workflow.admin  # noqa: F401  (registers what is taken out below)
from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from ita_core.admin import OrganisationAdmin
from ita_core.administration import OwnedFormSet, OwnedInline, ReadOnlyAdmin, ReadOnlyInline, every
from ita_core.models import Organisation, Post
from workflows.models import Act, Approval, ApprovalStep, ChainHead, RouteStep
from workflows.route import PlannedStep, check_route

# Its tasks follow the acts; edited by hand they would say something else than the approval.
admin.site.unregister([Process, Task])

# Steps that change places pass over these numbers, because two steps never share a position.
_ASIDE = 10_000


class RouteFormSet(OwnedFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]
        if kept:
            check_route([self._planned(form.cleaned_data) for form in kept])

    def _planned(self, data: dict[str, Any]) -> PlannedStep:
        posts = tuple(data["posts"])
        return PlannedStep(self.instance.pk, data["position"], data["heading"], data["reaches"], posts)

    def save(self, commit: bool = True) -> Any:
        moving = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        if commit and moving:
            self.instance.route.filter(pk__in=moving).update(position=F("position") + _ASIDE)
        return super().save(commit)


class RouteInline(OwnedInline):
    model = RouteStep
    formset = RouteFormSet
    extra = 1
    fields = ("position", "heading", "addresses", "reaches", "posts", "working_days")
    verbose_name_plural = _("ขั้นตอนการเสนอ (ใช้กับเรื่องที่เสนอครั้งต่อไป)")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._superuser(request)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        organisation = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        kwargs["queryset"] = every(Post).filter(organisation=organisation).select_related("organisation")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Organisation)
class OrganisationWithRouteAdmin(OrganisationAdmin):
    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [RouteInline] if obj else []  # Posts come before a route.


class StepInline(ReadOnlyInline):
    model = ApprovalStep


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    list_display = ("report", "organisation", "state", "round", "changed_at")
    list_filter = ("state", "organisation")
    list_select_related = ("report", "organisation")
    search_fields = ("report__title", "organisation__name")
    inlines = (StepInline,)


@admin.register(ApprovalStep)
class ApprovalStepAdmin(ReadOnlyAdmin):
    list_display = ("heading", "approval", "round", "position", "reaches", "opened_at", "closed_at")
    list_filter = ("organisation",)
    list_select_related = ("approval",)


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    hidden = ("payload",)
    readonly_fields = ("payload_text",)
    list_display = ("sequence", "organisation", "kind", "printed_name", "state_after", "acted_at")
    list_filter = ("kind", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("printed_name", "hash")

    @admin.display(description=_("ข้อมูลที่คำนวณแฮช"))
    def payload_text(self, act: Act) -> str:
        return format_html("<pre>{}</pre>", bytes(act.payload).decode("utf-8", "replace"))


@admin.register(ChainHead)
class ChainHeadAdmin(ReadOnlyAdmin):
    list_display = ("organisation", "sequence", "hash")
    list_select_related = ("organisation",)
