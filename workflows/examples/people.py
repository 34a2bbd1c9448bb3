"""An example's people: logins with public passwords, invented names, appointments. People already there stay as they are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ita_core import pin
from ita_core.models import Appointment, Organisation, Post, User
from workflows.examples import signatures

# Public like the passwords, and of no worth elsewhere.
PIN = "482915"

# So wide that the demonstration works on whatever day it is given.
STARTS = datetime.date(2021, 10, 1)


@dataclass(frozen=True)
class Login:
    """One line of what ``load_examples`` prints. ``password`` and ``pin`` are "" when no longer the published ones."""

    role: str
    username: str
    password: str
    pin: str
    address: str


def load(
    row: dict[str, Any],
    password: str,
    posts: dict[str, dict[str, Post]],
    organisations: dict[str, Organisation],
) -> Login | None:
    """The person with appointments. None for a superuser where another one exists: a real one is not joined by ours."""
    user = User.objects.filter(username=row["username"]).first()
    if user is None:
        if row.get("superuser") and User.objects.filter(is_superuser=True).exists():
            return None
        user = _create(row, password)
        for appointment in row["appointments"]:
            _appoint(user, appointment, posts[appointment["authority"]])
        known = has_pin = True  # Set just now; asking again would cost another third of a second each.
    else:
        known = user.check_password(password)
        kept = pin.of(user)
        has_pin = kept is not None and pin.matches(kept, PIN)
    return Login(
        _roles(user),
        user.username,
        password if known else "",
        PIN if has_pin else "",
        _address(row, organisations),
    )


def _create(row: dict[str, Any], password: str) -> User:
    user = User(
        username=row["username"],
        full_name=row["full_name"],
        is_superuser=bool(row.get("superuser")),
        is_staff=bool(row.get("superuser")),
    )
    if "signature" in row:
        user.signature = signatures.draw(row["signature"])
    user.set_password(password)
    user.full_clean()
    user.save()
    pin.keep(user, PIN)
    return user


def _appoint(user: User, row: dict[str, Any], posts: dict[str, Post]) -> None:
    post = posts.get(row["post"])
    if post is None:
        return  # The authority was there before and calls its posts otherwise.
    appointment = Appointment(
        user=user,
        post=post,
        capacity=row.get("capacity", Appointment.Capacity.HOLDER),
        own_title=row.get("own_title", ""),
        legal_basis=row.get("legal_basis", ""),
        starts=STARTS,
    )
    appointment.full_clean()
    appointment.save()


def _roles(user: User) -> str:
    rows = user.appointments.select_related("post__organisation").order_by("pk")
    names = [f"{' '.join(row.title_lines)} ({row.post.organisation.short_name})" for row in rows]
    return ", ".join(names) or user.full_name


def _address(row: dict[str, Any], organisations: dict[str, Organisation]) -> str:
    if row.get("superuser"):
        return reverse("admin:index")
    return reverse("workflows:inbox", args=[organisations[row["appointments"][0]["authority"]].slug])
