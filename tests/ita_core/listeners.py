"""People who can be told by every channel, at any hour."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from ita_core import deliveries, telling
from ita_core.models import User
from ita_core.outbox import Job
from ita_core.telling_models import Notification, TellingPreference
from tests.personas import Authority

LINE_ID = "U" + "0123456789abcdef" * 2
NEVER_QUIET = {"quiet_from": datetime.time(0), "quiet_until": datetime.time(0)}


def reachable(user: User, **wishes: Any) -> TellingPreference:
    """By mail and LINE, without quiet hours unless ``wishes`` say otherwise."""
    values = {"line_id": LINE_ID, "line_checked_at": timezone.now(), **NEVER_QUIET, **wishes}
    return TellingPreference.objects.update_or_create(user=user, defaults=values)[0]


def tell(home: Authority, *people: str, key: str = "a", **more: Any) -> None:
    values = {
        "kind": "turn",
        "title": f"รอท่านพิจารณา: รายงาน {key}",
        "path": f"/o/{home.organisation.slug}/",
        **more,
    }
    telling.tell(home.organisation, people=[home.people[one] for one in people], key=key, **values)


def rows(home: Authority) -> Any:
    return Notification.objects.of(home.organisation)


def send_all() -> None:
    """What a worker does, without one: all that is due."""
    for job in Job.objects.filter(kind=telling.KIND, done_at=None, not_before__lte=timezone.now()):
        deliveries.hand_over(job.payload)
        Job.objects.filter(pk=job.pk).update(done_at=timezone.now())
