"""What is left of an authority's first hour, on its settings page until somebody closes the list."""

from __future__ import annotations

from typing import Any

from django import template

from ita_core.membership import Membership
from workflows import setting_up

register = template.Library()


@register.inclusion_tag("workflows/first/remaining.html")
def first_hour_left(membership: Membership) -> dict[str, Any]:
    """Nothing for an authority that was not set up by these pages, or whose list was closed."""
    organisation = membership.organisation
    if not setting_up.is_under_way(organisation):
        return {"left": []}
    return {
        "left": [step for step in setting_up.steps(organisation) if not step.is_done],
        "org": organisation.slug,
    }
