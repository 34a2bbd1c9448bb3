"""The part of a form that asks who it is before a signature."""

from __future__ import annotations

from typing import Any

from django import template

from ita_core import confirming as sessions
from ita_core import second_proof

register = template.Library()


@register.inclusion_tag("parts/confirming.html", takes_context=True)
def confirming(context: dict[str, Any], form_id: str = "") -> dict[str, Any]:
    """Nothing while the session's proof is fresh; otherwise the box for the code, and what the person can use.

    Two queries when it is not fresh. ``form_id`` names the form where the box stands outside of it.
    """
    request = context["request"]
    if sessions.is_fresh(sessions.confirmed_at(request.session, request.user)):
        return {"ways": None}
    return {
        "ways": second_proof.ways(request.user),
        "field": sessions.FIELD,
        "form_id": form_id,
        "path": request.path,
        "csrf_token": context.get("csrf_token"),
    }
