"""Laying a decision ready before the officer of the step (เตรียมเสนอ): he takes it, changes it, or leaves it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.membership import MemberRequest
from workflows import actions, opinions, permissions, reading
from workflows.aside_forms import PrepareForm
from workflows.models import ApprovalStep, Preparation
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.page import approval_of, page, shown_now


@page
@asking
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    step = permissions.current_step(approval)
    if request.method != "POST" or step is None:
        permissions.check_may_prepare(actor, approval, step)
    assert step is not None  # the check refuses where nothing waits

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.prepare(actor, pk, **typed)
        return back_to_report(request, pk, _("เตรียมเสนอแล้ว ผู้พิจารณาจะเห็นข้อความนี้ในหน้าพิจารณา"))

    earlier = Preparation.objects.of(approval.organisation).filter(step=step).select_related("act").first()
    form = PrepareForm(
        request.POST or None,
        presets=opinions.presets(step),
        is_final=step.is_final,
        initial={**shown_now(approval, step), **_filled(earlier)},
    )
    content, _note = reading.content_for(approval, actor)
    words = {
        "title": _("เตรียมเสนอ"),
        "question": _question(step, earlier),
        "button": _("บันทึกการเตรียมเสนอ"),
        "content": content,
    }
    return ask(request, approval, form, act, words)


def _question(step: ApprovalStep, earlier: Preparation | None) -> str:
    whose = {"step": thai.printed(step.heading), "posts": thai.printed(permissions.post_names(step))}
    said = _("ท่านเตรียมข้อความให้%(posts)s (%(step)s) ผู้พิจารณายังต้องตัดสินใจและลงความเห็นเอง") % whose
    if earlier is None:
        return said
    again = _("%(name)s เตรียมเสนอไว้แล้ว หากท่านบันทึก ข้อความของท่านจะแทนที่") % {"name": earlier.act.printed_name}
    return f"{said} {again}"


def _filled(earlier: Preparation | None) -> dict[str, str]:
    """What was prepared last, to go on from."""
    names = ("decision", "opinion", "reason", "note")
    return {name: getattr(earlier, name) for name in names} if earlier else {}
