"""How long a report is kept: its class, holds, and the authority's classes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import language
from ita_core.membership import MemberRequest
from memos.settings_page import administrator
from workflows import retention
from workflows import retention_permissions as permissions
from workflows.disposal_forms import ClassForm, HoldForm, ReleaseForm, RetainForm, kept_for
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.page import approval_of, page


@page
@asking
def retain(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    permissions.check_may_keep(actor, approval)
    classes = retention.classes(actor.organisation)
    now = retention.of(approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        retention.retain(actor, pk, **typed)
        return back_to_report(request, pk, _("กำหนดอายุการเก็บแล้ว"))

    form = RetainForm(
        request.POST or None, classes=classes, initial={"kept_as": now.kept_as_id if now else None}
    )
    words = {
        "title": _("กำหนดอายุการเก็บ"),
        "question": language.shown(_("ขณะนี้%(told)s") % {"told": retention.shown(now.until)}) if now else "",
        "button": _("กำหนดอายุการเก็บ"),
    }
    return ask(request, approval, form, act, words)


@page
@asking
def hold(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_hold(actor, approval, retention.of(approval))

    def act(typed: dict[str, Any]) -> HttpResponse:
        retention.hold(actor, pk, **typed)
        return back_to_report(request, pk, _("ระงับการทำลายเรื่องนี้แล้ว"))

    question = _("เรื่องที่ถูกระงับทำลายไม่ได้แม้ครบกำหนดเก็บ จนกว่าจะยกเลิกการระงับ")
    words = {"title": _("ระงับการทำลาย"), "question": question, "button": _("ระงับการทำลาย")}
    return ask(request, approval, HoldForm(request.POST or None), act, words)


@page
@asking
def release(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_release(actor, approval, retention.of(approval))

    def act(typed: dict[str, Any]) -> HttpResponse:
        retention.release(actor, pk, **typed)
        return back_to_report(request, pk, _("ยกเลิกการระงับการทำลายแล้ว"))

    question = _("เมื่อยกเลิกแล้ว เรื่องนี้ทำลายได้ตามบัญชีเมื่อครบกำหนดเก็บ")
    words = {"title": _("ยกเลิกการระงับการทำลาย"), "question": question, "button": _("ยกเลิกการระงับ")}
    return ask(request, approval, ReleaseForm(request.POST or None), act, words)


# --- the authority's classes


@administrator
@require_safe
def classes(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    rows = [(one, kept_for(one.years)) for one in retention.classes(organisation)]
    return render(request, "workflows/retention_classes.html", {"org": organisation.slug, "rows": rows})


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def edit_class(request: MemberRequest, row: int | None = None) -> HttpResponse:
    """A new one when the address names none."""
    organisation = request.membership.organisation
    every = retention.classes(organisation)
    found = next((one for one in every if one.pk == row), None)
    if row is not None and found is None:
        raise Http404
    initial = {
        name: getattr(found, name) for name in ("title", "years", "source", "is_default") if found is not None
    }
    form = ClassForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        retention.save_class(organisation, found, **form.cleaned_data)
        messages.success(request, _("บันทึกอายุการเก็บแล้ว ใช้กับเรื่องที่ลงนามต่อจากนี้"))
        return redirect("workflows:retention_classes", org=organisation.slug)
    status = 400 if request.method == "POST" else 200
    context = {"org": organisation.slug, "form": form, "row": found}
    return render(request, "workflows/retention_class.html", context, status=status)
