"""Asking a colleague for a view before deciding (ขอความเห็น), and giving the one that was asked for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.membership import MemberRequest
from workflows import actions, colleagues, permissions, reading
from workflows.aside_forms import AskViewForm, GiveViewForm
from workflows.models import View
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.page import approval_of, page, shown_now


@page
@asking
def ask_view(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_ask_view(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.ask_view(actor, pk, **typed)
        return back_to_report(request, pk, _("ขอความเห็นแล้ว เรื่องยังอยู่ที่ท่าน ท่านพิจารณาได้โดยไม่ต้องรอคำตอบ"))

    people = colleagues.of(actor)
    form = AskViewForm(request.POST or None, people=people, initial=shown_now(approval))
    words = {
        "title": _("ขอความเห็นก่อนพิจารณา"),
        "question": _("ผู้ที่ท่านเลือกจะเห็นเรื่องนี้ในงานของฉัน และตอบกลับมาถึงท่าน เรื่องยังรอท่านพิจารณาเหมือนเดิม"),
        "button": _("ขอความเห็น"),
        "nobody": "" if people else _("ไม่มีผู้อื่นในหน่วยงานที่จะขอความเห็นได้"),
    }
    return ask(request, approval, form, act, words)


@page
@asking
def give_view(request: MemberRequest, pk: int, view: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    rows = View.objects.of(approval.organisation).filter(approval=approval, pk=view)
    asked = rows.select_related("asked", "of", "step").first()
    if asked is None:
        raise Http404
    if request.method != "POST":
        permissions.check_may_give_view(actor, approval, asked)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.give_view(actor, pk, view=view, **typed)
        return back_to_report(request, pk, _("ส่งความเห็นแล้ว"))

    content, _note = reading.content_for(approval, actor)
    words = {
        "title": _("ให้ความเห็น"),
        "question": _("%(name)s ขอความเห็นของท่านในขั้น %(step)s")
        % {"name": asked.asked.printed_name, "step": thai.printed(asked.step.heading)},
        "said": asked.question,
        "button": _("ส่งความเห็น"),
        "content": content,
    }
    return ask(request, approval, GiveViewForm(request.POST or None), act, words)
