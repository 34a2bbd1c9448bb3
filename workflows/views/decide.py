"""The decision page: read, write an opinion, forward, send back, or refuse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ita_core import thai
from ita_core.membership import MemberRequest
from workflows import actions, history, opinions, permissions, progress, reading
from workflows.forms import DecisionForm
from workflows.models import Act, Approval, ApprovalStep
from workflows.permissions import Actor
from workflows.refusals import BadInput, Refused
from workflows.views.page import approval_of, page

DONE = {
    Act.Kind.ENDORSE: gettext_lazy("ลงความเห็นและเสนอต่อแล้ว"),
    Act.Kind.SIGN: gettext_lazy("ลงนามแล้ว"),
    Act.Kind.SEND_BACK: gettext_lazy("ส่งคืนให้ผู้จัดทำแก้ไขแล้ว"),
    Act.Kind.REFUSE: gettext_lazy("บันทึกว่าไม่อนุมัติแล้ว"),
}


@page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = DecisionForm(posted, reasons=opinions.return_reasons())
    if request.method != "POST":
        permissions.check_may_decide(actor, approval)
        return _page(request, approval, actor, form)
    if not form.is_valid():
        return _page(request, approval, actor, form, BadInput(_first_error(form)))
    try:
        act = _act(actor, pk, form.cleaned_data)
    except Refused as refusal:
        approval, actor = approval_of(request, pk)
        return _page(request, approval, actor, form, refusal)
    messages.success(request, f"{DONE[Act.Kind(act.kind)]}: {thai.printed(str(approval.report))}")
    return redirect("workflows:inbox", org=request.membership.organisation.slug)


def _act(actor: Actor, pk: int, typed: dict[str, Any]) -> Act:
    shown = {"step": typed["step"], "content": typed["content"]}
    if typed["decision"] == DecisionForm.SEND_BACK:
        return actions.send_back(actor, pk, reason=typed["reason"], opinion=typed["opinion"], **shown)
    if typed["decision"] == DecisionForm.REFUSE:
        return actions.refuse(actor, pk, reason=typed["reason"], **shown)
    return actions.endorse(actor, pk, opinion=typed["opinion"], stance=typed["stance"] or "agrees", **shown)


def _page(
    request: MemberRequest,
    approval: Approval,
    actor: Actor,
    form: DecisionForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    """With the step that waits now; read-only, with what was typed to copy, when it is no longer the person's."""
    step = permissions.current_step(approval)
    why_not = permissions.may_decide(actor, approval, step)
    deeds = history.deeds(approval)
    content, _note = reading.content_for(approval, actor)
    steps = progress.stepper(approval)
    context = {
        "approval": approval,
        "report": approval.report,
        "form": form,
        "step": step,
        "why_not": why_not,
        "hat": None if why_not else permissions.check_may_decide(actor, approval, step),
        "steps": steps,
        "where": progress.where(approval, steps),
        "content": content,
        "latest": history.latest_set(deeds),
        "rounds": history.rounds(deeds),
        "presets": opinions.presets(step) if step else [],
        "reasons": opinions.return_reasons(),
        "sentence": refusal.sentence if refusal else "",
        "typed": _typed(form),
        "next_label": _next_label(step),
    }
    return render(request, "workflows/decide.html", context, status=refusal.status if refusal else 200)


def _next_label(step: ApprovalStep | None) -> str:
    return _("ลงนาม") if step is not None and step.is_final else _("ลงความเห็นและเสนอต่อ")


def _first_error(form: DecisionForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _typed(form: DecisionForm) -> dict[str, Any]:
    """What was typed, as it was typed, whether or not the form could be read."""
    if not form.is_bound:
        return {"stance": "agrees", "reasons": []}
    names = ("decision", "opinion", "preset", "stance", "reason", "refusal_reason")
    typed: dict[str, Any] = {name: form.data.get(name, "") for name in names}
    typed["reasons"] = form.data.getlist("reasons")  # type: ignore[attr-defined]
    return typed
