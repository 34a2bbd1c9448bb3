"""Who is told something for the first time: what a reminder says of itself, by command and in tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ita_core import telling, thai
from ita_core.models import Appointment, Notification, Organisation, Role, User


@dataclass(frozen=True)
class Told:
    """One reminder of one look. ``what`` is before, due, late or escalated; ``people`` are login names."""

    organisation: str
    report: int
    what: str
    day: str
    due: str
    people: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def administrators(organisation: Organisation) -> list[User]:
    """Those of the authority today. One query."""
    rows = Appointment.objects.of(organisation).on(thai.today()).filter(post__role=Role.ORG_ADMIN)
    return [one.user for one in rows.select_related("user")]


def notify(
    organisation: Organisation,
    kind: str,
    people: Iterable[User],
    *,
    key: str,
    title: str,
    text: str,
    path: str,
) -> tuple[str, ...]:
    """``telling.tell``, with Thai digits; the login names of those who had not been told this before."""
    had = set(Notification.objects.of(organisation).filter(key=key).values_list("user", flat=True))
    receivers = list({user.pk: user for user in people if user.pk not in had}.values())
    telling.tell(
        organisation,
        kind,
        receivers,
        key=key,
        title=thai.printed(title),
        text=thai.printed(text),
        path=path,
    )
    return tuple(user.username for user in receivers)
