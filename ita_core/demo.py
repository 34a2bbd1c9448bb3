"""The banner of a demonstration: whoever reads a page of it must not take what stands there for facts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """For every template: whether this is a demonstration."""
    return {"is_demo": settings.DEMO}
