"""Pages that ask once more before an act of the drafter: recall, withdraw, hand over, discard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ita_core.membership import MemberRequest
from workflows import actions, drafts, offers, permissions
from workflows.forms import HandOverForm, RecallForm, WithdrawForm
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.page import approval_of, page


@page
@asking
def recall(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_recall(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.recall(actor, pk, **typed)
        return back_to_report(request, pk, _("ดึงเรื่องกลับแล้ว ท่านแก้ไขและเสนอใหม่ได้"))

    words = {
        "title": _("ดึงเรื่องกลับ"),
        "question": _("เรื่องจะกลับมาให้ท่านแก้ไข และต้องเสนอใหม่ตั้งแต่ต้น ดึงกลับได้จนกว่าจะมีผู้พิจารณา"),
        "button": _("ดึงเรื่องกลับ"),
    }
    return ask(request, approval, RecallForm(request.POST or None), act, words)


@page
@asking
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_withdraw(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.withdraw(actor, pk, **typed)
        return back_to_report(request, pk, _("ถอนเรื่องแล้ว"))

    words = {
        "title": _("ถอนเรื่อง"),
        "question": _("เรื่องนี้จะสิ้นสุดและเสนอต่อไม่ได้อีก เอกสารและความเห็นที่มีแล้วยังเก็บไว้ โปรดระบุเหตุผล"),
        "button": _("ถอนเรื่อง"),
        "grave": True,
    }
    return ask(request, approval, WithdrawForm(request.POST or None), act, words)


@page
@asking
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    permissions.check_may_discard(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        drafts.discard(actor, pk)
        messages.success(request, _("ลบร่างแล้ว"))
        return redirect("workflows:inbox", org=request.membership.organisation.slug)

    words = {
        "title": _("ลบร่าง"),
        "question": _("ร่างนี้ยังไม่เคยเสนอ เมื่อลบแล้วจะเรียกคืนไม่ได้"),
        "button": _("ลบร่าง"),
        "grave": True,
    }
    return ask(request, approval, None, act, words)


@page
@asking
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_hand_over(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.hand_over(actor, pk, to_user_id=typed["to_user"])
        messages.success(request, _("มอบให้ผู้อื่นจัดทำต่อแล้ว"))
        return redirect("workflows:inbox", org=request.membership.organisation.slug)

    people = [(user.pk, f"{user.full_name} – {title}") for user, title in offers.receivers(approval)]
    words = {
        "title": _("มอบให้ผู้อื่นจัดทำต่อ"),
        "question": _("ผู้รับมอบจะเป็นผู้จัดทำเรื่องนี้แทนท่าน และท่านจะแก้ไขหรือเสนอเรื่องนี้ไม่ได้อีก"),
        "button": _("มอบเรื่อง"),
        "nobody": "" if people else _("ไม่มีผู้อื่นในหน่วยงานที่จัดทำรายงานได้ โปรดแจ้งผู้ดูแลระบบ"),
    }
    return ask(request, approval, HandOverForm(request.POST or None, people=people), act, words)
