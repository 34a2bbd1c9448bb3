"""The check behind ``manage.py check --deploy``: whether the child that reads foreign files really has no network."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Info

from memos.importing.foreign import ForeignFile, run


def confined(**kwargs: Any) -> list[CheckMessage]:
    """Readers have nothing to fetch, so where the system forbids the separation they still work, and this says so."""
    try:
        alone = run("probe", b"?")["alone"]
    except ForeignFile:
        return [Info("No child process can be started here: no file can be imported.", id="memos.I003")]
    if alone:
        return []
    return [
        Info(
            "The child that reads imported files cannot be kept off the network here: unshare is not permitted.",
            hint="Allow user namespaces, or run behind a firewall.",
            id="memos.I004",
        )
    ]
