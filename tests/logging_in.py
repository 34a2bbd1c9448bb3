"""Logging in without the page: one hand for all tests, the session confirmed as a signature wants it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from ita_core import confirming
from ita_core.models import User


def log_in(client: Client, user: User | Any, *, confirmed: bool = True) -> Client:
    """The client with a session of the person; ``confirmed`` as if a second proof had been given just now."""
    client.force_login(user)
    if confirmed:
        confirm(client)
    return client


def confirm(client: Client) -> None:
    """A second proof of whoever is logged in, given just now."""
    session = client.session
    confirming.note(session, User.objects.get(pk=session["_auth_user_id"]))
    session.save()
