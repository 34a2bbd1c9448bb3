"""What OIDC_PROVIDERS configures. Read by the settings, so nothing of Django's models is known here."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_NEEDED = ("id", "name", "client_id", "secret", "server_url")


def apps(configured: str) -> list[dict[str, Any]]:
    """allauth's form of OIDC_PROVIDERS; ImproperlyConfigured for what is none."""
    try:
        rows = json.loads(configured or "[]")
    except ValueError as error:
        raise ImproperlyConfigured("OIDC_PROVIDERS is no JSON.") from error
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and row.keys() >= set(_NEEDED) for row in rows
    ):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS is a list of objects with {', '.join(_NEEDED)}.")
    return [
        {
            "provider_id": row["id"],
            "name": row["name"],
            "client_id": row["client_id"],
            "secret": row["secret"],
            "settings": {"server_url": row["server_url"]},
        }
        for row in rows
    ]
