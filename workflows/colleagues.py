"""Who serves the authority today, to be asked, ordered or told: the lists that pages offer."""

from __future__ import annotations

from ita_core import thai
from ita_core.models import Appointment
from workflows.permissions import Actor


def of(actor: Actor, *, himself: bool = False) -> list[tuple[int, str]]:
    """(user id, "name – posts") of everybody with an appointment in force, as the posts stand. One query."""
    rows = Appointment.objects.of(actor.organisation).on(thai.today()).select_related("user", "post")
    held: dict[int, tuple[str, list[str]]] = {}
    for row in rows.order_by("post", "pk"):
        titles = held.setdefault(row.user_id, (row.user.full_name, []))[1]
        if row.post.title not in titles:
            titles.append(row.post.title)
    return [
        (pk, f"{name} – {', '.join(titles)}")
        for pk, (name, titles) in held.items()
        if himself or pk != actor.user.pk
    ]
