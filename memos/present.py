"""Who has a report's editor open, and where. A window is not shown once it has been silent for a while."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core.models import User
from memos import parts
from memos.models import Presence, Report

HERE = datetime.timedelta(seconds=40)
"""Several times what an open page takes between two looks (static/memos/desk/presence.js)."""
NOTED = datetime.timedelta(seconds=10)
KEPT = datetime.timedelta(days=2)
"""A laptop that was closed over night still asks for the answer to its last turn."""


def window_of(report: Report, user: User, window: str) -> Presence:
    """The window's row, made when it is new; what has been silent for days is forgotten then."""
    rows = Presence.objects.of(report.organisation_id)
    found, made = rows.get_or_create(
        report=report, window=window, defaults={"user": user, "seen_at": timezone.now()}
    )
    if made:
        report.presences.filter(seen_at__lt=timezone.now() - KEPT).delete()
    return found


def note(report: Report, user: User, window: str, page: str, place: str) -> None:
    """One write when it is somewhere else than before or was not heard of lately, none otherwise."""
    found, now = window_of(report, user, window), timezone.now()
    where = f"{page} {place}"
    if found.place != where or found.seen_at < now - NOTED:
        found.place, found.seen_at = where, now
        found.save(update_fields=["place", "seen_at"])


def leave(report: Report, user: User, window: str) -> None:
    """The page was closed: it is not shown any more, its last answer is kept."""
    report.presences.filter(user=user, window=window).update(seen_at=timezone.now() - HERE)


def others(report: Report, user: User, window: str) -> list[dict[str, str]]:
    """Everybody else who is here, the person's own other windows too: name, place on the page, where that is."""
    now = timezone.now()
    rows = report.presences.filter(seen_at__gte=now - HERE).exclude(window=window)
    found = list(rows.select_related("user").order_by("user__full_name", "pk"))
    return [_told(row, user, _where(report, found)) for row in found]


def _told(row: Presence, user: User, where: dict[str, str]) -> dict[str, str]:
    page, _space, place = row.place.partition(" ")
    name = _("ท่านเอง ในอีกหน้าต่างหนึ่ง") if row.user_id == user.pk else str(row.user)
    return {"name": name, "place": place, "where": where.get(page, "")}


def _where(report: Report, rows: Iterable[Any]) -> dict[str, str]:
    """Pages by the names that people know them by."""
    if all(row.place.startswith("memo") for row in rows):
        return {"memo": _("บันทึกข้อความ")}
    named = {f"section-{section.pk}": name for section, name in parts.named(report.sections.all())}
    return {"memo": _("บันทึกข้อความ"), **named}
