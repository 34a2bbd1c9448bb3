"""The registers of an authority and how each numbers: pages of its administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core.membership import MemberRequest
from memos import register as books
from memos.register_settings import RegisterForm
from memos.settings_page import administrator


@administrator
@require_safe
def registers(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    context = {"org": organisation.slug, "registers": books.of(organisation)}
    return render(request, "memos/registers.html", context)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def edit_register(request: MemberRequest, register: int | None = None) -> HttpResponse:
    """A new one when the address names none."""
    organisation = request.membership.organisation
    found = next((book for book in books.of(organisation) if book.pk == register), None)
    if register is not None and found is None:
        raise Http404
    form = RegisterForm(request.POST or None, organisation=organisation, register=found)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("บันทึกทะเบียนแล้ว"))
        return HttpResponseRedirect(reverse("memos:registers", args=[organisation.slug]))
    status = 400 if request.method == "POST" else 200
    context = {"org": organisation.slug, "form": form, "register": found}
    return render(request, "memos/register_settings.html", context, status=status)
