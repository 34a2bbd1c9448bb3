"""After the signature: assign, circulate, and acknowledge what was assigned or circulated."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ita_core.membership import MemberRequest
from workflows import actions, colleagues, permissions
from workflows.aside_forms import AssignForm, CirculateForm
from workflows.models import Act, Approval, Errand
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.page import approval_of, page


@page
@asking
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_assign(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.assign(actor, pk, **typed)
        return back_to_report(request, pk, _("มอบหมายแล้ว ผู้รับจะเห็นในงานของฉัน"))

    people = colleagues.of(actor, himself=True)
    form = AssignForm(request.POST or None, people=people, initial={"order": _order(approval)})
    words = {
        "title": _("มอบหมาย"),
        "question": _("เลือกผู้ที่ต้องดำเนินการตามคำสั่ง ระบบจะบันทึกว่าแต่ละคนรับทราบเมื่อใด"),
        "button": _("มอบหมาย"),
    }
    return ask(request, approval, form, act, words)


@page
@asking
def circulate(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_circulate(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.circulate(actor, pk, **typed)
        return back_to_report(request, pk, _("เวียนให้ทราบแล้ว ผู้รับจะเห็นในงานของฉัน"))

    people = colleagues.of(actor)
    words = {
        "title": _("เวียนให้ทราบ"),
        "question": _("เลือกผู้ที่ควรทราบเรื่องนี้ ระบบจะบันทึกว่าแต่ละคนรับทราบเมื่อใด"),
        "button": _("เวียนให้ทราบ"),
        "nobody": "" if people else _("ไม่มีผู้อื่นในหน่วยงานที่จะเวียนถึง"),
    }
    return ask(request, approval, CirculateForm(request.POST or None, people=people), act, words)


@page
@asking
def acknowledge(request: MemberRequest, pk: int, errand: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    rows = Errand.objects.of(approval.organisation).filter(approval=approval, pk=errand)
    found = rows.select_related("act", "to").first()
    if found is None:
        raise Http404
    if request.method != "POST":
        permissions.check_may_acknowledge(actor, approval, found)

    def act(_typed: dict[str, Any]) -> HttpResponse:
        actions.acknowledge(actor, pk, errand=errand)
        return back_to_report(request, pk, _("รับทราบแล้ว"))

    by = {"name": found.act.printed_name}
    ordered = found.act.kind == Act.Kind.ASSIGN
    words = {
        "title": _("รับทราบ"),
        "question": _("%(name)s มอบหมายเรื่องนี้ให้ท่าน") % by
        if ordered
        else _("%(name)s เวียนเรื่องนี้ให้ท่านทราบ") % by,
        "said": found.act.opinion,
        "button": _("รับทราบ"),
    }
    return ask(request, approval, None, act, words)


def _order(approval: Approval) -> str:
    """The words of whoever signed: what is assigned is usually what they say."""
    signed = approval.acts.filter(round=approval.round, kind=Act.Kind.SIGN).order_by("-sequence")
    return signed.values_list("opinion", flat=True).first() or ""
