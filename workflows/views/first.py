"""The first page of an installation, the authority's own step, and the way to the other steps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import setup_codes, throttle
from ita_core.membership import memberships
from ita_core.models import FirstHour, Organisation
from workflows import setting_up, setting_up_authority
from workflows.first_forms import AuthorityForm, FirstAdministratorForm
from workflows.views.first_page import (
    SettingUpRequest,
    is_superuser,
    onward,
    setting_up_page,
    shown,
    superuser_page,
)

TRIES = 10
"""Setup codes typed within a minute from one address."""


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Without any user: the code, and the first administrator. Later: the authorities, or one's own."""
    if setup_codes.nobody_yet():
        return _first_administrator(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if is_superuser(request.user):
        return _authorities(request)
    mine = [one for one in memberships(request.user) if one.is_admin]
    if not mine:
        raise Http404
    return redirect("first:steps", org=mine[0].organisation.slug)


def _authorities(request: HttpRequest) -> HttpResponse:
    """Those that are being set up; the others stand in the administration."""
    notes = FirstHour.objects.across_organisations().filter(closed_at=None).select_related("organisation")
    found = [note.organisation for note in notes.order_by("-begun_at")[:20]]
    return render(request, "workflows/first/authorities.html", {"authorities": found})


def _first_administrator(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and not throttle.may_ask(request, "setup", TRIES):
        return throttle.too_often(request)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = setup_codes.open_with(form.cleaned_data["code"], form.user, form.cleaned_data["password1"])
        except setup_codes.NoCode as problem:
            form.add_error("code", problem.sentence)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, _("ตั้งบัญชีผู้ดูแลระบบกลางแล้ว ต่อไปคือหน่วยงานแรก"))
            return redirect("first:new")
    status = 400 if request.method == "POST" else 200
    return render(request, "workflows/first/start.html", {"form": form}, status=status)


@superuser_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    form = AuthorityForm(request.POST or None, organisation=None)
    return _authority(request, form, None)


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def authority(request: SettingUpRequest) -> HttpResponse:
    facts = {fact: getattr(request.organisation, fact) for fact in setting_up_authority.FACTS}
    form = AuthorityForm(request.POST or None, organisation=request.organisation, initial=facts)
    return _authority(request, form, request.organisation)


def _authority(request: Any, form: AuthorityForm, organisation: Organisation | None) -> HttpResponse:
    """Titles are shown as typed: on request before anything is stored, and beside what is stored."""
    titles = setting_up_authority.titles(organisation) if organisation else []
    if request.method == "POST" and form.is_valid():
        titles = setting_up_authority.titles(form.as_typed())
        if request.POST.get("do") == "preview":
            return _authority_page(request, form, organisation, titles, 200)
        try:
            saved = setting_up_authority.save(form.cleaned_data, organisation)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("บันทึกหน่วยงานแล้ว"))
            return onward(request, saved, "units")
    return _authority_page(request, form, organisation, titles, 400 if request.method == "POST" else 200)


def _authority_page(
    request: Any, form: AuthorityForm, organisation: Organisation | None, titles: list[Any], status: int
) -> HttpResponse:
    context = {"form": form, "titles": titles}
    if organisation is not None:
        return shown(request, "authority", context, status)
    return render(request, "workflows/first/authority.html", {**context, "key": "authority"}, status=status)


@setting_up_page
@require_safe
def steps(request: SettingUpRequest) -> HttpResponse:
    """Where one left off."""
    return onward(request, request.organisation, setting_up.next_step(setting_up.steps(request.organisation)))


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: SettingUpRequest) -> HttpResponse:
    """What is done and what is left; closing the list is the reader's own decision."""
    if request.method == "POST":
        note = setting_up_authority.begun(request.organisation)
        note.closed_at = timezone.now() if request.POST.get("do") == "close" else None
        note.save(update_fields=["closed_at"])
        return onward(request, request.organisation, "ready")
    return shown(request, "ready", {"is_listed": setting_up.is_under_way(request.organisation)})
