"""The decision page: read, write an opinion, forward, confirm, send back with remarks, or refuse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from ita_core import thai
from ita_core.membership import MemberRequest
from workflows import actions, deciding, looking, opinions, permissions, remark_fields
from workflows.forms import DecisionForm
from workflows.models import Act, Approval, ApprovalStep, Preparation
from workflows.permissions import Actor
from workflows.refusals import BadInput, Refused
from workflows.views.confirming import confirmed
from workflows.views.page import approval_of, page

DONE = {
    Act.Kind.ENDORSE: gettext_lazy("ลงความเห็นและเสนอต่อแล้ว"),
    Act.Kind.CONFIRM: gettext_lazy("ยืนยันความเห็นเดิมและเสนอต่อแล้ว"),
    Act.Kind.SIGN: gettext_lazy("ลงนามแล้ว"),
    Act.Kind.SEND_BACK: gettext_lazy("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว"),
    Act.Kind.REFUSE: gettext_lazy("บันทึกว่าไม่อนุมัติแล้ว"),
}


@gzip_page  # read on telephones; what is secret on it, the form's token, is another one in every answer
@page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = DecisionForm(posted, reasons=opinions.return_reasons())
    if request.method != "POST":
        step = permissions.current_step(approval)
        permissions.check_may_decide(actor, approval, step)
        answer = _page(request, approval, actor, form, step=step)
        looking.note(approval, actor.user)
        return answer
    if not form.is_valid():
        return _page(request, approval, actor, form, BadInput(_first_error(form)))
    if form.cleaned_data["decision"] == DecisionForm.REMARK:
        return _page(request, approval, actor, form)
    try:
        if form.signs:
            actor = confirmed(request, actor)
        act = decided(actor, pk, form.cleaned_data, request.POST)
    except Refused as refusal:
        approval, actor = approval_of(request, pk)
        return _page(request, approval, actor, form, refusal)
    messages.success(request, told(act, approval))
    # The list that follows offers what waits next.
    inbox = reverse("workflows:inbox", kwargs={"org": request.membership.organisation.slug})
    return redirect(f"{inbox}?next=1")


def told(act: Act, approval: Approval) -> str:
    return f"{DONE[Act.Kind(act.kind)]}: {thai.printed(str(approval.report))}"


def decided(actor: Actor, pk: int, typed: dict[str, Any], posted: QueryDict) -> Act:
    """The act that the form asks for. Refused as the actions say."""
    shown = {"step": typed["step"], "content": typed["content"]}
    if typed["decision"] == DecisionForm.CONFIRM:
        _check_nothing_new(actor, typed)
        return actions.confirm(actor, pk, **shown)
    if typed["decision"] == DecisionForm.SEND_BACK:
        remarks = remark_fields.typed(posted)
        return actions.send_back(
            actor, pk, reason=typed["reason"], opinion=typed["opinion"], remarks=remarks, **shown
        )
    if typed["decision"] == DecisionForm.REFUSE:
        return actions.refuse(actor, pk, reason=typed["reason"], **shown)
    return actions.endorse(actor, pk, opinion=typed["opinion"], stance=typed["stance"] or "agrees", **shown)


def _check_nothing_new(actor: Actor, typed: dict[str, Any]) -> None:
    """An opinion that he wrote meanwhile must not be lost to the old one; what a secretary laid ready is not his."""
    prepared = Preparation.objects.of(actor.organisation).filter(step=typed["step"])
    if typed["opinion"] and not prepared.filter(opinion=typed["opinion"]).exists():
        raise BadInput(
            _(
                "ท่านเลือกหรือพิมพ์ความเห็นใหม่ไว้ หากใช้ความเห็นใหม่โปรดกดลงความเห็นและเสนอต่อ หากยืนยันความเห็นเดิมโปรดลบความเห็นใหม่ออก"
            )
        )


def _page(
    request: MemberRequest,
    approval: Approval,
    actor: Actor,
    form: DecisionForm,
    refusal: Refused | None = None,
    step: ApprovalStep | None = None,
) -> HttpResponse:
    """With the step that waits now; read-only, with what was typed to copy, when it is no longer the person's."""
    step = step or permissions.current_step(approval)
    context = deciding.before_him(approval, actor, step, request.GET)
    context |= deciding.the_form(approval, actor, step, form)
    context |= {
        "form": form,
        "sentence": refusal.sentence if refusal else "",
        "next_label": _next_label(step),
    }
    return render(request, "workflows/decide.html", context, status=refusal.status if refusal else 200)


def _next_label(step: ApprovalStep | None) -> str:
    return _("ลงนาม") if step is not None and step.is_final else _("ลงความเห็นและเสนอต่อ")


def _first_error(form: DecisionForm) -> str:
    return str(next(iter(form.errors.values()))[0])
