"""A correction of a signed report: asked for with its reason, and opened as a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ita_core.membership import MemberRequest
from workflows import actions, correction_permissions
from workflows.forms import CorrectForm
from workflows.views.asking import ask, asking
from workflows.views.page import approval_of, page


@page
@asking
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        correction_permissions.check_may_correct(actor, approval)

    def act(typed: dict[str, Any]) -> HttpResponse:
        draft = actions.correct(actor, pk, **typed)
        messages.success(request, _("สร้างร่างฉบับแก้ไขแล้ว ฉบับเดิมใช้อยู่จนกว่าฉบับแก้ไขจะลงนาม"))
        return redirect("memos:edit_memo", org=actor.organisation.slug, pk=draft.pk)

    question = _(
        "ระบบจะคัดลอกเนื้อหาเป็นร่างฉบับแก้ไขของท่าน เสนอตามลำดับชั้นเหมือนรายงานใหม่ ฉบับเดิมไม่เปลี่ยน และใช้อยู่จนกว่าฉบับแก้ไขจะลงนาม"
    )
    words = {"title": _("แก้ไขเป็นฉบับใหม่"), "question": question, "button": _("สร้างร่างฉบับแก้ไข")}
    return ask(request, approval, CorrectForm(request.POST or None), act, words)
