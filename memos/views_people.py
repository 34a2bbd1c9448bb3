"""The page on which a drafter lets others write along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from memos import co_drafters, editing
from memos import editor_page as page
from memos.models import Report


@require_http_methods(["GET", "HEAD", "POST"])
@page.editor_page
def people(request: MemberRequest, report: Report) -> HttpResponse:
    """``do=add`` with ``user``, or ``do=remove-12``. Who writes along sees the list; the drafter alone changes it."""
    if request.method != "POST":
        return _page(request, report)
    verb, _dash, number = request.POST.get("do", "").partition("-")
    chosen = number if verb == "remove" else request.POST.get("user", "")
    user_id = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) <= 18 else 0
    try:
        if verb == "remove":
            co_drafters.let_out(request.membership, report.pk, user_id)
            messages.success(request, _("นำออกจากผู้ร่วมจัดทำแล้ว ข้อความที่เขียนไว้ยังอยู่"))
        else:
            user = co_drafters.let_in(request.membership, report.pk, user_id)
            messages.success(request, _("%(name)s ร่วมจัดทำรายงานนี้ได้แล้ว") % {"name": user})
    except editing.NotSaved as not_saved:
        return _page(request, report, not_saved)
    return HttpResponseRedirect(_address(report))


def _address(report: Report) -> str:
    return reverse("memos:co_drafters", args=[report.organisation.slug, report.pk])


def _page(request: MemberRequest, report: Report, not_saved: editing.NotSaved | None = None) -> HttpResponse:
    is_drafter = report.drafter_id == request.user.pk
    shown = {
        **page.context(report, None, not_saved),
        "here": _address(report),
        "people": co_drafters.of_report(report),
        "may_join": co_drafters.may_join(report) if is_drafter else [],
        "is_drafter": is_drafter,
    }
    status = 200 if not_saved is None else 409 if isinstance(not_saved, editing.Closed) else 400
    return render(request, "memos/people.html", shown, status=status)
