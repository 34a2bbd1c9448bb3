"""What an officer has before him when he decides: the papers as pictures, what changed, what others said, what is open."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from memos import checks
from workflows import (
    changed,
    following,
    history,
    opinions,
    permissions,
    pictured,
    progress,
    reading,
    remark_fields,
)
from workflows.forms import DecisionForm
from workflows.models import FORWARD_ACTS, UNDER_WAY, Act, Approval, ApprovalStep, Preparation
from workflows.permissions import Actor
from workflows.refusals import Refused


def before_him(
    approval: Approval, actor: Actor, step: ApprovalStep | None, asked: QueryDict
) -> dict[str, Any]:
    """Everything on the page but the form; ``step`` is the one that waits.

    ``asked`` may choose what to compare with, and whether to see all of it.
    """
    why_not = permissions.may_decide(actor, approval, step)
    deeds = history.deeds(approval)
    latest = history.latest_set(deeds)
    content, _note = reading.content_for(approval, actor)
    steps = progress.stepper(approval)
    earlier = _to_confirm(approval, actor, step) if not why_not else None
    acts = [deed.act for deed in deeds]
    comparison = None
    if approval.state in UNDER_WAY:
        since, everything = asked.get("since", ""), asked.get("changes") == "all"
        comparison = changed.comparison(
            approval, actor, acts, earlier=earlier, since=since, everything=everything
        )
    return {
        "approval": approval,
        "report": approval.report,
        "step": step,
        "why_not": why_not,
        "hat": None if why_not else permissions.check_may_decide(actor, approval, step),
        "steps": steps,
        "where": progress.where(approval, steps),
        "content": content,
        "latest": latest,
        "pictured": pictured.of_set(latest.act) if latest else None,
        "rounds": history.rounds(deeds),
        "said": said(approval, acts),
        "comparison": comparison,
        "earlier": earlier,
        "said_of_this": earlier is not None and _is_about(earlier, approval),
        "remarks": following.remarks(approval) if approval.round > 1 else [],
        "views": following.views(approval),
        "may_ask_view": not permissions.may_ask_view(actor, approval, step),
        "findings": checks.findings(approval.report) if approval.state in UNDER_WAY else [],
    }


def the_form(
    approval: Approval, actor: Actor, step: ApprovalStep | None, form: DecisionForm
) -> dict[str, Any]:
    """What the decision's form shows: ready words, what was typed or else prepared, remarks with their places.

    Without a waiting step there is no form, and what was typed is shown to be copied.
    """
    content, _note = reading.content_for(approval, actor)
    posted = form.data if isinstance(form.data, QueryDict) else None
    rows = []
    if content is not None and posted is not None:
        more = posted.get("decision") == DecisionForm.REMARK
        rows = remark_fields.shown(posted, content, more=more)
    ready = _prepared(step) if step else None
    return {
        "presets": [*opinions.own(actor, step), *opinions.presets(step)] if step else [],
        "reasons": opinions.return_reasons(),
        "prepared": ready,
        "typed": _typed(form, ready),
        "remark_rows": rows,
        "places": remark_fields.choices(rows, content) if content is not None else {},
    }


def _to_confirm(approval: Approval, actor: Actor, step: ApprovalStep | None) -> Act | None:
    try:
        return permissions.check_may_confirm(actor, approval, step)
    except Refused:
        return None


def _is_about(act: Act, approval: Approval) -> bool:
    """Whether the opinion was given on the very content of this round."""
    return approval.content is not None and act.content_sha256 == approval.content.sha256


def said(approval: Approval, acts: list[Act]) -> list[Act]:
    """The opinions of this round so far."""
    return [act for act in acts if act.round == approval.round and act.opinion and act.kind in FORWARD_ACTS]


def _prepared(step: ApprovalStep) -> Preparation | None:
    rows = Preparation.objects.of(step.organisation_id).filter(step=step)
    return rows.select_related("act").first()


def _typed(form: DecisionForm, ready: Preparation | None) -> dict[str, Any]:
    """What was typed, as it was typed, whether or not the form could be read; before that, what was prepared."""
    names = ("decision", "opinion", "preset", "stance", "reason", "refusal_reason")
    if form.is_bound:
        typed: dict[str, Any] = {name: form.data.get(name, "") for name in names}
        typed["reasons"] = form.data.getlist("reasons")  # type: ignore[attr-defined]
        return typed
    if ready is None:
        return {"stance": "agrees", "reasons": []}
    differs = ready.stance == Act.Stance.DIFFERS
    refuses = ready.decision == DecisionForm.REFUSE
    return {
        "decision": ready.decision,
        "opinion": ready.opinion,
        "stance": "differs" if differs else "agrees",
        "reason": "" if refuses else ready.reason,
        "refusal_reason": ready.reason if refuses else "",
        "reasons": [],
    }
