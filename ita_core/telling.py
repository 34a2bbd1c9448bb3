"""The one way to tell people something. In-app notices are the truth; what goes out by mail or LINE are copies of them.

``tell`` writes rows in the caller's transaction and talks to nobody: the notice, a ``Delivery`` for each channel that is
set up and that the person wants, and the work of handing it over (deliveries.py). So a channel that fails blocks no act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from ita_core import channels, outbox, quiet
from ita_core.models import Organisation, User
from ita_core.telling_models import Delivery, NoticeKind, Notification, TellingPreference

KIND: Final = "tell"  # of the outbox
_OWN_PATH: Final = re.compile(r"/o/[^/]+/(?:(?:reports|collect)/(\d{1,18})/)?")
_LONGEST: Final = 300


def tell(
    organisation: Organisation,
    kind: str,
    people: Iterable[User],
    *,
    key: str,
    title: str,
    text: str = "",
    path: str,
) -> None:
    """Tell each of ``people`` the same; see ``tell_each``."""
    tell_each(organisation, kind, dict.fromkeys(people, title), key=key, text=text, path=path)


def tell_each(
    organisation: Organisation, kind: str, titles: Mapping[User, str], *, key: str, text: str = "", path: str
) -> None:
    """Tell each person once: one notice per (organisation, person, key) for ever; a repeated call does nothing.

    ``kind`` is one of NoticeKind. Titles and ``text`` are Thai, ready to read; a title goes out through others' hands
    and says no more than a report's name and what to do. ``path`` is our own (``/o/…``). Up to 6 queries, whatever the
    number of people. ValueError for another kind, or a path that is not ours.
    """
    ours = _OWN_PATH.match(path)
    if ours is None:
        raise ValueError(f"{path} is not one of our own pages.")
    if len(key) > 200:
        raise ValueError(f"The key {key[:40]}… is longer than 200 characters.")
    report = int(ours[1]) if ours[1] else None
    now = timezone.now()
    # In one order, so that two who tell the same people do not wait for each other.
    receivers = sorted({user.pk: user for user in titles if user.is_active}.items())
    rows = {
        pk: Notification(
            organisation=organisation,
            user=user,
            kind=NoticeKind(kind).value,
            key=key,
            title=" ".join(titles[user].split())[:_LONGEST],
            text=text,
            path=path,
            report=report,
            made_at=now,
        )
        for pk, user in receivers
    }
    if not rows:
        return
    Notification.objects.bulk_create(rows.values(), ignore_conflicts=True)
    names = channels.configured()
    if names:
        _send_out(organisation, list(rows.values()), names)


def settle(
    organisation: Organisation | int,
    report: int,
    kinds: Sequence[str],
    only: Iterable[Notification] | None = None,
) -> None:
    """What these notices of a report asked for is done or no longer asked for: read, and not sent if it still waits."""
    now = timezone.now()
    rows = unsettled(organisation, report, kinds)
    if only is not None:
        rows = rows.filter(pk__in=[one.pk for one in only])
    rows.update(settled_at=now, read_at=Coalesce("read_at", now))


def unsettled(organisation: Organisation | int, report: int, kinds: Sequence[str]) -> QuerySet[Notification]:
    return Notification.objects.of(organisation).filter(
        report=report, kind__in=kinds, settled_at__isnull=True
    )


def forget(organisation: Organisation | int, report: int) -> None:
    """The words of a report's notices go with it; that somebody was told something, and when, stays."""
    rows = Notification.objects.of(organisation).filter(report=report)
    now = timezone.now()
    rows.update(title="", text="", settled_at=now, read_at=Coalesce("read_at", now))


def unread(organisation: Organisation, user: User, most: int = 100) -> int:
    """How many unread notices the person has here; counted up to ``most``."""
    rows = Notification.objects.of(organisation).filter(user=user, read_at__isnull=True)
    return rows[:most].count()


def _send_out(organisation: Organisation, rows: Sequence[Notification], names: Sequence[str]) -> None:
    """Deliveries of those notices that this call made."""
    made = Notification.objects.of(organisation).filter(pk__in=[row.pk for row in rows])
    new = set(made.values_list("pk", flat=True))
    users = [row.user_id for row in rows if row.pk in new]
    wishes = {one.user_id: one for one in TellingPreference.objects.filter(user__in=users)}
    found = [
        one
        for row in rows
        if row.pk in new
        for name in names
        if (one := _delivery(row, name, wishes.get(row.user_id) or TellingPreference(user=row.user)))
    ]
    Delivery.objects.bulk_create(found)
    outbox.want_all(KIND, {str(one.pk): payload(one) for one in found if not one.is_held})
    for one in found:
        if one.is_held:
            outbox.want(KIND, str(one.pk), payload(one), not_before=one.due_at)


def _delivery(row: Notification, name: str, wish: TellingPreference) -> Delivery | None:
    """How the notice goes out to a person through a channel; None when he cannot be reached there or does not want it."""
    if not wish.wants(name, row.kind) or not channels.of(name).address(row.user, wish):
        return None
    hours = wish.quiet_from, wish.quiet_until
    daily = wish.is_daily(name)
    due = quiet.next_digest(row.made_at, *hours) if daily else quiet.may_go_at(row.made_at, *hours)
    return Delivery(
        notification=row, channel=name, due_at=due, is_daily=daily, is_held=daily or due > row.made_at
    )


def payload(one: Delivery) -> dict[str, str]:
    return {"delivery": str(one.pk)}
